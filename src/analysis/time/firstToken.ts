import type { Nanos, Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';
import { askedToAnswered } from '../traces/traceFacts.ts';

/**
 * How long after the request the reader of the answer saw the first of it: the first token of the last streaming call
 * that began before the answer was whole. NaN = unknown.
 */
export const firstToken: (trace: Trace) => Nanos = perTrace((trace) => {
  const { amounts, start } = trace.columns;
  const [asked, answered] = askedToAnswered(trace);
  let latest = Number.NaN;
  let from = -1;
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (amounts[index] === -1 || start[index]! < from || start[index]! > answered) continue;
    const { firstToken: after } = trace.span(index);
    if (Number.isNaN(after)) continue;
    from = start[index]!;
    latest = from + after;
  }
  return latest - asked;
});
