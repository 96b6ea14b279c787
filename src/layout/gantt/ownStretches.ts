import { endOf } from '../../model/endOf.ts';
import type { Placed } from '../time/stepPlaces.ts';

/**
 * The stretches of a span in which none of its children runs, as pairs `from, to` in Nanos: where a parent works
 * instead of waiting. Children come in order of start, so one pass merges them.
 */
export function ownStretches(trace: Placed, index: number): Float64Array {
  const { start, subtreeEnd } = trace.columns;
  const last = endOf(trace, index);
  const stretches: number[] = [];
  let free = start[index]!;
  for (let child = index + 1; child < subtreeEnd[index]!; child = subtreeEnd[child]!) {
    const from = start[child]!;
    const to = endOf(trace, child);
    if (from >= last) break;
    if (from > free) stretches.push(free, from);
    if (to > free) free = to;
  }
  if (last > free) stretches.push(free, last);
  return Float64Array.from(stretches);
}
