import { NOISE } from '../../analysis/diff/result/changes.ts';
import type { Delta, DiffRow } from '../../analysis/diff/types.ts';
import type { Format } from '../../format.ts';
import { isNotable } from '../../layout/diff/notable.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { ownValue } from '../../model/ownValue.ts';

/** What is compared of rows: a field of their deltas. */
export type Measure = 'duration' | 'selfTime' | 'tokens' | 'input' | 'output' | 'cached' | 'reasoning' | 'cost';

/** How much more B has of it: all of a step that came, less all of one that went; null = unknown. */
function difference({ op }: DiffRow, delta: Delta | undefined): number | null {
  if (!delta) return null;
  if (op === 'added') return delta.b;
  if (op === 'removed') return delta.a === null ? null : -delta.a;
  return delta.delta;
}

/** The difference of a row, of a loop that of all its iterations; null where it is unknown or no more than noise. */
export function rowDifference(merged: MergedTrace, index: number, measure: Measure): number | null {
  const { type } = merged.groups[index]!;
  if (type === 'loop') return loopDifference(merged, index, measure);
  const row = type === 'row' ? merged.row(index) : undefined;
  if (!row) return null;
  const delta = ownValue(row.deltas, measure);
  const isPair = row.a !== null && row.b !== null;
  // A sum of what changed below is told however small a part it is.
  const isSum = merged.columns.subtreeEnd[index]! > index + 1 && !merged.groups[index]!.closed;
  const floor = isSum && measure === 'duration' ? NOISE.nanos : 0;
  const isTold = isSum ? Math.abs(delta?.delta ?? 0) > floor : isNotable(measure, delta);
  return isPair && !isTold ? null : difference(row, delta) || null;
}

function loopDifference(merged: MergedTrace, index: number, measure: Measure): number | null {
  let sum: number | null = null;
  for (const at of merged.turns(index)) {
    const row = merged.row(at)!;
    const own = difference(row, ownValue(row.deltas, measure));
    if (own !== null) sum = (sum ?? 0) + own;
  }
  return sum || null;
}

/** `+1.2 s`, `−$0.02`. */
export function signedText(measure: string, amount: number, format: Format, currency?: string): string {
  return `${amount < 0 ? '−' : '+'}${amountText(measure, Math.abs(amount), format, currency)}`;
}

export function amountText(measure: string, amount: number, format: Format, currency?: string): string {
  if (measure === 'duration' || measure === 'selfTime') return format.duration(amount);
  if (measure === 'cost') return format.money(amount, currency);
  if (measure.startsWith('score.')) return String(Math.round(amount * 1000) / 1000);
  return format.tokens(amount);
}

/** More time, tokens, cost and errors are worse; whether a score is, nobody says. */
export function toneOf(measure: string, amount: number | null): 'worse' | 'better' | undefined {
  if (amount === null || amount === 0 || measure.startsWith('score.') || measure === 'spans') return undefined;
  return amount > 0 ? 'worse' : 'better';
}
