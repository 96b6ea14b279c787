import type { SpanRows } from './spanRows.ts';
import { isStep } from './steps.ts';
import { compareInstants, type Instant } from '../time.ts';

/** Spans in pre-order. All arrays are indexed by that order. */
export interface SpanOrder {
  /** Which row stands here. */
  readonly row: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeEnd: Uint32Array;
  /**
   * Which row's start is that of the span: its own, or its parent's where none is recorded; -1 = none in the whole line
   * of ancestors.
   */
  readonly placedBy: Int32Array;
}

/**
 * Pre-order with siblings by start, end, span id and content hash. A span without a start counts as starting with its
 * parent, so the order is worked out from the roots down. Rests now and then.
 */
export function* orderSpans(rows: SpanRows, parentOf: Int32Array, origin: Instant): Generator<void, SpanOrder> {
  const count = rows.length;
  const { first, children, roots } = childLists(parentOf);
  const order = {
    row: new Uint32Array(count),
    parent: new Int32Array(count),
    depth: new Uint32Array(count),
    subtreeEnd: new Uint32Array(count),
    placedBy: new Int32Array(count),
  };
  const open = new Uint32Array(count);
  const at = new Int32Array(count).fill(-1);
  let waiting = pushSorted({ rows, origin, placedBy: -1 }, roots, open, 0);
  for (let index = 0; waiting > 0; index += 1) {
    if (isStep(index)) yield;
    waiting -= 1;
    const row = open[waiting]!;
    const parent = parentOf[row] === -1 ? -1 : at[parentOf[row]!]!;
    const placedAbove = parent === -1 ? -1 : order.placedBy[parent]!;
    const placedBy = Number.isNaN(rows.startSeconds(row)) ? placedAbove : row;
    at[row] = index;
    order.row[index] = row;
    order.parent[index] = parent;
    order.depth[index] = parent === -1 ? 0 : order.depth[parent]! + 1;
    order.placedBy[index] = placedBy;
    const [from, to] = [first[row]!, first[row + 1]!];
    if (to - from === 1) open[waiting++] = children[from]!;
    else if (to > from) waiting = pushSorted({ rows, origin, placedBy }, children.subarray(from, to), open, waiting);
  }
  for (let index = count - 1; index >= 0; index -= 1) {
    const end = Math.max(order.subtreeEnd[index]!, index + 1);
    order.subtreeEnd[index] = end;
    const parent = order.parent[index]!;
    if (parent !== -1 && order.subtreeEnd[parent]! < end) order.subtreeEnd[parent] = end;
  }
  return order;
}

/**
 * Children of each row, one after the other in a single array: those of row i lie from `first[i]` to `first[i +
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

/** Where siblings are that have no start: with the span above, or at the beginning of the trace. */
interface Above {
  readonly rows: SpanRows;
  readonly origin: Instant;
  readonly placedBy: number;
}

/** Sorts siblings in place and puts them on the stack, the first on top. */
function pushSorted(above: Above, siblings: Uint32Array, open: Uint32Array, height: number): number {
  sortSiblings(above, siblings);
  for (let i = siblings.length - 1; i >= 0; i -= 1) open[height++] = siblings[i]!;
  return height;
}

function sortSiblings(above: Above, siblings: Uint32Array): void {
  for (let i = 1; i < siblings.length; i += 1) {
    if (compareSiblings(above, siblings[i - 1]!, siblings[i]!) <= 0) continue;
    if (siblings.length > FEW) siblings.sort((a, b) => compareSiblings(above, a, b));
    else insertInOrder(above, siblings, i);
    return;
  }
}

/** So few are sorted sooner than the engine begins to. */
const FEW = 16;

/** Sorts a short list in place of which those before `from` are in order. */
function insertInOrder(above: Above, siblings: Uint32Array, from: number): void {
  for (let i = from; i < siblings.length; i += 1) {
    const row = siblings[i]!;
    let place = i;
    for (; place > 0 && compareSiblings(above, siblings[place - 1]!, row) > 0; place -= 1)
      siblings[place] = siblings[place - 1]!;
    siblings[place] = row;
  }
}

function compareSiblings({ rows, origin, placedBy }: Above, a: number, b: number): number {
  const start = rows.startSeconds(a);
  const other = rows.startSeconds(b);
  if (Number.isNaN(start) || Number.isNaN(other)) {
    const above = placedBy === -1 ? origin : rows.start(placedBy)!;
    return compareInstants(rows.start(a) ?? above, rows.start(b) ?? above) || rows.compareTies(a, b);
  }
  return start - other || rows.startNanos(a) - rows.startNanos(b) || rows.compareTies(a, b);
}
