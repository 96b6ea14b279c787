import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A trace of MLflow 2 or 3, as its page and `Trace.to_json` give it. */
export function detectMlflow(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectMlflow);
  if (!isObject(document)) return null;
  const { info, data } = document;
  return isObject(info) && ('trace_id' in info || 'request_id' in info) && isObject(data) && 'spans' in data
    ? { confidence: 0.95, reason: 'has info and data with spans' }
    : null;
}
