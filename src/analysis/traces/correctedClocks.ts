import { clockSkews } from '../../model/clocks/clockSkew.ts';
import { correctClocks } from '../../model/clocks/correctClocks.ts';
import { perTrace } from '../memo.ts';

/** `correctClocks`, worked out once per trace, so that switching to and fro keeps the same two traces. */
export const correctedClocks = perTrace(correctClocks);

/** The pairs of services whose clocks differ by a known amount: those that `correctClocks` would put right. */
export const correctableSkews = perTrace((trace) => clockSkews(trace).filter(({ shift }) => shift !== null));
