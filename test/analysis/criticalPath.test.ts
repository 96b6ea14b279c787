import { describe, expect, it } from 'vitest';
import {
  criticalInterval,
  criticalPath,
  criticalStretches,
  onCriticalPath,
} from '../../src/analysis/criticalPath/criticalPath.ts';
import { buildTrace, readTraces, type Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** The path as `name from-to`, in the milliseconds of the drawing. */
const pathOf = (trace: Trace): readonly string[] =>
  criticalPath(trace).map(({ index, start, end }) => `${trace.span(index).name} ${start / 1e6}-${end / 1e6}`);
const path = (drawing: string): readonly string[] => pathOf(drawTrace(drawing));

describe('criticalPath', () => {
  it('of a span alone is the span', () => {
    expect(path('root 0-100')).toEqual(['root 0-100']);
  });

  it('runs through steps that follow each other, and what they wait for', () => {
    expect(
      path(`
      root       0-----------------100
        plan      10---40
          llm       20-30
        search           50----90
    `),
    ).toEqual(['root 0-10', 'plan 10-20', 'llm 20-30', 'plan 30-40', 'root 40-50', 'search 50-90', 'root 90-100']);
  });

  it('takes of spans side by side the one that ended last, and before it what was over when it began', () => {
    expect(
      path(`
      root     0----------------100
        first   10--30
        fast            40-60
        slow           35-------90
        beside     20-----50
    `),
    ).toEqual(['root 0-10', 'first 10-30', 'root 30-35', 'slow 35-90', 'root 90-100']);
  });

  it('takes of spans that end together the one that started first', () => {
    expect(
      path(`
      root   0---------100
        b        30----90
        a      10------90
        c           60-90
    `),
    ).toEqual(['root 0-10', 'a 10-90', 'root 90-100']);
    expect(
      path(`
      root   0---------100
        one   0--------100
        two   0--------100
    `),
    ).toEqual(['one 0-100']);
  });

  it('leaves spans without length and spans that their children fill without a stretch', () => {
    expect(
      path(`
      root    0-----------100
        step  0-----60
          llm 0-----60
        point    30-30
        mark        60-60
        rest        60----100
        back          70-65
    `),
    ).toEqual(['llm 0-60', 'rest 60-100']);
  });

  it('does not wait for the end of what outlives its parent', () => {
    expect(
      path(`
      root       0------------100
        log       10-------------------500
        llm          20----90
        after                     120-130
    `),
    ).toEqual(['root 0-20', 'llm 20-90', 'root 90-100']);
  });

  it('lets no span matter beyond its parent: the path goes through the parent’s end and start', () => {
    expect(
      path(`
      root         0----------------------200
        agent               50----100
          early    20---------60
          before   20-30
          late                   90---150
          tool                70-85
    `),
    ).toEqual(['root 0-50', 'early 50-60', 'agent 60-70', 'tool 70-85', 'agent 85-100', 'root 100-200']);
  });

  it('allows for clocks that count in milliseconds', () => {
    expect(
      path(`
      agent     0-----------------100
        llm       10---40.9
          http     11--41.8
        tool          40---70
        answer             70-----100.4
    `),
    ).toEqual(['agent 0-10', 'llm 10-11', 'http 11-40', 'tool 40-70', 'answer 70-100']);
    expect(
      path(`
      agent     0-----------------100
        llm       10---41.1
        tool          40---70
        answer             70-----101.1
    `),
    ).toEqual(['agent 0-40', 'tool 40-70', 'agent 70-100']);
  });

  it('does not put side by side down to clocks where spans are as short as the overlap', () => {
    expect(
      path(`
      root    0---------1
        a     0.1---0.6
        b        0.3----0.9
        c                0.8-1.05
    `),
    ).toEqual(['root 0-0.3', 'b 0.3-0.8', 'c 0.8-1']);
  });

  it('takes an open span below open ones as running until now', () => {
    expect(
      path(`
      root      0-
        done     10-40
        agent        50-
          llm          60-
          tool             80-100
    `),
    ).toEqual(['root 0-10', 'done 10-40', 'root 40-50', 'agent 50-60', 'llm 60-100']);
  });

  it('takes an open span whose parent ended to have lasted as long as what it holds', () => {
    expect(
      path(`
      root      0---------------100
        lost     10-
        agent         20-
          llm          30---80
        other                85-
          longer             90-----150
    `),
    ).toEqual(['root 0-20', 'agent 20-30', 'llm 30-80', 'root 80-100']);
  });

  it('lets a span without a start stand at the start of its parent', () => {
    expect(
      path(`
      root        0------100
        agent      20----90
          llm      ?--60
    `),
    ).toEqual(['root 0-20', 'llm 20-60', 'agent 60-90', 'root 90-100']);
  });

  it('is that of the first root whose parent is not missing', () => {
    expect(
      path(`
      lost     0----------------300   parent=nobody
      root       10-----100
        llm       20--90
      later                200--400
    `),
    ).toEqual(['root 10-20', 'llm 20-90', 'root 90-100']);
    expect(
      path(`
      lost     0-----30   parent=nobody
        llm     10-20
      other      15----90   parent=nobody
    `),
    ).toEqual(['lost 0-10', 'llm 10-20', 'lost 20-30']);
  });

  it('of a root without length, and of no spans, is empty', () => {
    const trace = drawTrace(`
      root     50-50
        late    60-90
    `);
    expect(criticalPath(trace)).toEqual([]);
    expect(criticalInterval(trace, 1)).toBeNull();
    const none = buildTrace('none', []).trace;
    expect([criticalPath(none), Array.from(onCriticalPath(none))]).toEqual([[], []]);
  });

  it('is worked out once per trace', () => {
    const trace = drawTrace('root 0-100');
    expect(criticalPath(trace)).toBe(criticalPath(trace));
    expect(onCriticalPath(trace)).toBe(onCriticalPath(trace));
  });

  it('is found in chains, rows and fans of any size', { timeout: 60_000 }, () => {
    const count = 100_000;
    const spans = (parentOf: (i: number) => number, times: (i: number) => readonly [number, number]) =>
      readTraces({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: Array.from({ length: count }, (_, i) => ({
                  traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
                  spanId: (i + 1).toString(16).padStart(16, '0'),
                  ...(i === 0 ? {} : { parentSpanId: (parentOf(i) + 1).toString(16).padStart(16, '0') }),
                  name: 'span',
                  startTimeUnixNano: String(1_795_359_116_000_000_000n + BigInt(times(i)[0])),
                  endTimeUnixNano: String(1_795_359_116_000_000_000n + BigInt(times(i)[1])),
                })),
              },
            ],
          },
        ],
      }).traces[0]!;
    const chain = spans(
      (i) => i - 1,
      (i) => [i, 4 * count - i],
    );
    expect(criticalPath(chain)).toHaveLength(2 * count - 1);
    const row = spans(
      () => 0,
      (i) => (i === 0 ? [0, 20 * count] : [10 * i, 10 * i + 10]),
    );
    expect(criticalPath(row)).toHaveLength(count + 1);
    const fan = spans(
      () => 0,
      (i) => (i === 0 ? [0, 20 * count] : [i, 10 * count + ((i * 7919) % count)]),
    );
    expect(criticalPath(fan)).toHaveLength(3);
  });
});

