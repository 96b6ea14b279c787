import { describe, expect, it } from 'vitest';
import { atOnce, diffTraces, digest, parseTraces, type Trace } from '../../src/core.ts';
import { createGanttLayout } from '../../src/layout/gantt/ganttMarks.ts';
import { mergeTraces } from '../../src/layout/diff/mergedTrace.ts';
import { placeOf, STEP, stepCount, stepsOf, stepsWithin } from '../../src/layout/time/stepPlaces.ts';
import { fitWindow, timeScale } from '../../src/layout/time/timeScale.ts';
import { createTraceStore } from '../../src/store/createTraceStore.ts';
import { trajectoryFiles } from '../fixtures/generate/trajectories.ts';
import { drawTrace } from '../model/drawTrace.ts';

const text = trajectoryFiles.find(({ expected }) => expected.format === 'swe-agent')!.texts[0]!;
const steps = async (): Promise<Trace> => (await parseTraces(text)).traces[0]!;
const allSteps = (trace: Trace): readonly unknown[] => Array.from(trace.spans(), ({ index }) => stepsOf(trace, index));

describe('the steps of a trace without a clock', () => {
  it('stand one behind the other, and what holds them reaches over them', async () => {
    const trace = await steps();
    expect(stepCount(trace)).toBe(4);
    expect(allSteps(trace)).toEqual([
      [1, 4],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it('are drawn as bars of one length, without becoming times', async () => {
    const trace = await steps();
    const [from, to] = fitWindow(trace);
    expect([from, Math.floor(to / STEP)]).toEqual([0, 4]);
    const marks = createGanttLayout(trace);
    const scale = timeScale([0, 4 * STEP], 400);
    expect([1, 2, 3, 4].map((index) => marks.marks(index, false, scale))).toEqual(
      [0, 100, 200, 300].map((x) => [{ type: 'solid', x, width: 100 }]),
    );
    expect(marks.marks(0, false, scale)).toEqual([{ type: 'wait', x: 0, width: 400 }]);
    expect([trace.end, ...trace.columns.start]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('are zoomed to like times', async () => {
    const store = createTraceStore({}, await steps());
    store.actions.fitSpan(2);
    expect(stepsWithin(...store.getState().timeWindow!)).toEqual([1, 3]);
    store.actions.markSpan(3);
    expect(store.getState().range).toEqual([2 * STEP, 3 * STEP]);
  });

  it('stand beside those of another such trace in a comparison, and have no lengths there', async () => {
    const [a, b] = [await steps(), (await parseTraces(text.replaceAll('ls -a', 'ls -b'))).traces[0]!];
    const diff = diffTraces(a, b);
    const merged = atOnce(mergeTraces(diff, [a, b]));
    expect(merged.timeBasis).toBe('step');
    expect(Array.from(merged.bars.subarray(4, 12), (time) => time / STEP)).toEqual([0, 1, 0, 1, 1, 2, 1, 2]);
    expect(diff.totals['duration']).toEqual({ a: null, b: null, delta: null, ratio: null });
    for (const { deltas } of diff.rows) {
      expect([deltas['duration']!.a, deltas['selfTime']!.a]).toEqual([null, null]);
    }
    expect(diff.warnings.join()).not.toContain('running');
  });

  it('have no times in a digest', async () => {
    expect(await digest(await steps(), { tokens: 2000 })).not.toMatch(/\d (?:ms|s)\b|1970|\?/);
  });

  it('are no matter of a trace that knows times', () => {
    const trace = drawTrace(`
      a 0------100
        b 10-20
    `);
    expect([stepCount(trace), stepsOf(trace, 0), placeOf(trace, 1)]).toEqual([null, null, [10e6, 20e6]]);
  });
});
