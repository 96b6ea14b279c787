import { langfuseExport } from '../../../src/adapters/langfuse/langfuse.ts';
import { createDocumentReader } from '../../../src/adapters/collect/readDocuments.ts';
import { ALL_PARTS } from '../../../src/adapters/collect/readingParts.ts';
import type { Span, SpanContent, TraceSet } from '../../../src/core.ts';

export const TRACE = 'trace-1';
export const at = (millis: number): string => new Date(Date.UTC(2026, 8, 21, 14, 0, 0, millis)).toISOString();

/** Reads documents, each as if it were a line or a file of its own. */
export function read(...documents: readonly object[]): TraceSet {
  const reader = createDocumentReader({}, ALL_PARTS);
  for (const document of documents) reader.read(document, [langfuseExport]);
  const building = reader.finish();
  for (let step = building.next(); ; step = building.next()) if (step.done) return step.value;
}

/** An observation of the API; what is given replaces or adds fields. */
export const observation = (id: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  id,
  traceId: TRACE,
  type: 'SPAN',
  name: id,
  startTime: at(0),
  endTime: at(100),
  parentObservationId: null,
  level: 'DEFAULT',
  ...more,
});

/** The span that one observation becomes. */
export const only = (more: object): Span => read([observation('a', more)]).traces[0]!.span(0);
export const contentOf = (span: Span): SpanContent => span.content() as SpanContent;

/** Names with their depth, as an outline. */
export const outline = (set: TraceSet): readonly string[] =>
  set.traces.flatMap((trace) => Array.from(trace.spans(), ({ depth, name }) => '·'.repeat(depth) + name));
export const codes = (set: TraceSet): readonly string[] => set.diagnostics.map(({ code }) => code);
