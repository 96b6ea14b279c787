import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Rows of Braintrust's logs or experiments, or an answer with such. */
export function detectBraintrust(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectBraintrust);
  if (!isObject(document)) return null;
  if ('root_span_id' in document && 'span_id' in document)
    return { confidence: 0.95, reason: 'has span_id and root_span_id' };
  for (const list of ['events', 'data', 'rows'] as const)
    if (Array.isArray(document[list])) {
      const found = firstAnswer(document[list], (row) => (isObject(row) ? detectBraintrust(row) : null));
      if (found) return found;
    }
  return null;
}
