import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTimes, withEvents } from '../../src/layout/gantt/eventMarks.ts';
import type { Mark } from '../../src/layout/gantt/ganttMarks.ts';
import { timeScale } from '../../src/layout/time/timeScale.ts';
import type { SpanEvent } from '../../src/core.ts';

const NONE: SpanEvent['attributes'] = new Map();
const at = (time: number, name = 'cache.miss'): SpanEvent => ({ name, time, attributes: NONE });
/** One pixel per nanosecond. */
const draw = (
  events: readonly SpanEvent[],
  bars: readonly Mark[] = [],
  ends: readonly [number, number] = [-100, 300],
): string[] =>
  withEvents(bars, eventTimes(events), timeScale([0, 100], 100), ends).map(({ type, x, width }) =>
    type === 'events' ? `${type} ${x}+${width}` : `${type} ${x}`,
  );

it('events are points where they were, exceptions on top', () => {
  expect(draw([at(20, 'exception'), at(40), at(10)])).toEqual(['event 10', 'event 40', 'exception 20']);
});

it('a few that would touch are one point, and the exception is the one that stays', () => {
  expect(draw([at(10), at(11), at(12), at(30), at(31, 'exception')])).toEqual(['event 10', 'exception 31']);
});

it('many that would touch are one line', () => {
  expect(draw([at(10), at(15), at(22), at(31), at(60)])).toEqual(['events 10+21', 'event 60']);
});

it('what is marked already has no second mark', () => {
  const bars: Mark[] = [
    { type: 'failure', x: 50, width: 0 },
    { type: 'firstToken', x: 20, width: 0 },
    { type: 'solid', x: 0, width: 90 },
  ];
  expect(draw([at(20), at(51), at(70)], bars)).toEqual(['firstToken 20', 'solid 0', 'event 70', 'failure 50']);
});

it('the start and the end are seen without a mark, a failure there is marked', () => {
  expect(draw([at(20), at(50), at(81), at(80, 'exception')], [], [20, 80])).toEqual(['event 50', 'exception 80']);
});

it('an event without a time has no place', () => expect(draw([at(Number.NaN)])).toEqual([]));

it('a row has fifty at most, apart and inside the window', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ time: fc.integer({ min: -500, max: 1500 }), failed: fc.boolean() }), { maxLength: 400 }),
      fc.integer({ min: 50, max: 2000 }),
      (drawn, width) => {
        const ends = [0, 1000] as const;
        const marks = withEvents(
          [],
          eventTimes(drawn.map(({ time, failed }) => at(time, failed ? 'exception' : 'x'))),
          timeScale(ends, width),
          ends,
        );
        expect(marks.length).toBeLessThanOrEqual(50);
        for (const type of ['exception', 'event']) {
          const apart = marks
            .filter((mark) => (type === 'exception') === (mark.type === 'exception'))
            .toSorted((one, other) => one.x - other.x);
          apart.forEach((mark, i) => {
            const before = apart[i - 1];
            expect(mark.x).toBeGreaterThanOrEqual(-10);
            expect(mark.x + mark.width).toBeLessThanOrEqual(width + 20);
            expect(mark.x - (before ? before.x + before.width : -Infinity)).toBeGreaterThan(
              type === 'event' ? 9.99 : 0,
            );
          });
        }
      },
    ),
  );
});
