/** How bytes of an OTLP document are read, by those whom the bench compares: each from what its module exports. */
export const READS = {
  /** What anyone must pay. */
  json: () => (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
  spanwise:
    ({ parseTraces }) =>
    (bytes) =>
      parseTraces(bytes),
  /** To its tree of spans with kind, tokens, cost and content. */
  agentPrism:
    ({ openTelemetrySpanAdapter: adapter }) =>
    (bytes) =>
      adapter.convertRawDocumentsToSpans(JSON.parse(new TextDecoder().decode(bytes))),
};
