import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A transaction of Sentry with its spans, spans alone, a trace of its API, or the lines of an envelope. */
export function detectSentry(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectSentry);
  if (!isObject(document)) return null;
  if (isEnvelope(document)) return { confidence: 0.96, reason: 'is the first line of an envelope of a Sentry SDK' };
  if (Array.isArray(document['items']) && 'version' in document) return firstAnswer(document['items'], detectSentry);
  if (!('start_timestamp' in document)) return null;
  if (document['type'] === 'transaction' || ('event_id' in document && ('spans' in document || 'children' in document)))
    return { confidence: 0.96, reason: 'is a transaction with start_timestamp' };
  if ('span_id' in document && ('op' in document || 'is_segment' in document) && 'trace_id' in document)
    return { confidence: 0.96, reason: 'has span_id, op and start_timestamp' };
  return null;
}

/** The first line of what an SDK sends; for each item a line about it and a line of its own follow. */
export const isEnvelope = ({ sent_at, sdk }: Readonly<Record<string, unknown>>): boolean =>
  typeof sent_at === 'string' && isObject(sdk) && typeof sdk['name'] === 'string' && sdk['name'].startsWith('sentry.');
