import { beganAt } from '../../analysis/traces/knownTimes.ts';
import type { TimeWindow } from './timeScale.ts';
import type { Nanos, Trace } from '../../model/types.ts';

/**
 * When the turns of a session took place, in Nanos since the first of them. Turns without any recorded time have none.
 */
export interface TurnTimes {
  readonly origin: bigint;
  readonly windows: readonly TimeWindow[];
  of(trace: Trace): TimeWindow | null;
}

/** Turns have to be in order of their start. */
export function turnTimes(turns: readonly Trace[]): TurnTimes {
  const timed = turns.filter(isTimed);
  const origin = timed[0]?.originUnixNano ?? 0n;
  const windowOf = ({ originUnixNano, end }: Trace): TimeWindow => {
    const from: Nanos = Number(originUnixNano - origin);
    return [from, from + end];
  };
  return { origin, windows: timed.map(windowOf), of: (trace) => (isTimed(trace) ? windowOf(trace) : null) };
}

const isTimed = (trace: Trace): boolean => beganAt(trace) !== null;

/** How long nobody worked before each window begins; 0 where somebody still did, and before the first. */
export function pausesBefore(windows: readonly TimeWindow[]): readonly Nanos[] {
  let last = windows[0]?.[0] ?? 0;
  return windows.map(([from, to]) => {
    const pause = Math.max(0, from - last);
    last = Math.max(last, to);
    return pause;
  });
}
