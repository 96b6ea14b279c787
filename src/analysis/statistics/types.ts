import type { LedgerEntry, Nanos } from '../../model/types.ts';

/** What spans can be put together by. `agent` = the nearest agent around a span, itself if it is one. */
export type StatisticsBy = 'name' | 'kind' | 'model' | 'service' | 'agent';

/** What the spans of one name (or kind, model, service, agent) come to. Times are Nanos; NaN = unknown. */
export interface StatisticsRow {
  /** What they have in common; null = those that have none. */
  readonly value: string | null;
  /** How many spans. */
  readonly count: number;
  /** How many of them have a start and an end, so that their duration is known. */
  readonly timed: number;
  /** The sum of the known durations. Spans inside of others of the same row, and those side by side, each count. */
  readonly total: Nanos;
  /** The sum of their own times, as `ownTime` gives them: added up over all rows, that of the trace. */
  readonly own: Nanos;
  /** Half of the known durations are not longer. */
  readonly p50: Nanos;
  /** 95 of 100 known durations are not longer. */
  readonly p95: Nanos;
  readonly longest: Nanos;
  readonly errors: number;
  /**
   * Tokens and cost of the spans that count in the ledger, each in the row of the span that counts: added up over all
   * rows, the total of the ledger.
   */
  readonly amounts: LedgerEntry;
  /** How many of the known durations lie in each bin of `Statistics.edges`. */
  readonly histogram: Uint32Array;
}

export interface Statistics {
  readonly by: StatisticsBy;
  /** Longest own time first. */
  readonly rows: readonly StatisticsRow[];
  /**
   * Where the bins of all histograms begin, and where the last one ends, in Nanos: each as many times as long as the
   * one before. Empty where no duration is known.
   */
  readonly edges: Float64Array;
}
