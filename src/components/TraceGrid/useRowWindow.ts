'use client';
import { useMemo, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';

interface RowWindow {
  /** The first row in sight. */
  readonly first: number;
  /** What is to be mounted, in order: the rows in sight, some before and after, and the one that is kept. */
  readonly positions: readonly number[];
}

/** Mounted beyond what is in sight, so that a row is there when it comes in. */
const BEYOND = 6;
/** Before anything is measured, and on a server. */
const UNMEASURED = { first: 0, count: 25 };

/**
 * Which of so many rows of one height are to be mounted. Nothing is kept of a row, so a million cost what ten cost. A
 * row that scrolls into sight is drawn in the same frame. `kept` stays mounted wherever it is; -1 = none.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
  kept: number,
): RowWindow {
  const [seen, setSeen] = useState(UNMEASURED);
  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => {
      const top = Math.max(0, element.scrollTop);
      const first = Math.floor(top / rowHeight);
      const next = { first, count: Math.floor((top + element.clientHeight) / rowHeight) - first + 1 };
      setSeen((before) => (before.first === next.first && before.count === next.count ? before : next));
    };
    const onScroll = (): void => flushSync(look);
    look();
    element.addEventListener('scroll', onScroll, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      sizes.disconnect();
    };
  }, [scroller, rowHeight]);
  // Fewer rows than before: the browser scrolls back, and says so only afterwards.
  const first = Math.max(0, Math.min(seen.first, count - seen.count));
  const positions = useMemo(() => {
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(count, first + seen.count + BEYOND);
    const mounted = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
    if (kept === -1 || kept >= count || (kept >= from && kept < to)) return mounted;
    return kept < from ? [kept, ...mounted] : [...mounted, kept];
  }, [first, seen.count, count, kept]);
  return { first, positions };
}
