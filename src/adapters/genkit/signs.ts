import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A trace of Genkit's developer page: spans by their ids, times in milliseconds. */
export function detectGenkit(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectGenkit);
  if (!isObject(document) || !('traceId' in document)) return null;
  const { spans, span } = document;
  const list = isObject(spans) ? Object.values(spans) : [span];
  return (isObject(spans) || isObject(span)) &&
    list.some((each) => isObject(each) && 'displayName' in each && 'startTime' in each)
    ? { confidence: 0.95, reason: 'has spans by id with displayName' }
    : null;
}
