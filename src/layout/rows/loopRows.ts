import { foldedLoops, foldedLoopsInSteps, type LoopIndices } from '../../analysis/foldLoops.ts';
import type { Steps } from '../../analysis/steps.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Trace } from '../../model/types.ts';
import { createIsOpen, setOpen, type Expansion, type Folding } from './expansion.ts';
import { rowTree } from './rowTree.ts';

/** A loop that can be shown as one row: that of the first span of its first iteration, its head. */
export interface LoopRow {
  readonly head: number;
  /** Behind the last span of the last iteration and all below it: a loop is a range of the trace. */
  readonly end: number;
  /** The siblings that each iteration is made of, by index. */
  readonly iterations: readonly (readonly number[])[];
}

/** All loops of a trace. */
export interface Loops {
  readonly all: readonly LoopRow[];
  /** By index, the loop that a sibling is in: its place in `all`, counted from 1; 0 = in none. */
  readonly of: Uint32Array;
  /** The spans right below which a loop is, by index. */
  readonly parents: ReadonlySet<number>;
  /** What opens and closes: loops by the indices of their heads. */
  readonly folding: Folding;
  /** Whether any is closed at first. */
  readonly anyLong: boolean;
}

/** From so many iterations on, and rows that it would take, a loop is closed at first: less can be read as it is. */
const ITERATIONS = 3;
const ROWS = 9;

const known = new WeakMap<Trace, { readonly loops: Loops | null }>();

/** The loops of a trace; null where there are none, and in a trace that has folds of its own (of two traces). */
export function loopRows(trace: Trace): Loops | null {
  return remember(trace, () => arrange(trace, 'closedAtFirst' in trace ? [] : foldedLoops(trace)));
}

/** The same in slices. */
export function* loopRowsInSteps(trace: Trace): Steps<Loops | null> {
  if (!('closedAtFirst' in trace) && !known.has(trace)) yield* foldedLoopsInSteps(trace);
  return loopRows(trace);
}

function remember(trace: Trace, find: () => Loops | null): Loops | null {
  let found = known.get(trace);
  if (!found) known.set(trace, (found = { loops: find() }));
  return found.loops;
}

function arrange(trace: Trace, folds: readonly LoopIndices[]): Loops | null {
  if (folds.length === 0) return null;
  const { subtreeEnd } = trace.columns;
  const of = new Uint32Array(trace.spanCount);
  const closedAtFirst = new Uint8Array(trace.spanCount);
  const all = folds.map(({ iterations }, place): LoopRow => {
    for (const spans of iterations) for (const index of spans) of[index] = place + 1;
    const head = iterations[0]![0]!;
    const end = subtreeEnd[iterations.at(-1)!.at(-1)!]!;
    if (iterations.length >= ITERATIONS && end - head >= ROWS) closedAtFirst[head] = 1;
    return { head, end, iterations };
  });
  const folding: Folding = {
    columns: trace.columns,
    closedAtFirst,
    span: (index) => trace.span(index),
    find: (key) => trace.find(key),
  };
  const parents = new Set(all.map(({ head }) => rowTree(trace).parentOf(head)));
  return { all, of, parents, folding, anyLong: closedAtFirst.includes(1) };
}

/** Which loops are closed. The same parts give the same object. */
export interface ClosedLoops {
  /** Whether any is. */
  readonly any: boolean;
  /** The closed loop that a sibling is in; what is below its spans is not asked for. */
  at(index: number): LoopRow | undefined;
}

const NONE_CLOSED: ClosedLoops = { any: false, at: () => undefined };
const closedBy = new WeakMap<Loops, WeakMap<Expansion, ClosedLoops>>();

export function closedLoops(loops: Loops | null, folds: Expansion): ClosedLoops {
  if (!loops) return NONE_CLOSED;
  let ofLoops = closedBy.get(loops);
  if (!ofLoops) closedBy.set(loops, (ofLoops = new WeakMap()));
  let closed = ofLoops.get(folds);
  if (!closed) ofLoops.set(folds, (closed = findClosed(loops, folds)));
  return closed;
}

function findClosed({ all, of, folding }: Loops, folds: Expansion): ClosedLoops {
  const isOpen = createIsOpen(folding, folds);
  const closed = all.map((loop) => (isOpen(loop.head) ? undefined : loop));
  if (!closed.some((loop) => loop !== undefined)) return NONE_CLOSED;
  return { any: true, at: (index) => closed[of[index]! - 1] };
}

/** The loop that begins with a span. */
export function loopFrom(loops: Loops | null, index: number): LoopRow | undefined {
  const loop = loops?.all[loops.of[index]! - 1];
  return loop?.head === index ? loop : undefined;
}

/** The folds with loops, given by their heads, open or closed. */
export const setLoopsOpen = (loops: Loops, folds: Expansion, heads: Iterable<number>, open: boolean): Expansion =>
  setOpen(loops.folding, folds, heads, open);

/** The heads of all loops that begin in these ranges of the trace, which rise. */
export function* headsWithin(
  { all }: Loops,
  ranges: readonly (readonly [from: number, to: number])[],
): Generator<number> {
  const starts = ranges.map(([from]) => from);
  for (const { head } of all) {
    const range = ranges[lowerBound(starts, head + 1) - 1];
    if (range && head < range[1]) yield head;
  }
}

/**
 * The folds in which a span has a row: all closed loops that it is inside of are open. A loop's head has one, as the row
 * of the loop is its own. The same object where there is nothing to open.
 */
export function revealInLoops(trace: Trace, loops: Loops | null, folds: Expansion, index: number): Expansion {
  const closed = closedLoops(loops, folds);
  if (!loops || !closed.any) return folds;
  const heads: number[] = [];
  const { parentOf } = rowTree(trace);
  for (let at = index; at !== -1; at = parentOf(at)) {
    const head = closed.at(at)?.head;
    if (head !== undefined && head !== index) heads.push(head);
  }
  return heads.length === 0 ? folds : setLoopsOpen(loops, folds, heads, true);
}
