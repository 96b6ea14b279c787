'use client';
import { useMemo } from 'react';
import { visibleRows, type RowList } from '../layout/visibleRows.ts';
import { useTraceStore } from './useTraceStore.ts';

const NO_ROWS: RowList = { length: 0, at: () => { throw new RangeError('there are no rows'); }, indexAt: () => -1, positionOf: () => -1, isOpen: () => false };

/** The rows of the shown trace, closed spans' insides left out. */
export function useVisibleRows(): RowList {
  const trace = useTraceStore((state) => state.trace);
  const expansion = useTraceStore((state) => state.expansion);
  return useMemo(() => (trace ? visibleRows(trace, expansion) : NO_ROWS), [trace, expansion]);
}
