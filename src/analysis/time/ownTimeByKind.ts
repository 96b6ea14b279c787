import { isStep } from '../../model/build/steps.ts';
import type { Nanos, SpanKind } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { ownTime } from './ownTime.ts';

/**
 * Own time summed by kind, most first; kinds without any are left out. Spans that ran side by side each count, and the
 * requests of a model's client count with its call (`countsWith`).
 */
export const ownTimeByKind: PreparedAnswer<readonly { readonly kind: SpanKind; readonly time: Nanos }[]> =
  perTraceInSteps(function* (trace) {
    const own = yield* ownTime.inSteps(trace);
    const sums = new Float64Array(trace.columns.kinds.length);
    for (let index = 0; index < own.length; index += 1) {
      if (isStep(index)) yield;
      sums[trace.columns.kind[index]!]! += own[index]!;
    }
    return Array.from(sums, (time, code) => ({ kind: trace.columns.kinds[code]!, time }))
      .filter(({ time }) => time > 0)
      .sort((a, b) => b.time - a.time);
  });
