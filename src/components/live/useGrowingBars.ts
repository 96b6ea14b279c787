'use client';
import { useEffect } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Painter } from '../TraceGrid/timeline/painter.ts';
import { liveClock } from './liveClock.ts';

/** Lets the bars of steps that run grow with time, while any is on the page: no commit, nothing painted but these. */
export function useGrowingBars(painter: Painter, live: boolean): void {
  const { store } = useTraceContext();
  useEffect(() => {
    if (!live) return undefined;
    const clock = liveClock(store);
    const stop = clock.listen(() => {
      const { trace } = store.getState();
      const now = trace ? clock.now(trace) : Number.NaN;
      const any = painter.grow(now);
      // What is drawn reaches further before the bars come to its edge.
      if (any) store.actions.reach(now);
      return any;
    });
    const unlayer = painter.layer(clock.wake);
    const unsubscribe = store.subscribe((state, before) => {
      if (state.trace !== before.trace) clock.wake();
    });
    return () => {
      stop();
      unlayer();
      unsubscribe();
      painter.grow(Number.NaN);
    };
  }, [painter, live, store]);
}
