import type { Nanos, SpanKind, Usage } from '../../model/types.ts';

/**
 * What the width of a node says. `time` = how long a span was open, shared among children that ran side by side, so that
 * all of it is the time that passed; `own` = time at work, of which several may pass at once; tokens in a bucket or in
 * all, cost, failed spans.
 */
export type FlameMeasure = 'time' | 'own' | 'cost' | 'errors' | Exclude<keyof Usage, 'other' | 'total'> | 'tokens';

/** A bar. Widths are in the unit of the measure: Nanos, tokens, money, spans. */
export interface FlameNode {
  readonly name: string;
  readonly kind: SpanKind;
  /** Place of the node below which it stands, in `nodes`; -1 = none. */
  readonly parent: number;
  /** Place behind the last node above it. */
  readonly end: number;
  readonly depth: number;
  /** Where the bar begins, from the left edge of all. */
  readonly from: number;
  /** Its width: `own`, what stands above it, and `cut`. */
  readonly value: number;
  /** What no span below it has. It stands at the right end of the bar. */
  readonly own: number;
  /** What stands above it in bars that are too small to be drawn. */
  readonly cut: number;
  /** How many spans it stands for, and how many of them failed. */
  readonly spans: number;
  readonly failed: number;
  /** Index of the first of these spans. */
  readonly first: number;
}

export interface FlameGraph {
  readonly measure: FlameMeasure;
  /** Width of all; null = no span reports the measure. */
  readonly total: Nanos | number | null;
  /** In pre-order: a node stands before those above it. */
  readonly nodes: readonly FlameNode[];
  /** Levels of bars. */
  readonly depth: number;
  /** By index of a span, the place of the node that shows it; -1 = none does. */
  readonly nodeOf: Int32Array;
}
