'use client';
import { useEffect, type RefObject } from 'react';
import type { TimeWindow } from '../../layout/timeScale.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';
import { DRAG_FROM, GESTURE_REST, wheelFactor } from '../gestures.ts';
import type { Painter } from './painter.ts';

/**
 * Wheel, drag, double-click and hover on the timeline. Ctrl, Cmd or a pinch zooms about the pointer, sideways wheel or Shift pans, plain wheel is
 * left to scrolling. Listens on the frame alone, natively because React's wheel listener cannot prevent the browser's own zoom.
 */
export function useGanttGestures(frame: RefObject<HTMLElement | null>, axis: RefObject<HTMLElement | null>, painter: Painter, store: TraceStore): void {
  useEffect(() => {
    const root = frame.current;
    const scale = axis.current;
    if (!root || !scale) return undefined;
    const { actions } = store;
    let rest: ReturnType<typeof setTimeout> | undefined;
    /** The last double-click on a bar: the same again goes back. */
    let fitted: { readonly index: string; readonly window: TimeWindow | null; readonly before: TimeWindow | null } | null = null;
    let drag: { readonly pointer: number; readonly from: number; last: number; moved: boolean } | null = null;

    /** Pixels from the left edge of the timeline; null outside it. */
    const place = (event: MouseEvent): number | null => {
      const { left, width } = scale.getBoundingClientRect();
      const x = event.clientX - left;
      return x >= 0 && x <= width ? x : null;
    };
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
      if (event.button !== 0 || event.pointerType === 'touch' || !(event.target as Element).closest('.tv-row .tv-gantt')) return;
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
        // The click that ends a drag must not select the row below it. It comes at once or, after a cancelled drag, never.
        const swallow = new AbortController();
        root.addEventListener('click', (click) => click.stopPropagation(), { capture: true, signal: swallow.signal });
        setTimeout(() => {
          swallow.abort();
          delete root.dataset['dragging'];
        });
      }
      drag = null;
    };
    const onDoubleClick = (event: MouseEvent): void => {
      if (place(event) === null || (event.target as Element).closest('.tv-range-bar')) return;
      const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'];
      const before = store.getState().timeWindow;
      if (index === undefined) {
        actions.setRange(null);
        actions.zoomTo(null);
      } else if (fitted?.index === index && fitted.window === before) {
        actions.zoomTo(fitted.before);
      } else {
        actions.fitSpan(Number(index));
        fitted = { index, window: store.getState().timeWindow, before };
      }
    };
    const onPointerLeave = (): void => painter.hover(null);

    const stop = new AbortController();
    const { signal } = stop;
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
