import type { Trace } from '../../model/types.ts';
import { answeredAfter, traceFacts } from './traceFacts.ts';

/** An amount by which traces spread. Of scores, the one that most traces have. */
export type SpreadMeasure = 'duration' | 'cost' | 'score';

export interface SpreadBin {
  readonly from: number;
  /** Up to but not with; the last bin holds it too. */
  readonly to: number;
  readonly count: number;
}

export interface Spread {
  /** As a query names it: `duration`, `cost`, `score.helpfulness`. */
  readonly field: string;
  /** Next to each other, from the least to the most; none where nothing is known. */
  readonly bins: readonly SpreadBin[];
  /** Traces of which the amount is not known. */
  readonly unknown: number;
}

/** A name that a query can say without quotes. */
const PLAIN = /^[\w.-]+$/;
/** From this ratio on, equal bins would hold all in the first one: bins grow instead. */
const FAR_APART = 20;

/** How an amount of traces is spread, in so many bins: of equal width, or of equal ratio where it spreads far. */
export function spread(traces: readonly Trace[], measure: SpreadMeasure, binCount: number): Spread {
  const name = measure === 'score' ? commonScore(traces) : null;
  const field = measure === 'score' ? `score.${name ?? ''}` : measure;
  const amounts: number[] = [];
  let least = Infinity;
  let most = -Infinity;
  for (const trace of traces) {
    const amount = amountOf(trace, measure, name);
    if (!Number.isFinite(amount)) continue;
    amounts.push(amount);
    least = Math.min(least, amount);
    most = Math.max(most, amount);
  }
  const unknown = traces.length - amounts.length;
  if (amounts.length === 0) return { field, bins: [], unknown };
  const grows = least > 0 && most / least > FAR_APART;
  const edge = (at: number): number =>
    grows ? least * (most / least) ** (at / binCount) : least + ((most - least) * at) / binCount;
  const counts = new Array<number>(binCount).fill(0);
  for (const amount of amounts) {
    const share = grows
      ? Math.log(amount / least) / Math.log(most / least)
      : (amount - least) / Math.max(most - least, Number.MIN_VALUE);
    counts[Math.min(binCount - 1, Math.max(0, Math.floor(share * binCount)))]! += 1;
  }
  return { field, bins: counts.map((count, at) => ({ from: edge(at), to: edge(at + 1), count })), unknown };
}

function amountOf(trace: Trace, measure: SpreadMeasure, score: string | null): number {
  if (measure === 'duration') return answeredAfter(trace);
  if (measure === 'cost') return traceFacts(trace).total.cost.total ?? Number.NaN;
  return trace.scores.find(({ name, value }) => name === score && value !== null)?.value ?? Number.NaN;
}

function commonScore(traces: readonly Trace[]): string | null {
  const counts = new Map<string, number>();
  for (const { scores } of traces)
    for (const { name, value } of scores)
      if (value !== null && PLAIN.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce<readonly [string | null, number]>(
    (best, each) => (each[1] > best[1] ? each : best),
    [null, 0],
  )[0];
}
