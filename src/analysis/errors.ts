import { ERROR_STATUS } from '../model/codes.ts';
import type { Trace } from '../model/types.ts';
import { perTrace } from './memo.ts';

/** Indices of the spans that failed, in pre-order. */
export const errors: (trace: Trace) => Uint32Array = perTrace((trace) => {
  const failed: number[] = [];
  const { status } = trace.columns;
  for (let index = 0; index < status.length; index += 1) if (status[index] === ERROR_STATUS) failed.push(index);
  return Uint32Array.from(failed);
});
