import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisLabels, isShortened, timeAxis, type TimeAxis } from '../../src/layout/time/timeAxis.ts';
import type { TimeWindow } from '../../src/layout/time/timeScale.ts';
import { pausesBefore } from '../../src/layout/time/turnTimes.ts';

/** Turns as drawn, one a line: from its first to its last `=`, a character a nanosecond. */
const turnsOf = (drawing: string): readonly TimeWindow[] => {
  const lines = drawing.split('\n').filter((line) => line.includes('='));
  const margin = Math.min(...lines.map((line) => line.indexOf('|')));
  return lines.map((line) => [line.indexOf('=') - margin - 1, line.lastIndexOf('=') - margin]);
};

/** The axis as a drawing: `=` somebody works, `.` nobody does, `/` nobody does and the pause is shortened. */
const draw = ({ stretches }: TimeAxis): string =>
  stretches.map((stretch) => (isShortened(stretch) ? '/' : stretch.idle ? '.' : '=').repeat(stretch.width)).join('');

describe('the axis of a session', () => {
  it('keeps short pauses as they are', () => {
    expect(
      draw(
        timeAxis(
          turnsOf(`
      |=========
      |          =========
    `),
        ),
      ),
    ).toBe('=========.=========');
  });

  it('shortens a long one to a quarter of the axis', () => {
    expect(
      draw(
        timeAxis(
          turnsOf(`
      |======
      |                                                  ======
    `),
        ),
      ),
    ).toBe('======////======');
  });

  it('shortens long ones to one length, and leaves those below it whole', () => {
    expect(
      draw(
        timeAxis(
          turnsOf(`
      |==========
      |                    ==========
      |                               =======
      |                                                                  ===
    `),
        ),
      ),
    ).toBe('==========////==========.=======////===');
  });

  it('counts turns that run together once', () => {
    const axis = timeAxis(
      turnsOf(`
      |======
      |   =======
      |     =
      |                ==
    `),
      2,
    );
    expect(draw(axis)).toBe('==========//==');
    expect([axis.busy, axis.idle, axis.width]).toEqual([12, 6, 14]);
  });

  it('draws all pauses alike where no turn has a length', () => {
    const axis = timeAxis([
      [0, 0],
      [10, 10],
      [1000, 1000],
    ]);
    expect(axis.stretches.filter(({ idle }) => idle).map(({ width }) => width)).toEqual([10, 10]);
    expect([axis.toAxis(0), axis.toAxis(10), axis.toAxis(1000)]).toEqual([0, 10, 20]);
  });

  it('is there for one turn, and for none', () => {
    expect(timeAxis([[0, 5]])).toMatchObject({ width: 5, idle: 0, longest: Infinity });
    expect(timeAxis([])).toMatchObject({ width: 0, stretches: [], busy: 0 });
    expect(timeAxis([]).toAxis(3)).toBe(3);
  });

  it('goes on outside the session at its real pace', () => {
    const axis = timeAxis(
      [
        [0, 10],
        [1000, 1010],
      ],
      5,
    );
    expect([axis.toAxis(-3), axis.toAxis(1013), axis.toTime(28)]).toEqual([-3, 28, 1013]);
  });

  it('of a hundred thousand turns is made in one pass', () => {
    const axis = timeAxis(
      Array.from({ length: 100_000 }, (_, turn): TimeWindow => [turn * 1e9, turn * 1e9 + 1e6 * (turn % 7)]),
    );
    expect(axis.idle / axis.busy).toBeGreaterThan(100);
    expect(axis.width).toBeLessThanOrEqual(axis.busy / 0.75 + 1);
    // Starts a tenth apart; pauses too narrow to be seen have no words of their own.
    expect(axisLabels(axis).map(({ idle }) => idle)).toEqual(Array.from({ length: 10 }, () => false));
  });
});

const anyTurns = fc
  .array(fc.tuple(fc.nat(1e12), fc.nat(1e6)), { minLength: 1, maxLength: 40 })
  .map((turns) => turns.map(([from, length]): TimeWindow => [from, from + length]).sort(([a], [b]) => a - b));
const anyLongest = fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined });

describe('any session', () => {
  it('keeps the order of all times, and of different ones at work', () => {
    fc.assert(
      fc.property(anyTurns, anyLongest, fc.nat(1e12 + 1e6), fc.nat(1e12), (turns, longest, time, later) => {
        const { toAxis } = timeAxis(turns, longest);
        expect(toAxis(time)).toBeLessThanOrEqual(toAxis(time + later));
        expect(turns.filter(([from, to]) => to > from && toAxis(from) >= toAxis(to))).toEqual([]);
      }),
    );
  });

  it('draws work in its length and pauses in theirs up to the longest, and widths add up', () => {
    fc.assert(
      fc.property(anyTurns, anyLongest, (turns, longest) => {
        const { stretches, width, busy, idle, longest: most } = timeAxis(turns, longest);
        expect(most).toBe(longest ?? most);
        let at = 0;
        let time = turns[0]![0];
        for (const stretch of stretches) {
          expect([stretch.at, stretch.from]).toEqual([at, time]);
          expect(stretch.width).toBe(
            stretch.idle ? Math.min(stretch.to - stretch.from, most) : stretch.to - stretch.from,
          );
          at += stretch.width;
          time = stretch.to;
        }
        expect([at, busy + idle]).toEqual([width, time - turns[0]![0]]);
        expect(idle).toBe(pausesBefore(turns).reduce((sum, pause) => sum + pause, 0));
      }),
    );
  });

  it('gives pauses a quarter of the axis at most', () => {
    fc.assert(
      fc.property(
        anyTurns.filter((turns) => turns.some(([from, to]) => to > from)),
        (turns) => {
          const { stretches, width, busy } = timeAxis(turns);
          // A pause is drawn as one nanosecond at least: only so many short turns can bring them over their share.
          expect(width - busy).toBeLessThanOrEqual(busy / 3 + stretches.length);
        },
      ),
    );
  });

  it('leads back from every place to its time: exactly in work, within rounding in a pause', () => {
    fc.assert(
      fc.property(anyTurns, anyLongest, fc.nat(1000), (turns, longest, share) => {
        const { stretches, toAxis, toTime } = timeAxis(turns, longest);
        for (const [from, to] of turns) {
          const time = from + Math.floor(((to - from) * share) / 1000);
          expect(toTime(toAxis(time))).toBe(time);
        }
        for (const { from, to } of stretches.filter(({ idle }) => idle)) {
          const time = from + ((to - from) * share) / 1000;
          expect(Math.abs(toTime(toAxis(time)) - time)).toBeLessThanOrEqual((to - from) * 1e-6 + 1e-3);
        }
      }),
    );
  });

  it('has words with room of their own, at most a few for each tenth', () => {
    fc.assert(
      fc.property(anyTurns, anyLongest, (turns, longest) => {
        const axis = timeAxis(turns, longest);
        const labels = axisLabels(axis);
        expect(
          labels.filter((label, at) => at > 0 && labels[at - 1]!.at + labels[at - 1]!.width > label.at + 1e-6),
        ).toEqual([]);
      }),
    );
  });
});
