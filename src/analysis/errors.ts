import { ERROR_STATUS } from '../model/codes.ts';
import type { Trace } from '../model/types.ts';
import { perTrace } from './memo.ts';

/** Indices of the spans that failed, in pre-order. */
export const errors: (trace: Trace) => Uint32Array = perTrace((trace) => {
  const failed: number[] = [];
  const { status } = trace.columns;
  // The engine's own search: the first picture asks for it, and most traces have few.
  for (let index = status.indexOf(ERROR_STATUS); index !== -1; index = status.indexOf(ERROR_STATUS, index + 1))
    failed.push(index);
  return Uint32Array.from(failed);
});

/** How many of the other traces hold a failed span. */
export const failedBeside = (traces: readonly Trace[], shown: Trace): number =>
  traces.reduce((count, trace) => count + Number(trace.key !== shown.key && errors(trace).length > 0), 0);
