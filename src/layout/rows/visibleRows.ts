import type { MissingParent } from '../../analysis/missingParents.ts';
import { siblings, type Siblings } from '../../analysis/siblings.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { ALL_OPEN, createIsOpen, opensAll, type Expansion } from './expansion.ts';
import { closedLoops, loopFrom, type ClosedLoops, type LoopRow, type Loops } from './loopRows.ts';
import { rowOrder } from './rowOrder.ts';
import { rowTree, type RowTree } from './rowTree.ts';
import type { SortedOrder } from './sortedOrder.ts';

/** A row that stands for a span. */
export interface SpanRow {
  readonly type: 'span';
  readonly key: SpanKey;
  readonly index: number;
  readonly depth: number;
}

/**
 * A row for a span that is not there, or not yet: others name it as their parent, and stand below it. It has the key
 * that the span will have, should it come, and an index behind those of all spans.
 */
export interface MissingParentRow {
  readonly type: 'missingParent';
  readonly key: SpanKey;
  readonly index: number;
  readonly parentSpanId: string;
  readonly depth: number;
}

/** What a row of the grid stands for. */
export type Row = SpanRow | MissingParentRow;

/** What decides which rows there are, and in which order. The same parts give the same list. */
export interface RowView {
  readonly expansion: Expansion;
  /** By span index, 0 = hidden. Whoever shows a span shows its ancestors. Null = nothing is hidden. */
  readonly kept?: Uint8Array | null;
  /** Siblings by the value of a column (`sortedOrder`). Null = in the order of the trace. */
  readonly sorted?: SortedOrder | null;
  /** The loops that can be folded; null = none. */
  readonly loops?: Loops | null;
  /** Which of them are open. @default those that are at first */
  readonly folds?: Expansion;
}

/**
 * The rows that are neither inside a closed span or loop nor hidden, by position. Rows are made when asked for; a million of
 * them cost eight megabytes at most.
 */
export interface RowList {
  readonly length: number;
  /** How many of them stand for spans. */
  readonly spans: number;
  /** Throws RangeError outside `0 … length - 1`. */
  at(position: number): Row;
  /** The span of a position: `at(position).index` without making a row. Behind all spans it is a missing parent. */
  indexAt(position: number): number;
  /** What a row stands for, by index, if it is no span. */
  missingAt(index: number): MissingParent | undefined;
  /** The row above; -1 = none. */
  parentOf(index: number): number;
  /** How many rows are above it. */
  depthOf(index: number): number;
  /** Position of a span's row; -1 where it is inside a closed span or loop, or hidden. */
  positionOf(index: number): number;
  /** Whether what the row stands for is open: the span, or the loop. */
  isOpen(index: number): boolean;
  /** The closed loop that the row of a span stands for. That row shows the loop, not its first span. */
  foldedLoop(index: number): LoopRow | undefined;
  /** The loop that begins with a span, open or closed. */
  loopFrom(index: number): LoopRow | undefined;
  /** Whether a loop is right below a span. */
  holdsLoop(index: number): boolean;
  /**
   * A span's place among those siblings that are not hidden, as they are ordered, from 1; 0 where the span is hidden
   * itself.
   */
  placeOf(index: number): number;
  /** How many children of a span are not hidden; -1 asks for the roots. */
  childrenOf(index: number): number;
}

type Lists = WeakMap<Expansion, WeakMap<object, WeakMap<object, WeakMap<object, RowList>>>>;
const known = new WeakMap<Trace, Lists>();
/** Stands for nothing hidden, for no order and for no loops among the lists that are known. */
const NONE = {};

/** The rows of a trace; worked out once for each view, however many parts ask. */
export function visibleRows(
  trace: Trace,
  { expansion, kept = null, sorted = null, loops = null, folds = ALL_OPEN }: RowView,
): RowList {
  const ofTrace = made(known, trace, (): Lists => new WeakMap());
  const ofExpansion = made(ofTrace, expansion, () => new WeakMap());
  const ofFilter = made(ofExpansion, kept ?? NONE, () => new WeakMap());
  const ofOrder = made(ofFilter, sorted ?? NONE, () => new WeakMap());
  return made(ofOrder, loops ? folds : NONE, () => listRows(trace, expansion, kept, sorted, loops, folds));
}

function made<Key extends object, Value>(values: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) values.set(key, (value = make()));
  return value;
}

/**
 * Where all is open, shown and in order, the list is the trace itself and needs no pass; where it is only sorted, it is
 * the sorted order.
 */
function listRows(
  trace: Trace,
  expansion: Expansion,
  kept: Uint8Array | null,
  sorted: SortedOrder | null,
  loops: Loops | null,
  folds: Expansion,
): RowList {
  const tree = rowTree(trace);
  const { missingAt, parentOf, depthOf } = tree;
  const closed = closedLoops(loops, folds);
  const isSpanOpen = createIsOpen(tree, expansion);
  const foldedLoop = (index: number): LoopRow | undefined => {
    const loop = closed.at(index);
    return loop?.head === index ? loop : undefined;
  };
  const row = (index: number): Row => {
    const missing = missingAt(index);
    return missing
      ? { type: 'missingParent', key: missing.key, index, parentSpanId: missing.spanId, depth: 0 }
      : { type: 'span', key: trace.span(index).key, index, depth: depthOf(index) };
  };
  const both = {
    missingAt,
    parentOf,
    depthOf,
    isOpen: (index: number) => isSpanOpen(index) && !foldedLoop(index),
    foldedLoop,
    loopFrom: (index: number) => loopFrom(loops, index),
    holdsLoop: (index: number) => loops?.parents.has(index) === true,
    ...families(tree, trace, kept, sorted, closed),
  };
  if (opensAll(tree, expansion) && !kept && !closed.any && tree.count === trace.spanCount) {
    if (!sorted)
      return {
        length: trace.spanCount,
        spans: trace.spanCount,
        at: row,
        indexAt: (position) => position,
        positionOf: (index) => index,
        ...both,
      };
    const { order, rank } = sorted;
    return {
      length: trace.spanCount,
      spans: trace.spanCount,
      at: (position) => row(checked(order, position)),
      indexAt: (position) => order[position]!,
      positionOf: (index) => rank[index]!,
      ...both,
    };
  }
  const { indices, spans } = listIndices(tree, trace, isSpanOpen, kept, rowOrder(trace, sorted), closed);
  let positions: Int32Array | undefined;
  return {
    length: indices.length,
    spans,
    at: (position) => row(checked(indices, position)),
    indexAt: (position) => indices[position]!,
    positionOf: (index) => (positions ??= invert(indices, tree.count))[index]!,
    ...both,
  };
}

