import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalStretches } from '../../src/analysis/criticalPath/criticalPath.ts';
import { criticalOrder, stepCritical } from '../../src/analysis/criticalPath/criticalOrder.ts';
import { createCriticalLines, type PlacedRow } from '../../src/layout/gantt/criticalLines.ts';
import { timeScale, type TimeWindow } from '../../src/layout/time/timeScale.ts';
import { readTraces, type Trace } from '../../src/core.ts';
import { anyTree, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const ROW = 24;
/** One pixel per millisecond. */
const WINDOW: TimeWindow = [0, 100e6];

const trace = drawTrace(`
  root       0-----------100
    plan       10-40
    search         45----90
      fetch         50-80
    cache          46-60
`);
const allRows = (of: Trace): PlacedRow[] =>
  Array.from({ length: of.spanCount }, (_, index) => ({ index, open: true, top: index * ROW }));
/** Rails as `row from-to`, steps as `x row|row`. */
const draw = (of: Trace, rows: readonly PlacedRow[], window = WINDOW, width = 100) => {
  const { rails, steps } = createCriticalLines(of)(rows, timeScale(window, width), ROW);
  const row = (y: number): number => (y + 3) / ROW - 1;
  return {
    rails: Array.from(
      { length: rails.length / 3 },
      (_, i) => `${row(rails[i * 3]!)} ${Math.round(rails[i * 3 + 1]!)}-${Math.round(rails[i * 3 + 2]!)}`,
    ),
    steps: Array.from(
      { length: steps.length / 3 },
      (_, i) => `${Math.round(steps[i * 3]!)} ${row(steps[i * 3 + 1]!)}|${row(steps[i * 3 + 2]!)}`,
    ),
  };
};

describe('rails and steps', () => {
  it('underline own work that was waited for, and lead from row to row', () => {
    const { rails, steps } = draw(trace, allRows(trace));
    expect(rails).toEqual(['0 0-10', '0 40-45', '0 90-100', '1 10-40', '2 45-50', '2 80-90', '3 50-80']);
    expect(steps.toSorted()).toEqual(['10 0|1', '40 0|1', '45 0|2', '50 2|3', '80 2|3', '90 0|2']);
  });

  it('a closed row has the rail of all below it', () => {
    const rows = [
      { index: 0, open: true, top: 0 },
      { index: 1, open: true, top: ROW },
      { index: 2, open: false, top: 2 * ROW },
    ];
    expect(draw(trace, rows).rails).toContain('2 45-90');
    expect(draw(trace, [{ index: 0, open: false, top: 0 }])).toEqual({ rails: ['0 0-100'], steps: [] });
  });

  it('are cut to the window', () => {
    const { rails, steps } = draw(trace, allRows(trace), [20e6, 60e6]);
    expect(rails).toEqual(['0 50-63', '1 0-50', '2 63-75', '3 75-100']);
    expect(steps.toSorted()).toEqual(['50 0|1', '63 0|2', '75 2|3']);
  });

  it('do not lead to a row that is mounted out of sight', () => {
    const rows = [
      { index: 0, open: true, top: 0 },
      { index: 1, open: true, top: ROW },
      { index: 3, open: true, top: 90 * ROW },
    ];
    const { rails, steps } = draw(trace, rows);
    expect(rails).toEqual(['0 0-10', '0 40-45', '0 90-100', '1 10-40']);
    expect(steps.toSorted()).toEqual(['10 0|1', '40 0|1']);
  });

  it('cost pixels, not spans', () => {
    const many = drawTrace(
      `root 0---5000\n${Array.from({ length: 4000 }, (_, i) => `  call ${i}-${i + 1}`).join('\n')}`,
    );
    const rows = allRows(many).slice(0, 40);
    expect(draw(many, rows, [0, 5000e6], 100).rails.length).toBeLessThan(80);
    expect(draw(many, rows, [0, 40e6], 400).rails).toHaveLength(39);
  });

  it('cover what is on the path, within a pixel, and stay in the timeline at any zoom', () => {
    fc.assert(
      fc.property(
        anyTree,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        (tree, at, share) => {
          const any = readTraces(documentOf(tree)).traces[0]!;
          const end = Math.max(any.end, 60);
          const window: TimeWindow = [at * end, at * end + Math.max(share * end, 10)];
          const { rails } = createCriticalLines(any)(allRows(any), timeScale(window, 500), ROW);
          for (let i = 0; i < rails.length; i += 3) {
            expect(rails[i + 1]).toBeGreaterThanOrEqual(0);
            expect(rails[i + 2]).toBeLessThanOrEqual(500);
            expect(rails[i + 2]! - rails[i + 1]!).toBeGreaterThanOrEqual(1.99);
          }
          for (let index = 0; index < any.spanCount; index += 1) {
            const pairs = criticalStretches(any, index);
            for (let i = 0; i < pairs.length; i += 2) {
              if (pairs[i + 1]! <= window[0] || pairs[i]! >= window[1]) continue;
              const x = ((Math.max(pairs[i]!, window[0]) - window[0]) / (window[1] - window[0])) * 500;
              const y = (index + 1) * ROW - 3;
              const over = Array.from({ length: rails.length / 3 }, (_, rail) =>
                rails.subarray(rail * 3, rail * 3 + 3),
              ).filter(([height, from, to]) => height === y && from! <= x + 2 && to! >= x - 0.01);
              expect(over).not.toEqual([]);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('walking the path', () => {
  const names = (of: Trace): string[] => Array.from(criticalOrder(of).index, (index) => of.span(index).name);

  it('meets each span once, in the order of the path', () =>
    expect(names(trace)).toEqual(['root', 'plan', 'search', 'fetch']));
  it('goes round, and enters from outside by time', () => {
    expect(stepCritical(trace, null, 1)).toBe(0);
    expect(stepCritical(trace, 0, 1)).toBe(1);
    expect(stepCritical(trace, 3, 1)).toBe(0);
    expect(stepCritical(trace, 0, -1)).toBe(3);
    // cache starts between search and fetch.
    expect(stepCritical(trace, 4, 1)).toBe(3);
    expect(stepCritical(trace, 4, -1)).toBe(2);
  });
  it('has nowhere to go where there is no path', () => expect(stepCritical(drawTrace('point 5-5'), 0, 1)).toBeNull());
});
