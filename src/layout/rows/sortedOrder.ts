import type { Trace } from '../../model/types.ts';

/**
 * All spans with siblings ordered by a value. A permutation of pre-order in which every subtree still stands together,
 * behind its root.
 */
export interface SortedOrder {
  /** The span at each place. */
  readonly order: Uint32Array;
  /** The place of each span. */
  readonly rank: Uint32Array;
}

const known = new WeakMap<Trace, WeakMap<Float64Array, { up?: SortedOrder; down?: SortedOrder }>>();

/**
 * Orders siblings by their values (by index; NaN = unknown, always last), ties as they were. Worked out once for each
 * list of values and direction. Linear: one stable sort of all spans gives the order within each family, and the sizes
 * of subtrees give the places.
 */
export function sortedOrder(trace: Trace, values: Float64Array, descending: boolean): SortedOrder {
  let ofTrace = known.get(trace);
  if (!ofTrace) known.set(trace, (ofTrace = new WeakMap()));
  let both = ofTrace.get(values);
  if (!both) ofTrace.set(values, (both = {}));
  return (both[descending ? 'down' : 'up'] ??= placeSubtrees(trace, sortByValue(values, descending)));
}

function placeSubtrees({ columns: { parent, subtreeEnd }, spanCount }: Trace, sorted: Uint32Array): SortedOrder {
  /** Spans of the elder siblings' subtrees so far, by parent; roots are at 0. */
  const taken = new Uint32Array(spanCount + 1);
  /** First how far behind its parent a span stands, then its place. */
  const rank = new Uint32Array(spanCount);
  for (let at = 0; at < spanCount; at += 1) {
    const index = sorted[at]!;
    const family = parent[index]! + 1;
    rank[index] = taken[family]! + (family === 0 ? 0 : 1);
    taken[family]! += subtreeEnd[index]! - index;
  }
  const order = new Uint32Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) {
    const above = parent[index]!;
    if (above !== -1) rank[index]! += rank[above]!;
    order[rank[index]!] = index;
  }
  return { order, rank };
}

const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * Indices by value: a radix sort over the 64 bits of the numbers, 16 at a time. A million spans take some fifty
 * milliseconds, where a sort that compares would take most of a second.
 */
function sortByValue(values: Float64Array, descending: boolean): Uint32Array {
  const count = values.length;
  const numbers = new Float64Array(count);
  const bits = new Uint32Array(numbers.buffer);
  for (let index = 0; index < count; index += 1) {
    // Plus zero makes -0 the 0 that it is equal to.
    numbers[index] = values[index]! + 0;
    const low = 2 * index + LOW;
    const high = 2 * index + 1 - LOW;
    if (Number.isNaN(values[index]!)) {
      bits[low] = bits[high] = 0xffffffff;
      continue;
    }
    // As whole numbers, the bits of positive numbers ascend with them; those of negative ones descend and have to come
    // before.
    const negative = bits[high]! >= 0x80000000;
    bits[low]! ^= negative === descending ? 0 : 0xffffffff;
    bits[high]! ^= (negative ? 0xffffffff : 0x80000000) ^ (descending ? 0xffffffff : 0);
  }
  let from = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) from[index] = index;
  let to = new Uint32Array(count);
  const starts = new Uint32Array(65_536);
  for (const [half, shift] of [
    [LOW, 0],
    [LOW, 16],
    [1 - LOW, 0],
    [1 - LOW, 16],
  ] as const) {
    starts.fill(0);
    for (let index = 0; index < count; index += 1) starts[(bits[2 * index + half]! >>> shift) & 0xffff]! += 1;
    // Whole numbers leave their last digits empty: where all are equal there is nothing to sort.
    if (count === 0 || starts[(bits[half]! >>> shift) & 0xffff] === count) continue;
    for (let digit = 0, start = 0; digit < 65_536; digit += 1) {
      const own = starts[digit]!;
      starts[digit] = start;
      start += own;
    }
    for (let at = 0; at < count; at += 1) {
      const index = from[at]!;
      to[starts[(bits[2 * index + half]! >>> shift) & 0xffff]!++] = index;
    }
    [from, to] = [to, from];
  }
  return from;
}
