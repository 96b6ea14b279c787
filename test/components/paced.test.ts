import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { walkBack } from '../../src/analysis/criticalPath/walkBack.ts';
import { createTraceStream, type TraceSet, type TraceStream } from '../../src/index.ts';
import { createPaced } from '../../src/hooks/live/useTraceStream.ts';
import { batchOf, longRun } from '../../stories/liveRecords.ts';

const run = longRun(3000);
let frames: (() => void)[] = [];
const drawFrame = (): void => frames.splice(0).forEach((frame) => frame());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => void (frames = []));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const worked = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10);
const rested = (): Promise<unknown> => vi.advanceTimersByTimeAsync(100);

describe('the states of a stream', () => {
  let stream: TraceStream;
  let shown: number[];
  beforeEach(async () => {
    stream = createTraceStream();
    await stream.append(batchOf(run.slice(0, 2500)));
    shown = [];
  });

  it('of a large trace are shown when what is shown of the whole of it is known, and none is left out at the end', async () => {
    const paced = createPaced(stream);
    const stop = paced.subscribe(() => {
      const trace = paced.get().traces[0]!;
      expect(walkBack.known(trace)).toBeDefined();
      shown.push(trace.spanCount);
    });
    await stream.append(batchOf(run.slice(2500, 2600)));
    drawFrame();
    expect(shown).toEqual([]);
    // Comes while the state before is made ready.
    await stream.append(batchOf(run.slice(2600, 2700)));
    await worked();
    // In a frame behind that in which the last of it was worked out.
    expect(shown).toEqual([]);
    drawFrame();
    expect(shown).toEqual([2600]);
    await rested();
    drawFrame();
    await worked();
    drawFrame();
    expect(shown).toEqual([2600, 2700]);
    stop();
  });

  it('are not shown to who has gone meanwhile, and are to who comes again', async () => {
    const paced = createPaced(stream);
    const listen = () => paced.subscribe(() => shown.push(paced.get().traces[0]!.spanCount));
    const stop = listen();
    await stream.append(batchOf(run.slice(2500, 2600)));
    drawFrame();
    stop();
    await worked();
    expect(shown).toEqual([]);
    const stopAgain = listen();
    drawFrame();
    await worked();
    drawFrame();
    expect(shown).toEqual([2600]);
    stopAgain();
  });

  it('come on after one on which a listener threw', async () => {
    const paced = createPaced(stream);
    const stop = paced.subscribe(() => {
      shown.push(paced.get().traces[0]!.spanCount);
      if (shown.length === 1) throw new Error('a host');
    });
    await stream.append(batchOf(run.slice(2500, 2600)));
    drawFrame();
    await worked();
    expect(drawFrame).toThrow('a host');
    await stream.append(batchOf(run.slice(2600, 2700)));
    await rested();
    drawFrame();
    await worked();
    drawFrame();
    expect(shown).toEqual([2600, 2700]);
    stop();
  });

  it('of a larger trace come less often, however little they take', async () => {
    let tell = (): void => {};
    let spanCount = 100_000;
    const paced = createPaced({
      snapshot: () => ({ traces: [{ spanCount }] }) as unknown as TraceSet,
      subscribe: (listener) => {
        tell = listener;
        return () => {};
      },
    });
    const stop = paced.subscribe(() => shown.push(paced.get().traces[0]!.spanCount));
    const restAfter = async (count: number): Promise<number> => {
      spanCount = count;
      tell();
      for (let rest = 0; ; rest += 10) {
        if (frames.length > 0) return rest;
        await vi.advanceTimersByTimeAsync(10);
      }
    };
    await restAfter(100_000);
    drawFrame();
    await vi.advanceTimersByTimeAsync(0);
    expect(await restAfter(4_000_000)).toBe(500);
    drawFrame();
    await vi.advanceTimersByTimeAsync(0);
    expect(await restAfter(10)).toBe(1000);
    expect(shown).toEqual([100_000, 4_000_000]);
    stop();
  });

  it('of a small trace are shown in the frame in which they come', async () => {
    const small = createTraceStream();
    await small.append(batchOf(run.slice(0, 5)));
    const paced = createPaced(small);
    const stop = paced.subscribe(() => shown.push(paced.get().traces[0]!.spanCount));
    await small.append(batchOf(run.slice(5, 10)));
    drawFrame();
    expect(shown).toEqual([10]);
    stop();
  });
});
