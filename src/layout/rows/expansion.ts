import type { SpanKey, Trace } from '../../model/types.ts';

/**
 * Which spans are open: a base (all, none, or those above a depth) and the keys that differ from it. A million ids are
 * not state.
 */
export interface Expansion {
  readonly base: 'all' | 'none' | number;
  readonly except: readonly SpanKey[];
}

export const ALL_OPEN: Expansion = { base: 'all', except: [] };
export const ALL_CLOSED: Expansion = { base: 'none', except: [] };

const baseOpen = (base: Expansion['base'], depth: number): boolean =>
  base === 'all' || (base !== 'none' && depth < base);

/** Whether the span at an index shows its children. */
export function createIsOpen(trace: Trace, { base, except }: Expansion): (index: number) => boolean {
  const { depth } = trace.columns;
  const differs = new Set<number>();
  for (const key of except) {
    const span = trace.find(key);
    if (span) differs.add(span.index);
  }
  return (index) => baseOpen(base, depth[index]!) !== differs.has(index);
}

/** The expansion with the given spans open or closed; keys that then agree with the base are forgotten. */
export function setOpen(trace: Trace, expansion: Expansion, indices: Iterable<number>, open: boolean): Expansion {
  const except = new Set(expansion.except);
  for (const index of indices) {
    const { key, depth } = trace.span(index);
    if (baseOpen(expansion.base, depth) === open) except.delete(key);
    else except.add(key);
  }
  return { base: expansion.base, except: [...except] };
}

/** The expansion in which a span is visible: all its ancestors are open. The same object where they are already. */
export function reveal(trace: Trace, expansion: Expansion, index: number): Expansion {
  const isOpen = createIsOpen(trace, expansion);
  const closed: number[] = [];
  for (let above = trace.columns.parent[index]!; above !== -1; above = trace.columns.parent[above]!)
    if (!isOpen(above)) closed.push(above);
  return closed.length === 0 ? expansion : setOpen(trace, expansion, closed, true);
}

/** The row that stands for a span: the span itself, or its outermost closed ancestor. */
export function foldedInto(trace: Trace, isOpen: (index: number) => boolean, index: number): number {
  let row = index;
  for (let above = trace.columns.parent[index]!; above !== -1; above = trace.columns.parent[above]!)
    if (!isOpen(above)) row = above;
  return row;
}

/** All spans of a subtree that have children: what opens or closes together with its root. */
export function* parentsWithin(trace: Trace, index: number): Generator<number> {
  const { subtreeEnd } = trace.columns;
  for (let at = index; at < subtreeEnd[index]!; at += 1) if (subtreeEnd[at]! > at + 1) yield at;
}
