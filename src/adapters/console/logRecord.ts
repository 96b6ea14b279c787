import { isObject, type Fields } from '../../conventions/json.ts';
import { otelId } from '../otel/otelId.ts';
import type { LogRecord } from '../types.ts';

/** JavaScript's exporter prints microseconds, Python's ISO text. */
export function logRecord(entry: Fields): LogRecord {
  const ids = [entry['spanContext'], entry['_spanContext'], entry].find(isObject)!;
  const time = entry['hrTime'] ?? entry['_hrTime'] ?? entry['timestamp'] ?? entry['observed_timestamp'];
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
