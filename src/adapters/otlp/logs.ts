import { isObject, type Fields } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { otelId } from '../otel/otelId.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { SpanSink } from '../types.ts';

/**
 * Log records of OTLP JSON (opentelemetry-proto, logs.proto): `{ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }`.
 * Messages, evaluations and what tools gave back stand in such, by the conventions for GenAI.
 */
export function readResourceLogs(envelope: Fields, sink: SpanSink): void {
  for (const ofResource of objects(envelope['resourceLogs'] ?? envelope['resource_logs'], sink)) {
    const scopes =
      ofResource['scopeLogs'] ??
      ofResource['scope_logs'] ??
      ofResource['instrumentationLibraryLogs'] ??
      ofResource['instrumentation_library_logs'];
    for (const ofScope of objects(scopes, sink))
      for (const record of objects(ofScope['logRecords'] ?? ofScope['log_records'] ?? ofScope['logs'], sink))
        lookedAt(sink, () => readLogRecord(record, sink));
  }
}

/** The objects of a list; printers of protobuf write a list of one without brackets. */
function* objects(list: unknown, sink: SpanSink): Generator<Fields> {
  const entries = Array.isArray(list) ? withoutHoles(list) : [list];
  for (let at = 0; at < entries.length; at += 1) {
    const entry = lookedAt(sink, () => entries[at] as unknown);
    if (isObject(entry)) yield entry;
  }
}

/** A record, also without an envelope around it. A time of zero is one that nobody set. */
export function readLogRecord(record: Fields, sink: SpanSink): void {
  const time = record['timeUnixNano'] ?? record['time_unix_nano'];
  const isSet = time !== undefined && time !== null && Number(time) !== 0;
  sink.logRecord({
    traceId: otelId(record['traceId'] ?? record['trace_id'], 32).id,
    spanId: otelId(record['spanId'] ?? record['span_id'], 16).id,
    name: record['eventName'] ?? record['event_name'],
    time: isSet ? time : (record['observedTimeUnixNano'] ?? record['observed_time_unix_nano']),
    body: record['body'],
    severity: record['severityText'] || record['severity_text'],
    attributes: record['attributes'],
    source: record,
  });
}
