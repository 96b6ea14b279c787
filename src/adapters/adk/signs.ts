import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Spans of ADK's debug page: OpenTelemetry's ids as decimal numbers, times as nanoseconds in numbers. */
export function detectAdk(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectAdk);
  if (!isObject(document) || !isObject(document['attributes']) || typeof document['name'] !== 'string') return null;
  return isDecimal(document['span_id']) && isDecimal(document['trace_id']) && isDecimal(document['start_time'])
    ? { confidence: 0.96, reason: 'has span_id, trace_id and start_time as whole numbers' }
    : null;
}

const isDecimal = (value: unknown): boolean =>
  typeof value === 'number'
    ? value > 1e9
    : typeof value === 'string' && /^\d{15,39}$/.test(value) && !/^\d{16}$|^\d{32}$/.test(value);
