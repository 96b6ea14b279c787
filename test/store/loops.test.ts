import { describe, expect, it, vi } from 'vitest';
import { createTraceStore, viewsOf } from '../../src/store/createTraceStore.ts';
import { decodeViewState, encodeViewState, viewPiecesOf, viewStateOf } from '../../src/store/viewState.ts';
import { visibleRows } from '../../src/layout/rows/visibleRows.ts';
import type { TraceState } from '../../src/store/types.ts';
import { drawTrace } from '../model/drawTrace.ts';

const drawLoop = (turns: number): string =>
  [
    `root 0---${turns * 10 + 10}`,
    ...Array.from({ length: turns }, (_, turn) => [
      `  turn ${turn * 10}---${turn * 10 + 9} id=turn${turn}`,
      `    ask ${turn * 10}---${turn * 10 + 4} id=ask${turn}`,
      `    act ${turn === 1 ? '✗ ' : ''}${turn * 10 + 5}---${turn * 10 + 9} id=act${turn}`,
    ]).flat(),
  ].join('\n');
const trace = drawTrace(drawLoop(4));
const rowCount = ({ trace: shown, ...view }: TraceState): number => visibleRows(shown!, view).length;
const key = (index: number): string => trace.span(index).key;

describe('loops of a store', () => {
  it('are folded as soon as the trace is there, and keep all spans within reach', () => {
    const { getState, actions } = createTraceStore({}, trace);
    expect(rowCount(getState())).toBe(2);
    actions.setLoopOpen(1, true);
    expect(rowCount(getState())).toBe(13);
    actions.setLoopOpen(1, false);
    expect(getState().folds).toEqual({ base: 'all', except: [] });
    for (let index = 0; index < trace.spanCount; index += 1) {
      actions.openAll(false);
      actions.select(key(index));
      const { expansion, folds, loops } = getState();
      expect(visibleRows(trace, { expansion, folds, loops }).positionOf(index)).not.toBe(-1);
    }
  });

  it('open for the next error and for what is selected at first; folded again they take the selection along', () => {
    const { getState, actions } = createTraceStore({}, trace);
    actions.stepError(1);
    expect(getState().selectedSpan).toBe(key(6));
    expect(rowCount(getState())).toBe(13);
    actions.foldLoops();
    expect(rowCount(getState())).toBe(2);
    expect(getState()).toMatchObject({ selectedSpan: key(1), folds: { base: 'all', except: [] } });
    expect(rowCount(createTraceStore({ selectedSpan: key(6) }, trace).getState())).toBe(13);
    // The row of the loop is that of its first span: who selects it does not open the loop.
    actions.select(key(1));
    expect(rowCount(getState())).toBe(2);
  });

  it('open and close with all, and with the subtree that they are in', () => {
    const { getState, actions } = createTraceStore({}, trace);
    actions.openAll(true);
    expect(rowCount(getState())).toBe(13);
    actions.openAll(false);
    actions.setOpen([0], true);
    expect(rowCount(getState())).toBe(2);
    actions.toggleSubtree(1, true);
    expect(rowCount(getState())).toBe(13);
  });

  it('are part of the address', () => {
    const { getState, actions } = createTraceStore({}, trace);
    actions.setLoopOpen(1, true);
    const text = encodeViewState(viewStateOf(getState()));
    const again = createTraceStore(viewPiecesOf(decodeViewState(text)), trace);
    expect(rowCount(again.getState())).toBe(13);
    const onFolds = vi.fn<(folds: unknown) => void>();
    viewsOf(again).link({ controlled: { folds: again.getState().folds }, onChange: { folds: onFolds } });
    again.actions.foldLoops(true);
    expect(onFolds).toHaveBeenCalledExactlyOnceWith({ base: 'all', except: [] });
    expect(rowCount(again.getState())).toBe(13);
  });

  it('of a large trace fold once somebody looks at it, and what is selected keeps its row', async () => {
    const large = drawTrace(drawLoop(2000));
    const store = createTraceStore({ selectedSpan: large.span(3000).key }, large);
    expect(rowCount(store.getState())).toBe(6001);
    viewsOf(store).resume();
    await vi.waitFor(() => expect(store.getState().loops).not.toBeNull(), { timeout: 20_000 });
    expect(rowCount(store.getState())).toBe(6001);
    store.actions.foldLoops(true);
    expect(rowCount(store.getState())).toBe(2);
    expect(store.getState().selectedSpan).toBe(large.span(1).key);
    // A trace that grows stays folded.
    store.actions.setTrace(drawTrace(drawLoop(2001)));
    expect(rowCount(store.getState())).toBe(2);
    viewsOf(store).pause();
  });

  it('grow in a live trace without a fold that somebody opened closing', () => {
    const { getState, actions } = createTraceStore({}, trace);
    actions.setLoopOpen(1, true);
    actions.setTrace(drawTrace(drawLoop(5)));
    expect(rowCount(getState())).toBe(16);
    actions.setLoopOpen(1, false);
    actions.setTrace(drawTrace(drawLoop(6)));
    expect(rowCount(getState())).toBe(2);
  });
});
