import { timeScale } from '../../../layout/time/timeScale.ts';
import { placeOf } from '../../../layout/time/stepPlaces.ts';
import { loopFacts, type LoopFacts } from '../../../layout/rows/loopFacts.ts';
import { closedLoops } from '../../../layout/rows/loopRows.ts';
import { placeTip, type Box } from '../../../layout/gantt/placeTip.ts';
import { currentAxis, currentWindow, type TraceStore } from '../../../store/createTraceStore.ts';

/** Milliseconds of rest on a bar before its tooltip comes, and after one in which the next comes at once. */
const FIRST_AFTER = 120;
const WARM_FOR = 300;
/** Pixels around a bar that count as it: a tick of two pixels is hard to meet. */
const SLACK = 4;

/**
 * The bar that has a tooltip, as an outside store for React: it changes when another bar gets one, not when the pointer
 * moves.
 */
export interface BarTip {
  subscribe(listener: () => void): () => void;
  /** Index of the span; null while there is no tooltip. */
  shown(): number | null;
  /** Watches the pointer over the rows of a frame. Returns the function that ends that. */
  watch(frame: HTMLElement): () => void;
  /** Puts the element of the tooltip where it covers neither the hovered nor the selected bar. */
  place(tip: HTMLElement): void;
}

interface Shown {
  readonly index: number;
  readonly row: HTMLElement;
  readonly x: number;
}

export function createBarTip(store: TraceStore): BarTip {
  const listeners = new Set<() => void>();
  let shown: Shown | null = null;
  let next: Shown | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let warmUntil = 0;
  let root: HTMLElement | null = null;

  const show = (tip: Shown | null): void => {
    if (shown !== null && tip === null) warmUntil = performance.now() + WARM_FOR;
    shown = tip;
    for (const listener of listeners) listener();
  };
  const hide = (): void => {
    clearTimeout(timer);
    next = null;
    if (shown) show(null);
  };

  /** Of the row of a closed loop, what it says. */
  const loopOf = (index: number): LoopFacts | undefined => {
    const { trace, loops, folds } = store.getState();
    const loop = closedLoops(loops, folds).at(index);
    return trace && loop?.head === index ? loopFacts(trace, loop) : undefined;
  };

  /** The bar of a row, in pixels of the page; null where there is none or it lies outside the window. */
  const barOf = (row: HTMLElement): Box | null => {
    const { trace } = store.getState();
    const timeline = row.querySelector('.tv-gantt .tv-marks')?.getBoundingClientRect();
    const index = Number(row.dataset['index']);
    if (!trace || !timeline || !(index < trace.spanCount)) return null;
    const { x } = timeScale(currentWindow(store.getState()), timeline.width, currentAxis(store.getState()));
    const loop = loopOf(index);
    const [begins, ends] = loop ? [loop.start, loop.end] : placeOf(trace, index);
    const from = Math.max(timeline.left, timeline.left + x(begins));
    const to = Math.min(timeline.right, timeline.left + x(ends));
    return to < from ? null : { left: from, right: to, top: timeline.top, bottom: timeline.bottom };
  };

  const onMove = (event: PointerEvent): void => {
    const row =
      event.pointerType === 'touch' || event.buttons !== 0
        ? null
        : ((event.target as Element).closest('.tv-gantt')?.closest<HTMLElement>('.tv-row') ?? null);
    const bar = row && barOf(row);
    if (!row || !bar || event.clientX < bar.left - SLACK || event.clientX > bar.right + SLACK) return hide();
    const index = Number(row.dataset['index']);
    if (index === (next ?? shown)?.index) return;
    clearTimeout(timer);
    next = { index, row, x: event.clientX };
    const now = (): void => {
      const due = next;
      next = null;
      show(due);
    };
    if (shown !== null || performance.now() < warmUntil) now();
    else timer = setTimeout(now, FIRST_AFTER);
  };
  /** Before anything else hears of it: Escape takes back the tooltip first. */
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !shown) return;
    event.preventDefault();
    event.stopPropagation();
    hide();
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    shown: () => shown?.index ?? null,
    watch(frame) {
      root = frame;
      const stop = new AbortController();
      const { signal } = stop;
      frame.addEventListener('pointermove', onMove, { signal });
      for (const type of ['pointerleave', 'pointerdown', 'wheel'] as const)
        frame.addEventListener(type, hide, { passive: true, signal });
      frame.addEventListener('scroll', hide, { capture: true, passive: true, signal });
      frame.ownerDocument.addEventListener('keydown', onKey, { capture: true, signal });
      // A bar that moved or went away is not under the pointer any more.
      const unsubscribe = store.subscribe((state, before) => {
        if (
          state.gesture !== before.gesture ||
          state.timeWindow !== before.timeWindow ||
          state.shortenIdle !== before.shortenIdle ||
          state.trace !== before.trace ||
          state.expansion !== before.expansion ||
          state.folds !== before.folds ||
          state.loops !== before.loops
        )
          hide();
      });
      return () => {
        clearTimeout(timer);
        stop.abort();
        unsubscribe();
      };
    },
    place(tip) {
      if (!shown || !root) return;
      const frame = root.getBoundingClientRect();
      const head = root.querySelector('.tv-head')?.getBoundingClientRect().bottom ?? frame.top;
      const selected = root.querySelector<HTMLElement>('.tv-row[data-selected]');
      const keepFree = [barOf(shown.row), selected && barOf(selected)].filter(
        (box): box is Box => box !== null && box !== undefined && box.bottom > head && box.top < frame.bottom,
      );
      const { top, bottom } = shown.row.getBoundingClientRect();
      const at = placeTip(
        shown.x,
        { top, bottom },
        { width: tip.offsetWidth, height: tip.offsetHeight },
        { left: frame.left, top: head, right: frame.right, bottom: frame.bottom },
        keepFree,
      );
      tip.style.transform = `translate(${Math.round(at.left - frame.left)}px, ${Math.round(at.top - frame.top)}px)`;
    },
  };
}
