'use client';
import { useMemo } from 'react';
import { ALL_OPEN } from '../layout/rows/expansion.ts';
import type { ViewState } from '../store/viewState.ts';
import { useTraceStore } from './useTraceStore.ts';

const NO_COLUMNS: readonly string[] = [];

/**
 * The view as one value that `encodeViewState` makes a short text of. The same object until a piece of it changes; a
 * gesture counts when it ends.
 */
export function useViewState(): ViewState {
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const expansion = useTraceStore((state) => state.expansion);
  const timeWindow = useTraceStore((state) => state.timeWindow);
  const query = useTraceStore((state) => state.query);
  const columns = useTraceStore((state) => state.shownColumns) ?? NO_COLUMNS;
  const panel = useTraceStore((state) => state.panel);
  const filterMode = useTraceStore((state) => state.filterMode);
  const sort = useTraceStore((state) => state.sort);
  const shortenIdle = useTraceStore((state) => state.shortenIdle);
  const criticalPath = useTraceStore((state) => state.criticalPath);
  const reading = useTraceStore((state) => state.reading);
  const argumentsInRows = useTraceStore((state) => state.argumentsInRows);
  return useMemo(
    () => ({
      version: 1,
      selectedSpan,
      expansion,
      folds: ALL_OPEN,
      timeWindow,
      query,
      columns,
      panel,
      ...(filterMode === 'hide' ? { filterMode } : {}),
      ...(sort ? { sort } : {}),
      ...(shortenIdle ? { shortenIdle } : {}),
      ...(criticalPath ? {} : { criticalPath }),
      ...(reading ? { reading } : {}),
      ...(argumentsInRows ? {} : { argumentsInRows }),
    }),
    [
      selectedSpan,
      expansion,
      timeWindow,
      query,
      columns,
      panel,
      filterMode,
      sort,
      shortenIdle,
      criticalPath,
      reading,
      argumentsInRows,
    ],
  );
}
