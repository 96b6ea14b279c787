'use client';
import { useCallback, type KeyboardEvent } from 'react';
import type { Row, RowList } from '../layout/rows/visibleRows.ts';
import type { Trace } from '../model/types.ts';
import type { TraceStore } from '../store/createTraceStore.ts';
import { isRightToLeft } from './writingDirection.ts';

export interface TreeKeyboard {
  readonly trace: Trace | null;
  readonly rows: RowList;
  readonly store: TraceStore;
  /** Number of cells in a row. */
  readonly cells: number;
  /** Rows that fit on screen. */
  pageSize(): number;
  /** Brings a row on screen before it gets the focus. */
  scrollTo(position: number): void;
}

/**
 * The keys of a treegrid (W3C ARIA Authoring Practices, treegrid pattern), rows first, then cells. Beyond the pattern:
 * Left on a closed row that begins a loop folds the loop, on any other it goes to the parent; Shift with Left and Right
 * takes the whole subtree, `*` opens all siblings.
 */
export function useTreeKeyboard({
  trace,
  rows,
  store,
  cells,
  pageSize,
  scrollTo,
}: TreeKeyboard): (event: KeyboardEvent, row: Row, position: number, cell: number) => void {
  return useCallback(
    (event, row, position, cell) => {
      if (!trace || event.altKey || event.metaKey || isText(event.target)) return;
      const { actions } = store;
      const { index } = row;
      const hasChildren = rows.childrenOf(index) > 0;
      const open = rows.isOpen(index);
      const folded = rows.foldedLoop(index) !== undefined;
      /** A loop folds where its first row has nothing of its own to close. */
      const folds = !folded && rows.loopFrom(index) !== undefined;
      const go = (to: number, at = cell): void => {
        const target = Math.min(Math.max(to, 0), rows.length - 1);
        scrollTo(target);
        actions.focus({ key: rows.at(target).key, cell: at });
      };
      const element = event.currentTarget;
      /** The cell there, or the next one that way which is displayed at this width. */
      const toCell = (at: number, by: 1 | -1): void => {
        let to = at;
        while (to >= 0 && to < cells && !isDisplayed(element.children[to])) to += by;
        if (to < cells) actions.focus({ key: row.key, cell: Math.max(to, -1) });
      };

      const run = ((): (() => void) | null => {
        if (event.ctrlKey && event.key === 'Home') return () => go(0);
        if (event.ctrlKey) return event.key === 'End' ? () => go(rows.length - 1) : null;
        switch (towards(event.key, element)) {
          case 'ArrowDown':
            return () => go(position + 1);
          case 'ArrowUp':
            return () => go(position - 1);
          case 'PageDown':
            return () => go(position + pageSize());
          case 'PageUp':
            return () => go(position - pageSize());
          case 'Home':
            return cell === -1 ? () => go(0) : () => toCell(0, 1);
          case 'End':
            return cell === -1 ? () => go(rows.length - 1) : () => toCell(cells - 1, -1);
          case 'ArrowRight':
            if (cell !== -1) return () => toCell(cell + 1, 1);
            if (event.shiftKey) return () => actions.toggleSubtree(index, true);
            if (folded) return () => actions.setLoopOpen(index, true);
            return hasChildren && !open ? () => actions.setOpen([index], true) : () => toCell(0, 1);
          case 'ArrowLeft':
            if (cell !== -1) return () => toCell(cell - 1, -1);
            if (event.shiftKey) return () => actions.toggleSubtree(index, false);
            if (hasChildren && open) return () => actions.setOpen([index], false);
            if (folds) return () => actions.setLoopOpen(index, false);
            return row.depth > 0 ? () => go(rows.positionOf(rows.parentOf(index))) : () => {};
          case 'Enter':
          case ' ':
            // With Shift it is the viewer's.
            return event.shiftKey ? null : () => actions.select(row.key);
          case '*':
            return () => actions.setOpen(parentsBeside(trace, rows, index), true);
          default:
            return null;
        }
      })();
      if (!run) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    },
    [trace, rows, store, cells, pageSize, scrollTo],
  );
}

/** The arrow that would be pressed from left to right: open lies at the end of the line, whichever side that is. */
function towards(key: string, element: Element): string {
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || !isRightToLeft(element)) return key;
  return key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
}

/** Whether a key pressed there is meant for text. */
export const isText = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

const isDisplayed = (cell: Element | undefined): boolean => cell !== undefined && cell.getClientRects().length > 0;

/** The row and its siblings, as far as they have children. */
function* parentsBeside(trace: Trace, rows: RowList, index: number): Generator<number> {
  const { subtreeEnd } = trace.columns;
  const above = rows.parentOf(index);
  const isSpan = above !== -1 && above < trace.spanCount;
  const stop = isSpan ? subtreeEnd[above]! : trace.spanCount;
  const beside = new Set<number>();
  for (let at = isSpan ? above + 1 : 0; at < stop; at = subtreeEnd[at]!) {
    const parent = rows.parentOf(at);
    if (parent === above && subtreeEnd[at]! > at + 1) beside.add(at);
    // The siblings of a root are other roots, and parents of those that are none here.
    else if (above === -1 && parent !== -1) beside.add(parent);
  }
  yield* beside;
}
