import { expect, it } from 'vitest';
import { createTraceStore } from '../../src/store/createTraceStore.ts';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  root      0------100
    plan    10-40
    search     45-90
`);
const open = () => {
  const store = createTraceStore();
  store.actions.setTrace(trace);
  return store;
};

it('a time is marked from either end and kept inside the trace', () => {
  const { actions, getState } = open();
  actions.setRange([80e6, 20e6]);
  expect(getState().range).toEqual([20e6, 80e6]);
  actions.setRange([-5e6, 30e6]);
  expect(getState().range).toEqual([0, 30e6]);
  actions.setRange(null);
  expect(getState().range).toBeNull();
});

it('a span marks its time, another adds its own', () => {
  const { actions, getState } = open();
  actions.markSpan(1);
  expect(getState().range).toEqual([10e6, 40e6]);
  actions.markSpan(2, true);
  expect(getState().range).toEqual([10e6, 90e6]);
  actions.markSpan(2);
  expect(getState().range).toEqual([45e6, 90e6]);
});

it('zooming to what is marked takes the mark away', () => {
  const { actions, getState } = open();
  actions.markSpan(1);
  actions.zoomToRange();
  expect(getState()).toMatchObject({ timeWindow: [10e6, 40e6], range: null });
});

it('what is marked stays while the same trace grows, and goes with another', () => {
  const { actions, getState } = open();
  actions.markSpan(1);
  actions.setTrace(Object.create(trace) as typeof trace);
  expect(getState().range).toEqual([10e6, 40e6]);
  actions.setTrace(Object.create(trace, { key: { value: 'other' } }) as typeof trace);
  expect(getState().range).toBeNull();
});

it('the selection walks the critical path', () => {
  const { actions, getState } = open();
  actions.stepCritical(1);
  actions.stepCritical(1);
  expect(getState().selectedSpan).toBe(trace.span(1).key);
  actions.stepCritical(-1);
  expect(getState().selectedSpan).toBe(trace.span(0).key);
});
