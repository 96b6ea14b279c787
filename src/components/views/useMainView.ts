'use client';
import { useMemo } from 'react';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { TIMELINE, viewsFor, type MainView } from './views.ts';

/** The views that fit the trace, beside the timeline, and the one that is open; null = the timeline. */
export function useMainView(): { readonly views: readonly MainView[]; readonly open: MainView | null } {
  const trace = useTrace();
  const chosen = useTraceStore((state) => state.mainView);
  const views = useMemo(() => (trace ? viewsFor(trace) : []), [trace]);
  return { views, open: chosen === TIMELINE ? null : (views.find(({ id }) => id === chosen) ?? null) };
}
