import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchGanttGestures } from '../../src/components/TraceGrid/timeline/ganttGestures.ts';
import { watchBrushGestures } from '../../src/components/TraceMinimap/drawn/brushGestures.ts';
import type { TimeWindow } from '../../src/layout/time/timeScale.ts';
import { createTraceStore, currentWindow, viewsOf } from '../../src/store/createTraceStore.ts';
import { drawTrace } from '../model/drawTrace.ts';
import { asElement, FakeElement, send } from './fakePage.ts';

// A pixel of the fake page is a millisecond where the whole trace, with some room behind its end, is shown.
const WHOLE = [0, 1012];
const trace = drawTrace(`
  root      0--------------1000
    step       400---600
`);
const MS = 1e6;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const store = createTraceStore({});
  store.actions.setTrace(trace);
  const reported: (readonly number[] | undefined)[] = [];
  const rounded = (window: TimeWindow): readonly number[] => window.map((time) => Math.round(time / MS));
  viewsOf(store).link({
    controlled: {},
    onChange: { timeWindow: (window) => reported.push(window ? rounded(window) : undefined) },
  });
  const shown = (): readonly number[] => rounded(currentWindow(store.getState()));
  return { store, reported, shown };
}

describe('gestures on the timeline', () => {
  function timeline() {
    const { store, ...view } = open();
    const hovers: (number | null)[] = [];
    const frame = new FakeElement();
    const row = new FakeElement({ '.tv-row': frame, '.tv-gantt': frame });
    const bar = new FakeElement({
      '.tv-row': frame,
      '.tv-gantt': frame,
      '[data-index]': new FakeElement({}, { index: '1' }),
    });
    const stop = watchGanttGestures({
      frame: asElement(frame),
      scale: asElement(new FakeElement()),
      painter: { timeAt: (x) => x * MS, hover: (x) => hovers.push(x) },
      store,
    });
    return { ...view, store, frame, row, bar, hovers, stop };
  }

  it('zoom by the wheel with a key, about the pointer, and are reported once they rest', () => {
    const { frame, shown, reported } = timeline();
    expect(send(frame, 'wheel', { clientX: 500, deltaX: 0, deltaY: -100 })).toBe(true);
    expect(shown()).toEqual(WHOLE);
    expect(send(frame, 'wheel', { clientX: 500, deltaX: 0, deltaY: -100, ctrlKey: true })).toBe(false);
    expect(shown()).toEqual([91, 919]);
    expect(reported).toEqual([]);
    vi.runAllTimers();
    expect(reported).toEqual([[91, 919]]);
  });

  it('pan by a drag that has begun in a timeline; the click that ends it goes nowhere', () => {
    const { store, frame, row, shown, reported } = timeline();
    store.actions.zoomTo([200 * MS, 400 * MS]);
    send(frame, 'pointerdown', { clientX: 500 }, row);
    send(frame, 'pointermove', { clientX: 502 }, row);
    expect(shown()).toEqual([200, 400]);
    send(frame, 'pointermove', { clientX: 1006 }, row);
    expect([shown(), frame.captured]).toEqual([[100, 300], 1]);
    send(frame, 'pointerup', { clientX: 1006 }, row);
    expect(reported.at(-1)).toEqual([100, 300]);
    expect([send(frame, 'click', { clientX: 1006 }, row), send(frame, 'click', { clientX: 1006 }, row)]).toEqual([
      false,
      true,
    ]);
  });

  it('do not pan from a finger, which scrolls', () => {
    const { store, frame, row, shown, hovers } = timeline();
    store.actions.zoomTo([200 * MS, 400 * MS]);
    send(frame, 'pointerdown', { clientX: 500, pointerType: 'touch' }, row);
    send(frame, 'pointermove', { clientX: 900, pointerType: 'touch' }, row);
    expect([shown(), hovers]).toEqual([[200, 400], []]);
  });

  it('fit a span by a double-click on its bar, and go back by the next', () => {
    const { frame, row, bar, shown } = timeline();
    send(frame, 'dblclick', { clientX: 500 }, bar);
    const fitted = shown();
    expect(fitted[0]).toBeGreaterThan(300);
    expect(fitted[1]).toBeLessThan(700);
    send(frame, 'dblclick', { clientX: 500 }, bar);
    expect(shown()).toEqual(WHOLE);
    send(frame, 'dblclick', { clientX: 500 }, bar);
    send(frame, 'dblclick', { clientX: 500 }, row);
    expect(shown()).toEqual(WHOLE);
  });

  it('end when they are stopped', () => {
    const { frame, shown, stop, reported } = timeline();
    send(frame, 'wheel', { clientX: 500, deltaX: 0, deltaY: -100, ctrlKey: true });
    stop();
    send(frame, 'wheel', { clientX: 500, deltaX: 0, deltaY: -100, ctrlKey: true });
    vi.runAllTimers();
    expect([shown(), reported]).toEqual([[91, 919], []]);
  });
});

describe('gestures on the minimap', () => {
  function minimap() {
    const { store, ...view } = open();
    const element = new FakeElement();
    const stop = watchBrushGestures(asElement(element), store);
    return { ...view, store, element, stop };
  }

  it('draw a window where the whole trace is shown', () => {
    const { element, shown, reported } = minimap();
    send(element, 'pointerdown', { clientX: 300 });
    send(element, 'pointermove', { clientX: 500 });
    expect([shown(), element.dataset['under']]).toEqual([[300, 500], 'empty']);
    expect(reported).toEqual([]);
    send(element, 'pointerup', { clientX: 500 });
    expect(reported).toEqual([[300, 500]]);
  });

  it('take an edge, which the keyboard then has too', () => {
    const { store, element, shown } = minimap();
    store.actions.zoomTo([300 * MS, 500 * MS]);
    send(element, 'pointerdown', { clientX: 505 });
    expect(element.focused).toBe('[data-slider="end"]');
    send(element, 'pointermove', { clientX: 605 });
    expect(shown()).toEqual([300, 600]);
  });

  it('bring the window to where one presses beside it', () => {
    const { store, element, shown } = minimap();
    store.actions.zoomTo([300 * MS, 500 * MS]);
    send(element, 'pointerdown', { clientX: 800 });
    send(element, 'pointerup', { clientX: 800 });
    expect(shown()).toEqual([700, 900]);
  });

  it('move by keys on a slider, reported once they rest', () => {
    const { store, element, shown, reported } = minimap();
    store.actions.zoomTo([300 * MS, 500 * MS]);
    reported.length = 0;
    const slider = new FakeElement({}, { slider: 'window' });
    expect(send(element, 'keydown', { key: 'ArrowRight', shiftKey: true }, slider)).toBe(false);
    expect(send(element, 'keydown', { key: 'x' }, slider)).toBe(true);
    expect([shown(), reported]).toEqual([[400, 600], []]);
    vi.runAllTimers();
    expect(reported).toEqual([[400, 600]]);
  });

  it('end when they are stopped', () => {
    const { element, shown, stop } = minimap();
    stop();
    send(element, 'pointerdown', { clientX: 300 });
    send(element, 'pointermove', { clientX: 500 });
    expect(shown()).toEqual(WHOLE);
  });
});
