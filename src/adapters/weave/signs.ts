import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Calls of W&B Weave, one or a list, or an answer of its API. */
export function detectWeave(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectWeave);
  if (!isObject(document)) return null;
  if (Array.isArray(document['calls'])) return firstAnswer(document['calls'], detectWeave);
  return 'op_name' in document && 'trace_id' in document && 'started_at' in document
    ? { confidence: 0.95, reason: 'has op_name, trace_id and started_at' }
    : null;
}
