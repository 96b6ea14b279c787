import { describe, expect, it, vi } from 'vitest';
import { readTraces, type SpanContent, type Trace } from '../../src/core.ts';
import { createTraceStore, viewsOf } from '../../src/store/createTraceStore.ts';
import { sortedOrder } from '../../src/layout/rows/sortedOrder.ts';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  root           0----------100
    plan         0--20
    search ✗        20-50
    group              50---90
      search            50-60
      search ✗           60-70
`);
const open = (query: string, initial = {}, of: Trace = trace) => {
  const store = createTraceStore(initial, of);
  store.actions.setQuery(query);
  const settled = () =>
    vi.waitFor(
      () => {
        if (store.getState().searching) throw new Error('searching');
      },
      { timeout: 60_000, interval: 1 },
    );
  return { ...store, settled, selected: () => of.find(store.getState().selectedSpan ?? '')?.index };
};

/** A flat trace with a text in each span, of which every tenth says "needle". */
const large = (count: number): Trace =>
  readTraces({
    resourceSpans: [
      {
        resource: {},
        scopeSpans: [
          {
            spans: Array.from({ length: count }, (_, index) => ({
              traceId: '1'.repeat(32),
              spanId: (index + 1).toString(16).padStart(16, '0'),
              name: index % 7 === 0 ? 'seventh' : 'other',
              startTimeUnixNano: `1795359116${String(index).padStart(9, '0')}`,
              endTimeUnixNano: '1795359118000000000',
              attributes: [
                { key: 'input.value', value: { stringValue: index % 10 === 0 ? 'a needle in hay' : 'hay' } },
              ],
            })),
          },
        ],
      },
    ],
  }).traces[0]!;

describe('a query', () => {
  it('finds at once what envelopes tell', () => {
    const { getState } = open('name:search status:error');
    expect(getState()).toMatchObject({ searching: false, matches: Uint32Array.of(2, 5), kept: null });
    expect(getState().hits).toEqual(Uint8Array.of(0, 0, 1, 0, 0, 1));
  });

  it('finds words in contents after that', async () => {
    const of = large(300);
    const store = open('needle', {}, of);
    expect(store.getState()).toMatchObject({ searching: true, matches: new Uint32Array(0) });
    await store.settled();
    expect(store.getState().matches).toEqual(Uint32Array.from({ length: 30 }, (_, place) => place * 10));
  });

  it('asks for nothing when none of it can be read', () => {
    const { getState } = open('cost>abc');
    expect(getState()).toMatchObject({ hits: null, searching: false, asked: { problems: [{ code: 'bad-number' }] } });
    expect(getState().matches).toHaveLength(0);
  });

  it('that follows another stops it', async () => {
    const of = large(20_000);
    const store = open('needle', {}, of);
    const seen: string[] = [];
    store.subscribe(({ asked }) => seen.push(asked.text));
    store.actions.setQuery('name:seventh');
    await store.settled();
    expect(store.getState().matches).toHaveLength(Math.ceil(20_000 / 7));
    await new Promise((resolve) => {
      setTimeout(resolve, 400);
    });
    expect(new Set(seen)).toEqual(new Set(['name:seventh']));
  });

  it('is asked again of another trace, and of none', () => {
    const store = open('name:plan');
    store.actions.setTrace(null);
    expect(store.getState()).toMatchObject({ hits: null, searching: false });
    store.actions.setTrace(drawTrace('plan 0-10'));
    expect(store.getState().matches).toEqual(Uint32Array.of(0));
  });

  it('of the host is answered like any other', () => {
    const store = open('');
    viewsOf(store).link({ controlled: { query: 'name:group' }, onChange: {} });
    expect(store.getState().matches).toEqual(Uint32Array.of(3));
    store.actions.setQuery('name:plan');
    expect(store.getState().matches).toEqual(Uint32Array.of(3));
  });

  it('of which contents cannot be read ends with what envelopes tell', async () => {
    const broken: Trace = {
      ...trace,
      columns: trace.columns,
      spanCount: trace.spanCount,
      find: trace.find.bind(trace),
      span: trace.span.bind(trace),
      content: (): SpanContent => {
        throw new Error('gone');
      },
    };
    const store = open('plan', {}, broken);
    await store.settled();
    expect(store.getState().matches).toEqual(Uint32Array.of(1));
  });

  it('rests while nobody looks, and goes on', async () => {
    const store = createTraceStore({}, large(300));
    viewsOf(store).pause();
    store.actions.setQuery('needle');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(store.getState()).toMatchObject({ searching: true, matches: new Uint32Array(0) });
    viewsOf(store).resume();
    await vi.waitFor(() => expect(store.getState().searching).toBe(false));
    expect(store.getState().matches).toHaveLength(30);
  });
});

describe('of many spans', () => {
  const of = large(100_000);

  it('all are found, in order, however the work was divided', async () => {
    const store = open('name:seventh', {}, of);
    await store.settled();
    const { matches } = store.getState();
    expect(matches).toHaveLength(Math.ceil(100_000 / 7));
    expect(matches.every((index, place) => index === place * 7)).toBe(true);
  });

  it('what is hidden follows what is found', async () => {
    const store = open('name:seventh', { filterMode: 'hide' }, of);
    await store.settled();
    expect(store.getState().kept?.reduce((sum, each) => sum + Math.sign(each), 0)).toBe(Math.ceil(100_000 / 7));
  });
});

describe('hiding', () => {
  it('keeps matches and their ancestors', () => {
    const store = open('is:error', { filterMode: 'hide' });
    expect(store.getState().kept).toEqual(Uint8Array.of(2, 0, 1, 2, 0, 1));
    store.actions.setFilterMode('dim');
    expect(store.getState().kept).toBeNull();
    store.actions.setFilterMode('hide');
    store.actions.setQuery('');
    expect(store.getState().kept).toBeNull();
  });

  it('ends where somebody jumps to a hidden span', () => {
    const store = open('is:error', { filterMode: 'hide' });
    store.actions.select(trace.span(2).key);
    expect(store.getState().filterMode).toBe('hide');
    store.actions.select(trace.span(1).key);
    expect(store.getState()).toMatchObject({ filterMode: 'dim', kept: null });
  });

  it('is the host’s to decide', () => {
    const store = open('is:error');
    const onMode = vi.fn<(mode: string) => void>();
    viewsOf(store).link({ controlled: { filterMode: 'dim' }, onChange: { filterMode: onMode } });
    store.actions.setFilterMode('hide');
    expect(onMode).toHaveBeenCalledExactlyOnceWith('hide');
    expect(store.getState()).toMatchObject({ filterMode: 'dim', kept: null });
    viewsOf(store).link({ controlled: { filterMode: 'hide' }, onChange: {} });
    expect(store.getState().kept).not.toBeNull();
  });
});

describe('stepping', () => {
  it('asks for a place away from the edges', () => {
    const store = open('name:search');
    store.actions.stepMatch(1);
    expect(store.getState().lookAt).toEqual({ key: trace.span(2).key, centred: true });
    store.actions.select(trace.span(1).key);
    expect(store.getState().lookAt).toEqual({ key: trace.span(1).key });
  });

  it('goes by the order of sorted rows', () => {
    const store = open('name:search');
    const byStart = sortedOrder(trace, Float64Array.from(trace.columns.start), true);
    const steps = [1, 1, 1, 1].map((by) => {
      store.actions.stepMatch(by as 1, byStart);
      return store.selected();
    });
    expect(steps).toEqual([5, 4, 2, 5]);
    store.actions.stepMatch(-1, byStart);
    expect(store.selected()).toBe(2);
  });
});
