'use client';
import { useEffect, useRef, type RefObject } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { RowList } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';
import { newestRow } from './newestRow.ts';

interface FollowProps {
  readonly trace: Trace;
  readonly rows: RowList;
  readonly follow: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  scrollTo(position: number): void;
}

/** Keeps the newest row in view until somebody scrolls. */
export function useFollow({ trace, rows, follow, scroller, scrollTo }: FollowProps): void {
  const { store } = useTraceContext();
  /** Where the list stands if nobody has scrolled it. */
  const left = useRef(0);
  const follows = follow && trace.live;
  // Behind what keeps rows in their place.
  useEffect(() => {
    if (!follows || !scroller.current) return;
    const position = newestRow(trace, rows);
    if (position !== -1) scrollTo(position);
    left.current = scroller.current.scrollTop;
  }, [follows, trace, rows, scroller, scrollTo]);
  useEffect(() => {
    const grid = scroller.current;
    if (!follows || !grid) return undefined;
    const stop = (): void => store.actions.followNewest(false);
    const ending = new AbortController();
    const options = { passive: true, signal: ending.signal };
    const onScroll = (): void => {
      if (Math.abs(grid.scrollTop - left.current) > 1) stop();
    };
    const onWheel = (event: WheelEvent): void => {
      const isZoom = event.ctrlKey || event.metaKey || event.shiftKey || event.deltaY === 0;
      if (!isZoom && grid.scrollHeight > grid.clientHeight) stop();
    };
    grid.addEventListener('scroll', onScroll, options);
    grid.addEventListener('wheel', onWheel, options);
    // The room for rows has changed, and with it perhaps where the list stands: nobody has scrolled.
    const sizes = new ResizeObserver(() => {
      left.current = grid.scrollTop;
    });
    sizes.observe(grid);
    return () => {
      ending.abort();
      sizes.disconnect();
    };
  }, [follows, scroller, store]);
}
