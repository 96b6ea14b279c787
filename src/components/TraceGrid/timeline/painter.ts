import type { GanttLayout } from '../../../layout/gantt/ganttMarks.ts';
import { loopMarks } from '../../../layout/gantt/loopMarks.ts';
import { missingMarks } from '../../../layout/gantt/missingMarks.ts';
import { withEvents } from '../../../layout/gantt/eventMarks.ts';
import { placeOf } from '../../../layout/time/stepPlaces.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import { timeScale, type TimeScale } from '../../../layout/time/timeScale.ts';
import { SPAN_FLAGS } from '../../../model/codes.ts';
import type { Nanos, Trace } from '../../../model/types.ts';
import { currentAxis, currentWindow, type TraceStore } from '../../../store/createTraceStore.ts';
import {
  drawAxis,
  drawGridLines,
  gridLines,
  timeText,
  type AxisParts,
  type AxisWords,
  type GridLines,
} from './drawAxis.ts';
import { afterRows } from '../useAfterRows.ts';
import { drawMarks } from './drawMarks.ts';
import { createIdleQueue } from '../idleQueue.ts';
import type { RowReader } from '../rowReader.ts';
import { watchSideways } from '../sideways.ts';

/**
 * Draws all that moves with time: bars of mounted rows, axis, grid lines, crosshair, and what layers draw. At most once
 * per frame and outside React, so that zoom, pan and hover cost no commit. React owns the elements handed in here, the
 * painter owns what is inside them, and the style of the cell around a row's marks.
 */
export interface Painter {
  /** Keeps a row's timeline painted until the returned function is called. */
  row(row: PaintedRow): () => void;
  /** The elements around the rows. Returns the function that lets go of them. */
  attach(parts: PainterParts): () => void;
  /** Calls `draw` whenever the window, the rows or the width changed. Returns the function that ends that. */
  layer(draw: (scene: Scene) => void): () => void;
  /** Leaves out labels of the axis in so many pixels before its end, where something else stands. */
  keepFree(pixels: number): void;
  /** What the crosshair says beside its time; null = nothing. */
  note(say: ((time: Nanos) => string) | null): void;
  /** Moves the crosshair to a pixel of the timeline; null hides it. */
  hover(x: number | null): void;
  /** The time under the crosshair; null while it is hidden. */
  hovered(): Nanos | null;
  /** The time at a pixel of the timeline. */
  timeAt(x: number): Nanos;
  /** Draws bars that have no end as they are at a time; NaN = none goes on. Whether any is on the page. */
  grow(now: Nanos): boolean;
}

export interface PainterParts extends AxisParts, AxisWords {
  readonly crosshair: HTMLElement;
  readonly chip: HTMLElement;
}

/** A mounted row: `open` = its children have rows of their own, `top` in pixels from the top of the list. */
export interface PaintedRow {
  readonly element: HTMLElement;
  /** Has `own` as its text; that of `describe` comes behind it some time after the row has come on screen. */
  readonly words: HTMLElement;
  readonly own: string;
  readonly trace: Trace;
  readonly index: number;
  /** Whether it stands for a parent that is missing. */
  readonly missing?: boolean;
  readonly open: boolean;
  /** The closed loop that the row stands for. */
  readonly loop?: LoopRow | undefined;
  readonly top: number;
  describe(): string;
}

/** What a layer draws from. `left` is where the timeline begins in the frame, in pixels. */
export interface Scene {
  readonly trace: Trace;
  readonly rows: Iterable<PaintedRow>;
  readonly scale: TimeScale;
  readonly left: number;
}

/** Milliseconds of rest after which the words of the rows on screen are worked out. */
const WORDS_AFTER = 100;

