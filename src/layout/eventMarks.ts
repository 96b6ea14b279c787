import { lowerBound } from '../model/lowerBound.ts';
import type { SpanEvent } from '../model/types.ts';
import type { Mark } from './ganttMarks.ts';
import { timeToX, type TimeWindow } from './timeScale.ts';

/** When a span's events were, in order, exceptions apart from the rest. */
export interface EventTimes { readonly exceptions: Float64Array; readonly others: Float64Array }

/** Pixels within which events are one mark. */
const NEAR = 3;
const SIZE = 6;
const MOST = 50;

/** Events without a time have no place. OpenTelemetry calls the event of a failure `exception`. */
export function eventTimes(events: readonly SpanEvent[]): EventTimes {
  const times = (wanted: boolean): Float64Array => Float64Array.from(events.filter(({ name, time }) => !Number.isNaN(time) && (name === 'exception') === wanted), ({ time }) => time).sort();
  return { exceptions: times(true), others: times(false) };
}

/**
 * A row's marks with the points of its events, exceptions on top. Events that would touch are one, and a row has fifty points at most; an event
 * that is marked already, as first token or failure inside, gets no second mark.
 */
export function withEvents(bars: readonly Mark[], { exceptions, others }: EventTimes, window: TimeWindow, width: number): readonly Mark[] {
  const marked = bars.filter(({ type }) => type === 'failure' || type === 'firstToken');
  const marks: Mark[] = [];
  add('exception', exceptions);
  add('event', others);
  // What comes last is painted last.
  return [...bars.filter(({ type }) => type !== 'failure'), ...marks.reverse(), ...bars.filter(({ type }) => type === 'failure')];

  function add(type: 'exception' | 'event', times: Float64Array): void {
    const near = (NEAR / width) * (window[1] - window[0]);
    for (let i = lowerBound(times, window[0] - near); i < times.length && times[i]! <= window[1] + near && marks.length < MOST;) {
      const time = times[i]!;
      const x = timeToX(time, window, width);
      const isMarked = marks.some((mark) => Math.abs(mark.x - x) < NEAR) || (type === 'event' && marked.some((mark) => Math.abs(mark.x - x) < SIZE));
      if (!isMarked) marks.push({ type, x, width: 0 });
      i = Math.max(lowerBound(times, time + near), i + 1);
    }
  }
}
