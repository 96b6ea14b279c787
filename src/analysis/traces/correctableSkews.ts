import { clockSkews } from '../../model/clocks/clockSkew.ts';
import { perTrace } from '../memo.ts';

/** The pairs of services whose clocks differ by a known amount: those that `correctClocks` would put right. */
export const correctableSkews = perTrace((trace) => clockSkews(trace).filter(({ shift }) => shift !== null));
