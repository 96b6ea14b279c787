import type { Nanos, SpanKind, Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';
import { ownTime } from './ownTime.ts';

/**
 * Own time summed by kind, most first; kinds without any are left out. Spans that ran side by side each count, and the
 * requests of a model's client count with its call (`countsWith`).
 */
export const ownTimeByKind: (trace: Trace) => readonly { readonly kind: SpanKind; readonly time: Nanos }[] = perTrace(
  (trace) => {
    const own = ownTime(trace);
    const sums = new Float64Array(trace.columns.kinds.length);
    for (let index = 0; index < own.length; index += 1) sums[trace.columns.kind[index]!]! += own[index]!;
    return Array.from(sums, (time, code) => ({ kind: trace.columns.kinds[code]!, time }))
      .filter(({ time }) => time > 0)
      .sort((a, b) => b.time - a.time);
  },
);
