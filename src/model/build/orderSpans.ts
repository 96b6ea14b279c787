import type { SpanEntry } from '../entry.ts';
import { compareEntries, compareTies } from './linkSpans.ts';
import { isStep } from './steps.ts';
import { compareInstants, type Instant } from '../time.ts';

/** Spans in pre-order. All arrays are indexed by that order. */
export interface SpanOrder {
  /** Which entry stands here. */
  readonly entry: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeEnd: Uint32Array;
  /**
   * Where the span is placed: its own start, or its parent's where none is recorded; null = none in the whole line of
   * ancestors.
   */
  readonly placed: readonly (Instant | null)[];
}

/**
 * Pre-order with siblings by start, end, span id and content hash. A span without a start counts as starting with its
 * parent, so the order is worked out from the roots down. Rests now and then.
 */
export function* orderSpans(
  entries: readonly SpanEntry[],
  parentOf: Int32Array,
  rootStart: Instant | null,
): Generator<void, SpanOrder> {
  const count = entries.length;
  const { first, children, roots } = childLists(parentOf);
  const order = {
    entry: new Uint32Array(count),
    parent: new Int32Array(count),
    depth: new Uint32Array(count),
    subtreeEnd: new Uint32Array(count),
  };
  const placed: (Instant | null)[] = [];
  const open = new Uint32Array(count);
  const at = new Int32Array(count).fill(-1);
  let waiting = pushSorted(entries, roots, rootStart, open, 0);
  for (let index = 0; waiting > 0; index += 1) {
    if (isStep(index)) yield;
    waiting -= 1;
    const entry = open[waiting]!;
    const parent = parentOf[entry] === -1 ? -1 : at[parentOf[entry]!]!;
    at[entry] = index;
    order.entry[index] = entry;
    order.parent[index] = parent;
    order.depth[index] = parent === -1 ? 0 : order.depth[parent]! + 1;
    placed.push(entries[entry]!.start ?? (parent === -1 ? rootStart : placed[parent]!));
    waiting = pushSorted(entries, children.subarray(first[entry]!, first[entry + 1]!), placed[index]!, open, waiting);
  }
  for (let index = count - 1; index >= 0; index -= 1) {
    const end = Math.max(order.subtreeEnd[index]!, index + 1);
    order.subtreeEnd[index] = end;
    const parent = order.parent[index]!;
    if (parent !== -1 && order.subtreeEnd[parent]! < end) order.subtreeEnd[parent] = end;
  }
  return { ...order, placed };
}

/**
 * Children of each entry, one after the other in a single array: those of entry i lie from `first[i]` to `first[i +
 * 1]`.
 */
function childLists(parentOf: Int32Array): {
  readonly first: Uint32Array;
  readonly children: Uint32Array;
  readonly roots: Uint32Array;
} {
  const first = new Uint32Array(parentOf.length + 2);
  let rootCount = 0;
  for (const parent of parentOf) {
    if (parent === -1) rootCount += 1;
    else first[parent + 2]! += 1;
  }
  for (let i = 2; i < first.length; i += 1) first[i]! += first[i - 1]!;
  const children = new Uint32Array(parentOf.length - rootCount);
  const roots = new Uint32Array(rootCount);
  let nextRoot = 0;
  for (let i = 0; i < parentOf.length; i += 1) {
    const parent = parentOf[i]!;
    if (parent === -1) roots[nextRoot++] = i;
    else children[first[parent + 1]!++] = i;
  }
  return { first, children, roots };
}

/** Sorts siblings in place and puts them on the stack, the first on top. */
function pushSorted(
  entries: readonly SpanEntry[],
  siblings: Uint32Array,
  parentStart: Instant | null,
  open: Uint32Array,
  height: number,
): number {
  if (siblings.length > 1) sortSiblings(entries, siblings, parentStart);
  for (let i = siblings.length - 1; i >= 0; i -= 1) open[height++] = siblings[i]!;
  return height;
}

/** One without a start counts as starting with its parent. */
export function compareSiblings(left: SpanEntry, right: SpanEntry, parentStart: Instant | null): number {
  if (left.start && right.start) return compareEntries(left, right);
  const leftStart = left.start ?? parentStart;
  const rightStart = right.start ?? parentStart;
  return (leftStart && rightStart ? compareInstants(leftStart, rightStart) : 0) || compareTies(left, right);
}

function sortSiblings(entries: readonly SpanEntry[], siblings: Uint32Array, parentStart: Instant | null): void {
  const compare = (a: number, b: number): number => compareSiblings(entries[a]!, entries[b]!, parentStart);
  for (let i = 1; i < siblings.length; i += 1) {
    if (compare(siblings[i - 1]!, siblings[i]!) > 0) {
      siblings.sort(compare);
      return;
    }
  }
}
