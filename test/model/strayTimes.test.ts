import { describe, expect, it } from 'vitest';
import { readTraces, type TraceSet } from '../../src/core.ts';
import { redraw } from './redraw.ts';

const NOW = 1_795_359_116_000_000_000n;
const MS = 1_000_000n;
/** Spans `a`, `b`, …, the first the parent of all others, with times as they stand in the file. */
const read = (...times: readonly (readonly [start: unknown, end: unknown])[]): TraceSet =>
  readTraces({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: times.map(([startTimeUnixNano, endTimeUnixNano], i) => ({
              traceId: '01',
              spanId: `a${i}`,
              ...(i === 0 ? {} : { parentSpanId: 'a0' }),
              name: 'abcdef'[i],
              startTimeUnixNano,
              endTimeUnixNano,
            })),
          },
        ],
      },
    ],
  });
const lines = (set: TraceSet) => redraw(set.traces[0]!);
const at = (ms: bigint): string => String(NOW + ms * MS);

describe('a time that is far from all others', () => {
  it('does not stretch the axis, and stays readable', () => {
    const set = read([at(0n), at(100n)], ['1500', '2500'], [at(10n), at(20n)]);
    expect(lines(set)).toEqual(['a 0-100', '  b 0- missing-start bad-timestamp', '  c 10-20']);
    expect(set.traces[0]!.originUnixNano).toBe(NOW);
    expect(set.traces[0]!.span(1)).toMatchObject({ startUnixNano: 1500n, endUnixNano: 2500n });
  });

  it('in the far future is no end', () => {
    const set = read([at(0n), at(100n)], [at(10n), '17953591160000000000'], [at(20n), at(30n)]);
    expect(lines(set)).toEqual(['a 0-100', '  b 10- bad-timestamp', '  c 20-30']);
    expect(set.traces[0]!.end).toBe(100e6);
    expect(set.traces[0]!.span(1).endUnixNano).toBe(17_953_591_160_000_000_000n);
  });

  it('in an event does not make the trace longer', () => {
    const events = [{ name: 'e', timeUnixNano: '17953591160000000000' }];
    const set = readTraces([{ traceId: '01', spanId: 'a', startTimeUnixNano: at(0n), events }]);
    expect(set.traces[0]!.end).toBe(0);
  });

  it('is an end before the start where it is only an end', () => {
    expect(lines(read([at(0n), at(100n)], [at(10n), '2500']))).toEqual(['a 0-100', '  b 10-10 end-before-start']);
  });

  it('is the odd one out whichever side has more', () => {
    expect(lines(read(['1000000', '5000000'], ['2000000', '3000000'], [at(0n), at(1n)])).slice(0, 2)).toEqual([
      'a 0-4',
      '  b 1-2',
    ]);
  });

  it('leaves a trace alone that counts from zero throughout', () => {
    const set = read(['1000000', '5000000'], ['2000000', '3000000']);
    expect(lines(set)).toEqual(['a 0-4', '  b 1-2']);
    expect(set.diagnostics).toEqual([]);
  });
});

describe('units mixed in one trace', () => {
  it('are reported span by span and time by time', () => {
    const set = read(
      [at(0n), at(100n)],
      [1_795_359_116_010, '1795359116020'],
      ['1795359116030000', at(40n)],
      ['1795359116.05', 1_795_359_116.0625],
    );
    expect(lines(set)).toEqual([
      'a 0-100',
      '  b 10-20 unit-guessed',
      '  c 30-40 unit-guessed',
      '  d 50-62.5 unit-guessed',
    ]);
  });
});
