'use client';
import { useMemo, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import type { TallList } from './tallList.ts';

interface RowWindow {
  /** The first row in sight. */
  readonly first: number;
  /** How many are in sight, be it in part. */
  readonly count: number;
  /** What is to be mounted, in order: the rows in sight, some before and after, and the one that is kept. */
  readonly positions: readonly number[];
  /** Those that follow each other: the kept one may stand before or after them. */
  readonly from: number;
  readonly to: number;
  /** Pixels of the list that are left out above what is on the page (`TallList`). */
  readonly shift: number;
}

/** Mounted beyond what is in sight, so that a row is there when it comes in. */
const BEYOND = 6;
/** The same in the first picture, and right after a jump: those rows are likely to be left again before anybody sees them. One more than fits is in sight anyway. */
const BEYOND_JUMP = 0;
/** The same when somebody reads on from there, until the scrolling rests. */
const BEYOND_READING = 2;
/** Milliseconds of rest after which a jump is over. */
const REST = 120;
/** Before anything is measured, and on a server. */
const UNMEASURED = { first: 0, count: 25, beyond: BEYOND_JUMP, shift: 0 };

/**
 * Which of so many rows of one height are to be mounted. Nothing is kept of a row, so a million cost what ten cost. A
 * row that scrolls into sight is drawn in the same frame. `kept` stays mounted wherever it is; -1 = none. `height` is
 * that of all rows and what stands around them, however tall an element can be. `movedBy` says by how many places the
 * rows in sight have moved since they were last drawn: they are scrolled along.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  list: TallList,
  rowHeight: number,
  count: number,
  kept: number,
  height: number,
  movedBy: (first: number, inSight: number) => number,
): RowWindow {
  const [seen, setSeen] = useState(UNMEASURED);
  const moved = movedBy(seen.first, seen.count);
  useBrowserLayoutEffect(() => {
    list.resize(height);
    const { shift } = list;
    setSeen((before) => (before.shift === shift ? before : { ...before, shift }));
  }, [list, height]);
  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    if (!element || moved === 0) return;
    list.goTo(element, list.look(element) + moved * rowHeight);
    const { shift } = list;
    setSeen((before) => ({ ...before, first: before.first + moved, shift }));
  }, [scroller, list, rowHeight, moved]);
  useBrowserLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const rest = (): void => {
      // Rows and thumb in one go, so that nothing in sight moves.
      list.settle(element);
      const { shift } = list;
      flushSync(() =>
        setSeen((before) =>
          before.beyond === BEYOND && before.shift === shift ? before : { ...before, beyond: BEYOND, shift },
        ),
      );
    };
    const look = (): void => {
      const top = list.look(element);
      const { shift } = list;
      const first = Math.floor(top / rowHeight);
      const inSight = Math.floor((top + element.clientHeight) / rowHeight) - first + 1;
      setSeen((before) => {
        if (before.first === first && before.count === inSight && before.shift === shift) return before;
        const jumped = Math.abs(first - before.first) * 2 > inSight;
        return { first, count: inSight, beyond: jumped ? BEYOND_JUMP : Math.max(BEYOND_READING, before.beyond), shift };
      });
      clearTimeout(resting);
      resting = setTimeout(rest, REST);
    };
    const onScroll = (): void => flushSync(look);
    look();
    element.addEventListener('scroll', onScroll, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      sizes.disconnect();
      clearTimeout(resting);
    };
  }, [scroller, rowHeight, list]);
  // Fewer rows than before: the browser scrolls back, and says so only afterwards.
  const first = Math.max(0, Math.min(seen.first + moved, count - seen.count));
  // Rows follow each other on the page from its upper end: what is left out above it has no place there.
  const from = Math.max(0, first - seen.beyond, Math.ceil(seen.shift / rowHeight));
  const to = Math.max(from, Math.min(count, first + seen.count + seen.beyond));
  const positions = useMemo(() => {
    const mounted = Array.from({ length: to - from }, (_, at) => from + at);
    if (kept === -1 || kept >= count || (kept >= from && kept < to)) return mounted;
    return kept < from ? [kept, ...mounted] : [...mounted, kept];
  }, [from, to, count, kept]);
  return { first, count: seen.count, positions, from, to, shift: seen.shift };
}
