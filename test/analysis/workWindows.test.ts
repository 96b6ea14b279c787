import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workWindows } from '../../src/analysis/time/workWindows.ts';
import { readTraces } from '../../src/core.ts';
import { idleWithin, shortAxis } from '../../src/layout/time/shortAxis.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const windows = (drawing: string): readonly (readonly number[])[] =>
  workWindows(drawTrace(drawing)).map((window) => window.map((time) => time / 1e6));

describe('when somebody worked', () => {
  it('agents and chains wait for their steps, and so does a request around them', () =>
    expect(
      windows(`
    POST /chat     0---------------1000
      agent a        10--------990
        llm plan       10-200
        chain b            800--990
          tool c             800-900
  `),
    ).toEqual([
      [10, 200],
      [800, 900],
    ]));
  it('services work on their own between their calls', () =>
    expect(
      windows(`
    GET /cart      0---------------1000
      db query       10-200
  `),
    ).toEqual([
      [0, 1000],
      [10, 200],
    ]));
  it('a model call works whatever it holds', () =>
    expect(
      windows(`
    agent a        0---------------1000
      llm call       100-----------900
        parser b       100-110
  `),
    ).toEqual([[100, 900]]));
  it('what runs without an end runs to the last', () =>
    expect(
      windows(`
    agent a        0---------------1000
      tool open      600-
  `),
    ).toEqual([[600, 1000]]));
});

it('all that works lies in a window, and windows are in order', () => {
  fc.assert(
    fc.property(anyForest, (document) => {
      for (const trace of readTraces(documentOf(document)).traces) {
        const found = workWindows(trace);
        expect(found.every(([from, to]) => to >= from)).toBe(true);
        expect(found).toEqual(found.toSorted(([a], [b]) => a - b));
        for (let index = 0; index < trace.spanCount; index += 1) {
          if (trace.columns.subtreeEnd[index]! > index + 1) continue;
          const [from, end] = [trace.columns.start[index]!, trace.columns.end[index]!];
          const to = Number.isNaN(end) ? trace.end : end;
          expect(found.some((window) => window[0] <= from && window[1] >= to)).toBe(true);
        }
      }
    }),
  );
});

describe('the short axis of a trace', () => {
  const trace = drawTrace(`
    agent a        0-------------------36020
      llm b          0-40
      llm c              18000-18040
      llm d                        35980-36020
  `);
  it('gives pauses a quarter', () => {
    const { width, busy, idle } = shortAxis(trace);
    expect([busy, idle]).toEqual([120e6, 35_900e6]);
    expect(width).toBeCloseTo(160e6, -1);
  });
  it('knows how much of a window is idle', () => {
    expect(idleWithin(shortAxis(trace), [0, trace.end])).toEqual({ idle: 35_900e6, shortens: true });
    expect(idleWithin(shortAxis(trace), [20e6, 60e6])).toEqual({ idle: 20e6, shortens: true });
    expect(idleWithin(shortAxis(trace), [0, 40e6])).toEqual({ idle: 0, shortens: false });
  });
  it('is as it is where nothing pauses', () =>
    expect(idleWithin(shortAxis(drawTrace('llm a 0-10')), [0, 10e6])).toEqual({ idle: 0, shortens: false }));
});
