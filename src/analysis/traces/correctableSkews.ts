import { clockSkewsInSteps, type ClockSkew } from '../../model/clocks/clockSkew.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/** The pairs of services whose clocks differ by a known amount: those that `correctClocks` would put right. */
export const correctableSkews: PreparedAnswer<readonly ClockSkew[]> = perTraceInSteps(function* (trace) {
  return (yield* clockSkewsInSteps(trace)).filter(({ shift }) => shift !== null);
});
