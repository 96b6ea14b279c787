import { langsmith } from '../../../src/adapters/langsmith/langsmith.ts';
import { parseTraces, readTraces, type Span, type SpanContent, type TraceSet } from '../../../src/core.ts';

/** 10 June 2024, 06:13:20 UTC, in milliseconds. */
export const START = 1_718_000_000_000;
export const ROOT = '019000c7-9c00-7000-8000-0048b82b9f7d';
export const CHILD = '019000c7-9cc8-7000-8000-034fc66c2854';
export const GRANDCHILD = '019000c7-9f8e-7000-8000-023a5f638d2a';

/** A complete run, changed as a test needs it. */
export const run = (more: object = {}): Record<string, unknown> => ({
  id: ROOT,
  name: 'answer',
  run_type: 'chain',
  start_time: START,
  end_time: START + 3000,
  ...more,
});

export const read = (document: unknown): TraceSet => readTraces(document as object, { adapters: [langsmith] });
export const parse = (text: string): Promise<TraceSet> => parseTraces(text, { adapters: [langsmith] });
export const lines = (documents: readonly unknown[]): string =>
  documents.map((document) => JSON.stringify(document)).join('\n');

export const spansOf = ({ traces }: TraceSet): readonly Span[] => traces.flatMap((trace) => [...trace.spans()]);
/** The only span of a run that is read alone. */
export const only = (more: object): Span => spansOf(read(run(more)))[0]!;
export const contentOf = (span: Span): SpanContent => span.content() as SpanContent;
export const codes = ({ diagnostics }: TraceSet): Record<string, number> =>
  Object.fromEntries(diagnostics.map(({ code, count }) => [code, count]));

/** Name and depth of each span, as an outline. */
export const outline = (set: TraceSet): string =>
  spansOf(set)
    .map(({ depth, name }) => `${'  '.repeat(depth)}${name}`)
    .join('\n');
