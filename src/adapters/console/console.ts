import { isObject, type Fields } from '../../conventions/json.ts';
import { readableEntries, firstAnswer, quietly, readEach } from '../tolerant/readEach.ts';
import type { Detection, SpanRecord, TraceAdapter } from '../types.ts';
import { isLogRecord, isMetric, logRecord } from './logRecord.ts';
import { printedSpan, readableSpan } from './jsSpan.ts';
import { pythonSpan } from './pythonSpan.ts';

/**
 * Spans as the SDKs of OpenTelemetry print or hold them: JSON of JavaScript's ConsoleSpanExporter, ReadableSpan objects
 * of the same SDK, and `to_json()` of Python's, which is also what its console exporter prints. One span, a list of
 * them, or one behind the other.
 */
export const consoleDump: TraceAdapter = {
  name: 'console',
  detect(document) {
    return Array.isArray(document) ? firstAnswer(document, detectEntry) : detectEntry(document);
  },
  read(document, sink) {
    const list = Array.isArray(document) ? readableEntries(document) : [document];
    // What is no span of its own among spans is read like its neighbours.
    const usual = list.map((entry) => quietly(() => (isObject(entry) ? shapeOf(entry) : null))).find((shape) => shape);
    readEach(list, sink, (span, source) => {
      if (isMetric(span)) sink.diagnostic('mixed-format', 'Metrics are not shown; they were left out.');
      else if (isLogRecord(span)) sink.logRecord(logRecord(span));
      else sink.span((shapeOf(span) ?? usual ?? PRINTED).read(span, source));
    });
  },
};

function detectEntry(entry: unknown): Detection | null {
  if (!isObject(entry)) return null;
  if (isMetric(entry)) return MEASURED;
  return isLogRecord(entry) ? LOGGED : (shapeOf(entry)?.sign ?? null);
}

const MEASURED: Detection = { confidence: 0.4, reason: 'holds metrics of an OpenTelemetry SDK' };
const LOGGED: Detection = { confidence: 0.6, reason: 'is a log record of an OpenTelemetry SDK' };

interface Shape {
  readonly sign: Detection;
  readonly read: (span: Fields, source: object) => SpanRecord;
}

const PRINTED: Shape = {
  sign: { confidence: 0.9, reason: 'has traceId, id, timestamp and duration' },
  read: printedSpan,
};
const READABLE: Shape = {
  sign: { confidence: 0.9, reason: 'has a spanContext with traceId, and a start' },
  read: readableSpan,
};
const PAIRED: Shape = {
  sign: { confidence: 0.95, reason: 'has traceId, spanId and a startTime of seconds and nanoseconds' },
  read: readableSpan,
};
const PYTHON: Shape = {
  sign: { confidence: 0.95, reason: 'has context.trace_id and kind SpanKind.…' },
  read: pythonSpan,
};
const PYTHON_LIKE: Shape = { sign: { confidence: 0.6, reason: 'has context.trace_id and status' }, read: pythonSpan };

const isPair = (time: unknown): boolean =>
  Array.isArray(time) && time.length === 2 && typeof time[0] === 'number' && typeof time[1] === 'number';

function shapeOf(entry: Fields): Shape | null {
  const { context, kind } = entry;
  if (isObject(context) && (context['trace_id'] !== undefined || context['span_id'] !== undefined)) {
    // Phoenix has the same context, and says status_code and span_kind.
    if ('span_kind' in entry || 'status_code' in entry) return null;
    if (typeof kind === 'string' && kind.startsWith('SpanKind.')) return PYTHON;
    return 'start_time' in entry || isObject(entry['status']) ? PYTHON_LIKE : null;
  }
  // In living spans `spanContext` is a function, which is not called.
  if ([entry['spanContext'], entry['_spanContext']].some((own) => isObject(own) && own['traceId'] !== undefined))
    return 'startTime' in entry || 'endTime' in entry ? READABLE : null;
  // Copilot writes the ids beside the rest (CLI, and the chat of VS Code).
  if (entry['traceId'] !== undefined && entry['spanId'] !== undefined && isPair(entry['startTime'])) return PAIRED;
  if (entry['traceId'] === undefined || entry['id'] === undefined || !('timestamp' in entry) || !('duration' in entry))
    return null;
  // Zipkin's spans look the same but for these.
  if ('localEndpoint' in entry || 'remoteEndpoint' in entry) return null;
  return ['instrumentationScope', 'instrumentationLibrary', 'resource', 'events', 'links'].some(
    (field) => isObject(entry[field]) || Array.isArray(entry[field]),
  )
    ? PRINTED
    : null;
}
