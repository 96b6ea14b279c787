import type { Nanos, Trace } from '../../model/types.ts';
import { placed } from './stepPlaces.ts';
import { isShortened, timeAxis, type TimeAxis, type TimeWindow } from './timeAxis.ts';

export type { TimeWindow } from './timeAxis.ts';

const SMALLEST: Nanos = 10;
/** Share of a number of which a double still holds a hundredth. */
const FINEST = 2 ** -46;
/** Room after the last instant, so that the last bar's end can be seen. */
const MARGIN = 0.012;

/** Time in its real length. */
export const LINEAR: TimeAxis = timeAxis([]);

/** The window that shows the whole trace, and the time up to `least` behind it. */
export function fitWindow(trace: Trace | Pick<Trace, 'end'>, axis = LINEAR, least: Nanos = 0): TimeWindow {
  const end = Math.max(('columns' in trace ? placed(trace) : trace).end, least);
  return [0, end > 0 ? Math.max(SMALLEST, axis.toTime(axis.toAxis(end) * (1 + MARGIN))) : 1000];
}

/**
 * From times to places on an axis, and back. Windows are zoomed and moved as places: what is on screen then keeps its
 * pace, also where time is shortened.
 */
export const placesOf = ([from, to]: TimeWindow, axis: TimeAxis): TimeWindow => [axis.toAxis(from), axis.toAxis(to)];
export const timesOf = ([from, to]: TimeWindow, axis: TimeAxis): TimeWindow => [axis.toTime(from), axis.toTime(to)];

/** The window that shows one span with 4 % of room on each side; a span without length gets room of its own size. */
export function fitSpan(start: Nanos, end: Nanos, bounds: TimeWindow): TimeWindow {
  const room = Math.max((end - start) * 0.04, SMALLEST / 2);
  return clampWindow([start - room, end + room], bounds);
}

/** Zooms by a factor (< 1 = closer) and keeps the given time where it is on screen. */
export function zoomWindow([from, to]: TimeWindow, factor: number, about: Nanos, bounds: TimeWindow): TimeWindow {
  return clampWindow([about - (about - from) * factor, about + (to - about) * factor], bounds);
}

/** Moves by a time; at an end it stops and keeps its width. */
export const panWindow = ([from, to]: TimeWindow, by: Nanos, bounds: TimeWindow): TimeWindow =>
  clampWindow([from + by, to + by], bounds);

/**
 * Inside the bounds and not below 10 ns wide, or what a double can tell apart so far from the start; keeps the width
 * where that is possible.
 */
export function clampWindow([from, to]: TimeWindow, [least, most]: TimeWindow): TimeWindow {
  const smallest = Math.max(SMALLEST, most * FINEST);
  const width = Math.min(Math.max(to - from, smallest), most - least);
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(to - from < smallest ? middle - width / 2 : from, least), most - width);
  return [start, start + width];
}

/** The window moved, not zoomed, so that a span shows; the same window where some of the span is in it already. */
export function bringIntoView(window: TimeWindow, start: Nanos, end: Nanos, bounds: TimeWindow): TimeWindow {
  const [from, to] = window;
  if (end >= from && start <= to) return window;
  const room = (to - from) * 0.1;
  return panWindow(
    window,
    start > to ? Math.min(end + room, start + (to - from) - room) - to : start - room - from,
    bounds,
  );
}

/** The window in whole nanoseconds, as it is reported to hosts. */
export const wholeNanos = ([from, to]: TimeWindow): TimeWindow => [Math.round(from), Math.round(to)];

/** Pixels of a time in a window drawn `width` pixels wide. */
export const timeToX = (time: Nanos, [from, to]: TimeWindow, width: number): number =>
  ((time - from) / (to - from)) * width;

/** The time under a pixel. */
export const xToTime = (x: number, [from, to]: TimeWindow, width: number): Nanos => from + (x / width) * (to - from);

/** Pixels. Where time is shortened in less, nobody could see it. */
const SMALLEST_BREAK = 3;

/** A stretch of time that is drawn shorter than it was: from, to in Nanos, and where it is seen, in pixels. */
export interface TimeBreak {
  readonly from: Nanos;
  readonly to: Nanos;
  readonly x: number;
  readonly width: number;
}

/** Times as pixels of a timeline, for the stretch of time that it shows. */
export interface TimeScale {
  readonly window: TimeWindow;
  readonly axis: TimeAxis;
  /** Pixels. */
  readonly width: number;
  /** How long a pixel is where time is not shortened: nowhere shorter. */
  readonly pixel: Nanos;
  /** The stretches in the window in which time is seen to be shorter, in order. */
  readonly breaks: readonly TimeBreak[];
  /** Whether no time in the window is shortened, seen or not: then all pixels are equally long. */
  readonly even: boolean;
  x(time: Nanos): number;
  /** The time under a pixel. */
  time(x: number): Nanos;
}

export function timeScale(window: TimeWindow, width: number, axis = LINEAR): TimeScale {
  const places = placesOf(window, axis);
  const x = (time: Nanos): number => timeToX(axis.toAxis(time), places, width);
  // Inside of one pause time has one pace, as anywhere.
  if (axis.stretches.some(({ idle, from, to }) => idle && from <= window[0] && to >= window[1]))
    return { ...timeScale(window, width), axis };
  const shortened = axis.stretches.filter(
    (stretch) => isShortened(stretch) && stretch.to > window[0] && stretch.from < window[1],
  );
  const breaks = shortened
    .map(({ from, to }): TimeBreak => {
      const left = Math.max(x(from), 0);
      return { from, to, x: left, width: Math.min(x(to), width) - left };
    })
    .filter((each) => each.width >= SMALLEST_BREAK);
  return {
    window,
    axis,
    width,
    pixel: (places[1] - places[0]) / width,
    breaks,
    even: shortened.length === 0,
    x,
    time: (at) => axis.toTime(xToTime(at, places, width)),
  };
}
