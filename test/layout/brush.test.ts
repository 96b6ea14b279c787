import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushPartAt, dragBrush, keyBrush, type BrushPart } from '../../src/layout/minimap/brush.ts';

const BOUNDS = [0, 1000] as const;

describe('the part under a pixel', () => {
  /** A window from 20 to 60 of 80 pixels, edges reach 6. */
  const parts = (from = 20, to = 60): string =>
    Array.from(
      { length: 80 },
      (_, x) => ({ start: '[', end: ']', window: '=', empty: '.' })[brushPartAt(x, from, to, 6)],
    ).join('');
  it('is an edge, the window, or nothing yet', () =>
    expect(parts()).toBe('..............[[[[[[[[[[[[=============================]]]]]]]]]]]].............'));
  it('leaves half of a narrow window to hold it by', () =>
    expect(parts(40, 48).slice(34, 54)).toBe('[[[[[[[[=====]]]]]]]'));
});

describe('a drag', () => {
  const drag = (
    part: BrushPart,
    from: number,
    to: number,
    window: readonly [number, number] = [200, 600],
  ): readonly [number, number] => dragBrush(part, window, from, to, BOUNDS, 10);
  it('moves the window and stops at an end', () => {
    expect(drag('window', 300, 350)).toEqual([250, 650]);
    expect(drag('window', 300, 900)).toEqual([600, 1000]);
  });
  it('moves one edge, not past the other', () => {
    expect(drag('start', 200, 100)).toEqual([100, 600]);
    expect(drag('start', 200, 900)).toEqual([590, 600]);
    expect(drag('end', 600, 2000)).toEqual([200, 1000]);
    expect(drag('end', 600, 0)).toEqual([200, 210]);
  });
  it('never widens a window that is narrower than a pixel', () =>
    expect(drag('end', 204, 100, [200, 204])).toEqual([200, 204]));
  it('draws a new window in either direction', () => {
    expect(drag('empty', 700, 900)).toEqual([700, 900]);
    expect(drag('empty', 700, 650)).toEqual([650, 700]);
    expect(drag('empty', 900, 5000)).toEqual([900, 1000]);
    expect(drag('empty', 700, 700)).toEqual([700, 710]);
  });
  it('ends inside the trace, whatever is done', () => {
    const time = fc.double({ min: -2000, max: 3000, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom<BrushPart>('start', 'end', 'window', 'empty'),
        time,
        time,
        fc.double({ min: 0, max: 990, noNaN: true }),
        fc.double({ min: 10, max: 1000, noNaN: true }),
        (part, from, to, start, width) => {
          const [first, last] = drag(part, from, to, [start, Math.min(start + width, 1000)]);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(last).toBeLessThanOrEqual(1000.0001);
          expect(last - first).toBeGreaterThan(9.9);
        },
      ),
    );
  });
});

describe('keys', () => {
  const key = (part: 'start' | 'end' | 'window', name: string, shift = false): readonly [number, number] | null =>
    keyBrush(part, name, shift, [200, 600], BOUNDS, 10);
  it('move an edge by shares of the window', () => {
    expect(key('start', 'ArrowRight')).toEqual([208, 600]);
    expect(key('start', 'ArrowDown', true)).toEqual([160, 600]);
    expect(key('end', 'PageUp')).toEqual([200, 700]);
    expect(key('end', 'End')).toEqual([200, 1000]);
    expect(key('start', 'Home')).toEqual([0, 600]);
  });
  it('move the window', () => {
    expect(key('window', 'ArrowLeft')).toEqual([160, 560]);
    expect(key('window', 'ArrowUp', true)).toEqual([400, 800]);
    expect(key('window', 'Home')).toEqual([0, 400]);
    expect(key('window', 'End')).toEqual([600, 1000]);
  });
  it('that are not a slider’s are left alone', () =>
    expect([key('start', 'a'), key('window', 'toString'), key('end', 'Enter')]).toEqual([null, null, null]));
});
