import { perTrace } from '../../analysis/memo.ts';
import type { Trace } from '../../model/types.ts';
import { rowTree } from './rowTree.ts';
import type { SortedOrder } from './sortedOrder.ts';

/**
 * The order of the rows: that of the trace (null), or a sorted one, but with those spans together that name the same
 * missing parent, where the first of them stands. The same object where they are together already.
 */
export function rowOrder(trace: Trace, sorted: SortedOrder | null): SortedOrder | null {
  const orders = gathered(trace);
  let order = orders.get(sorted);
  if (order === undefined) orders.set(sorted, (order = gather(trace, sorted)));
  return order;
}

const gathered = perTrace(() => new Map<SortedOrder | null, SortedOrder | null>());

function gather(trace: Trace, sorted: SortedOrder | null): SortedOrder | null {
  const { columns, spanCount } = trace;
  const { subtreeEnd } = columns;
  const { parentOf, count } = rowTree(trace);
  if (count === spanCount) return sorted;
  const spanAt = (place: number): number => (sorted ? sorted.order[place]! : place);
  /** The places of the roots below each row that is outermost, in the order of their first. */
  const families = new Map<number, number[]>();
  let last = -1;
  let apart = false;
  for (let place = 0; place < spanCount;) {
    const root = spanAt(place);
    const above = parentOf(root);
    const outermost = above === -1 ? root : above;
    const family = families.get(outermost);
    apart ||= family !== undefined && outermost !== last;
    if (family) family.push(place);
    else families.set(outermost, [place]);
    last = outermost;
    place += subtreeEnd[root]! - root;
  }
  if (!apart) return sorted;
  const order = new Uint32Array(spanCount);
  const rank = new Uint32Array(spanCount);
  let length = 0;
  for (const places of families.values())
    for (const from of places) {
      const root = spanAt(from);
      for (let place = from; place < from + subtreeEnd[root]! - root; place += 1) {
        const index = spanAt(place);
        rank[index] = length;
        order[length++] = index;
      }
    }
  return { order, rank };
}
