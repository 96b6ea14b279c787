'use client';
import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { liveClock } from './liveClock.ts';

/** Milliseconds between two words: faster than that nobody reads. */
const APART = 100;

/** How long something has been running in a trace that goes on. It counts up without a commit. */
export function RunningTime({ trace, start }: { readonly trace: Trace; readonly start: Nanos }) {
  const { store, format } = useTraceContext();
  const element = useRef<HTMLSpanElement>(null);
  useBrowserLayoutEffect(() => {
    const clock = liveClock(store);
    let last = Number.NEGATIVE_INFINITY;
    const write = (at: number): boolean => {
      if (at - last < APART) return true;
      last = at;
      const text = format.duration(Math.max(0, clock.now(trace) - start));
      if (element.current && element.current.textContent !== text) element.current.textContent = text;
      return true;
    };
    write(performance.now());
    return clock.listen(write);
  }, [store, format, trace, start]);
  return <span ref={element} />;
}
