import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { knownFindings } from '../../src/components/TraceFindings/knownFindings.ts';
import { createTasks } from '../../src/hooks/useSoon.ts';
import { inTurn } from '../../src/hooks/live/inTurn.ts';
import { createTraceStore } from '../../src/store/createTraceStore.ts';
import { drawTrace } from '../model/drawTrace.ts';
import { asLive } from '../store/asLive.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.useRealTimers();
});

const working = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('what is worked out anew for each state of a trace that grows', () => {
  it('is done one after the other, and the page rests three times as long as that took', async () => {
    const said: string[] = [];
    const work = (name: string, ms: number) => async () => {
      said.push(`${name} begins`);
      await working(ms);
      said.push(`${name} ends`);
    };
    inTurn(work('first', 10));
    const leave = inTurn(work('second', 10));
    inTurn(() => {
      throw new Error('fails');
    });
    inTurn(work('third', 10));
    expect(said).toEqual([]);
    leave();
    await vi.advanceTimersByTimeAsync(10);
    expect(said).toEqual(['first begins', 'first ends']);
    await vi.advanceTimersByTimeAsync(29);
    expect(said).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(21);
    expect(said).toEqual(['first begins', 'first ends', 'third begins', 'third ends']);
    await vi.advanceTimersByTimeAsync(100);
  });

  it('is finished though a new state comes before, and then done for the newest', async () => {
    const shown: number[] = [];
    let begun = 0;
    const tasks = createTasks<number>(({ result }) => shown.push(result));
    for (let state = 1; state <= 100; state += 1) {
      tasks.take({
        kept: 'a trace',
        work: async (signal) => {
          begun += 1;
          await working(50);
          signal.throwIfAborted();
          return state;
        },
      });
      await vi.advanceTimersByTimeAsync(20);
    }
    await vi.advanceTimersByTimeAsync(250);
    // In two seconds, a quarter of which is work: at most one for 200 ms, and the first.
    expect(begun).toBeLessThan(13);
    expect(shown.length).toBeGreaterThan(6);
    expect(shown.at(-1)).toBe(100);
    tasks.take({ kept: undefined, work: () => 101 });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown.at(-1)).toBe(101);
    tasks.stop();
    await vi.advanceTimersByTimeAsync(1000);
  });

  it('is not done for who has gone', async () => {
    const shown: number[] = [];
    const tasks = createTasks<number>(({ result }) => shown.push(result));
    for (const state of [1, 2]) tasks.take({ kept: 'a trace', work: () => state });
    tasks.stop();
    await vi.advanceTimersByTimeAsync(100);
    expect(shown).toEqual([]);
  });
});

const TOOLS = Array.from({ length: 6 }, (_, at) => `  tool ✗ 1${at}-20 id=t${at}`);

describe('findings of a trace that grows', () => {
  it('are looked for in its newest state, when it is their turn', async () => {
    const state = (version: number) =>
      asLive(drawTrace(['agent 0--------100', ...TOOLS.slice(0, version)].join('\n')), version);
    const store = createTraceStore();
    store.actions.setTrace(state(1));
    const known = knownFindings(store);
    const stop = known.look(undefined);
    const counts: number[] = [];
    known.listen(() => void counts.push(known.get()?.[0]?.keys.length ?? 0));
    await vi.advanceTimersByTimeAsync(200);
    // Something else is being worked out.
    inTurn(() => working(100));
    await vi.advanceTimersByTimeAsync(1);
    for (let version = 2; version <= 6; version += 1) {
      store.actions.setTrace(state(version));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1000);
    stop();
    expect(counts).toEqual([1, 6]);
  });
});
