import { isObject, type Fields } from '../../conventions/json.ts';
import { readInstant } from '../../model/time.ts';
import { setOwn } from '../../model/ownValue.ts';

/** Times may be lists or dates, which throw only when they are read. */
const time = (value: unknown): unknown => {
  readInstant(value);
  return value;
};
const asItIs = (value: unknown): unknown => value;

/** The fields of an OTLP span that make its record, and what of their inside is looked at without further care. */
const FIELDS: readonly (readonly [name: string, read: (value: unknown) => unknown])[] = [
  ...[
    'traceId',
    'trace_id',
    'spanId',
    'span_id',
    'parentSpanId',
    'parent_span_id',
    'parent_id',
    'status_code',
    'statusCode',
    'status_message',
    'statusMessage',
    'resource',
    'scope',
    'name',
    'kind',
    'attributes',
    'events',
    'links',
  ].map((name) => [name, asItIs] as const),
  ...[
    'startTimeUnixNano',
    'start_time_unix_nano',
    'endTimeUnixNano',
    'end_time_unix_nano',
    'start_time',
    'startTime',
    'end_time',
    'endTime',
  ].map((name) => [name, time] as const),
  [
    'status',
    (value) =>
      isObject(value)
        ? copy(value, [
            ['code', asItIs],
            ['message', asItIs],
          ])
        : value,
  ],
];

/** Their names. */
export const READ_FIELDS: readonly string[] = FIELDS.map(([name]) => name);

/** What can be read of a span of the host in which something throws when looked at; empty where nothing can. */
export const readableSpan = (span: object): Fields => copy(span as Fields, FIELDS);

function copy(from: Fields, fields: typeof FIELDS): Fields {
  const readable: Record<string, unknown> = {};
  for (const [name, read] of fields) {
    try {
      const value = read(from[name]);
      if (value !== undefined) setOwn(readable, name, value);
    } catch {
      // This field is left out.
    }
  }
  return readable;
}
