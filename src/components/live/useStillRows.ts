'use client';
import { useEffect, type RefObject } from 'react';
import type { TallList } from '../TraceGrid/tallList.ts';

/**
 * Rows stand still when something comes above the list, such as the tabs of a view that fits by now: the list is
 * scrolled by as much as it was pushed. Not while the newest are followed.
 */
export function useStillRows(scroller: RefObject<HTMLElement | null>, list: TallList, on: boolean): void {
  useEffect(() => {
    const grid = scroller.current;
    if (!grid || !on) return undefined;
    const root = grid.closest('.tv-root');
    /** Where the list begins in the viewer, wherever that is on the page. */
    const topNow = (): number => grid.getBoundingClientRect().top - (root?.getBoundingClientRect().top ?? 0);
    let top = topNow();
    // Before the picture in which it would be seen.
    const sizes = new ResizeObserver(() => {
      const pushed = topNow() - top;
      top += pushed;
      if (pushed !== 0) list.goTo(grid, Math.max(0, list.look(grid) + pushed));
    });
    sizes.observe(grid);
    return () => sizes.disconnect();
  }, [scroller, list, on]);
}
