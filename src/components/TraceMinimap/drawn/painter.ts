import { soon as inSlices } from '../../../analysis/steps.ts';
import { minimapInSteps, type Minimap } from '../../../layout/minimap/minimap.ts';
import { timeScale, type TimeWindow } from '../../../layout/time/timeScale.ts';
import type { TimeAxis } from '../../../layout/time/timeAxis.ts';
import type { Trace } from '../../../model/types.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { currentAxis, currentWindow, wholeWindow, type TraceStore } from '../../../store/createTraceStore.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { KindStyle } from '../../types.ts';
import { inTurn } from '../../../hooks/live/inTurn.ts';
import { afterRows } from '../../TraceGrid/useAfterRows.ts';
import { watchLook } from '../../canvas/watchLook.ts';
import { markBreaks } from '../../parts/markBreaks.ts';
import { drawMinimap, lanesIn, type InkColors } from './drawMinimap.ts';
import { watchBrushGestures } from './brushGestures.ts';
import { createWindowWords } from './windowWords.ts';

/** What the painter draws on. React owns the elements, the painter what is written in them and on them. */
export interface MinimapParts {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Takes on each ink's colour in turn, so that the canvas gets what the stylesheet says. */
  readonly ink: HTMLElement;
  readonly crosshair: HTMLElement;
  readonly caption: HTMLElement;
  readonly start: HTMLElement;
  readonly end: HTMLElement;
  readonly window: HTMLElement;
}

export interface MinimapLook {
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
  readonly format: Format;
  readonly labels: Labels;
  /** Of a trace without a clock. */
  readonly steps: number | null;
  /** Hears of what goes wrong in a frame. */
  raise(error: unknown): void;
}

/** Drawing waits until a change of size has come to rest; meanwhile the former picture is stretched. */
const RESIZE_REST = 120;
/** The rows of a trace of so many spans are painted first. */
const MANY_SPANS = 20_000;
const AFTER_ROWS = 30;
/** Width of a character of the caption, about; measuring it would cost a layout in each frame. */
const CHARACTER = 5.6;

/**
 * Draws all spans once, and again when the trace, the size or the colours change; moves the brush, also by pointer and
 * keys, at most once per frame. All of it outside React. Returns the function that lets go of the elements.
 */
