import type { Nanos } from '../../model/types.ts';
import type { TimeScale } from './timeScale.ts';

export interface Ticks {
  readonly step: Nanos;
  readonly times: readonly Nanos[];
}

const MINUTE = 60e9;
const HOUR = 60 * MINUTE;
/** Steps above ten seconds, where time stops being decimal, up to whole days. */
const LONG_STEPS = [
  15e9,
  30e9,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  5 * HOUR,
  12 * HOUR,
];
const DAY = 24 * HOUR;

/**
 * Round times at least `apart` pixels from each other. Steps are 1, 2, 5 × 10ⁿ, above ten seconds those of clocks, above
 * half a day as many days.
 * There are none within a break, and one where it ends, round or not. Of two that are nearer to each other the later is
 * left out. Where pauses are shortened that nobody sees, so that round times would lie anyhow, ticks have equal
 * distances instead.
 */
export function timeTicks(
  { window: [from, to], width, pixel, breaks, even, x, time: timeAt }: TimeScale,
  apart = 64,
): Ticks {
  const step = roundStep(Math.max(1, pixel * apart));
  const times: Nanos[] = [];
  let last = -Infinity;
  const add = (time: Nanos): void => {
    const at = x(time);
    // As near as rounding allows; of a window without width there is no place.
    if (!(at >= last + apart - 0.1)) return;
    times.push(time);
    last = at;
  };
  const isEven = (begin: Nanos, end: Nanos): boolean => (end - begin) / pixel <= (x(end) - x(begin)) * 1.001 + 1;
  for (let part = 0, begin = from; part <= breaks.length; part += 1) {
    if (part > 0 && begin >= from && begin <= to) add(begin);
    const end = Math.min(breaks[part]?.from ?? to, to);
    const first = Math.ceil(begin / step) * step;
    // Counted, as far from zero a step may be too small to add.
    if (even || isEven(begin, end))
      for (let tick = 0; tick <= (end - first) / step; tick += 1) add(first + tick * step);
    else for (let at = Math.max(x(begin), 0); at <= Math.min(x(end), width); at += apart) add(timeAt(at));
    begin = breaks[part]?.to ?? to;
  }
  return { step, times };
}

function roundStep(wanted: Nanos): Nanos {
  if (wanted > 10e9) {
    const long = LONG_STEPS.find((step) => step >= wanted);
    return long ?? DAY * decimalStep(wanted / DAY);
  }
  return decimalStep(wanted);
}

function decimalStep(wanted: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(wanted)));
  for (const times of [1, 2, 5]) if (times * power >= wanted * (1 - 1e-9)) return times * power;
  return 10 * power;
}
