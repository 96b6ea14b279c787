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

/** From pairs of an instant and the number from there on. A question costs no more however many changes there are. */
export function runningCounts(steps: Float64Array): RunningCounts {
  const instants = steps.filter((_, at) => at % 2 === 0);
  const counts = steps.filter((_, at) => at % 2 === 1);
  const blocks = new Float64Array(Math.ceil(counts.length / BLOCK));
  counts.forEach((count, at) => {
    const block = Math.floor(at / BLOCK);
    blocks[block] = Math.max(blocks[block]!, count);
  });
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
    peak: counts.reduce((most, count) => Math.max(most, count), 0),
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