export function attachMinimap(
  store: TraceStore,
  parts: MinimapParts,
  { kinds, format, labels, steps, raise }: MinimapLook,
): () => void {
  const { root, canvas } = parts;
  const words = createWindowWords(format, labels, steps);
  let map: (Minimap & { readonly of: Trace; readonly axis: TimeAxis; readonly end: number }) | null = null;
  let width = 0;
  let frame = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  let leave: (() => void) | null = null;
  const ending = new AbortController();
  /** Whether a map is being made, and whether it will be out of date: it is finished first, or it never would be. */
  let underway = false;
  let again = false;

  const colors = ({ palette, colorBy }: Minimap): InkColors => {
    const { ink } = parts;
    const look = getComputedStyle(ink);
    const read = (): string => look.color;
    const kindColors = palette.map((name) => {
      ink.dataset['kind'] = colorBy === 'kind' ? name : 'span';
      ink.dataset['service'] = colorBy === 'kind' ? '' : name;
      ink.style.setProperty('--tv-kind', (colorBy === 'kind' ? ownValue(kinds, name)?.color : undefined) ?? '');
      return read();
    });
    ink.dataset['service'] = '';
    ink.dataset['kind'] = 'failed';
    return { kinds: kindColors, failed: read() };
  };

  function draw(): Promise<void> | undefined {
    clearTimeout(later);
    const { trace, colorBy } = store.getState();
    const ratio = devicePixelRatio || 1;
    const columns = Math.round(width * ratio);
    const height = Math.round(root.clientHeight * ratio);
    if (!trace || columns === 0 || height === 0) {
      canvas.width = 0;
      return undefined;
    }
    const mostLanes = lanesIn(root.clientHeight);
    const axis = currentAxis(store.getState());
    const bounds = wholeWindow(store.getState());
    const put = (drawn: Minimap): void => {
      if (canvas.width !== columns) canvas.width = columns;
      if (canvas.height !== height) canvas.height = height;
      drawMinimap(canvas, drawn, colors(drawn), ratio);
    };
    if (
      map?.of === trace &&
      map.axis === axis &&
      map.end === bounds[1] &&
      map.colorBy === colorBy &&
      map.columns === columns &&
      canvas.height === height
    ) {
      put(map);
      return undefined;
    }
    if (underway) {
      again = true;
      return undefined;
    }
    const take = (made: Minimap): void => {
      map = { of: trace, axis, end: bounds[1], ...made };
      put(map);
    };
    const made = inSlices(minimapInSteps(trace, columns, mostLanes, axis, colorBy, bounds), ending);
    if (!(made instanceof Promise)) {
      take(made);
      return undefined;
    }
    underway = true;
    const finish = (last: () => void): void => {
      underway = false;
      if (ending.signal.aborted) return;
      carefully(last);
      if (!again) return;
      again = false;
      carefully(draw);
    };
    // The former picture stays until then, unless it is of another trace by now.
    return made.then(
      (done) => finish(() => store.getState().trace?.key === trace.key && take(done)),
      (error: unknown) => finish(() => raise(error)),
    );
  }

  const carefully = <Result>(work: () => Result): Result | undefined => {
    try {
      return work();
    } catch (error) {
      raise(error);
      return undefined;
    }
  };
  const drawSoon = (rest: number): void => {
    clearTimeout(later);
    const { trace } = store.getState();
    if (trace?.live && map?.of.key === trace.key)
      leave ??= inTurn(() => {
        leave = null;
        return carefully(draw);
      });
    else if (trace && trace.spanCount >= MANY_SPANS) later = setTimeout(() => carefully(draw), rest);
    else carefully(draw);
  };

  function paint(): void {
    frame = 0;
    const state = store.getState();
    const movement = state.gesture ? 'moving' : 'ready';
    root.dataset['state'] = state.trace ? movement : 'empty';
    if (!state.trace || width === 0) return;
    const axis = currentAxis(state);
    const bounds = wholeWindow(state);
    const window = currentWindow(state);
    const scale = timeScale(bounds, width, axis);
    const { x } = scale;
    markBreaks(root, scale);
    const [from, to] = [x(window[0]), x(window[1])];
    root.style.setProperty('--tv-from', `${from.toFixed(2)}px`);
    root.style.setProperty('--tv-to', `${to.toFixed(2)}px`);
    const { hover } = state;
    parts.crosshair.hidden = hover === null;
    if (hover !== null) parts.crosshair.style.transform = `translateX(${x(hover).toFixed(2)}px)`;
    const isWhole = window[0] <= bounds[0] && window[1] >= bounds[1];
    root.toggleAttribute('data-whole', isWhole);
    const caption = isWhole ? '' : words.caption(window);
    if (parts.caption.textContent !== caption) parts.caption.textContent = caption;
    const half = (caption.length * CHARACTER) / 2 + 4;
    const middle = Math.max(Math.min((from + to) / 2, width - half), half);
    parts.caption.style.transform = `translateX(${middle.toFixed(2)}px)`;
    slider(parts.start, bounds, window[0], words.start(window));
    slider(parts.end, bounds, window[1], words.end(window));
    slider(parts.window, [bounds[0], bounds[1] - (window[1] - window[0])], window[0], words.whole(window));
  }
  const soon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(() => carefully(paint));
  };

  const measure = new ResizeObserver(() => {
    if (root.clientWidth === width && canvas.height === Math.round(root.clientHeight * devicePixelRatio)) return;
    const first = width === 0;
    width = root.clientWidth;
    clearTimeout(later);
    if (first) drawSoon(AFTER_ROWS);
    else later = setTimeout(() => carefully(draw), RESIZE_REST);
    carefully(paint);
  });
  measure.observe(root);
  const unsubscribe = store.subscribe((state, before) => {
    const redrawn =
      state.trace !== before.trace ||
      state.liveEnd !== before.liveEnd ||
      state.colorBy !== before.colorBy ||
      state.shortenIdle !== before.shortenIdle;
    if (redrawn) drawSoon(AFTER_ROWS);
    if (
      redrawn ||
      state.gesture !== before.gesture ||
      state.timeWindow !== before.timeWindow ||
      state.hover !== before.hover
    )
      soon();
  });
  const unwatch = watchLook(canvas, () => carefully(draw));
  width = root.clientWidth;
  paint();
  const { trace: first } = store.getState();
  if (!first || first.spanCount < MANY_SPANS) carefully(draw);
  const stopWaiting = afterRows(first, () => {
    if (first && first.spanCount >= MANY_SPANS) carefully(draw);
  });
  const unwatchBrush = watchBrushGestures(root, store);
  return () => {
    unwatchBrush();
    stopWaiting();
    ending.abort();
    leave?.();
    measure.disconnect();
    unsubscribe();
    unwatch();
    cancelAnimationFrame(frame);
    clearTimeout(later);
  };
}

function slider(element: HTMLElement, [least, most]: TimeWindow, now: number, text: string): void {
  for (const [name, value] of [
    ['aria-valuemin', Math.round(least)],
    ['aria-valuemax', Math.round(most)],
    ['aria-valuenow', Math.round(now)],
    ['aria-valuetext', text],
  ] as const) {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}
