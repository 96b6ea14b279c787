import { lowerBound } from '../model/lowerBound.ts';
import type { SpanKey, Trace } from '../model/types.ts';
import { createIsOpen, type Expansion } from './expansion.ts';

/** What a row of the grid stands for. */
export type Row = { readonly type: 'span'; readonly key: SpanKey; readonly index: number; readonly depth: number };

/** The rows that are not inside a closed span, by position. Rows are made when asked for; a million of them cost four megabytes at most. */
export interface RowList {
  readonly length: number;
  /** Throws RangeError outside `0 … length - 1`. */
  at(position: number): Row;
  /** The span of a position: `at(position).index` without making a row. */
  indexAt(position: number): number;
  /** Position of a span's row; -1 where it is inside a closed span. */
  positionOf(index: number): number;
  isOpen(index: number): boolean;
}

const known = new WeakMap<Trace, WeakMap<Expansion, RowList>>();

/** The rows of a trace; worked out once for each expansion, however many parts ask. */
export function visibleRows(trace: Trace, expansion: Expansion): RowList {
  let lists = known.get(trace);
  if (!lists) known.set(trace, (lists = new WeakMap()));
  let rows = lists.get(expansion);
  if (!rows) lists.set(expansion, (rows = listRows(trace, expansion)));
  return rows;
}

/** Where all is open the list is the trace itself and needs no pass. */
function listRows(trace: Trace, expansion: Expansion): RowList {
  const isOpen = createIsOpen(trace, expansion);
  const row = (index: number): Row => ({ type: 'span', key: trace.span(index).key, index, depth: trace.columns.depth[index]! });
  if (expansion.base === 'all' && expansion.except.length === 0) {
    return { length: trace.spanCount, at: row, indexAt: (position) => position, positionOf: (index) => index, isOpen };
  }
  const { subtreeEnd } = trace.columns;
  const indices = new Uint32Array(trace.spanCount);
  let length = 0;
  for (let index = 0; index < trace.spanCount; index = isOpen(index) ? index + 1 : subtreeEnd[index]!) indices[length++] = index;
  return {
    length,
    at(position) {
      if (!(position >= 0 && position < length)) throw new RangeError(`no row ${position} of ${length}`);
      return row(indices[position]!);
    },
    indexAt: (position) => indices[position]!,
    positionOf(index) {
      const position = lowerBound(indices, index, length);
      return position < length && indices[position] === index ? position : -1;
    },
    isOpen,
  };
}
