const CAMEL = [
  'traceId',
  'spanId',
  'parentSpanId',
  'traceState',
  'flags',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'events',
  'links',
  'status',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
] as const;

/** The fields of a span in OTLP (opentelemetry-proto trace.proto), in both spellings of protobuf's JSON. */
export const spanFields: ReadonlySet<string> = new Set([
  ...CAMEL,
  ...CAMEL.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
]);
