import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, type Trace } from '../../src/core.ts';
import { rowTree } from '../../src/layout/rows/rowTree.ts';
import { visibleRows } from '../../src/layout/rows/visibleRows.ts';
import { createTraceStore, currentWindow } from '../../src/store/createTraceStore.ts';
import { asLive } from './asLive.ts';
import { drawDocument, drawTrace } from '../model/drawTrace.ts';

const DRAWING = `
  agent          0----------------100
    plan          5--20
      think        6-10
    search ✗          20-50
    write                50---90
      draft               50-60
      check                 60-70
`;
const document = drawDocument(DRAWING);
const spans = document.resourceSpans[0]!.scopeSpans[0]!.spans as readonly { readonly name: string }[];

/** The trace of those spans that have arrived, by name. */
const arrived = (names: readonly string[], version = 1, live = true): Trace => {
  const [first] = document.resourceSpans;
  const read = readTraces({
    resourceSpans: [
      { ...first, scopeSpans: [{ ...first!.scopeSpans[0], spans: spans.filter(({ name }) => names.includes(name)) }] },
    ],
  });
  return asLive(read.traces[0]!, version, live);
};
const all = spans.map(({ name }) => name);
const keyOf = (trace: Trace, name: string): string => [...trace.spans()].find((span) => span.name === name)!.key;

