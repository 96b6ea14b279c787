import type { Nanos } from '../../model/types.ts';

const FIRST: Nanos = 1e9;
const STEP = 1.25;

/**
 * Up to where the timeline of a trace is drawn that still goes on: in steps of a quarter, so that what is on screen
 * stands still while bars grow into the room, and moves together once in a while.
 */
export function liveEnd(reached: Nanos): Nanos {
  if (!(reached > 0)) return FIRST;
  const steps = Math.max(0, Math.ceil(Math.log(reached / FIRST) / Math.log(STEP)));
  return Math.round(FIRST * STEP ** steps);
}
