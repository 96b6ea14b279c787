import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../src/layout/time/timeAxis.ts';
import { clampWindow, timeScale, type TimeWindow } from '../../src/layout/time/timeScale.ts';
import { timeTicks } from '../../src/layout/time/timeTicks.ts';

const BOUNDS: TimeWindow = [0, 1e10];
const windows = fc
  .tuple(fc.double({ min: 0, max: 1e10, noNaN: true }), fc.double({ min: 10, max: 1e10, noNaN: true }))
  .map(([from, width]): TimeWindow => clampWindow([from, from + width], BOUNDS));

describe('ticks', () => {
  it('are round and at least 64 pixels apart', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 64, max: 3000 }), (window, width) => {
        const { step, times } = timeTicks(timeScale(window, width));
        expect((step / (window[1] - window[0])) * width).toBeGreaterThanOrEqual(63.9);
        for (const time of times) expect(Math.abs(time / step - Math.round(time / step))).toBeLessThan(1e-6);
      }),
    );
  });

  it('use the steps of clocks above ten seconds', () => {
    expect(timeTicks(timeScale([0, 90e9], 400)).step).toBe(15e9);
    expect(timeTicks(timeScale([0, 3600e9], 640)).step).toBe(600e9);
    expect(timeTicks(timeScale([0, 1e9], 640)).step).toBe(1e8);
  });

  it.each([
    [100, 12],
    [24 * 30, 24 * 5],
    [24 * 400, 24 * 50],
  ])('of %d hours are %d hours apart', (hours, step) => {
    expect(timeTicks(timeScale([0, hours * 3600e9], 640)).step).toBe(step * 3600e9);
  });

  it('leave a break out and begin anew where it ends', () => {
    // Two stretches of 300 ms with 35 s between them.
    const axis = timeAxis([
      [0, 300e6],
      [35_333e6, 35_633e6],
    ]);
    const { step, times } = timeTicks(timeScale([0, 35_633e6], 800, axis));
    expect([step, times]).toEqual([1e8, [0, 1e8, 2e8, 3e8, 35_333e6, 35_400e6, 35_500e6, 35_600e6]]);
  });

  it('never crowd, wherever breaks are', () => {
    const work = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e8 })), { maxLength: 20 })
      .map((pairs) => pairs.map(([from, length]): TimeWindow => [from, from + length]).sort(([a], [b]) => a - b));
    fc.assert(
      fc.property(work, fc.integer({ min: 64, max: 2000 }), (pieces, width) => {
        const scale = timeScale([0, 11e8], width, timeAxis([[0, 0], ...pieces, [11e8, 11e8]]));
        const { times } = timeTicks(scale);
        const places = times.map(scale.x);
        for (const [i, x] of places.slice(1).entries()) expect(x - places[i]!).toBeGreaterThanOrEqual(63.8);
        for (const time of times) for (const { from, to } of scale.breaks) expect(time > from && time < to).toBe(false);
      }),
    );
  });

  it('are there where many short pauses are shortened and none is seen', () => {
    // Five hundred steps of a second, ten seconds apart.
    const work = Array.from({ length: 500 }, (_, i): TimeWindow => [i * 11e9, i * 11e9 + 1e9]);
    const scale = timeScale([0, 5490e9], 700, timeAxis(work));
    const { times } = timeTicks(scale);
    expect([scale.breaks.length, scale.even, times.length]).toEqual([0, false, 11]);
    const places = times.map(scale.x);
    for (const [i, x] of places.slice(1).entries()) expect(x - places[i]!).toBeCloseTo(64, 3);
  });

  it('end, also in a trace of ten years', () => {
    const end = 10 * 365 * 86_400e9;
    const window = clampWindow([end, end], [0, end]);
    expect(window[1]).toBeGreaterThan(window[0]);
    expect(timeTicks(timeScale(window, 700)).times.length).toBeLessThan(30);
    expect(timeTicks(timeScale([end, end], 700)).times).toEqual([]);
  });
});
