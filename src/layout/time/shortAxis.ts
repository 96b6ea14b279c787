import { perTraceInSteps, type PreparedAnswer } from '../../analysis/memo.ts';
import { workWindows } from '../../analysis/time/workWindows.ts';
import { timeAxis, type TimeAxis } from './timeAxis.ts';
import type { TimeWindow } from './timeScale.ts';

/** The axis of a trace on which pauses in its work are shortened: all together to a quarter of it. */
export const shortAxis: PreparedAnswer<TimeAxis> = perTraceInSteps(function* (trace) {
  return timeAxis([[0, 0], ...(yield* workWindows.inSteps(trace)), [trace.end, trace.end]]);
});

/**
 * How long nothing that works was recorded within a window, in Nanos, and whether the axis makes any of that shorter.
 */
export function idleWithin(
  { stretches, longest }: TimeAxis,
  [from, to]: TimeWindow,
): { readonly idle: number; readonly shortens: boolean } {
  let sum = 0;
  let shortens = false;
  for (const { idle, from: begin, to: end } of stretches) {
    const length = Math.min(end, to) - Math.max(begin, from);
    if (!idle || length <= 0) continue;
    sum += length;
    shortens ||= end - begin > longest;
  }
  return { idle: sum, shortens };
}
