'use client';
import { useMemo } from 'react';
import { columnValues } from '../layout/rows/columnValues.ts';
import { rowOrder } from '../layout/rows/rowOrder.ts';
import { sortedOrder, type SortedOrder } from '../layout/rows/sortedOrder.ts';
import { visibleRows, type RowList } from '../layout/rows/visibleRows.ts';
import type { Trace } from '../model/types.ts';
import type { Sort } from '../store/viewPieces.ts';
import { useHostColumns, type Column } from './context/HostColumnsContext.ts';
import { useTraceStore } from './useTraceStore.ts';

const NO_ROWS: RowList = {
  length: 0,
  spans: 0,
  at: () => {
    throw new RangeError('there are no rows');
  },
  indexAt: () => -1,
  missingAt: () => undefined,
  parentOf: () => -1,
  depthOf: () => 0,
  positionOf: () => -1,
  isOpen: () => false,
  foldedLoop: () => undefined,
  loopFrom: () => undefined,
  holdsLoop: () => false,
  placeOf: () => 0,
  childrenOf: () => 0,
};

/**
 * The rows of the shown trace as they are sorted, the insides of closed spans and loops left out, and what a query hides. `columns` are
 * those by which it may be sorted beside the built-in ones.
 */
export function useVisibleRows(columns?: readonly Column[]): RowList {
  const trace = useTraceStore((state) => state.trace);
  const expansion = useTraceStore((state) => state.expansion);
  const sort = useTraceStore((state) => state.sort);
  const kept = useTraceStore((state) => state.kept);
  const loops = useTraceStore((state) => state.loops);
  const folds = useTraceStore((state) => state.folds);
  const around = useHostColumns();
  const host = columns ?? around;
  return useMemo(
    () => (trace ? visibleRows(trace, { expansion, kept, sorted: orderOf(trace, sort, host), loops, folds }) : NO_ROWS),
    [trace, expansion, kept, sort, host, loops, folds],
  );
}

/** The order of the spans as their rows are sorted; null = that of the trace. */
export function useRowOrder(): SortedOrder | null {
  const trace = useTraceStore((state) => state.trace);
  const sort = useTraceStore((state) => state.sort);
  const host = useHostColumns();
  return useMemo(() => (trace ? rowOrder(trace, orderOf(trace, sort, host)) : null), [trace, sort, host]);
}

/** A column that is not there, or does not sort, leaves the order as it is. */
function orderOf(trace: Trace, sort: Sort | null, columns: readonly Column[]): SortedOrder | null {
  const values = sort && columnValues(trace, sort.id, columns);
  return values && sortedOrder(trace, values, sort.descending);
}
