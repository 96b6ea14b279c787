import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/analysis/steps.ts';
import { runningCounts, stripPath } from '../../src/layout/gantt/concurrencyStrip.ts';
import { timeScale } from '../../src/layout/time/timeScale.ts';

const changes = fc
  .uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 1500 })
  .chain((instants) =>
    fc.tuple(
      fc.constant(instants.toSorted((a, b) => a - b)),
      fc.array(fc.nat(9), { minLength: instants.length, maxLength: instants.length }),
    ),
  );

describe('how many ran at once', () => {
  it('is what looking at every instant says', () => {
    fc.assert(
      fc.property(changes, fc.nat(5000), fc.nat(5000), ([instants, counts], a, b) => {
        const running = atOnce(
          runningCounts(Float64Array.from(instants.flatMap((instant, at) => [instant, counts[at]!]))),
        );
        const at = (time: number): number => counts[instants.findLastIndex((instant) => instant <= time)] ?? 0;
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(running.at(from)).toBe(at(from));
        let most = at(from);
        instants.forEach((instant, place) => {
          if (instant > from && instant < to) most = Math.max(most, counts[place]!);
        });
        expect(running.most(from, to)).toBe(most);
      }),
    );
  });

  it('is drawn with a step where it changes', () => {
    const running = atOnce(runningCounts(Float64Array.of(0, 1, 50, 2, 75, 0)));
    expect(stripPath(running, timeScale([0, 100], 100), 8)).toBe('M0 8H0V4.0H50V0.0H75V8.0H100.0V8Z');
    expect(stripPath(atOnce(runningCounts(new Float64Array())), timeScale([0, 100], 10), 8)).toBe('M0 8H10.0V8Z');
  });
});
