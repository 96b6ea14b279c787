import type { SpanKey, Trace } from '../../model/types.ts';
import { rowTree, type RowTree } from './rowTree.ts';

/**
 * Which spans are open: a base (all but those that are closed at first, none, or those above a depth) and the keys that
 * differ from it. A million ids are
 * not state.
 */
export interface Expansion {
  readonly base: 'all' | 'none' | number;
  readonly except: readonly SpanKey[];
}

export const ALL_OPEN: Expansion = { base: 'all', except: [] };
export const ALL_CLOSED: Expansion = { base: 'none', except: [] };

/** All open, also what is closed at first: no trace is as deep. */
export const WHOLLY_OPEN: Expansion = { base: 1_000_000, except: [] };

/**
 * What opens and closes: the rows of a trace (`rowTree`), or loops. Some are closed until somebody opens them; `all`
 * leaves them so. What has no depth is outermost.
 */
export interface Folding extends Pick<Trace, 'columns'> {
  span(index: number): { readonly key: SpanKey };
  find(key: SpanKey): { readonly index: number } | undefined;
  /** By index, 1 = closed at first. */
  readonly closedAtFirst?: Uint8Array;
}

const closedAtFirst = (trace: Folding): Uint8Array | undefined => trace.closedAtFirst;

/** Whether the base opens all spans of a trace. */
export const opensAll = (trace: Folding, { base, except }: Expansion): boolean =>
  base === 'all' && except.length === 0 && closedAtFirst(trace) === undefined;

/** All spans of a trace open, or closed. */
export function wholeExpansion(trace: Trace, open: boolean): Expansion {
  if (!open) return ALL_CLOSED;
  return closedAtFirst(trace) ? WHOLLY_OPEN : ALL_OPEN;
}

const baseOpen = (trace: Folding, base: Expansion['base'], index: number): boolean =>
  base === 'all' ? closedAtFirst(trace)?.[index] !== 1 : base !== 'none' && (trace.columns.depth[index] ?? 0) < base;

/** Whether the span at an index shows its children. */
export function createIsOpen(trace: Folding, { base, except }: Expansion): (index: number) => boolean {
  const differs = new Set<number>();
  for (const key of except) {
    const span = trace.find(key);
    if (span) differs.add(span.index);
  }
  return (index) => baseOpen(trace, base, index) !== differs.has(index);
}

/** The expansion with the given spans open or closed; keys that then agree with the base are forgotten. */
export function setOpen(trace: Folding, expansion: Expansion, indices: Iterable<number>, open: boolean): Expansion {
  const except = new Set(expansion.except);
  for (const index of indices) {
    const { key } = trace.span(index);
    if (baseOpen(trace, expansion.base, index) === open) except.delete(key);
    else except.add(key);
  }
  return { base: expansion.base, except: [...except] };
}

/** The expansion in which a span is visible: all its ancestors are open. The same object where they are already. */
export function reveal(trace: Trace, expansion: Expansion, index: number): Expansion {
  const tree = rowTree(trace);
  const isOpen = createIsOpen(tree, expansion);
  const closed: number[] = [];
  for (let above = tree.parentOf(index); above !== -1; above = tree.parentOf(above))
    if (!isOpen(above)) closed.push(above);
  return closed.length === 0 ? expansion : setOpen(tree, expansion, closed, true);
}

/**
 * The row that stands for a span: the span itself, or the outermost that is closed, be it an ancestor or a loop, whose
 * head `closedLoop` gives.
 */
export function foldedInto(
  trace: Trace,
  isOpen: (index: number) => boolean,
  closedLoop: (index: number) => number | undefined,
  index: number,
): number {
  const { parentOf } = rowTree(trace);
  let row = index;
  for (let at = index; at !== -1; at = parentOf(at)) {
    if (at !== index && !isOpen(at)) row = at;
    row = closedLoop(at) ?? row;
  }
  return row;
}

/** The row and all below it, or the spans of a longer range, that have children: what opens or closes together. */
export function* parentsWithin(trace: Trace, from: number, to?: number): Generator<number> {
  if (to !== undefined) return yield* parentsIn(trace, from, to);
  const { missingAt, within } = rowTree(trace);
  if (missingAt(from)) yield from;
  for (const range of within(from)) yield* parentsIn(trace, ...range);
}

function* parentsIn({ columns: { subtreeEnd } }: Trace, from: number, to: number): Generator<number> {
  for (let at = from; at < to; at += 1) if (subtreeEnd[at]! > at + 1) yield at;
}

/**
 * The expansion for a later state of a trace: whoever showed children still does, and a parent that came later shows
 * those that were seen without it. The same object where that is so already.
 */
export function keepRows(before: Trace, trace: Trace, expansion: Expansion): Expansion {
  if (expansion.base === 'all') return expansion;
  const { subtreeEnd } = trace.columns;
  const [earlier, tree] = [rowTree(before), rowTree(trace)];
  const [wasOpen, isOpen] = [createIsOpen(earlier, expansion), createIsOpen(tree, expansion)];
  const [opened, closed]: [number[], number[]] = [[], []];
  /** By index, how many of the spans before it were there already. */
  const known = new Uint32Array(trace.spanCount + 1);
  for (let index = 0; index < trace.spanCount; index += 1)
    known[index + 1] = known[index]! + (earlier.find(trace.span(index).key) ? 1 : 0);
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (subtreeEnd[index] === index + 1) continue;
    const was = earlier.indexOf(trace.span(index).key);
    const hadChildren = was !== -1 && hasRowsBelow(earlier, was);
    if (hadChildren ? wasOpen(was) === isOpen(index) : isOpen(index) || known[subtreeEnd[index]!] === known[index + 1])
      continue;
    (hadChildren && isOpen(index) ? closed : opened).push(index);
  }
  // A parent that is known of only now, and has not come: those below it were seen without it.
  for (let index = trace.spanCount; index < tree.count; index += 1) {
    const hadRows = tree.within(index).some(([from, to]) => known[to]! > known[from]!);
    if (!isOpen(index) && hadRows && !earlier.find(tree.keyOf(index))) opened.push(index);
  }
  const wide = opened.length > 0 ? setOpen(tree, expansion, opened, true) : expansion;
  return closed.length > 0 ? setOpen(tree, wide, closed, false) : wide;
}

const hasRowsBelow = (tree: RowTree, index: number): boolean =>
  tree.missingAt(index) !== undefined || tree.columns.subtreeEnd[index]! > index + 1;
