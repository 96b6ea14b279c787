interface Envelope {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { readonly name: string }[] }[];
  }[];
}

/** A document of OTLP as an exporter would send it span by span. */
export const spanBySpan = (document: object): readonly object[] =>
  (document as Envelope).resourceSpans.flatMap((resource) =>
    resource.scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({ resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }] })),
    ),
  );

/** What the span of such a document is called. */
export const nameOf = (document: object): string =>
  (document as Envelope).resourceSpans[0]!.scopeSpans[0]!.spans[0]!.name;

/** Several such documents as one batch. */
export const batchOf = (documents: readonly object[]): object => ({
  resourceSpans: documents.flatMap((document) => (document as Envelope).resourceSpans),
});

/** The same order at every run, and none that anybody would expect. */
export function outOfOrder<Item>(items: readonly Item[]): readonly Item[] {
  const mixed = [...items];
  let seed = 19;
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = seed % (at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

/** The lines of a recording, span by span. */
export const recordsIn = (lines: string): readonly object[] =>
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => spanBySpan(JSON.parse(line) as object));

const MINUTE = 60_000_000_000n;
const BEGAN = 1_795_359_116_000_000_000n;
const OF_A_TURN = [
  ['chat gpt-4.1', 'llm'],
  ['search_docs', 'tool'],
  ['GET /search', 'http'],
  ['rank', 'reranker'],
] as const;

/** A long run of an agent: turn by turn a call of a model, a tool, its request and a reranker. */
export function longRun(count: number): readonly object[] {
  const id = (place: number): string => (place + 1).toString(16).padStart(16, '0');
  const step = MINUTE / BigInt(count);
  const span = (place: number, parent: number | null, name: string, kind: string, length: bigint): object => ({
    traceId: '5eed'.repeat(8),
    spanId: id(place),
    ...(parent === null ? {} : { parentSpanId: id(parent) }),
    name,
    startTimeUnixNano: String(BEGAN + step * BigInt(place)),
    endTimeUnixNano: String(BEGAN + step * BigInt(place) + length),
    attributes: [{ key: 'openinference.span.kind', value: { stringValue: kind.toUpperCase() } }],
    status: { code: 1 },
  });
  const spans = Array.from({ length: count }, (_, place) => {
    if (place === 0) return span(0, null, 'agent', 'agent', MINUTE);
    const within = (place - 1) % (OF_A_TURN.length + 1);
    const turn = place - within;
    if (within === 0) return span(place, 0, `turn ${(place - 1) / 5 + 1}`, 'chain', step * 5n);
    const [name, kind] = OF_A_TURN[within - 1]!;
    return span(place, kind === 'http' ? place - 1 : turn, `${name} ${place}`, kind, step);
  });
  return spans.map((each) => ({
    resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'run' }, spans: [each] }] }],
  }));
}
