import { isObject, jsonList, jsonObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { endAfter } from '../otel/endAfter.ts';
import { statusWord } from '../otel/otelEnums.ts';
import { otelId } from '../otel/otelId.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Rows of Logfire's query API. Attributes are structures already, and speak the dialects that OTLP speaks. A pending
 * row says only that a span has begun; a log is an event. Any column may be missing.
 */
export const readLogfire: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink))
    for (const row of rowsOf(fields)) {
      if (isObject(row)) lookedAt(sink, () => readRow(row, sink));
      else sink.diagnostic('span-not-object', 'An entry among the rows is not an object and was left out.');
    }
};

function rowsOf(document: Fields): readonly unknown[] {
  const { columns, rows } = document;
  if (Array.isArray(rows)) return rows;
  if (!Array.isArray(columns)) return [document];
  const named = columns
    .filter(isObject)
    .flatMap(({ name, values }) =>
      typeof name === 'string' && Array.isArray(values) ? [[name, values as readonly unknown[]] as const] : [],
    );
  const length = Math.max(0, ...named.map(([, values]) => values.length));
  return Array.from({ length }, (_, at) => Object.fromEntries(named.map(([name, values]) => [name, values[at]])));
}

function readRow(row: Fields, sink: SpanSink): void {
  const attributes = jsonObject(row['attributes']) ?? {};
  const start = row['start_timestamp'];
  const kind = textOf(row['kind']);
  const isPoint = kind === 'log' || kind === 'span_event';
  const isPending = kind === 'pending_span';
  const exception = textOf(row['exception_message']);
  const code = textOf(row['otel_status_code']);
  const resource = jsonObject(row['otel_resource_attributes']);
  const scope = textOf(row['otel_scope_name']);
  sink.span(
    spanRecord({
      ...otelIds(row['trace_id'], row['span_id'], row['parent_span_id']),
      name: row['span_name'] ?? row['message'],
      ...(isPoint ? { kind: 'event', rawKind: kind } : {}),
      ...(isPending ? { marks: { parent: otelId(attributes['logfire.pending_parent_id'], 16).id } } : {}),
      start,
      end: row['end_timestamp'] ?? (isPoint ? start : endAfter(start, row['duration'], 's', 'iso')),
      timeUnit: 'iso',
      status: row['is_exception'] === true && code === null ? 'error' : code === null ? undefined : statusWord(code),
      statusMessage: row['otel_status_message'] ?? exception,
      source: row,
      service: row['service_name'],
      attributes: [
        ...Object.entries(attributes),
        ...(textOf(row['message']) === null ? [] : [['logfire.msg', row['message']] as const]),
      ],
      ...(resource ? { resource: { attributes: resource } } : {}),
      ...(scope === null ? {} : { scope: { name: scope } }),
      events: (jsonList(row['otel_events']) ?? []).filter(isObject).map((event) => ({
        name: event['event_name'] ?? event['name'],
        time: event['event_timestamp'] ?? event['timestamp'],
        attributes: event['attributes'],
      })),
      links: (jsonList(row['otel_links']) ?? []).filter(isObject).map((link) => ({
        ...link,
        ...(isObject(link['context']) ? link['context'] : {}),
      })),
    }),
  );
}
