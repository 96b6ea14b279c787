import { describe, expect, it, vi } from 'vitest';
import {
  diffInSteps,
  diffTraces,
  readTraces,
  type DiffProgress,
  type Span,
  type SpanContent,
  type Trace,
  type TraceDiffResult,
} from '../../../src/core.ts';
import { tracePair } from '../../bench/diff/pairs.mjs';
import { drawPair } from './drawPair.ts';

/** A trace of spans one below the other, or all below one. */
function shaped(count: number, parentOf: (at: number) => number, digit: string, name: (at: number) => string): Trace {
  const id = (at: number): string => `${digit}${String(at).padStart(15, '0')}`;
  const spans = Array.from({ length: count }, (_, at) => ({
    traceId: digit.repeat(32),
    spanId: id(at),
    ...(at === 0 ? {} : { parentSpanId: id(parentOf(at)) }),
    name: name(at),
    startTimeUnixNano: String(1000 + at),
    endTimeUnixNano: String(1000 + at),
  }));
  return readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
}

const COUNT = 100_000;

describe('a diff ends for', () => {
  it('chains of 100,000', () => {
    const [a, b] = [
      shaped(
        COUNT,
        (at) => at - 1,
        'a',
        (at) => `step ${at}`,
      ),
      shaped(
        COUNT - 1,
        (at) => at - 1,
        'b',
        (at) => `step ${at}`,
      ),
    ];
    const { counts, pairs } = diffTraces(a, b);
    expect([counts.removed + counts.added, pairs.length]).toEqual([1, COUNT - 1]);
  });

  it('100,000 siblings', () => {
    const [a, b] = [
      shaped(
        COUNT,
        () => 0,
        'a',
        (at) => `n${at % 1000}`,
      ),
      shaped(
        COUNT - 500,
        () => 0,
        'b',
        (at) => `n${(at + 300) % 1000}`,
      ),
    ];
    expect(diffTraces(a, b).pairs.length).toBeGreaterThan(COUNT - 3000);
  });

  it('100,000 siblings of one name', () => {
    const [alike, other] = [
      shaped(
        COUNT,
        () => 0,
        'a',
        () => 'work',
      ),
      shaped(
        COUNT - 7,
        () => 0,
        'b',
        () => 'work',
      ),
    ];
    expect(diffTraces(alike, other).pairs.length).toBe(COUNT - 7);
  });

  it('one span, and a key that no span has', () => {
    const [a, b] = drawPair('agent 0-10', 'tool 0-20');
    expect(diffTraces(a, a).counts.same).toBe(1);
    expect(diffTraces(a, b).rows.length).toBeGreaterThan(0);
    const nothing = { trace: a, key: 'nobody' };
    expect(diffTraces(nothing, b)).toMatchObject({ pairs: [], counts: { added: 1, removed: 0 } });
    expect(diffTraces(nothing, nothing)).toMatchObject({ pairs: [], rows: [], changes: [] });
  });
});

/** The same trace with contents that come later, as those in a worker do. */
function remote(trace: Trace): Trace {
  const later = Object.create(trace) as { -readonly [Key in keyof Trace]: Trace[Key] };
  Object.defineProperties(later, {
    content: { value: (index: number) => Promise.resolve().then(() => trace.content(index)) },
    span: { value: (index: number): Span => trace.span(index) },
    find: { value: (key: string) => trace.find(key) },
    spanCount: { value: trace.spanCount },
    columns: { value: trace.columns },
  });
  return later;
}

describe('a diff in steps', () => {
  const pair = tracePair({ size: 1500, share: 0.1, seed: 3 });
  const [a, b] = [pair.a, pair.b].map((document) => readTraces(document).traces[0]!) as [Trace, Trace];

  it('is the diff in one go, tells how far it is, and gives first rows before contents are read', async () => {
    const told: DiffProgress[] = [];
    const early: TraceDiffResult[] = [];
    const result = await diffInSteps(a, b, {
      onProgress: (progress) => told.push(progress),
      onEarly: (diff) => early.push(diff),
    });
    expect(result).toEqual(diffTraces(a, b));
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual([
      'texts',
      'signatures',
      'links',
      'descent',
      'recovery',
      'rows',
    ]);
    expect(told.every(({ done }, at) => done >= (told[at - 1]?.done ?? 0))).toBe(true);
    expect(early).toHaveLength(1);
    expect(early[0]!.rows.length).toBeGreaterThan(1400);
  });

  it('lets others have their turn many times', async () => {
    // Each look at the clock finds another slice gone, however fast the machine is.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    const waits = vi.spyOn(globalThis, 'setImmediate');
    try {
      await diffInSteps(a, b);
      expect(waits.mock.calls.length).toBeGreaterThan(20);
    } finally {
      clock.mockRestore();
      waits.mockRestore();
    }
  });

  it('stops when aborted', async () => {
    const stop = new AbortController();
    expect(
      await diffInSteps(a, b, {
        signal: stop.signal,
        onProgress: ({ phase }) => {
          if (phase === 'links') stop.abort();
        },
      }),
    ).toBeNull();
  });

  it('awaits contents that are elsewhere; in one go their shape is compared, with a warning', async () => {
    const [farA, farB] = [remote(a), remote(b)];
    const shape = diffTraces(farA, farB);
    expect(shape.warnings).toContain('contents are elsewhere: shape alone was compared');
    expect(shape.rows.some(({ changed }) => changed.includes('output'))).toBe(false);
    expect((await diffInSteps(farA, farB))!.pairs).toEqual(diffTraces(a, b).pairs);
  });

  it('does not stumble over contents that cannot be had', async () => {
    const broken = Object.create(a) as Trace;
    Object.defineProperties(broken, {
      content: {
        value: (): SpanContent => {
          throw new Error('gone');
        },
      },
      span: { value: (index: number) => a.span(index) },
      find: { value: (key: string) => a.find(key) },
      spanCount: { value: a.spanCount },
      columns: { value: a.columns },
    });
    expect(diffTraces(broken, b).pairs.length).toBeGreaterThan(1000);
    expect((await diffInSteps(broken, b))!.pairs.length).toBeGreaterThan(1000);
  });
});
