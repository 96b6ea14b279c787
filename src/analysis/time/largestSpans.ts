import type { Trace } from '../../model/types.ts';
import { measure } from '../amounts/countOnce.ts';
import { counting } from '../amounts/counting.ts';
import { perTrace } from '../memo.ts';
import { atOnce } from '../steps.ts';
import { ownTime } from './ownTime.ts';

/** More than anyone steps through. */
const MOST = 100;

/**
 * Indices of the spans with the most own time, the most first; those without any are left out, and behind a hundred it
 * ends. A call of a model counts with the requests of its client (`countsWith`).
 */
export const slowestSpans: (trace: Trace) => Uint32Array = perTrace((trace) => largest(ownTime(trace)));

/**
 * The same by what a span itself cost, in the trace's currency. Wrappers that repeat the cost of a call within are left
 * out, as in `ledger`.
 */
export const costliestSpans: (trace: Trace) => Uint32Array = perTrace((trace) => {
  const { rows } = counting(trace);
  const { counted } = atOnce(measure(trace, rows, ({ cost }) => cost?.total ?? null));
  return largest(Float64Array.from(rows.index, (_, row) => (counted[row] ? rows.amounts[row]!.cost!.total! : 0))).map(
    (row) => rows.index[row]!,
  );
});

/** Places of the largest amounts above zero. Equal ones stay in their order. */
function largest(amounts: Float64Array): Uint32Array {
  const least =
    Float64Array.from(amounts.filter((amount) => amount > 0))
      .sort()
      .at(-MOST) ?? 0;
  const places: number[] = [];
  for (let place = 0; place < amounts.length; place += 1)
    if (amounts[place]! > 0 && amounts[place]! >= least) places.push(place);
  return Uint32Array.from(places.sort((a, b) => amounts[b]! - amounts[a]! || a - b).slice(0, MOST));
}