/** `ganttOf` gives the marks of a trace; `raise` hears of what goes wrong in a frame. */
export function createPainter(
  store: TraceStore,
  reader: RowReader,
  ganttOf: (trace: Trace) => GanttLayout,
  raise: (error: unknown) => void,
): Painter {
  const rows = new Set<PaintedRow>();
  const layers = new Set<(scene: Scene) => void>();
  let parts: PainterParts | null = null;
  let layout: { readonly of: Trace; readonly gantt: GanttLayout } | null = null;
  let width = 0;
  let left = 0;
  let hoverX: number | null = null;
  let free = 0;
  let wordsAt: ((time: Nanos) => string) | null = null;
  let frame = 0;
  /** Whether the next frame draws more than the crosshair. */
  let moved = false;
  /** Whether it draws the layers: rows came or went. */
  let changed = false;
  /** Rows are painted first: some layers have to walk the whole trace, and so have some marks and words. */
  let withLayers = false;

  /** How far bars reach that go on. */
  let now: Nanos = Number.NaN;
  let known: TimeScale | null = null;
  /** The scale of now; the same object while nothing moves. */
  const view = (): TimeScale => {
    const state = store.getState();
    const [from, to] = currentWindow(state);
    if (
      known?.window[0] !== from ||
      known.window[1] !== to ||
      known.width !== width ||
      known.axis !== currentAxis(state)
    )
      known = timeScale([from, to], width, currentAxis(state));
    return known;
  };
  const soon = (): void => {
    if (frame === 0 && parts) frame = requestAnimationFrame(() => carefully(paint));
  };
  const carefully = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      raise(error);
    }
  };
  const repaint = (): void => {
    moved = true;
    soon();
  };
  const redraw = (): void => {
    changed = true;
    soon();
  };
  /** Of which row the words on the page are. */
  const told = new WeakMap<HTMLElement, PaintedRow>();
  const words = createIdleQueue<PaintedRow>(
    (row) =>
      carefully(() => {
        row.words.textContent = row.own + row.describe();
        told.set(row.words, row);
      }),
    WORDS_AFTER,
  );
  /** What was said of another span must not be said of this one until it has its own. */
  const forget = ({ words: element, own, trace, index }: PaintedRow): void => {
    const of = told.get(element);
    if (!of || (of.trace === trace && of.index === index)) return;
    element.textContent = own;
    told.delete(element);
  };

  let lines: GridLines & { readonly of: TimeScale | null } = { size: '', position: '', breaks: '', of: null };
  const linesIn = new WeakMap<Element, GridLines>();
  function drawLines(cell: HTMLElement): void {
    const scale = view();
    if (lines.of !== scale) lines = { ...gridLines(scale), of: scale };
    if (linesIn.get(cell) === lines) return;
    linesIn.set(cell, lines);
    drawGridLines(cell, lines);
  }

  function paintRow({ element, trace, index, missing, open, loop }: PaintedRow): void {
    if (width === 0) return;
    drawLines(element.parentElement!);
    if (missing) return drawMarks(element, missingMarks(trace, index, view()));
    if (loop) return drawMarks(element, loopMarks(trace, loop, view()));
    if (layout?.of !== trace) layout = { of: trace, gantt: ganttOf(trace) };
    const marks = layout.gantt.marks(index, open, view(), now, !withLayers);
    const times = layout.gantt.withoutEvents ? undefined : reader.known(trace, index)?.events;
    drawMarks(element, times ? withEvents(marks, times, view(), placeOf(trace, index)) : marks);
  }

  function paint(): void {
    frame = 0;
    if (!parts || width === 0) return;
    const scale = view();
    const { trace } = store.getState();
    const redrawn = moved || changed;
    if (moved) {
      if (hoverX !== null) store.actions.hover(scale.time(hoverX));
      for (const row of rows) paintRow(row);
      drawAxis(parts, scale, free);
    }
    // Before the layers: they may ask for more.
    moved = changed = false;
    if (trace && redrawn && withLayers) for (const draw of layers) draw({ trace, rows, scale, left });
    parts.crosshair.hidden = parts.chip.hidden = hoverX === null;
    if (hoverX === null) return;
    parts.crosshair.style.transform = parts.chip.style.transform = `translateX(${hoverX}px)`;
    parts.chip.textContent = timeText(scale.time(hoverX), parts, scale) + (wordsAt?.(scale.time(hoverX)) ?? '');
  }

  return {
    row(row) {
      rows.add(row);
      paintRow(row);
      forget(row);
      if (withLayers) words.add(row);
      const leave = row.missing
        ? undefined
        : reader.watch(row.trace, row.index, ({ events }) => {
            if (events.exceptions.length + events.others.length > 0) paintRow(row);
          });
      redraw();
      return () => {
        rows.delete(row);
        words.drop(row);
        leave?.();
        redraw();
      };
    },
    attach(next) {
      parts = next;
      const readLeft = (): void => {
        left = next.axis.getBoundingClientRect().left - next.frame.getBoundingClientRect().left;
      };
      const read = (): void => {
        const [before, from] = [width, left];
        width = next.axis.clientWidth;
        readLeft();
        // The timeline moved away below the pointer.
        if (width !== before || left !== from) this.hover(null);
        next.crosshair.style.height = `${next.frame.clientHeight - next.axis.clientHeight}px`;
        moved = true;
        paint();
      };
      const measure = new ResizeObserver(() => carefully(read));
      measure.observe(next.axis);
      measure.observe(next.frame);
      // The timeline moves in the frame; the rows move along by themselves.
      const unwatch = watchSideways(next.axis, () => {
        readLeft();
        redraw();
      });
      let stopWaiting: (() => void) | undefined;
      /** Once for each trace: of one that grows, what is drawn stays. */
      const wait = (): void => {
        stopWaiting?.();
        withLayers = false;
        next.frame.toggleAttribute('data-early', true);
        stopWaiting = afterRows(store.getState().trace, () => {
          withLayers = moved = changed = true;
          next.frame.toggleAttribute('data-early', false);
          for (const row of rows) words.add(row);
          carefully(paint);
        });
      };
      const unsubscribe = store.subscribe((state, before) => {
        if (state.trace?.key !== before.trace?.key) wait();
        if (
          state.gesture !== before.gesture ||
          state.timeWindow !== before.timeWindow ||
          state.shortenIdle !== before.shortenIdle ||
          state.trace !== before.trace ||
          state.liveEnd !== before.liveEnd ||
          state.range !== before.range ||
          state.criticalPath !== before.criticalPath
        )
          repaint();
      });
      read();
      wait();
      return () => {
        stopWaiting?.();
        withLayers = false;
        measure.disconnect();
        unwatch();
        unsubscribe();
        cancelAnimationFrame(frame);
        frame = 0;
        parts = null;
      };
    },
    layer(draw) {
      layers.add(draw);
      redraw();
      return () => {
        layers.delete(draw);
      };
    },
    keepFree(pixels) {
      if (pixels === free) return;
      free = pixels;
      repaint();
    },
    note(say) {
      wordsAt = say;
    },
    hover(x) {
      if (x === hoverX) return;
      hoverX = x;
      store.actions.hover(x === null || width === 0 ? null : view().time(x));
      soon();
    },
    hovered: () => (hoverX === null || width === 0 ? null : view().time(hoverX)),
    timeAt: (x) => (width === 0 ? 0 : view().time(x)),
    grow(time) {
      now = time;
      let any = false;
      for (const row of rows) {
        if ((row.trace.columns.flags[row.index]! & SPAN_FLAGS['missing-end']) === 0) continue;
        any = true;
        paintRow(row);
      }
      return any;
    },
  };
}
