'use client';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import { useTraceActions, useTraceStore } from './useTraceStore.ts';

/**
 * The chosen stretch of time (null = the whole trace), as it stands after the last gesture, and the way to choose
 * another.
 */
export function useTimeWindow(): { readonly timeWindow: TimeWindow | null; zoomTo(window: TimeWindow | null): void } {
  const timeWindow = useTraceStore((state) => state.timeWindow);
  const { zoomTo } = useTraceActions();
  return { timeWindow, zoomTo };
}
