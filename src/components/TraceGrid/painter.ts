import { createGanttLayout, type GanttLayout, type Mark } from '../../layout/ganttMarks.ts';
import { timeTicks, timeToX, xToTime, type Ticks, type TimeWindow } from '../../layout/timeScale.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { currentWindow, type TraceStore } from '../../store/createTraceStore.ts';

/**
 * Draws all that moves with time: bars of mounted rows, axis, grid lines, crosshair. At most once per frame and outside React, so that
 * zoom, pan and hover cost no commit. React owns the elements handed in here, the painter owns what is inside them.
 */
export interface Painter {
  /** Keeps a row's timeline painted until the returned function is called. */
  row(element: HTMLElement, trace: Trace, index: number, open: boolean): () => void;
  /** The elements around the rows. Returns the function that lets go of them. */
  attach(parts: PainterParts): () => void;
  /** Moves the crosshair to a pixel of the timeline; null hides it. */
  hover(x: number | null): void;
  /** The time under the crosshair; null while it is hidden. */
  hovered(): Nanos | null;
  /** The time at a pixel of the timeline. */
  timeAt(x: number): Nanos;
}

export interface PainterParts {
  /** Carries the grid lines' distance and offset as custom properties. */
  readonly frame: HTMLElement;
  readonly axis: HTMLElement;
  readonly crosshair: HTMLElement;
  readonly chip: HTMLElement;
  tick(time: Nanos, step: Nanos): string;
  duration(time: Nanos): string;
}

interface PaintedRow { readonly element: HTMLElement; readonly trace: Trace; readonly index: number; readonly open: boolean }

export function createPainter(store: TraceStore): Painter {
  const rows = new Set<PaintedRow>();
  let parts: PainterParts | null = null;
  let layout: { readonly of: Trace; readonly gantt: GanttLayout } | null = null;
  let width = 0;
  let hoverX: number | null = null;
  let frame = 0;
  /** Whether the next frame draws more than the crosshair. */
  let moved = false;

  const view = (): TimeWindow => currentWindow(store.getState());
  const soon = (): void => { if (frame === 0 && parts) frame = requestAnimationFrame(paint); };
  const repaint = (): void => {
    moved = true;
    soon();
  };

  const paintRow = ({ element, trace, index, open }: PaintedRow): void => {
    if (width === 0) return;
    if (layout?.of !== trace) layout = { of: trace, gantt: createGanttLayout(trace) };
    drawMarks(element, layout.gantt.marks(index, open, view(), width));
  };

  function paint(): void {
    frame = 0;
    if (!parts || width === 0) return;
    const window = view();
    const ticks = timeTicks(window, width);
    if (moved) paintWindow(parts, window, ticks);
    moved = false;
    parts.crosshair.hidden = parts.chip.hidden = hoverX === null;
    if (hoverX === null) return;
    parts.crosshair.style.transform = parts.chip.style.transform = `translateX(${hoverX}px)`;
    parts.chip.textContent = chipText(parts, hoverX, window, ticks);
  }

  function paintWindow(into: PainterParts, window: TimeWindow, { step, times }: Ticks): void {
    for (const row of rows) paintRow(row);
    drawTicks(into, times.map((time) => ({ x: timeToX(time, window, width), label: into.tick(time, step) })), width);
    into.frame.style.setProperty('--tv-tick-step', `${timeToX(window[0] + step, window, width)}px`);
    into.frame.style.setProperty('--tv-tick-offset', `${timeToX(times[0] ?? 0, window, width)}px`);
  }

  /** The time under the crosshair: as durations are written, and, where that would be the same for the whole window, as finely as pixels tell. */
  const chipText = ({ duration, tick }: PainterParts, x: number, window: TimeWindow, { step }: Ticks): string => {
    const time = Math.max(0, Math.round(xToTime(x, window, width)));
    if (duration(window[0]) !== duration(window[0] + step)) return duration(time);
    const finest = 10 ** Math.floor(Math.log10(Math.max(1, (window[1] - window[0]) / width)));
    return tick(Math.round(time / finest) * finest, step);
  };

  return {
    row(element, trace, index, open) {
      const row = { element, trace, index, open };
      rows.add(row);
      paintRow(row);
      return () => { rows.delete(row); };
    },
    attach(next) {
      parts = next;
      const measure = new ResizeObserver(() => {
        width = next.axis.clientWidth;
        next.crosshair.style.height = `${next.frame.clientHeight - next.axis.clientHeight}px`;
        moved = true;
        paint();
      });
      measure.observe(next.axis);
      measure.observe(next.frame);
      const unsubscribe = store.subscribe((state, before) => {
        if (state.gesture !== before.gesture || state.timeWindow !== before.timeWindow || state.trace !== before.trace) repaint();
      });
      width = next.axis.clientWidth;
      moved = true;
      paint();
      return () => {
        measure.disconnect();
        unsubscribe();
        cancelAnimationFrame(frame);
        frame = 0;
        parts = null;
      };
    },
    hover(x) {
      if (x === hoverX) return;
      hoverX = x;
      soon();
    },
    hovered: () => (hoverX === null || width === 0 ? null : xToTime(hoverX, view(), width)),
    timeAt: (x) => xToTime(x, view(), Math.max(width, 1)),
  };
}

/** Makes the element's children agree with the marks; an element already there is used again. */
function drawMarks(element: HTMLElement, marks: readonly Mark[]): void {
  marks.forEach(({ type, x, width }, place) => {
    const mark = childAt(element, place, 'i');
    if (mark.dataset['mark'] !== type) mark.dataset['mark'] = type;
    mark.style.transform = `translateX(${x.toFixed(2)}px)`;
    mark.style.width = width === 0 ? '' : `${width.toFixed(2)}px`;
  });
  while (element.children.length > marks.length) element.lastElementChild!.remove();
}

function drawTicks({ axis }: PainterParts, ticks: readonly { readonly x: number; readonly label: string }[], width: number): void {
  const all = axis.getElementsByClassName('tv-tick');
  ticks.forEach(({ x, label }, place) => {
    let tick = all[place] as HTMLElement | undefined;
    if (!tick) {
      tick = axis.ownerDocument.createElement('span');
      tick.className = 'tv-tick';
      axis.append(tick);
    }
    tick.style.transform = `translateX(${x.toFixed(2)}px)`;
    // A label that would be cut off at the edge is left out; its line stays.
    const text = width - x < label.length * 6 + 6 ? '' : label;
    if (tick.textContent !== text) tick.textContent = text;
  });
  while (all.length > ticks.length) all[all.length - 1]!.remove();
}

function childAt(element: HTMLElement, place: number, tag: string): HTMLElement {
  const existing = element.children[place];
  if (existing) return existing as HTMLElement;
  const made = element.ownerDocument.createElement(tag);
  element.append(made);
  return made;
}
