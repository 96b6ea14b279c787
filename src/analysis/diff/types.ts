import type { SpanKey, Trace } from '../../model/types.ts';

/** What is compared: a whole trace, or a span with all below it. Both sides may be of the same trace. */
export type TraceSide = Trace | { readonly trace: Trace; readonly key: SpanKey };

export interface DiffOptions {
  /** Pairs that the reader set, [key in a, key in b]: they stand whatever the texts say. */
  readonly pair?: readonly (readonly [SpanKey, SpanKey])[];
  /** Pairs that the reader does not want to see again. */
  readonly forbid?: readonly (readonly [SpanKey, SpanKey])[];
  /**
   * For `comparePair`: attributes whose values say nothing, beside those of `VOLATILE_ATTRIBUTES`; a `*` at the end
   * stands for any letters.
   */
  readonly ignoreAttributes?: readonly string[];
}

/** Why two spans are taken for the same step. */
export type PairReason = 'content' | 'shape' | 'order' | 'rename' | 'moved' | 'container' | 'user';

export interface DiffPair {
  readonly a: SpanKey;
  readonly b: SpanKey;
  /** 0 … 1: of pairs at 0.9 or more, at least 98 in 100 are right. */
  readonly confidence: number;
  readonly by: PairReason;
}

/** null = unknown on that side; `ratio` is b / a, null where the base is 0 or unknown. */
export interface Delta {
  readonly a: number | null;
  readonly b: number | null;
  readonly delta: number | null;
  readonly ratio: number | null;
}

export type DiffOp = 'same' | 'changed' | 'added' | 'removed';

/** What of a pair differs. Times and amounts are in `deltas`: they differ in any two runs. */
export type ChangedFact = 'name' | 'kind' | 'status' | 'model' | 'input' | 'output';

export interface DiffRow {
  /** Of the row, unique in the result. */
  readonly key: string;
  readonly depth: number;
  readonly a: SpanKey | null;
  readonly b: SpanKey | null;
  readonly op: DiffOp;
  /** Which facts differ; empty but in rows that are `changed`. */
  readonly changed: readonly ChangedFact[];
  /** The parents of a step that went elsewhere, or among its siblings (`reordered`). */
  readonly moved?: { readonly from: SpanKey | null; readonly to: SpanKey | null; readonly reordered: boolean };
  /** A step that came or went around others, which keep their partners. */
  readonly wrapped?: 'added' | 'removed';
  readonly renamed?: { readonly from: string; readonly to: string };
  /** Rows of one retry share it: failed attempts, and the one that stands for the step. */
  readonly retry?: string;
  /** Which iteration of its loop the span is in, from 1. */
  readonly iteration?: { readonly a: number | null; readonly b: number | null };
  /** Of all rows below. */
  readonly childCounts: Readonly<Record<'added' | 'removed' | 'changed' | 'moved', number>>;
  /**
   * `duration` and `selfTime` in nanoseconds; `tokens`, `input`, `output`, `cached`, `reasoning`; `cost`. What neither
   * side knows is left out.
   */
  readonly deltas: Readonly<Record<string, Delta>>;
}

export interface DiffChange {
  readonly kind: string;
  readonly message: string;
  readonly measure: 'duration' | 'tokens' | 'cost' | 'status' | 'structure' | 'text' | 'model';
  /** In the unit of the measure: nanoseconds, tokens, currency, spans; null where there is no amount. */
  readonly amount: number | null;
  /** Indices into `rows`. */
  readonly rows: readonly number[];
}

export interface DiffDivergence {
  readonly row: number;
  readonly kind: 'input' | 'output' | 'structure' | 'status' | 'model';
  /** The row from which both agree again; null where they do not. */
  readonly recoversAt: number | null;
}

/** Two traces as one tree. Plain data, so that it can cross a worker. */
export interface TraceDiffResult {
  readonly pairs: readonly DiffPair[];
  /** The merged tree in display order, parents before their children. */
  readonly rows: readonly DiffRow[];
  /** What changed most, most telling first; nothing counted twice. */
  readonly changes: readonly DiffChange[];
  /**
   * `duration`, `tokens`, `input`, `output`, `cached`, `reasoning`, `cost`, `spans`, `errors`, and each `score.<name>`.
   */
  readonly totals: Readonly<Record<string, Delta>>;
  readonly counts: Readonly<Record<'same' | 'changed' | 'added' | 'removed' | 'moved', number>>;
  readonly divergence: DiffDivergence | null;
  readonly warnings: readonly string[];
}
