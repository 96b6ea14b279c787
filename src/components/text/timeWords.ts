import { beganAt } from '../../analysis/traces/knownTimes.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Trace } from '../../model/types.ts';

/** When a trace began, with the zone in which that is said, or that nobody recorded it. */
export function beganWords(trace: Trace, { zonedTime }: Format, { noTimes }: Labels): string {
  const began = beganAt(trace);
  return began === null ? noTimes : zonedTime(began);
}
