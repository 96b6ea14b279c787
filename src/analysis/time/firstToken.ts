import { isStep } from '../../model/build/steps.ts';
import type { Nanos } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { askedToAnswered } from '../traces/traceFacts.ts';

/**
 * How long after the request the reader of the answer saw the first of it: the first token of the last streaming call
 * that began before the answer was whole. NaN = unknown.
 */
export const firstToken: PreparedAnswer<Nanos> = perTraceInSteps(function* (trace) {
  const { amounts, start } = trace.columns;
  const [asked, answered] = askedToAnswered(trace);
  let latest = Number.NaN;
  let from = -1;
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    if (amounts[index] === -1 || start[index]! < from || start[index]! > answered) continue;
    const { firstToken: after } = trace.span(index);
    if (Number.isNaN(after)) continue;
    from = start[index]!;
    latest = from + after;
  }
  return latest - asked;
});
