import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { timeScale, type TimeWindow } from '../../src/layout/time/timeScale.ts';
import { createTraceStore, viewsOf, currentAxis, currentWindow } from '../../src/store/createTraceStore.ts';
import { readTraces } from '../../src/core.ts';
import { drawDocument, drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  root           0----------100
    plan         0--20
    search ✗        20-50
    group              50---90
      search            50-60
      search ✗           60-70
`);
const open = (initial = {}) => {
  const store = createTraceStore(initial);
  store.actions.setTrace(trace);
  const selected = () => trace.find(store.getState().selectedSpan ?? '')?.index ?? null;
  return { ...store, selected };
};

describe('what the host owns', () => {
  it('is reported and not changed', () => {
    const store = open();
    const onSelect = vi.fn<(key: string | null) => void>();
    viewsOf(store).link({ controlled: { selectedSpan: null }, onChange: { selectedSpan: onSelect } });
    store.actions.select(trace.span(1).key);
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(trace.span(1).key);
    expect(store.getState().selectedSpan).toBeNull();
    viewsOf(store).link({ controlled: { selectedSpan: trace.span(1).key }, onChange: {} });
    expect(store.selected()).toBe(1);
  });

  it('hears of nothing that did not change', () => {
    const store = open();
    const onQuery = vi.fn<(query: string) => void>();
    viewsOf(store).link({ controlled: {}, onChange: { query: onQuery } });
    store.actions.setQuery('');
    expect(onQuery).not.toHaveBeenCalled();
  });
});

describe('selection', () => {
  it('opens the way to the span', () => {
    const store = open({ expansion: { base: 'none', except: [] } });
    store.actions.select(trace.span(5).key);
    expect(store.getState().expansion).toEqual({ base: 'none', except: [trace.span(3).key, trace.span(0).key] });
    expect(store.getState().lookAt).toEqual({ key: trace.span(5).key });
  });

  it('goes with its trace', () => {
    const store = open();
    store.actions.select(trace.span(1).key);
    store.actions.setTrace(readTraces(drawDocument('other 0-10', '00000000000000000000000000000001')).traces[0]!);
    expect(store.getState()).toMatchObject({ selectedSpan: null, focus: null, timeWindow: null });
  });
});

describe('folding', () => {
  it('takes the selection and the focus along to the closed span', () => {
    const store = open();
    store.actions.select(trace.span(5).key);
    store.actions.toggle(3);
    expect(store.selected()).toBe(3);
    expect(store.getState().focus).toEqual({ key: trace.span(3).key, cell: -1 });
    store.actions.openAll(false);
    expect(store.selected()).toBe(0);
  });

  it('leaves a selection in sight alone', () => {
    const store = open();
    store.actions.select(trace.span(1).key);
    store.actions.toggle(3);
    expect(store.selected()).toBe(1);
  });

  it('of the whole trace is a base, not a list', () => {
    const store = open();
    store.actions.toggleSubtree(0, false);
    expect(store.getState().expansion).toEqual({ base: 'none', except: [] });
    store.actions.toggleSubtree(0, true);
    expect(store.getState().expansion).toEqual({ base: 'all', except: [] });
  });

  it('of many spans tells the host once', () => {
    const store = open();
    const onExpansion = vi.fn<() => void>();
    viewsOf(store).link({ controlled: {}, onChange: { expansion: onExpansion } });
    store.actions.setOpen([0, 3], false);
    expect(onExpansion).toHaveBeenCalledOnce();
  });
});

describe('another trace', () => {
  it('may be the same again after a time without any', () => {
    const store = open();
    const onSelect = vi.fn<(key: string | null) => void>();
    store.actions.select(trace.span(1).key);
    store.actions.zoomTo([10e6, 20e6]);
    viewsOf(store).link({ controlled: {}, onChange: { selectedSpan: onSelect } });
    store.actions.setTrace(null);
    store.actions.setTrace(drawTrace('root 0-100\n  plan 0-20'));
    expect(store.getState()).toMatchObject({ selectedSpan: trace.span(1).key, timeWindow: [10e6, 20e6] });
    expect(onSelect).not.toHaveBeenCalled();
  });
});

describe('steps', () => {
  it('go from match to match and round', () => {
    const store = open();
    store.actions.setQuery('SEARCH');
    const seen = [1, 1, 1, 1, -1, -1].map((by) => {
      store.actions.stepMatch(by as 1 | -1);
      return store.selected();
    });
    expect(seen).toEqual([2, 4, 5, 2, 5, 4]);
  });

  it('go from failure to failure, starting after the selection', () => {
    const store = open();
    store.actions.select(trace.span(3).key);
    store.actions.stepError(1);
    expect(store.selected()).toBe(5);
    store.actions.stepError(1);
    expect(store.selected()).toBe(2);
  });

  it('do nothing where there is nothing', () => {
    const store = open();
    store.actions.stepMatch(1);
    expect(store.selected()).toBeNull();
  });
});

describe('time window', () => {
  it('is painted during a gesture and reported once at its end', () => {
    const store = open();
    const onWindow = vi.fn<(window: TimeWindow | null) => void>();
    viewsOf(store).link({ controlled: {}, onChange: { timeWindow: onWindow } });
    store.actions.zoom(0.5, 0);
    store.actions.zoom(0.5, 0);
    expect(onWindow).not.toHaveBeenCalled();
    const painted = currentWindow(store.getState());
    store.actions.settle();
    expect(onWindow).toHaveBeenCalledExactlyOnceWith(painted.map(Math.round));
    expect(store.getState()).toMatchObject({ timeWindow: painted.map(Math.round), gesture: null });
  });

  it('goes back to what the host says where the host refuses', () => {
    const store = open({ timeWindow: [0, 50e6] });
    viewsOf(store).link({ controlled: { timeWindow: [0, 50e6] }, onChange: {} });
    const before = store.getState().timeWindow;
    store.actions.zoom(0.5);
    store.actions.settle();
    expect(currentWindow(store.getState())).toEqual(before);
  });

  it('moves, without zooming, where a selected span lies wholly outside it', () => {
    const store = open();
    store.actions.zoomTo([0, 10e6]);
    store.actions.select(trace.span(5).key);
    const [from, to] = currentWindow(store.getState());
    expect(to - from).toBe(10e6);
    expect(from).toBeLessThanOrEqual(60e6);
    expect(to).toBeGreaterThan(60e6);
  });

  it('keeps the selected span in its place when zoomed by key', () => {
    const store = open();
    store.actions.select(trace.span(1).key);
    for (let turn = 0; turn < 12; turn += 1) store.actions.zoom(0.8);
    const [from, to] = currentWindow(store.getState());
    expect(from).toBeLessThan(10e6);
    expect(to).toBeGreaterThan(10e6);
  });

  it('of a host is kept inside the trace', () => {
    const store = open({ timeWindow: [5, 5] });
    const [from, to] = currentWindow(store.getState());
    expect(to - from).toBe(10);
  });

  it('is reported in whole nanoseconds', () => {
    const store = open();
    store.actions.zoom(0.3333, 7);
    store.actions.settle();
    expect(store.getState().timeWindow!.every(Number.isInteger)).toBe(true);
  });

  it('is null again when all is in view', () => {
    const store = open();
    store.actions.zoom(0.5);
    store.actions.zoom(4);
    store.actions.settle();
    expect(store.getState().timeWindow).toBeNull();
  });
});

describe('a window that is dragged', () => {
  it('is reported once, when the gesture ends; as wide as the trace it is none', () => {
    const onWindow = vi.fn<(window: TimeWindow | null) => void>();
    const store = open();
    viewsOf(store).link({ controlled: {}, onChange: { timeWindow: onWindow } });
    for (let from = 10e6; from <= 40e6; from += 1e6) store.actions.showWindow([from, from + 20e6]);
    expect(currentWindow(store.getState())).toEqual([40e6, 60e6]);
    expect(onWindow).not.toHaveBeenCalled();
    store.actions.settle();
    expect(onWindow).toHaveBeenCalledExactlyOnceWith([40e6, 60e6]);
    store.actions.showWindow([-1e9, 1e9]);
    store.actions.settle();
    expect(onWindow).toHaveBeenLastCalledWith(null);
  });
});

it('a window of no numbers is no window', () => {
  const { getState } = open({ timeWindow: [Number.NaN, Number.NaN] });
  expect(currentWindow(getState())[0]).toBe(0);
});

describe('shortened idle time', () => {
  const paused = drawTrace(`
    agent a        0-------------------36020
      llm b          0-40
      llm c              18000-18040
      llm d                        35980-36020
  `);
  const scaleOf = ({ getState }: ReturnType<typeof createTraceStore>) =>
    timeScale(currentWindow(getState()), 1000, currentAxis(getState()));
  const shortened = () => {
    const store = createTraceStore({ shortenIdle: true });
    store.actions.setTrace(paused);
    return store;
  };

  it('gives work three quarters of the timeline, and the end its margin', () => {
    const { x } = scaleOf(shortened());
    expect([0, 40e6, 18_000e6, 18_040e6, 35_980e6, 36_020e6].map((time) => Math.round(x(time)))).toEqual([
      0, 247, 371, 618, 741, 988,
    ]);
  });

  it('keeps what is under the pointer in its place, and goes back to the whole', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 987, noNaN: true }),
        fc.array(fc.double({ min: 0.5, max: 0.95, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (x, factors) => {
          const store = shortened();
          const under = scaleOf(store).time(x);
          for (const factor of factors) store.actions.zoom(factor, under);
          expect(scaleOf(store).x(under)).toBeCloseTo(x, 2);
          for (const factor of factors) store.actions.zoom(1 / factor, under);
          store.actions.settle();
          expect(scaleOf(store).x(under)).toBeCloseTo(x, 2);
        },
      ),
    );
  });

  it('moves on by as much of the timeline wherever it is', () => {
    const store = shortened();
    store.actions.zoomTo([0, 40e6]);
    const { x } = scaleOf(store);
    const later = x(18_000e6);
    store.actions.pan(0.25);
    expect(scaleOf(store).x(18_000e6)).toBeCloseTo(later - 250, 3);
  });

  it('belongs to the host that owns it', () => {
    const store = createTraceStore();
    const onChange = vi.fn<(on: boolean) => void>();
    store.actions.setTrace(paused);
    viewsOf(store).link({ controlled: { shortenIdle: false }, onChange: { shortenIdle: onChange } });
    store.actions.shortenIdle(true);
    expect([onChange.mock.calls, store.getState().shortenIdle]).toEqual([[[true]], false]);
  });
});
