import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A transaction of Sentry with its spans, spans alone, or a trace of its API. */
export function detectSentry(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectSentry);
  if (!isObject(document) || !('start_timestamp' in document)) return null;
  if (document['type'] === 'transaction' || ('event_id' in document && ('spans' in document || 'children' in document)))
    return { confidence: 0.96, reason: 'is a transaction with start_timestamp' };
  if ('span_id' in document && ('op' in document || 'is_segment' in document) && 'trace_id' in document)
    return { confidence: 0.96, reason: 'has span_id, op and start_timestamp' };
  return null;
}
