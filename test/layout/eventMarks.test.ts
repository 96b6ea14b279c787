import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTimes, withEvents } from '../../src/layout/eventMarks.ts';
import type { Mark } from '../../src/layout/ganttMarks.ts';
import type { SpanEvent } from '../../src/core.ts';

const NONE: SpanEvent['attributes'] = new Map();
const at = (time: number, name = 'cache.miss'): SpanEvent => ({ name, time, attributes: NONE });
/** One pixel per nanosecond. */
const draw = (events: readonly SpanEvent[], bars: readonly Mark[] = [], width = 100): string[] => withEvents(bars, eventTimes(events), [0, 100], width).map(({ type, x }) => `${type} ${x}`);

it('events are points where they were, exceptions on top', () => {
  expect(draw([at(20, 'exception'), at(40), at(10)])).toEqual(['event 40', 'event 10', 'exception 20']);
});

it('those that would touch are one, and the exception is the one that stays', () => {
  expect(draw([at(10), at(11), at(12), at(30), at(31, 'exception')])).toEqual(['event 10', 'exception 31']);
});

it('what is marked already has no second mark', () => {
  const bars: Mark[] = [{ type: 'failure', x: 50, width: 0 }, { type: 'firstToken', x: 20, width: 0 }, { type: 'solid', x: 0, width: 90 }];
  expect(draw([at(20), at(51), at(70)], bars)).toEqual(['firstToken 20', 'solid 0', 'event 70', 'failure 50']);
});

it('an event without a time has no place', () => expect(draw([at(Number.NaN)])).toEqual([]));

it('a row has fifty at most, apart and inside the window', () => {
  fc.assert(fc.property(fc.array(fc.record({ time: fc.integer({ min: -500, max: 1500 }), failed: fc.boolean() }), { maxLength: 400 }), fc.integer({ min: 50, max: 2000 }), (drawn, width) => {
    const marks = withEvents([], eventTimes(drawn.map(({ time, failed }) => at(time, failed ? 'exception' : 'x'))), [0, 1000], width);
    expect(marks.length).toBeLessThanOrEqual(50);
    const places = marks.map(({ x }) => x).toSorted((a, b) => a - b);
    places.forEach((x, i) => {
      expect(x).toBeGreaterThanOrEqual(-3);
      expect(x).toBeLessThanOrEqual(width + 3);
      expect(x - (places[i - 1] ?? -Infinity)).toBeGreaterThanOrEqual(3);
    });
  }));
});
