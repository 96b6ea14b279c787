import { brushPartAt, dragBrush, keyBrush, type BrushPart } from '../../../layout/minimap/brush.ts';
import type { TimeAxis } from '../../../layout/time/timeAxis.ts';
import { placesOf, timesOf, timeToX, xToTime, type TimeWindow } from '../../../layout/time/timeScale.ts';
import { currentAxis, currentWindow, wholeWindow, type TraceStore } from '../../../store/createTraceStore.ts';
import { DRAG_FROM, settleAfterRest, wheelFactor } from '../../parts/gestures.ts';

/** How far from an edge of the brush it can be taken, in pixels. */
const REACH = { mouse: 7, touch: 12 } as const;

interface Drag {
  readonly pointer: number;
  readonly part: BrushPart;
  readonly x: number;
  readonly window: TimeWindow;
  readonly moved: boolean;
}

/** The brush in places of the axis, as it is on screen. */
interface Brush {
  readonly axis: TimeAxis;
  readonly bounds: TimeWindow;
  readonly window: TimeWindow;
  /** Of the minimap, in pixels. */
  readonly width: number;
  /** The width of a pixel: edges do not come closer to each other. */
  readonly least: number;
}

/**
 * Watches pointer, wheel and keys on the minimap. What is under the pointer is worked out from the window, not from
 * elements: edges can be taken from outside, and a narrow window keeps a middle to hold it by. Where the whole trace is
 * shown there is nothing to move, so a drag draws. Returns the function that ends it.
 */
export function watchBrushGestures(minimap: HTMLElement, store: TraceStore): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  watchBrushDrag(minimap, store, signal);
  watchBrushKeys(minimap, store, signal);
  minimap.addEventListener('dblclick', () => store.actions.zoomTo(null), { signal });
  return () => stop.abort();
}

/** The brush now; null while there is nothing to see. */
function brushOf(minimap: HTMLElement, store: TraceStore): Brush | null {
  const state = store.getState();
  const width = minimap.clientWidth;
  if (!state.trace || width <= 0) return null;
  const axis = currentAxis(state);
  const bounds = placesOf(wholeWindow(state), axis);
  return { axis, bounds, window: placesOf(currentWindow(state), axis), width, least: (bounds[1] - bounds[0]) / width };
}

const show = (places: TimeWindow, { getState, actions }: TraceStore): void =>
  actions.showWindow(timesOf(places, currentAxis(getState())));

/** Pixels from the left edge of the minimap. */
const xOf = (event: MouseEvent, minimap: HTMLElement): number =>
  event.clientX - minimap.getBoundingClientRect().left - minimap.clientLeft;

const placeAt = (x: number, { bounds, width }: Brush): number =>
  xToTime(Math.min(Math.max(x, 0), width), bounds, width);

/** The part of the brush under the pointer. */
function partUnder(event: PointerEvent, minimap: HTMLElement, brush: Brush | null): BrushPart {
  if (!brush) return 'empty';
  const { bounds, window, width } = brush;
  const [start, end] = [timeToX(window[0], bounds, width), timeToX(window[1], bounds, width)];
  const part = brushPartAt(xOf(event, minimap), start, end, event.pointerType === 'mouse' ? REACH.mouse : REACH.touch);
  return part === 'window' && window[0] <= bounds[0] && window[1] >= bounds[1] ? 'empty' : part;
}

function watchBrushDrag(minimap: HTMLElement, store: TraceStore, signal: AbortSignal): void {
  const { actions } = store;
  let drag: Drag | null = null;

  const onPointerDown = (event: PointerEvent): void => {
    const brush = brushOf(minimap, store);
    if (!brush || event.button !== 0 || !event.isPrimary) return;
    const part = partUnder(event, minimap, brush);
    drag = { pointer: event.pointerId, part, x: xOf(event, minimap), window: brush.window, moved: false };
    minimap.querySelector<HTMLElement>(`[data-slider="${part}"]`)?.focus({ preventScroll: true });
    // After the focus, as leaving another slider takes it away.
    minimap.dataset['pointer'] = '';
  };
  const onPointerMove = (event: PointerEvent): void => {
    const brush = brushOf(minimap, store);
    if (!drag || event.pointerId !== drag.pointer) {
      if (event.pointerType === 'mouse') minimap.dataset['under'] = partUnder(event, minimap, brush);
      return;
    }
    const x = xOf(event, minimap);
    if (!brush || (!drag.moved && Math.abs(x - drag.x) < DRAG_FROM)) return;
    if (!drag.moved) minimap.setPointerCapture(event.pointerId);
    drag = { ...drag, moved: true };
    minimap.dataset['under'] = drag.part;
    minimap.dataset['dragging'] = '';
    const [from, to] = [placeAt(drag.x, brush), placeAt(x, brush)];
    show(dragBrush(drag.part, drag.window, from, to, brush.bounds, brush.least), store);
  };
  const onPointerUp = (event: PointerEvent): void => {
    const ended = drag;
    if (!ended || event.pointerId !== ended.pointer) return;
    drag = null;
    delete minimap.dataset['dragging'];
    if (ended.moved) return actions.settle();
    // A press beside the window brings it there: what a drag does can be done without one.
    const brush = brushOf(minimap, store);
    if (event.type === 'pointerup' && brush && ended.part === 'empty') bringTo(placeAt(ended.x, brush), brush, store);
  };
  minimap.addEventListener('pointerdown', onPointerDown, { signal });
  minimap.addEventListener('pointermove', onPointerMove, { signal });
  minimap.addEventListener('pointerup', onPointerUp, { signal });
  minimap.addEventListener('pointercancel', onPointerUp, { signal });
  // The focus goes to the slider that was taken, not to what lies under the pointer.
  minimap.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
}

function bringTo(middle: number, { window: [from, to], bounds }: Brush, store: TraceStore): void {
  if (to - from >= bounds[1] - bounds[0]) return;
  show([middle - (to - from) / 2, middle + (to - from) / 2], store);
  store.actions.settle();
}

/** Keys on the three sliders, and the wheel. */
function watchBrushKeys(minimap: HTMLElement, store: TraceStore, signal: AbortSignal): void {
  const settleSoon = settleAfterRest(store.actions, signal);
  const forgetPointer = (): void => {
    delete minimap.dataset['pointer'];
  };
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const brush = brushOf(minimap, store);
    if (brush) store.actions.zoom(wheelFactor(event.deltaY), brush.axis.toTime(placeAt(xOf(event, minimap), brush)));
    settleSoon();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    forgetPointer();
    const part = (event.target as HTMLElement).dataset['slider'] as Exclude<BrushPart, 'empty'> | undefined;
    const brush = brushOf(minimap, store);
    if (!part || !brush || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = keyBrush(part, event.key, event.shiftKey, brush.window, brush.bounds, brush.least);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    show(next, store);
    settleSoon();
  };
  minimap.addEventListener('wheel', onWheel, { passive: false, signal });
  minimap.addEventListener('keydown', onKeyDown, { signal });
  minimap.addEventListener('focusout', forgetPointer, { signal });
}
