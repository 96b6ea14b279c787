'use client';
import type { RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { brushPartAt, dragBrush, keyBrush, type BrushPart } from '../../layout/minimap/brush.ts';
import type { TimeAxis } from '../../layout/time/timeAxis.ts';
import { fitWindow, placesOf, timesOf, timeToX, xToTime, type TimeWindow } from '../../layout/time/timeScale.ts';
import { currentAxis, currentWindow, type TraceStore } from '../../store/createTraceStore.ts';
import { DRAG_FROM, GESTURE_REST, wheelFactor } from '../parts/gestures.ts';

/** How far from an edge of the brush it can be taken, in pixels. */
const REACH = { mouse: 7, touch: 12 } as const;

interface Drag {
  readonly pointer: number;
  readonly part: BrushPart;
  readonly x: number;
  readonly window: TimeWindow;
  readonly moved: boolean;
}

/**
 * Pointer, wheel and keys on the minimap. What is under the pointer is worked out from the window, not from elements:
 * edges can be taken from outside, and a narrow window keeps a middle to hold it by. Where the whole trace is shown
 * there is nothing to move, so a drag draws.
 */
export function useBrushGestures(root: RefObject<HTMLElement | null>, store: TraceStore): void {
  useBrowserLayoutEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const { actions } = store;
    let drag: Drag | null = null;
    let rest: ReturnType<typeof setTimeout> | undefined;

    /** In places of the axis, as they are on screen. */
    const view = (): {
      readonly axis: TimeAxis;
      readonly bounds: TimeWindow;
      readonly window: TimeWindow;
      readonly width: number;
    } | null => {
      const state = store.getState();
      const axis = currentAxis(state);
      return state.trace && element.clientWidth > 0
        ? {
            axis,
            bounds: placesOf(fitWindow(state.trace, axis), axis),
            window: placesOf(currentWindow(state), axis),
            width: element.clientWidth,
          }
        : null;
    };
    const show = (places: TimeWindow): void => actions.showWindow(timesOf(places, currentAxis(store.getState())));
    const place = (event: MouseEvent): number =>
      event.clientX - element.getBoundingClientRect().left - element.clientLeft;
    const placeAt = (x: number): number => {
      const now = view();
      return now ? xToTime(Math.min(Math.max(x, 0), now.width), now.bounds, now.width) : 0;
    };
    /** One pixel: edges do not come closer to each other. */
    const least = ({ bounds, width }: NonNullable<ReturnType<typeof view>>): number => (bounds[1] - bounds[0]) / width;
    const partAt = (event: PointerEvent): BrushPart => {
      const now = view();
      if (!now) return 'empty';
      const { bounds, window, width } = now;
      const part = brushPartAt(
        place(event),
        timeToX(window[0], bounds, width),
        timeToX(window[1], bounds, width),
        event.pointerType === 'mouse' ? REACH.mouse : REACH.touch,
      );
      return part === 'window' && window[0] <= bounds[0] && window[1] >= bounds[1] ? 'empty' : part;
    };
    const settleSoon = (): void => {
      clearTimeout(rest);
      rest = setTimeout(() => actions.settle(), GESTURE_REST);
    };

    const onPointerDown = (event: PointerEvent): void => {
      const now = view();
      if (!now || event.button !== 0 || !event.isPrimary) return;
      const part = partAt(event);
      drag = { pointer: event.pointerId, part, x: place(event), window: now.window, moved: false };
      element.querySelector<HTMLElement>(`[data-slider="${part}"]`)?.focus({ preventScroll: true });
      // After the focus, as leaving another slider takes it away.
      element.dataset['pointer'] = '';
    };
    const onPointerMove = (event: PointerEvent): void => {
      if (!drag || event.pointerId !== drag.pointer) {
        if (event.pointerType === 'mouse') element.dataset['under'] = partAt(event);
        return;
      }
      const now = view();
      const x = place(event);
      if (!now || (!drag.moved && Math.abs(x - drag.x) < DRAG_FROM)) return;
      if (!drag.moved) element.setPointerCapture(event.pointerId);
      drag = { ...drag, moved: true };
      element.dataset['under'] = drag.part;
      element.dataset['dragging'] = '';
      show(dragBrush(drag.part, drag.window, placeAt(drag.x), placeAt(x), now.bounds, least(now)));
    };
    const onPointerUp = (event: PointerEvent): void => {
      const ended = drag;
      if (!ended || event.pointerId !== ended.pointer) return;
      drag = null;
      delete element.dataset['dragging'];
      const now = view();
      if (ended.moved) actions.settle();
      // A press beside the window brings it there: what a drag does can be done without one.
      else if (event.type === 'pointerup' && now && ended.part === 'empty')
        bringTo(placeAt(ended.x), now.window, now.bounds);
    };
    const bringTo = (middle: number, [from, to]: TimeWindow, bounds: TimeWindow): void => {
      if (to - from >= bounds[1] - bounds[0]) return;
      show([middle - (to - from) / 2, middle + (to - from) / 2]);
      actions.settle();
    };
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const now = view();
      if (now) actions.zoom(wheelFactor(event.deltaY), now.axis.toTime(placeAt(place(event))));
      settleSoon();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      delete element.dataset['pointer'];
      const part = (event.target as HTMLElement).dataset['slider'] as Exclude<BrushPart, 'empty'> | undefined;
      const now = view();
      if (!part || !now || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = keyBrush(part, event.key, event.shiftKey, now.window, now.bounds, least(now));
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      show(next);
      settleSoon();
    };

    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerdown', onPointerDown, { signal });
    element.addEventListener('pointermove', onPointerMove, { signal });
    element.addEventListener('pointerup', onPointerUp, { signal });
    element.addEventListener('pointercancel', onPointerUp, { signal });
    // The focus goes to the slider that was taken, not to what lies under the pointer.
    element.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
    element.addEventListener('dblclick', () => actions.zoomTo(null), { signal });
    element.addEventListener('wheel', onWheel, { passive: false, signal });
    element.addEventListener('keydown', onKeyDown, { signal });
    element.addEventListener(
      'focusout',
      () => {
        delete element.dataset['pointer'];
      },
      { signal },
    );
    return () => {
      clearTimeout(rest);
      stop.abort();
    };
  }, [root, store]);
}
