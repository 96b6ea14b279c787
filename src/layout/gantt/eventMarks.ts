import { lowerBound } from '../../model/lowerBound.ts';
import type { Nanos, SpanEvent } from '../../model/types.ts';
import type { Mark } from './ganttMarks.ts';
import type { TimeScale } from '../time/timeScale.ts';

/** When a span's events were, in order, exceptions apart from the rest. */
export interface EventTimes {
  readonly exceptions: Float64Array;
  readonly others: Float64Array;
}

/** Pixels that the point of an event takes; events nearer than that are one mark. */
const NEAR = 10;
const SIZE = 6;
const MOST = 50;

/** Events without a time have no place. OpenTelemetry calls the event of a failure `exception`. */
export function eventTimes(events: readonly SpanEvent[]): EventTimes {
  const times = (wanted: boolean): Float64Array =>
    Float64Array.from(
      events.filter(({ name, time }) => !Number.isNaN(time) && (name === 'exception') === wanted),
      ({ time }) => time,
    ).sort();
  return { exceptions: times(true), others: times(false) };
}

/**
 * A row's marks with its events, exceptions on top. A point stands for an event, a line for many that would touch, as
 * the tokens of a stream do; a row has fifty such marks at most. What is marked already, as first token or failure
 * inside, gets no second mark, nor do events at the span's own `ends`: many tools write one for its start and one for
 * its end.
 */
export function withEvents(
  bars: readonly Mark[],
  { exceptions, others }: EventTimes,
  scale: TimeScale,
  ends: readonly [start: Nanos, end: Nanos],
): readonly Mark[] {
  const apart = [
    ...bars.filter(({ type }) => type === 'failure' || type === 'firstToken').map(({ x }) => x),
    ...ends.map(scale.x),
  ];
  const failed = stretches(exceptions, scale, MOST).map<Mark>(({ x }) => ({ type: 'exception', x, width: 0 }));
  const rest = stretches(others, scale, MOST - failed.length).filter(
    (mark) =>
      mark.width > 0 ||
      !(failed.some(({ x }) => Math.abs(x - mark.x) < NEAR) || apart.some((x) => Math.abs(x - mark.x) < SIZE)),
  );
  // What comes last is painted last.
  return [
    ...bars.filter(({ type }) => type !== 'failure'),
    ...rest.map<Mark>((mark) => ({ ...mark, type: mark.width > 0 ? 'events' : 'event' })),
    ...failed,
    ...bars.filter(({ type }) => type === 'failure'),
  ];
}

/**
 * Where the times lie in the window, those together of which each is near the next. Without width, where they would be
 * one point.
 */
function stretches(
  times: Float64Array,
  scale: TimeScale,
  most: number,
): readonly { readonly x: number; readonly width: number }[] {
  const found: { readonly x: number; readonly width: number }[] = [];
  const until = scale.time(scale.width + NEAR);
  for (let i = lowerBound(times, scale.time(-NEAR)); i < times.length && times[i]! <= until && found.length < most;) {
    let last = i;
    for (
      let next = lastNear(times, last, scale);
      next > last && times[last]! <= until;
      next = lastNear(times, last, scale)
    )
      last = next;
    const x = scale.x(times[i]!);
    const length = scale.x(times[last]!) - x;
    found.push({ x, width: length < NEAR ? 0 : length });
    i = last + 1;
  }
  return found;
}

/** The last time that is near the one at `place`; `place` itself where there is none. */
const lastNear = (times: Float64Array, place: number, { x, time }: TimeScale): number =>
  Math.max(place, lowerBound(times, time(x(times[place]!) + NEAR)) - 1);
