import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampWindow,
  fitSpan,
  fitWindow,
  panWindow,
  timeToX,
  xToTime,
  zoomWindow,
  type TimeWindow,
} from '../../src/layout/time/timeScale.ts';

const BOUNDS: TimeWindow = [0, 1e10];
const windows = fc
  .tuple(fc.double({ min: 0, max: 1e10, noNaN: true }), fc.double({ min: 10, max: 1e10, noNaN: true }))
  .map(([from, width]): TimeWindow => clampWindow([from, from + width], BOUNDS));

describe('windows', () => {
  it('zooming keeps the time under the pointer in its place', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.8, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, at) => {
          const about = window[0] + at * (window[1] - window[0]);
          const zoomed = zoomWindow(window, factor, about, BOUNDS);
          if (zoomed[1] - zoomed[0] <= 10) return;
          expect(timeToX(about, zoomed, 1000)).toBeCloseTo(timeToX(about, window, 1000), 1);
        },
      ),
    );
  });

  it('stay inside the trace and never get narrower than 10 ns', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 1e-9, max: 10, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (window, factor, by) => {
          for (const [from, to] of [
            zoomWindow(window, factor, window[0], BOUNDS),
            panWindow(window, by * 1e10, BOUNDS),
          ]) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThanOrEqual(1e10 + 1e-3);
            expect(to - from).toBeGreaterThanOrEqual(9.99);
          }
        },
      ),
    );
  });

  it('panning past an end stops and keeps the width', () => {
    expect(panWindow([6e9, 8e9], 1e10, BOUNDS)).toEqual([8e9, 1e10]);
    expect(panWindow([2e9, 4e9], -1e10, BOUNDS)).toEqual([0, 2e9]);
  });

  it('fit shows the whole trace, and a point has room around it', () => {
    expect(fitWindow({ end: 1e9 })[1]).toBeGreaterThan(1e9);
    expect(fitWindow({ end: 0 })).toEqual([0, 1000]);
    const [from, to] = fitSpan(5e9, 5e9, BOUNDS);
    expect(to - from).toBe(10);
  });

  it('pixels and times are inverse', () => {
    fc.assert(
      fc.property(windows, fc.double({ min: 0, max: 1000, noNaN: true }), (window, x) => {
        expect(timeToX(xToTime(x, window, 1000), window, 1000)).toBeCloseTo(x, 3);
      }),
    );
  });
});