/**
 * One pass over the places of all spans. Every subtree stands together in any order, so that one step leaves it behind.
 * A missing parent comes before the first span below it that is shown.
 */
function listIndices(
  tree: RowTree,
  { columns: { parent, subtreeEnd }, spanCount }: Trace,
  isOpen: (index: number) => boolean,
  kept: Uint8Array | null,
  sorted: SortedOrder | null,
  closed: ClosedLoops,
): { readonly indices: Uint32Array; readonly spans: number } {
  const indices = new Uint32Array(tree.count);
  const shown = new Set<LoopRow>();
  const hasMissing = tree.count > spanCount;
  let last = -1;
  let length = 0;
  let missing = 0;
  for (let place = 0; place < spanCount;) {
    const index = sorted ? sorted.order[place]! : place;
    const loop = closed.at(index);
    let isShown = (!kept || kept[index] !== 0) && !(loop && shown.has(loop));
    const above = hasMissing && isShown && parent[index] === -1 ? tree.parentOf(index) : -1;
    if (above >= spanCount) {
      if (above !== last) {
        indices[length++] = last = above;
        missing += 1;
      }
      isShown = isOpen(above);
    }
    if (loop && isShown) shown.add(loop);
    if (isShown) indices[length++] = loop?.head ?? index;
    place += isShown && !loop && isOpen(index) ? 1 : subtreeEnd[index]! - index;
  }
  return { indices: length === tree.count ? indices : indices.slice(0, length), spans: length - missing };
}

function checked(indices: Uint32Array, position: number): number {
  if (!(position >= 0 && position < indices.length)) throw new RangeError(`no row ${position} of ${indices.length}`);
  return indices[position]!;
}

function invert(indices: Uint32Array, count: number): Int32Array {
  const positions = new Int32Array(count).fill(-1);
  for (let position = 0; position < indices.length; position += 1) positions[indices[position]!] = position;
  return positions;
}

/** Places and numbers of siblings as they are shown. Counted at the first question, as only rows on screen ask. */
function families(
  tree: RowTree,
  trace: Trace,
  kept: Uint8Array | null,
  sorted: SortedOrder | null,
  closed: ClosedLoops,
): Pick<RowList, 'placeOf' | 'childrenOf'> {
  if (!kept && !sorted && !closed.any && tree.count === trace.spanCount) return recordedFamilies(trace);
  let counted: ReturnType<typeof countShown> | undefined;
  const count = () => (counted ??= countShown(tree, trace, kept, sorted, closed));
  return {
    placeOf: (index) => count().place[index]!,
    childrenOf: (index) => (index === -1 ? count().roots : count().children[index]!),
  };
}

/** Steps from sibling to sibling after which all are counted: the rows of a first picture ask for few. */
const STEPS = 2000;

function recordedFamilies(trace: Trace): Pick<RowList, 'placeOf' | 'childrenOf'> {
  const { parent, subtreeEnd } = trace.columns;
  const counts = new Map<number, number>();
  let steps = 0;
  const all = (): Siblings | undefined => siblings.known(trace) ?? (steps > STEPS ? siblings(trace) : undefined);
  /** How many children of a span begin before an index. */
  const childrenBefore = (above: number, end: number): number => {
    let count = 0;
    for (let child = above + 1; child < end; child = subtreeEnd[child]!) count += 1;
    steps += count;
    return count;
  };
  const countChildren = (above: number): number => {
    let count = counts.get(above);
    if (count === undefined)
      counts.set(above, (count = childrenBefore(above, above === -1 ? trace.spanCount : subtreeEnd[above]!)));
    return count;
  };
  return {
    placeOf: (index) => all()?.place[index] ?? childrenBefore(parent[index]!, index) + 1,
    childrenOf: (index) => {
      const counted = all();
      return (index === -1 ? counted?.roots : counted?.children[index]) ?? countChildren(index);
    },
  };
}

/** A closed loop is one of its siblings, where the first of its spans that is shown would stand. */
function countShown(
  { parentOf, count }: RowTree,
  { spanCount }: Trace,
  kept: Uint8Array | null,
  sorted: SortedOrder | null,
  closed: ClosedLoops,
) {
  const place = new Uint32Array(count);
  const children = new Uint32Array(count);
  let roots = 0;
  for (let at = 0; at < spanCount; at += 1) {
    const index = sorted ? sorted.order[at]! : at;
    if (kept && kept[index] === 0) continue;
    const row = closed.at(index)?.head ?? index;
    if (place[row] !== 0) continue;
    const above = parentOf(index);
    if (above >= spanCount && place[above] === 0) place[above] = roots += 1;
    place[row] = above === -1 ? (roots += 1) : (children[above]! += 1);
  }
  return { place, children, roots };
}
