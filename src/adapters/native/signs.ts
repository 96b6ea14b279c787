import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';
import { NATIVE_FORMAT } from './types.ts';

export const isNative = (document: unknown): document is Fields =>
  isObject(document) && document['format'] === NATIVE_FORMAT;

export const detectNative = (document: unknown): Detection | null =>
  isNative(document) || (Array.isArray(document) && firstAnswer(document, isNative))
    ? { confidence: 1, reason: `its format is ${NATIVE_FORMAT}` }
    : null;
