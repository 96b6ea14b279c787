interface Envelope {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly object[] }[];
  }[];
}

/** A document of OTLP as an exporter would send it span by span. */
export const spanBySpan = (document: object): readonly object[] =>
  (document as Envelope).resourceSpans.flatMap((resource) =>
    resource.scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({ resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }] })),
    ),
  );

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
