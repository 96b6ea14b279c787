import { isObject, type Fields } from '../../conventions/json.ts';
import { LOOKED_AT } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';
import { withoutHoles } from '../../model/holes.ts';
import { cloudWatchRecord, cloudWatchTexts } from './cloudWatch.ts';

/**
 * The list of `resourceSpans` in its wrappings; undefined where there is none:
 *
 *     { resourceSpans }              OTLP
 *     { batches }                    Tempo, trace API v1
 *     { trace: { resourceSpans } }   Tempo, trace API v2
 *     { result: { resourceSpans } }  Jaeger, query API v3
 *     { data: { resourceSpans } }    Aspire's dashboard
 */
export function resourceSpansOf(envelope: Fields): readonly unknown[] | undefined {
  for (const holder of [envelope, envelope['trace'], envelope['result'], envelope['data']]) {
    if (!isObject(holder)) continue;
    const list = holder['resourceSpans'] ?? holder['resource_spans'];
    if (Array.isArray(list)) return list;
    if (isObject(list) && scopeSpansOf(list) !== undefined) return [list];
    // A printer's way to say that there are none.
    if (holder['resourceSpans'] === null || holder['resource_spans'] === null) return [];
    if (Array.isArray(holder['batches']) && withoutHoles(holder['batches']).every(isBatch)) return holder['batches'];
  }
  return undefined;
}

/** A name that stands at the beginning of a text that holds such a list. */
export const BEGINS = /"(?:resourceSpans|resource_spans)"/;

const isBatch = (entry: unknown): boolean =>
  !isObject(entry) || scopeSpansOf(entry) !== undefined || isObject(entry['resource']);

/** `scopeSpans`, or what it was called before OTLP 0.19. */
export const scopeSpansOf = (entry: Fields): unknown =>
  entry['scopeSpans'] ??
  entry['scope_spans'] ??
  entry['instrumentationLibrarySpans'] ??
  entry['instrumentation_library_spans'];

/** The ids that spans and log records have. */
const hasIds = (entry: Fields): boolean =>
  (entry['traceId'] ?? entry['trace_id']) !== undefined && (entry['spanId'] ?? entry['span_id']) !== undefined;

/** Whether an object without an envelope is a span: it has ids, and a time that is read here. */
export const isSpan = (entry: Fields): boolean => hasIds(entry) && (isTimed(entry) || isFlat(entry));

const isTimed = (entry: Fields): boolean => 'startTimeUnixNano' in entry || 'start_time_unix_nano' in entry;

/** A row of a span in the words of OpenTelemetry's API, as many write it who have no exporter: times as text or number. */
const isFlat = (entry: Fields): boolean => {
  const start = entry['start_time'] ?? entry['startTime'];
  return typeof entry['name'] === 'string' && (typeof start === 'string' || typeof start === 'number');
};

/** Whether an object without an envelope is a log record (opentelemetry-proto, logs.proto), as CloudWatch stores it. */
export const isLogRecord = (entry: Fields): boolean =>
  !isSpan(entry) &&
  ['timeUnixNano', 'time_unix_nano', 'observedTimeUnixNano', 'observed_time_unix_nano'].some((key) => key in entry) &&
  ['body', 'severityNumber', 'severity_number', 'eventName', 'event_name', 'severityText'].some((key) => key in entry);

const isOtlpRecord = (record: unknown): boolean => isObject(record) && (isSpan(record) || isLogRecord(record));

/** What an envelope holds that is not spans; null where it is none. */
export function signalOf(envelope: Fields): 'logs' | 'metrics' | 'profiles' | null {
  if ('resourceLogs' in envelope || 'resource_logs' in envelope) return 'logs';
  if ('resourceMetrics' in envelope || 'resource_metrics' in envelope) return 'metrics';
  return 'resourceProfiles' in envelope || 'resource_profiles' in envelope ? 'profiles' : null;
}

/** Whether there is more: Tempo's `status: PARTIAL` (tempopb, PartialStatus), or a server that names a next page. */
export function isPartial(envelope: Fields): boolean {
  if (isSpan(envelope)) return false;
  const next =
    envelope['nextPageToken'] ?? envelope['next_page_token'] ?? envelope['nextCursor'] ?? envelope['next_cursor'];
  return (
    (typeof next === 'string' && next !== '') ||
    envelope['hasMore'] === true ||
    envelope['has_more'] === true ||
    (isObject(envelope['trace']) && (envelope['status'] === 'PARTIAL' || envelope['status'] === 1))
  );
}

/** By what sign an object is OTLP or a part of it, and how sure that is; null = it is none. */
export function detectOtlp(entry: Fields): Detection | null {
  if (resourceSpansOf(entry) !== undefined) {
    if ('resourceSpans' in entry || 'resource_spans' in entry) return { confidence: 1, reason: 'has resourceSpans' };
    return 'batches' in entry
      ? { confidence: 0.9, reason: 'has batches of scopeSpans' }
      : { confidence: 1, reason: 'wraps resourceSpans' };
  }
  if (scopeSpansOf(entry) !== undefined) return { confidence: 0.9, reason: 'has scopeSpans' };
  if (isSpan(entry))
    return { confidence: isTimed(entry) ? 0.9 : 0.5, reason: 'has traceId, spanId and the time of its start' };
  if (isLogRecord(entry)) return { confidence: 0.5, reason: 'is a log record of OTLP' };
  const { spans } = entry;
  if (Array.isArray(spans) && withoutHoles(spans).some((span) => isObject(span) && isSpan(span)))
    return { confidence: 0.5, reason: 'has spans with traceId, spanId and the time of their start' };
  const record = cloudWatchTexts(entry)?.slice(0, LOOKED_AT).map(cloudWatchRecord).find(isOtlpRecord);
  if (record) return { confidence: 0.9, reason: 'is an answer of CloudWatch with records of OpenTelemetry' };
  const signal = signalOf(entry);
  return signal === null ? null : { confidence: 0.8, reason: `holds OTLP ${signal}` };
}
