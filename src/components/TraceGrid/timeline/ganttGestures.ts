import type { TimeWindow } from '../../../layout/time/timeScale.ts';
import type { TraceStore } from '../../../store/createTraceStore.ts';
import { DRAG_FROM, settleAfterRest, wheelFactor } from '../../parts/gestures.ts';
import type { Painter } from './painter.ts';

/** Milliseconds between the two halves of a double-click. */
const DOUBLE = 500;

/** What gestures listen on, and what they act on. */
interface Timeline {
  /** The frame of the grid, which hears all events. */
  readonly frame: HTMLElement;
  /** The scale of the axis, which has the width of the timeline. */
  readonly scale: HTMLElement;
  readonly painter: Pick<Painter, 'timeAt' | 'hover'>;
  readonly store: TraceStore;
}

/**
 * Watches wheel, drag, double-click and hover on the timeline. Ctrl, Cmd or a pinch zooms about the pointer, sideways
 * wheel or Shift pans, plain wheel is left to scrolling. Listens on the frame alone, natively because React's wheel
 * listener cannot prevent the browser's own zoom. Returns the function that ends it.
 */
export function watchGanttGestures(timeline: Timeline): () => void {
  const stop = new AbortController();
  watchWheel(timeline, stop.signal);
  watchPan(timeline, stop.signal);
  watchFit(timeline, stop.signal);
  return () => stop.abort();
}

/** Pixels from the left edge of the timeline; null outside it. */
function placeOf(event: MouseEvent, scale: HTMLElement): number | null {
  const { left, width } = scale.getBoundingClientRect();
  const x = event.clientX - left;
  return x >= 0 && x <= width ? x : null;
}

function watchWheel({ frame, scale, painter, store: { actions } }: Timeline, signal: AbortSignal): void {
  const settleSoon = settleAfterRest(actions, signal);
  const onWheel = (event: WheelEvent): void => {
    const x = placeOf(event, scale);
    if (x === null) return;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) actions.zoom(wheelFactor(event.deltaY), painter.timeAt(x));
    else if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) actions.pan(sideways / scale.clientWidth);
    else return;
    event.preventDefault();
    settleSoon();
  };
  frame.addEventListener('wheel', onWheel, { passive: false, signal });
}

/** Pans while a mouse or pen drags, and shows what is under it. */
function watchPan({ frame, scale, painter, store: { actions } }: Timeline, signal: AbortSignal): void {
  let drag: { readonly pointer: number; readonly from: number; last: number; moved: boolean } | null = null;
  const isGrip = (target: Element): boolean =>
    target.closest('.tv-row') ? target.closest('.tv-gantt') !== null : !target.closest('.tv-head, .tv-range-bar');
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    if (placeOf(event, scale) === null || !isGrip(event.target as Element)) return;
    drag = { pointer: event.pointerId, from: event.clientX, last: event.clientX, moved: false };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') painter.hover(placeOf(event, scale));
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.moved && Math.abs(event.clientX - drag.from) < DRAG_FROM) return;
    if (!drag.moved) frame.setPointerCapture(event.pointerId);
    actions.pan((drag.last - event.clientX) / scale.clientWidth);
    drag = { ...drag, last: event.clientX, moved: true };
    frame.dataset['dragging'] = '';
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.pointerId !== drag?.pointer) return;
    if (drag.moved) {
      actions.settle();
      // The click that ends a drag must not select the row below it. It comes at once or, after a cancelled drag,
      // never.
      swallowClick(frame, 0);
      setTimeout(() => {
        delete frame.dataset['dragging'];
      });
    }
    drag = null;
  };
  frame.addEventListener('pointerdown', onPointerDown, { signal });
  frame.addEventListener('pointermove', onPointerMove, { signal });
  frame.addEventListener('pointerup', onPointerUp, { signal });
  frame.addEventListener('pointercancel', onPointerUp, { signal });
  frame.addEventListener('pointerleave', () => painter.hover(null), { signal });
}

/** Fits a span on a double-click on its bar, goes back on the next one, and shows the whole trace beside all bars. */
function watchFit({ frame, scale, store }: Timeline, signal: AbortSignal): void {
  const { actions } = store;
  /** The last span that was fitted: the same again goes back. */
  let fitted: {
    readonly index: string;
    readonly window: TimeWindow | null;
    readonly before: TimeWindow | null;
  } | null = null;
  /**
   * The last click on a bar. What it opened may now lie under the pointer, and take the other half of a double-click.
   */
  let pressed: { readonly index: string; readonly x: number; readonly y: number; readonly at: number } | null = null;

  const indexAt = (event: MouseEvent): string | undefined =>
    (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'];
  const fitOrBack = (index: string): void => {
    const before = store.getState().timeWindow;
    if (fitted?.index === index && fitted.window === before) return actions.zoomTo(fitted.before);
    actions.fitSpan(Number(index));
    fitted = { index, window: store.getState().timeWindow, before };
  };
  const onDoubleClick = (event: MouseEvent): void => {
    if (placeOf(event, scale) === null || (event.target as Element).closest('.tv-range-bar')) return;
    const index = indexAt(event);
    if (index !== undefined) return fitOrBack(index);
    actions.setRange(null);
    actions.zoomTo(null);
  };
  const onClick = (event: MouseEvent): void => {
    const index = placeOf(event, scale) === null ? undefined : indexAt(event);
    pressed = index === undefined ? null : { index, x: event.clientX, y: event.clientY, at: event.timeStamp };
  };
  const around = frame.closest('.tv-root') ?? frame;
  const onPressAround = (event: MouseEvent): void => {
    const first = pressed;
    if (!first || event.composedPath().includes(frame)) return;
    pressed = null;
    if (event.timeStamp - first.at > DOUBLE) return;
    if (Math.hypot(event.clientX - first.x, event.clientY - first.y) > DRAG_FROM) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick(around, DOUBLE);
    fitOrBack(first.index);
  };
  around.addEventListener('pointerdown', (event) => onPressAround(event as PointerEvent), { capture: true, signal });
  frame.addEventListener('click', onClick, { signal });
  frame.addEventListener('dblclick', onDoubleClick, { signal });
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