describe('a trace that grows', () => {
  it('keeps the zoom in absolute time when a span that began earlier moves the origin', () => {
    const early = arrived(['write', 'draft', 'check']);
    const store = createTraceStore({}, early);
    store.actions.zoomTo([10e6, 30e6]);
    const whole = arrived(all, 2);
    const at = Number(early.originUnixNano - whole.originUnixNano);
    expect(at).toBe(50e6);
    store.actions.setTrace(whole);
    expect(store.getState().timeWindow).toEqual([60e6, 80e6]);
    expect(currentWindow(store.getState())).toEqual([60e6, 80e6]);
  });

  it('keeps a gesture that goes on, and neither scrolls nor moves to what is selected', () => {
    const early = arrived(['agent', 'plan', 'write']);
    const store = createTraceStore({}, early);
    store.actions.select(keyOf(early, 'write'));
    const { lookAt } = store.getState();
    store.actions.showWindow([0, 20e6]);
    store.actions.setTrace(arrived(all, 2));
    expect(store.getState().gesture).toEqual([0, 20e6]);
    expect(store.getState().lookAt).toBe(lookAt);
    expect(store.getState().selectedSpan).toBe(keyOf(early, 'write'));
    expect(store.getState().focus?.key).toBe(keyOf(early, 'write'));
  });

  it('shows what it showed below a parent that comes late, whatever is open', () => {
    for (const base of ['all', 'none', 1] as const) {
      const early = arrived(['agent', 'think', 'draft', 'check'], 1);
      const store = createTraceStore({ expansion: { base, except: [] } }, early);
      const rowsOf = (): readonly string[] => {
        const { trace, expansion } = store.getState();
        const rows = visibleRows(trace!, { expansion });
        return Array.from({ length: rows.length }, (_, at) => rows.at(at).key);
      };
      const before = rowsOf();
      // Where all is closed, the parent that is missing stands for those that name it.
      expect(before).toContain(keyOf(base === 'none' ? arrived(all) : early, base === 'none' ? 'write' : 'draft'));
      store.actions.setTrace(arrived(all, 2));
      // All had rows as roots, and now there are parents above them.
      const hidden = before.filter((key) => !rowsOf().includes(key));
      expect(hidden).toEqual([]);
    }
  });

  it('lets a parent be chosen, closed and held before it has come, and goes on with it when it does', () => {
    const early = arrived(['agent', 'draft', 'check'], 1);
    const key = keyOf(arrived(all), 'write');
    const store = createTraceStore({}, early);
    store.actions.select(keyOf(early, 'draft'));
    const row = rowTree(early).indexOf(key);
    store.actions.toggle(row);
    // What it folds away takes selection and keyboard along, as everywhere.
    expect(store.getState()).toMatchObject({ selectedSpan: key, focus: { key }, expansion: { except: [key] } });
    store.actions.fitSpan(row);
    expect(currentWindow(store.getState())[0]).toBeLessThanOrEqual(50e6);
    const whole = arrived(all, 2);
    store.actions.setTrace(whole);
    expect(store.getState()).toMatchObject({ selectedSpan: key, focus: { key }, expansion: { except: [key] } });
    store.actions.toggleSubtree(whole.find(key)!.index, true);
    expect(store.getState().expansion).toEqual({ base: 'all', except: [] });
  });

  it('never loses what was found, in any order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (order) => {
        const store = createTraceStore({ query: 'text:think OR status:error' });
        for (let count = 1; count <= order.length; count += 1) {
          const before = new Set(foundIn(store.getState()));
          store.actions.setTrace(arrived(order.slice(0, count), count));
          const now = foundIn(store.getState());
          for (const key of before) expect(now).toContain(key);
          await settled(store);
        }
        const whole = createTraceStore({ query: 'text:think OR status:error' }, arrived(all));
        await settled(whole);
        expect(foundIn(store.getState())).toEqual(foundIn(whole.getState()));
      }),
      { numRuns: 30 },
    );
  });

  it('says when it is over, and then ends where it ends', () => {
    const store = createTraceStore({}, arrived(all));
    expect(store.getState()).toMatchObject({ streamed: true, liveEnd: 1e9 });
    store.actions.reach(1.1e9);
    expect(store.getState().liveEnd).toBe(1.25e9);
    expect(currentWindow(store.getState())[1]).toBeGreaterThan(1.25e9);
    store.actions.setTrace(arrived(all, 2, false));
    expect(store.getState()).toMatchObject({ streamed: true, liveEnd: 0 });
    expect(currentWindow(store.getState())[1]).toBeLessThan(110e6);
    store.actions.reach(9e9);
    expect(store.getState().liveEnd).toBe(0);
  });

  it('folds loops only when somebody says so, and then they stay folded', () => {
    const turn = (at: number): string => `  turn ${at * 10}-${at * 10 + 10}\n    think ${at * 10}-${at * 10 + 5}\n`;
    const run = (turns: number, live = true): Trace =>
      asLive(drawTrace(`agent 0-500\n${Array.from({ length: turns }, (_, at) => turn(at)).join('')}`), turns, live);
    const store = createTraceStore({}, run(3));
    const rows = (): number => visibleRows(store.getState().trace!, store.getState()).length;
    store.actions.setTrace(run(12));
    expect(rows()).toBe(25);
    store.actions.foldLoops();
    expect(rows()).toBe(2);
    store.actions.setTrace(run(20));
    expect(rows()).toBe(2);
    store.actions.setTrace(run(21, false));
    expect(rows()).toBe(2);
  });

  it('is another trace when it is of another key: what was chosen of the former does not stay', () => {
    const store = createTraceStore({}, arrived(all));
    store.actions.zoomTo([10e6, 20e6]);
    const other = readTraces(ofAnotherId()).traces[0]!;
    store.actions.setTrace(other);
    expect(store.getState()).toMatchObject({ timeWindow: null, streamed: false });
  });
});

/** A trace of another id. */
function ofAnotherId(): object {
  return JSON.parse(
    JSON.stringify(drawDocument('agent 0-10')).replaceAll('4f7bec97fa07f3475f37e1d4f4fdf0a3', 'ff'.repeat(16)),
  ) as object;
}

type State = ReturnType<ReturnType<typeof createTraceStore>['getState']>;
const foundIn = ({ trace, matches }: State): readonly string[] =>
  Array.from(matches, (index) => trace!.span(index).key);

async function settled({ getState }: ReturnType<typeof createTraceStore>): Promise<void> {
  while (getState().searching)
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
}
