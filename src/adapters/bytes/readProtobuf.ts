import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/**
 * OTLP as protobuf (opentelemetry-proto, trace.proto; the body of an exporter, a file of the collector, frames of gRPC)
 * as its JSON text: ids in hexadecimal, 64-bit numbers as their digits. Null where the bytes are none: logs and metrics
 * are not, nor is what is cut off.
 */
export function readProtobuf(bytes: Uint8Array): string | null {
  for (const cut of [(all: Uint8Array) => [all], frames(4), frames(5)]) {
    try {
      const messages = cut(bytes)?.map((message) => readMessage(message, 'traces'));
      if (messages && messages.length > 0) return messages.join('\n');
    } catch {
      // Perhaps in another frame.
    }
  }
  return null;
}

/** One export request of a signal (trace.proto, logs.proto), as its JSON text. Throws where the bytes are none. */
export const readMessage = (bytes: Uint8Array, signal: 'traces' | 'logs'): string =>
  JSON.stringify(read(bytes, signal === 'traces' ? TRACES : LOGS));

/** Messages behind each other, each behind its length in four bytes, before which gRPC has one more. */
const frames =
  (head: number) =>
  (bytes: Uint8Array): readonly Uint8Array[] | null => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const messages: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      if (at + head > bytes.length) return null;
      const end = at + head + view.getUint32(at + head - 4);
      if (end > bytes.length) return null;
      messages.push(bytes.subarray(at + head, end));
      at = end;
    }
    return messages;
  };

type Field = readonly [
  name: string,
  wire: WireType,
  take: (reader: BinaryReader, depth: number) => unknown,
  isList?: boolean,
];
type Message = ReadonlyMap<number, Field>;

/** Deeper than any attribute is; what goes further was made to break readers. */
const DEEPEST = 60;

/** Fields that a message does not name are passed over; one of another type than it should be is no such message. */
function read(bytes: Uint8Array, message: Message, depth = 0): object {
  if (depth > DEEPEST) throw new RangeError('too deep');
  const reader = new BinaryReader(bytes);
  const result = new Map<string, unknown>();
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field = message.get(number);
    if (!field) {
      reader.skip(wire, number);
      continue;
    }
    const [name, expected, take, isList] = field;
    if (wire !== expected) throw new TypeError(`field ${number} is of type ${wire}`);
    const value = take(reader, depth);
    const list = result.get(name);
    if (!isList) result.set(name, value);
    else if (Array.isArray(list)) list.push(value);
    else result.set(name, [value]);
  }
  return Object.fromEntries(result);
}

/** Fields by their numbers. */
const fields = (numbered: Readonly<Record<string, Field>>): Message =>
  new Map(Object.entries(numbered).map(([number, field]) => [Number(number), field]));

const { Varint, Bit64, Bit32, LengthDelimited } = WireType;
const text = (name: string): Field => [name, LengthDelimited, (reader) => reader.string()];
const count = (name: string): Field => [name, Varint, (reader) => reader.uint32()];
const time = (name: string): Field => [name, Bit64, (reader) => String(reader.fixed64())];
const id = (name: string): Field => [
  name,
  LengthDelimited,
  (reader) => Array.from(reader.bytes(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
];
const inner = (name: string, message: () => Message, isList = false): Field => [
  name,
  LengthDelimited,
  (reader, depth) => read(reader.bytes(), message(), depth + 1),
  isList,
];

const ANY_VALUE: Message = fields({
  1: text('stringValue'),
  2: ['boolValue', Varint, (reader) => reader.bool()],
  3: ['intValue', Varint, (reader) => String(reader.int64())],
  4: ['doubleValue', Bit64, (reader) => double(reader.double())],
  5: inner('arrayValue', () => ARRAY_VALUE),
  6: inner('kvlistValue', () => KEY_VALUE_LIST),
  7: ['bytesValue', LengthDelimited, (reader) => base64(reader.bytes())],
});
const ARRAY_VALUE: Message = fields({ 1: inner('values', () => ANY_VALUE, true) });
const KEY_VALUE_LIST: Message = fields({ 1: inner('values', () => KEY_VALUE, true) });
const KEY_VALUE: Message = fields({ 1: text('key'), 2: inner('value', () => ANY_VALUE) });
const attributes: Field = inner('attributes', () => KEY_VALUE, true);

/** JSON has no word for these. */
const double = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const EVENT: Message = fields({
  1: time('timeUnixNano'),
  2: text('name'),
  3: attributes,
  4: count('droppedAttributesCount'),
});
const LINK: Message = fields({
  1: id('traceId'),
  2: id('spanId'),
  3: text('traceState'),
  4: attributes,
  5: count('droppedAttributesCount'),
  6: ['flags', Bit32, (reader) => reader.fixed32()],
});
const STATUS: Message = fields({ 2: text('message'), 3: count('code') });
const SPAN: Message = fields({
  1: id('traceId'),
  2: id('spanId'),
  3: text('traceState'),
  4: id('parentSpanId'),
  5: text('name'),
  6: count('kind'),
  7: time('startTimeUnixNano'),
  8: time('endTimeUnixNano'),
  9: attributes,
  10: count('droppedAttributesCount'),
  11: inner('events', () => EVENT, true),
  12: count('droppedEventsCount'),
  13: inner('links', () => LINK, true),
  14: count('droppedLinksCount'),
  15: inner('status', () => STATUS),
  16: ['flags', Bit32, (reader) => reader.fixed32()],
});
const SCOPE: Message = fields({
  1: text('name'),
  2: text('version'),
  3: attributes,
  4: count('droppedAttributesCount'),
});
const SCOPE_SPANS: Message = fields({
  1: inner('scope', () => SCOPE),
  2: inner('spans', () => SPAN, true),
  3: text('schemaUrl'),
});
const RESOURCE: Message = fields({ 1: attributes, 2: count('droppedAttributesCount') });
const RESOURCE_SPANS: Message = fields({
  1: inner('resource', () => RESOURCE),
  2: inner('scopeSpans', () => SCOPE_SPANS, true),
  3: text('schemaUrl'),
});
/** `TracesData` and `ExportTraceServiceRequest` are the same. */
const TRACES: Message = fields({ 1: inner('resourceSpans', () => RESOURCE_SPANS, true) });

const LOG_RECORD: Message = fields({
  1: time('timeUnixNano'),
  2: count('severityNumber'),
  3: text('severityText'),
  5: inner('body', () => ANY_VALUE),
  6: attributes,
  7: count('droppedAttributesCount'),
  8: ['flags', Bit32, (reader) => reader.fixed32()],
  9: id('traceId'),
  10: id('spanId'),
  11: time('observedTimeUnixNano'),
  12: text('eventName'),
});
const SCOPE_LOGS: Message = fields({
  1: inner('scope', () => SCOPE),
  2: inner('logRecords', () => LOG_RECORD, true),
  3: text('schemaUrl'),
});
const RESOURCE_LOGS: Message = fields({
  1: inner('resource', () => RESOURCE),
  2: inner('scopeLogs', () => SCOPE_LOGS, true),
  3: text('schemaUrl'),
});
const LOGS: Message = fields({ 1: inner('resourceLogs', () => RESOURCE_LOGS, true) });
