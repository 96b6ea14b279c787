import { isStep } from '../../model/build/steps.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/**
 * Nanos that each span spent on its own, by index: its length minus the union of its children's intervals, clipped to
 * it. Children that run side by side are taken off once. An open span counts to the last instant known. Linear:
 * siblings come in order of start.
 */
export const selfTime: PreparedAnswer<Float64Array> = perTraceInSteps(function* (trace) {
  const { parent, start, end } = trace.columns;
  const own = new Float64Array(trace.spanCount);
  const coveredTo = new Float64Array(trace.spanCount);
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    const from = start[index]!;
    const to = Number.isNaN(end[index]!) ? trace.end : end[index]!;
    own[index] = Math.max(0, to - from);
    coveredTo[index] = from;
    const above = parent[index]!;
    if (above === -1) continue;
    const parentEnd = Number.isNaN(end[above]!) ? trace.end : end[above]!;
    const coverFrom = Math.max(from, coveredTo[above]!);
    const coverTo = Math.min(to, parentEnd);
    if (coverTo <= coverFrom) continue;
    own[above]! -= coverTo - coverFrom;
    coveredTo[above] = coverTo;
  }
  return own;
});
