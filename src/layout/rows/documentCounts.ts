import type { DocumentLists, SpanKind } from '../../model/types.ts';

/** The kinds of step whose rows say how many documents there were. */
export const HOLDS_DOCUMENTS: ReadonlySet<SpanKind> = new Set<SpanKind>(['retriever', 'reranker']);

/** How many documents a step gave, and how many it was given where any are recorded. */
export interface DocumentCounts {
  readonly before: number | null;
  readonly after: number;
}

/**
 * What a row says of documents. A list that was not recorded reads as an empty one, so an empty one beside one with
 * documents is unknown, and where only those before are known nothing is shown. Two empty lists are a search that found
 * nothing.
 */
export function documentCounts(documents: DocumentLists | null): DocumentCounts | null {
  if (!documents) return null;
  const [before, after] = [documents.input.length, documents.output.length];
  if (before > 0 && after === 0) return null;
  return { before: before > 0 && before !== after ? before : null, after };
}
