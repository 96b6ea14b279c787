import { correctClocks } from '../../model/clocks/correctClocks.ts';
import { perTrace } from '../memo.ts';

/** `correctClocks`, worked out once per trace, so that switching to and fro keeps the same two traces. */
export const correctedClocks = perTrace(correctClocks);
