import { isObject, type Fields } from '../../conventions/json.ts';
import { otelId } from '../otel/otelId.ts';
import type { LogRecord } from '../types.ts';

/**
 * Whether an object is a log record as an SDK holds or prints it: JavaScript's `ReadableLogRecord` (`hrTime`) and what
 * its console exporter writes, or `to_json()` of Python's.
 */
export function isLogRecord(entry: Fields): boolean {
  if ('startTime' in entry || 'start_time' in entry || 'duration' in entry) return false;
  if ('hrTime' in entry)
    return 'body' in entry || '_body' in entry || 'severityNumber' in entry || 'attributes' in entry;
  const isTimed = 'timestamp' in entry || 'observed_timestamp' in entry || 'observedTimestamp' in entry;
  return isTimed && ('severityNumber' in entry || 'severity_number' in entry) && 'body' in entry;
}

/** JavaScript's exporter prints microseconds, Python's ISO text. */
export function logRecord(entry: Fields): LogRecord {
  const ids = [entry['spanContext'], entry['_spanContext'], entry].find(isObject)!;
  const time = entry['hrTime'] ?? entry['timestamp'] ?? entry['observed_timestamp'];
  const attributes = entry['attributes'] ?? entry['_attributes'];
  return {
    traceId: otelId(ids['traceId'] ?? ids['trace_id'], 32).id,
    spanId: otelId(ids['spanId'] ?? ids['span_id'], 16).id,
    name: entry['eventName'] ?? entry['_eventName'] ?? entry['event_name'],
    time: Array.isArray(time) ? [time[0], time[1]] : time,
    timeUnit: typeof time === 'string' ? 'iso' : 'us',
    body: entry['body'] ?? entry['_body'],
    severity: entry['severityText'] ?? entry['_severityText'] ?? entry['severity_text'],
    attributes,
    source: entry,
  };
}

/** Metrics of an SDK, which exporters write into the same file as spans. */
export const isMetric = (entry: Fields): boolean =>
  Array.isArray(entry['dataPoints']) || (Array.isArray(entry['scopeMetrics']) && !('resourceMetrics' in entry));
