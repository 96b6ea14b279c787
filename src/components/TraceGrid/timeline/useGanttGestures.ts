'use client';
import type { RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import type { TimeWindow } from '../../../layout/time/timeScale.ts';
import type { TraceStore } from '../../../store/createTraceStore.ts';
import { DRAG_FROM, GESTURE_REST, wheelFactor } from '../../parts/gestures.ts';
import type { Painter } from './painter.ts';

/** Milliseconds between the two halves of a double-click. */
const DOUBLE = 500;

/**
 * Wheel, drag, double-click and hover on the timeline. Ctrl, Cmd or a pinch zooms about the pointer, sideways wheel or
 * Shift pans, plain wheel is left to scrolling. Listens on the frame alone, natively because React's wheel listener
 * cannot prevent the browser's own zoom.
 */
export function useGanttGestures(
  frame: RefObject<HTMLElement | null>,
  axis: RefObject<HTMLElement | null>,
  painter: Painter,
  store: TraceStore,
): void {
  useBrowserLayoutEffect(() => {
    const root = frame.current;
    const scale = axis.current;
    if (!root || !scale) return undefined;
    const { actions } = store;
    let rest: ReturnType<typeof setTimeout> | undefined;
    /** The last double-click on a bar: the same again goes back. */
    let fitted: {
      readonly index: string;
      readonly window: TimeWindow | null;
      readonly before: TimeWindow | null;
    } | null = null;
    /**
     * The last click on a bar. What it opened may now lie under the pointer, and take the other half of a double-click.
     */
    let pressed: { readonly index: string; readonly x: number; readonly y: number; readonly at: number } | null = null;
    let drag: { readonly pointer: number; readonly from: number; last: number; moved: boolean } | null = null;

    /** Pixels from the left edge of the timeline; null outside it. */
    const place = (event: MouseEvent): number | null => {
      const { left, width } = scale.getBoundingClientRect();
      const x = event.clientX - left;
      return x >= 0 && x <= width ? x : null;
    };
    const indexAt = (event: MouseEvent): string | undefined =>
      (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'];
    const settleSoon = (): void => {
      clearTimeout(rest);
      rest = setTimeout(() => actions.settle(), GESTURE_REST);
    };

    const onWheel = (event: WheelEvent): void => {
      const x = place(event);
      if (x === null) return;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        actions.zoom(wheelFactor(event.deltaY), painter.timeAt(x));
        settleSoon();
      } else if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
        event.preventDefault();
        actions.pan(sideways / scale.clientWidth);
        settleSoon();
      }
    };
    const onPointerDown = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (
        event.button !== 0 ||
        event.pointerType === 'touch' ||
        place(event) === null ||
        (target.closest('.tv-row') ? !target.closest('.tv-gantt') : target.closest('.tv-head, .tv-range-bar'))
      )
        return;
      drag = { pointer: event.pointerId, from: event.clientX, last: event.clientX, moved: false };
    };
    const onPointerMove = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') painter.hover(place(event));
      if (!drag || event.pointerId !== drag.pointer) return;
      if (!drag.moved && Math.abs(event.clientX - drag.from) < DRAG_FROM) return;
      if (!drag.moved) root.setPointerCapture(event.pointerId);
      actions.pan((drag.last - event.clientX) / scale.clientWidth);
      drag = { ...drag, last: event.clientX, moved: true };
      root.dataset['dragging'] = '';
    };
    const onPointerUp = (event: PointerEvent): void => {
      if (event.pointerId !== drag?.pointer) return;
      if (drag.moved) {
        actions.settle();
        // The click that ends a drag must not select the row below it. It comes at once or, after a cancelled drag,
        // never.
        swallowClick(root, 0);
        setTimeout(() => {
          delete root.dataset['dragging'];
        });
      }
      drag = null;
    };
    const onDoubleClick = (event: MouseEvent): void => {
      if (place(event) === null || (event.target as Element).closest('.tv-range-bar')) return;
      const index = indexAt(event);
      if (index === undefined) {
        actions.setRange(null);
        actions.zoomTo(null);
      } else {
        fitOrBack(index);
      }
    };
    const fitOrBack = (index: string): void => {
      const before = store.getState().timeWindow;
      if (fitted?.index === index && fitted.window === before) {
        actions.zoomTo(fitted.before);
      } else {
        actions.fitSpan(Number(index));
        fitted = { index, window: store.getState().timeWindow, before };
      }
    };
    const onClick = (event: MouseEvent): void => {
      const index = place(event) === null ? undefined : indexAt(event);
      pressed = index === undefined ? null : { index, x: event.clientX, y: event.clientY, at: event.timeStamp };
    };
    const onPressAround = (event: PointerEvent): void => {
      const first = pressed;
      if (!first || event.composedPath().includes(root)) return;
      pressed = null;
      if (
        event.timeStamp - first.at > DOUBLE ||
        Math.hypot(event.clientX - first.x, event.clientY - first.y) > DRAG_FROM
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      swallowClick(around, DOUBLE);
      fitOrBack(first.index);
    };
    const onPointerLeave = (): void => painter.hover(null);

    const around = root.closest('.tv-root') ?? root;
    const stop = new AbortController();
    const { signal } = stop;
    around.addEventListener('pointerdown', (event) => onPressAround(event as PointerEvent), { capture: true, signal });
    root.addEventListener('click', onClick, { signal });
    root.addEventListener('wheel', onWheel, { passive: false, signal });
    root.addEventListener('pointerdown', onPointerDown, { signal });
    root.addEventListener('pointermove', onPointerMove, { signal });
    root.addEventListener('pointerup', onPointerUp, { signal });
    root.addEventListener('pointercancel', onPointerUp, { signal });
    root.addEventListener('pointerleave', onPointerLeave, { signal });
    root.addEventListener('dblclick', onDoubleClick, { signal });
    return () => {
      clearTimeout(rest);
      stop.abort();
    };
  }, [frame, axis, painter, store]);
}

/** Keeps the next click from everything inside, if it comes within so many milliseconds; 0 = at once. */
function swallowClick(inside: Element, within: number): void {
  const swallow = new AbortController();
  inside.addEventListener(
    'click',
    (click) => {
      click.stopPropagation();
      click.preventDefault();
      swallow.abort();
    },
    { capture: true, signal: swallow.signal },
  );
  setTimeout(() => swallow.abort(), within);
}
