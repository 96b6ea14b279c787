import type { SpanKey } from '../../model/types.ts';

/**
 * What became of documents that a retriever found or a reranker ordered.
 *
 *     rankLines(documents)                    before and after of a reranker             rankLines.ts
 *     repeatedDocuments(list)                 which are the same as others, in Steps     repeatedDocuments.ts
 *     documentUse(trace, index, { signal })   which of them reached a later prompt       documentUse.ts
 */

/** A document of a reranker, before and after. Places count from 0 in `DocumentLists.input` and `.output`. */
export interface RankLine {
  /** Null where it came out without having gone in, as far as is recorded. */
  readonly before: number | null;
  /** Null where it was dropped. */
  readonly after: number | null;
  /** Places it rose (positive) or fell (negative); null where one side is missing. */
  readonly rise: number | null;
  readonly scoreBefore: number | null;
  readonly scoreAfter: number | null;
  /** after − before, only where both are of the same kind of score; else the two cannot be compared. */
  readonly scoreChange: number | null;
}

export interface RankLines {
  /** Those that came out, in their order, then those that were dropped, in theirs. */
  readonly lines: readonly RankLine[];
  readonly dropped: number;
}

/**
 * How much of a document stands in a prompt, by its words in their order; what stands between the words does not count,
 * so that a document that was escaped, quoted or wrapped is found. `part`: at least a tenth of it, in runs of eight
 * words. `unknown`: its text is not recorded, or holds no word.
 */
export type DocumentReach = 'whole' | 'part' | 'none' | 'unknown';

export interface DocumentFate {
  readonly reach: DocumentReach;
  /** The first later call of a model that it reached whole; where it did nowhere, the one that it reached most of. */
  readonly call: SpanKey | null;
  /** How much of it stands there, 0 … 1; null where nothing can be said. */
  readonly share: number | null;
  /** How many of the calls that were looked at hold it, whole or in part. */
  readonly calls: number;
  /** Place of the first document in the list with the same id or the same words; null where it is the first. */
  readonly repeats: number | null;
}

export interface DocumentUse {
  /** One per document of `DocumentLists.output`, in its order; of `input` where nothing came out. */
  readonly documents: readonly DocumentFate[];
  /**
   * How many later calls of models there are, and at how many was looked: the nearest, until all documents were found
   * whole.
   */
  readonly later: number;
  readonly looked: number;
}
