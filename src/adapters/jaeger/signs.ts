import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer, quietly } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

export function detectJaeger(document: unknown): Detection | null {
  if (Array.isArray(document)) return detectList(document);
  return isObject(document) ? detectObject(document) : null;
}

export const isSpan = (entry: unknown): boolean =>
  isObject(entry) &&
  entry['spanID'] !== undefined &&
  (entry['traceID'] !== undefined || entry['operationName'] !== undefined);

/** Where the processes throw when looked at, the spans decide. */
export function isTrace(entry: unknown): boolean {
  if (!isObject(entry) || !Array.isArray(entry['spans'])) return false;
  return (
    quietly(() => isObject(entry['processes']) || entry['traceID'] !== undefined) ||
    firstAnswer(entry['spans'], isSpan) !== null
  );
}

function detectObject(entry: Fields): Detection | null {
  if (isTrace(entry))
    return 'processes' in entry
      ? { confidence: 1, reason: 'has spans and processes' }
      : { confidence: 0.9, reason: 'has traceID and spans' };
  if (isSpan(entry)) return { confidence: 0.9, reason: 'has spanID and operationName or traceID' };
  const { data } = entry;
  if (Array.isArray(data) && data.length > 0) return detectList(data);
  if (isTrace(data)) return { confidence: 1, reason: 'data is a trace with spans' };
  // An answer without traces: the fields around them are the only sign.
  return 'data' in entry && 'errors' in entry && 'limit' in entry
    ? { confidence: 0.4, reason: 'has data, limit and errors' }
    : null;
}

const detectList = (list: readonly unknown[]): Detection | null =>
  firstAnswer(list, (entry) => {
    if (isTrace(entry)) return { confidence: 1, reason: 'lists traces with spans' };
    if (isSpan(entry)) return { confidence: 0.9, reason: 'lists spans with spanID' };
    return isObject(entry) && Array.isArray(entry['data']) && firstAnswer(entry['data'], isTrace)
      ? { confidence: 1, reason: 'lists answers with traces' }
      : null;
  });
