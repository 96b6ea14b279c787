import type { Trace, Usage } from '../../model/types.ts';
import { counting } from './counting.ts';

/** Something that can be added up over a subtree. */
export type SummedAmount = 'cost' | keyof Omit<Usage, 'other'>;

/** By index, the amount of a span that is in the total of `ledger`, NaN = none: added up, that total. */
export function countedAmounts(trace: Trace, amount: SummedAmount): Float64Array {
  const { rows, tokens, money } = counting(trace);
  const { counted } = amount === 'cost' ? money : tokens;
  const own = new Float64Array(trace.spanCount).fill(Number.NaN);
  rows.index.forEach((index, row) => {
    const { usage, cost } = rows.amounts[row]!;
    if (counted[row]) own[index] = (amount === 'cost' ? cost?.total : usage?.[amount]) ?? Number.NaN;
  });
  return own;
}

/**
 * By index, the sum that `ledger(trace).subtree(index)` gives for one amount; NaN = unknown. For all spans at once and
 * in one pass from the leaves up: asked span by span, a deep trace would be added up once for each level.
 */
export function subtreeAmounts(trace: Trace, amount: SummedAmount): Float64Array {
  const { parent } = trace.columns;
  const sums = countedAmounts(trace, amount);
  for (let index = trace.spanCount - 1; index > 0; index -= 1) {
    const above = parent[index]!;
    if (above === -1 || Number.isNaN(sums[index]!)) continue;
    sums[above] = Number.isNaN(sums[above]!) ? sums[index]! : sums[above]! + sums[index]!;
  }
  return sums;
}
