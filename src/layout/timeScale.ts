import type { Nanos, Trace } from '../model/types.ts';

/** A stretch of time on screen: from, to. */
export type TimeWindow = readonly [from: Nanos, to: Nanos];

const SMALLEST: Nanos = 10;
/** Room after the last instant, so that the last bar's end can be seen. */
const MARGIN = 0.012;

/** The window that shows the whole trace. */
export const fitWindow = (trace: Pick<Trace, 'end'>): TimeWindow => [0, trace.end > 0 ? Math.max(SMALLEST, trace.end * (1 + MARGIN)) : 1000];

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
export const panWindow = ([from, to]: TimeWindow, by: Nanos, bounds: TimeWindow): TimeWindow => clampWindow([from + by, to + by], bounds);

/** Inside the bounds and not below 10 ns wide; keeps the width where that is possible. */
export function clampWindow([from, to]: TimeWindow, [least, most]: TimeWindow): TimeWindow {
  const width = Math.min(Math.max(to - from, SMALLEST), most - least);
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(to - from < SMALLEST ? middle - width / 2 : from, least), most - width);
  return [start, start + width];
}

/** The window moved, not zoomed, so that a span shows; the same window where some of the span is in it already. */
export function bringIntoView(window: TimeWindow, start: Nanos, end: Nanos, bounds: TimeWindow): TimeWindow {
  const [from, to] = window;
  if (end >= from && start <= to) return window;
  const room = (to - from) * 0.1;
  return panWindow(window, start > to ? Math.min(end + room, start + (to - from) - room) - to : start - room - from, bounds);
}

/** The window in whole nanoseconds, as it is told to hosts. */
export const wholeNanos = ([from, to]: TimeWindow): TimeWindow => [Math.round(from), Math.round(to)];

/** Pixels of a time in a window drawn `width` pixels wide. */
export const timeToX = (time: Nanos, [from, to]: TimeWindow, width: number): number => ((time - from) / (to - from)) * width;

/** The time under a pixel. */
export const xToTime = (x: number, [from, to]: TimeWindow, width: number): Nanos => from + (x / width) * (to - from);

export interface Ticks { readonly step: Nanos; readonly times: readonly Nanos[] }

const MINUTE = 60e9;
const HOUR = 60 * MINUTE;
/** Steps above ten seconds, where time stops being decimal. */
const LONG_STEPS = [15e9, 30e9, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR, 10 * HOUR];

/** Round times at least `apart` pixels from each other. Steps are 1, 2, 5 × 10ⁿ, above ten seconds those of clocks. */
export function timeTicks([from, to]: TimeWindow, width: number, apart = 64): Ticks {
  const wanted = Math.max(1, ((to - from) / Math.max(width, 1)) * apart);
  const step = roundStep(wanted);
  const times: Nanos[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) times.push(time);
  return { step, times };
}

function roundStep(wanted: Nanos): Nanos {
  if (wanted > 10e9) {
    const long = LONG_STEPS.find((step) => step >= wanted);
    if (long !== undefined) return long;
  }
  const power = 10 ** Math.floor(Math.log10(wanted));
  for (const times of [1, 2, 5]) if (times * power >= wanted * (1 - 1e-9)) return times * power;
  return 10 * power;
}
