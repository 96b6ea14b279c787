import type { Steps } from '../../analysis/steps.ts';
import { isStep } from '../../model/build/steps.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Nanos } from '../../model/types.ts';
import type { TimeScale } from '../time/timeScale.ts';

/** Changes that are looked at together, where many of them are in one pixel. */
const BLOCK = 256;

/** How many ran at once, as `concurrency` gives it, ready to be asked for any stretch of time. */
export interface RunningCounts {
  /** How many ran at an instant. */
  at(time: Nanos): number;
  /** The most that ran at once from one instant up to another. */
  most(from: Nanos, to: Nanos): number;
  readonly peak: number;
}

/**
 * From pairs of an instant and the number from there on. A question costs no more however many changes there are. Yields
 * after some thousand of them.
 */
export function* runningCounts(steps: Float64Array): Steps<RunningCounts> {
  const instants = new Float64Array(steps.length / 2);
  const counts = new Float64Array(instants.length);
  const blocks = new Float64Array(Math.ceil(counts.length / BLOCK));
  let peak = 0;
  for (let at = 0; at < counts.length; at += 1) {
    instants[at] = steps[2 * at]!;
    const count = (counts[at] = steps[2 * at + 1]!);
    const block = Math.floor(at / BLOCK);
    if (count > blocks[block]!) blocks[block] = count;
    if (count > peak) peak = count;
    if (isStep(at)) yield;
  }
  const placeOf = (time: Nanos): number => {
    const place = lowerBound(instants, time);
    return instants[place] === time ? place : place - 1;
  };
  const at = (time: Nanos): number => counts[placeOf(time)] ?? 0;
  return {
    at,
    most(from, to) {
      let most = at(from);
      const last = lowerBound(instants, to);
      for (let place = Math.max(0, placeOf(from)); place < last;) {
        const isWhole = place % BLOCK === 0 && place + BLOCK <= last;
        most = Math.max(most, isWhole ? blocks[place / BLOCK]! : counts[place]!);
        place += isWhole ? BLOCK : 1;
      }
      return most;
    },
    peak,
  };
}

/** The outline of the counts in a strip of a height, as an SVG path: at most one step per pixel. */
export function stripPath({ most, peak }: RunningCounts, { time, width }: TimeScale, height: number): string {
  let d = `M0 ${height}`;
  let before = 0;
  for (let x = 0; x < width; x += 1) {
    const count = most(time(x), time(x + 1));
    if (count === before) continue;
    before = count;
    d += `H${x}V${(height - (count / Math.max(1, peak)) * height).toFixed(1)}`;
  }
  return `${d}H${width.toFixed(1)}V${height}Z`;
}
