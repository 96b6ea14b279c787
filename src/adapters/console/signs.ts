import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

export const detectConsole = (document: unknown): Detection | null =>
  Array.isArray(document) ? firstAnswer(document, detectEntry) : detectEntry(document);

function detectEntry(entry: unknown): Detection | null {
  if (!isObject(entry)) return null;
  if (isMetric(entry)) return MEASURED;
  return isLogRecord(entry) ? LOGGED : signOf(shapeOf(entry));
}

const MEASURED: Detection = { confidence: 0.4, reason: 'holds metrics of an OpenTelemetry SDK' };
const LOGGED: Detection = { confidence: 0.6, reason: 'is a log record of an OpenTelemetry SDK' };

/** The forms in which SDKs print or hold a span. */
export type Shape = 'printed' | 'readable' | 'paired' | 'python' | 'pythonLike';

const SIGNS: Readonly<Record<Shape, Detection>> = {
  printed: { confidence: 0.9, reason: 'has traceId, id, timestamp and duration' },
  readable: { confidence: 0.9, reason: 'has a spanContext with traceId, and a start' },
  paired: { confidence: 0.95, reason: 'has traceId, spanId and a startTime of seconds and nanoseconds' },
  python: { confidence: 0.95, reason: 'has context.trace_id and kind SpanKind.…' },
  pythonLike: { confidence: 0.6, reason: 'has context.trace_id and status' },
};
const signOf = (shape: Shape | null): Detection | null => shape && SIGNS[shape];

const isPair = (time: unknown): boolean =>
  Array.isArray(time) && time.length === 2 && typeof time[0] === 'number' && typeof time[1] === 'number';

export function shapeOf(entry: Fields): Shape | null {
  const { context, kind } = entry;
  if (isObject(context) && (context['trace_id'] !== undefined || context['span_id'] !== undefined)) {
    // Phoenix has the same context, and says status_code and span_kind.
    if ('span_kind' in entry || 'status_code' in entry) return null;
    if (typeof kind === 'string' && kind.startsWith('SpanKind.')) return 'python';
    return 'start_time' in entry || isObject(entry['status']) ? 'pythonLike' : null;
  }
  // In living spans `spanContext` is a function, which is not called.
  if ([entry['spanContext'], entry['_spanContext']].some((own) => isObject(own) && own['traceId'] !== undefined))
    return 'startTime' in entry || 'endTime' in entry ? 'readable' : null;
  // Copilot writes the ids beside the rest (CLI, and the chat of VS Code).
  if (entry['traceId'] !== undefined && entry['spanId'] !== undefined && isPair(entry['startTime'])) return 'paired';
  if (entry['traceId'] === undefined || entry['id'] === undefined || !('timestamp' in entry) || !('duration' in entry))
    return null;
  // Zipkin's spans look the same but for these.
  if ('localEndpoint' in entry || 'remoteEndpoint' in entry) return null;
  return ['instrumentationScope', 'instrumentationLibrary', 'resource', 'events', 'links'].some(
    (field) => isObject(entry[field]) || Array.isArray(entry[field]),
  )
    ? 'printed'
    : null;
}

/**
 * Whether an object is a log record as an SDK holds or prints it: JavaScript's `ReadableLogRecord` (`hrTime`) and what
 * its console exporter writes, or `to_json()` of Python's.
 */
export function isLogRecord(entry: Fields): boolean {
  if ('startTime' in entry || 'start_time' in entry || 'duration' in entry) return false;
  // Whole objects, as coding agents write them into files, have their own fields under these names.
  if ('hrTime' in entry || '_hrTime' in entry)
    return 'body' in entry || '_body' in entry || 'severityNumber' in entry || 'attributes' in entry;
  const isTimed = 'timestamp' in entry || 'observed_timestamp' in entry || 'observedTimestamp' in entry;
  return isTimed && ('severityNumber' in entry || 'severity_number' in entry) && 'body' in entry;
}

/** Metrics of an SDK, which exporters write into the same file as spans. */
export const isMetric = (entry: Fields): boolean =>
  Array.isArray(entry['dataPoints']) || (Array.isArray(entry['scopeMetrics']) && !('resourceMetrics' in entry));
