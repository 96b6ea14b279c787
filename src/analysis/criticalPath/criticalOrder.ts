import type { Nanos, Trace } from '../../model/types.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import { perTrace } from '../memo.ts';
import { walkBack } from './walkBack.ts';

/** The spans on the critical path, each once, in the order in which the path first reaches them, and when it does. */
export const criticalOrder: (trace: Trace) => { readonly index: Uint32Array; readonly from: Float64Array } = perTrace(
  (trace) => {
    const { index, edge } = walkBack(trace);
    const seen = new Uint8Array(trace.spanCount);
    const order = new Uint32Array(Math.min(index.length, trace.spanCount));
    const from = new Float64Array(order.length);
    let count = 0;
    for (let place = 0; place < index.length; place += 1) {
      const span = index[place]!;
      if (seen[span] === 1) continue;
      seen[span] = 1;
      order[count] = span;
      from[count++] = edge[place]!;
    }
    return { index: order.subarray(0, count), from: from.subarray(0, count) };
  },
);

/**
 * The next (1) or previous (-1) span on the critical path, seen from a span, and round at the end; from a span that is
 * not on the path, by its start. Null where there is no path.
 */
export function stepCritical(trace: Trace, index: number | null, by: 1 | -1): number | null {
  const { index: order, from } = criticalOrder(trace);
  if (order.length === 0) return null;
  if (index === null) return order[by === 1 ? 0 : order.length - 1]!;
  const here = order.indexOf(index);
  if (here !== -1) return order[(here + by + order.length) % order.length]!;
  const start: Nanos = trace.columns.start[index]!;
  const after = lowerBound(from, start);
  return order[(by === 1 ? after : after - 1 + order.length) % order.length]!;
}