describe('a span on the critical path', () => {
  const trace = drawTrace(`
    root       0-----------------100
      plan      10---40
        llm       20-30
        cache     21-25
      full             50----90
        all            50----90
  `);
  const named = (name: string): number => Array.from(trace.spans()).find((span) => span.name === name)!.index;

  it('is there in these stretches', () => {
    const stretches = (name: string) => Array.from(criticalStretches(trace, named(name)), (ns) => ns / 1e6);
    expect(stretches('root')).toEqual([0, 10, 40, 50, 90, 100]);
    expect(stretches('plan')).toEqual([10, 20, 30, 40]);
    expect(stretches('llm')).toEqual([20, 30]);
    expect(stretches('cache')).toEqual([]);
    expect(stretches('full')).toEqual([]);
  });

  it('with all below it in one', () => {
    expect(criticalInterval(trace, named('root'))).toEqual([0, 100e6]);
    expect(criticalInterval(trace, named('plan'))).toEqual([10e6, 40e6]);
    expect(criticalInterval(trace, named('full'))).toEqual([50e6, 90e6]);
    expect(criticalInterval(trace, named('cache'))).toBeNull();
  });

  it('for so long', () => {
    expect(
      Object.fromEntries(Array.from(trace.spans(), ({ name, index }) => [name, onCriticalPath(trace)[index]! / 1e6])),
    ).toEqual({ root: 30, plan: 20, llm: 10, cache: 0, full: 0, all: 40 });
  });
});
