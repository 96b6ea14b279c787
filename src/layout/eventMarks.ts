import { lowerBound } from '../model/lowerBound.ts';
import type { Nanos, SpanEvent } from '../model/types.ts';
import type { Mark } from './ganttMarks.ts';
import { timeToX, type TimeWindow } from './timeScale.ts';

/** When a span's events were, in order, exceptions apart from the rest. */
export interface EventTimes { readonly exceptions: Float64Array; readonly others: Float64Array }

/** Pixels that the point of an event takes; events nearer than that are one mark. */
const NEAR = 10;
const SIZE = 6;
const MOST = 50;

/** Events without a time have no place. OpenTelemetry calls the event of a failure `exception`. */
export function eventTimes(events: readonly SpanEvent[]): EventTimes {
  const times = (wanted: boolean): Float64Array => Float64Array.from(events.filter(({ name, time }) => !Number.isNaN(time) && (name === 'exception') === wanted), ({ time }) => time).sort();
  return { exceptions: times(true), others: times(false) };
}

/**
 * A row's marks with its events, exceptions on top. A point stands for an event, a line for many that would touch, as the tokens of a
 * stream do; a row has fifty such marks at most. What is marked already, as first token or failure inside, gets no second mark, nor do
 * events at the span's own `ends`: many tools write one for its start and one for its end.
 */
export function withEvents(bars: readonly Mark[], { exceptions, others }: EventTimes, window: TimeWindow, width: number, ends: readonly [start: Nanos, end: Nanos]): readonly Mark[] {
  const told = [...bars.filter(({ type }) => type === 'failure' || type === 'firstToken').map(({ x }) => x), ...ends.map((time) => timeToX(time, window, width))];
  const failed = stretches(exceptions, window, width, MOST).map<Mark>(({ x }) => ({ type: 'exception', x, width: 0 }));
  const rest = stretches(others, window, width, MOST - failed.length).filter((mark) => mark.width > 0 || !(failed.some(({ x }) => Math.abs(x - mark.x) < NEAR) || told.some((x) => Math.abs(x - mark.x) < SIZE)));
  // What comes last is painted last.
  return [...bars.filter(({ type }) => type !== 'failure'), ...rest.map<Mark>((mark) => ({ ...mark, type: mark.width > 0 ? 'events' : 'event' })), ...failed, ...bars.filter(({ type }) => type === 'failure')];
}

/** Where the times lie in the window, those together of which each is near the next. Without width, where they would be one point. */
function stretches(times: Float64Array, window: TimeWindow, width: number, most: number): readonly { readonly x: number; readonly width: number }[] {
  const found: { readonly x: number; readonly width: number }[] = [];
  const near = (NEAR / width) * (window[1] - window[0]);
  const until = window[1] + near;
  for (let i = lowerBound(times, window[0] - near); i < times.length && times[i]! <= until && found.length < most;) {
    let last = i;
    for (let next = nextBefore(times, last, near); next > last && times[last]! <= until; next = nextBefore(times, last, near)) last = next;
    const x = timeToX(times[i]!, window, width);
    const length = timeToX(times[last]!, window, width) - x;
    found.push({ x, width: length < NEAR ? 0 : length });
    i = last + 1;
  }
  return found;
}

/** The last time that is near the one at `place`; `place` itself where there is none. */
const nextBefore = (times: Float64Array, place: number, near: number): number => Math.max(place, lowerBound(times, times[place]! + near) - 1);
