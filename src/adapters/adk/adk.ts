import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { otelId } from '../otel/otelId.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * What ADK's web page shows of a session (`/debug/trace/session/<id>`): ids are decimal numbers of 64 and 128 bits, no
 * kinds, no status; attributes speak the dialect `adk`, messages stand there or in `logs`.
 */
export const readAdk: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink)) lookedAt(sink, () => readSpan(fields, sink));
};

function readSpan(span: Fields, sink: SpanSink): void {
  const traceId = hexId(span['trace_id'], 32);
  const spanId = hexId(span['span_id'], 16);
  const attributes = isObject(span['attributes']) ? span['attributes'] : {};
  sink.span(
    spanRecord({
      traceId,
      spanId,
      parentSpanId: hexId(span['parent_span_id'], 16),
      name: span['name'],
      start: span['start_time'],
      end: span['end_time'],
      timeUnit: 'ns',
      source: span,
      sessionId: attributes['gcp.vertex.agent.session_id'],
      attributes: Object.entries(attributes),
      scope: SCOPE,
    }),
  );
  for (const log of Array.isArray(span['logs']) ? span['logs'] : [])
    if (isObject(log))
      sink.logRecord({
        traceId,
        spanId,
        name: log['event_name'],
        body: log['body'],
        attributes: log['attributes'],
        time: log['timestamp'],
        source: log,
      });
}

const SCOPE = { name: 'gcp.vertex.agent' };

/** A decimal number as OpenTelemetry writes ids; what is none is read as it stands. */
function hexId(id: unknown, digits: 16 | 32): string | null {
  const text = textOf(id);
  if (text === null || !/^\d{1,39}$/.test(text)) return otelId(id, digits).id;
  const hex = BigInt(text).toString(16).padStart(digits, '0');
  return hex.length > digits ? otelId(id, digits).id : hex;
}
