import { isStep } from '../../model/build/steps.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { perTrace, perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { walkBack } from './walkBack.ts';

/** A stretch of time in which the end of a trace waited for a span's own work. */
export interface CriticalStretch {
  readonly index: number;
  readonly start: Nanos;
  readonly end: Nanos;
}

/**
 * The stretches of time in which the end of a trace waited for a span's own work, in order of time. They cover the
 * root's interval from its start to its end without gap or overlap; a root without length has none.
 *
 * root    0-------------100     root 0-10, plan 10-40, root 40-45, search 45-90, root 90-100
 * plan   10--40
 * search     45----90
 * cache      45-60            over long before anyone waited for it
 * log            70----150    root did not wait for its end
 *
 * Walks backwards from a span's end: of the children that were over by then the last to end was waited for, and before
 * it, from its start, the last that was over by that time, and so on; within each of them likewise. Of children that
 * end together it is the one that started first. This is the “last returning child” of CRISP (Zhang et al., USENIX ATC
 * 2022) and Jaeger, with two differences. They cut a child that outlives its parent at the parent's end and then count
 * it as waited for, which lets work in the background hide all else; here nobody who did not wait counts as having
 * waited. And they drop a step that overlaps the next by a microsecond; here `isOverAt` allows for clocks.
 *
 * The root is the first whose parent is not missing, as for the name of the trace (the first of all if there is none);
 * other roots have no part. Children count only within their parents, those that share no instant with it not at all.
 * For ends that are missing see `knownEnds`; a span without a start stands at its parent's start.
 */
export const criticalPath: (trace: Trace) => readonly CriticalStretch[] = perTrace((trace) => {
  const { index, edge } = walkBack(trace);
  return Array.from(index, (span, i) => ({ index: span, start: edge[i]!, end: edge[i + 1]! }));
});

/** By index, the Nanos of own work for which the end of the trace waited; 0 = none. */
export const onCriticalPath: PreparedAnswer<Float64Array> = perTraceInSteps(function* (trace) {
  const { index, edge } = yield* walkBack.inSteps(trace);
  const time = new Float64Array(trace.spanCount);
  for (let i = 0; i < index.length; i += 1) {
    if (isStep(i)) yield;
    time[index[i]!]! += edge[i + 1]! - edge[i]!;
  }
  return time;
});

/**
 * The stretches of one span on the critical path, as pairs `from, to` in Nanos, in order of time. Costs what it gives.
 */
export function criticalStretches(trace: Trace, index: number): Float64Array {
  const { edge } = walkBack(trace);
  const { first, places } = placesBySpan(trace);
  const from = first[index]!;
  const pairs = new Float64Array((first[index + 1]! - from) * 2);
  for (let i = 0; i < pairs.length; i += 2) {
    const place = places[from + i / 2]!;
    pairs[i] = edge[place]!;
    pairs[i + 1] = edge[place + 1]!;
  }
  return pairs;
}

/**
 * From when to when the critical path runs through a span or anything below it, which is one stretch; null where it
 * never does.
 */
export function criticalInterval(trace: Trace, index: number): readonly [from: Nanos, to: Nanos] | null {
  const { edge, enter, leave } = walkBack(trace);
  return leave[index]! > enter[index]! ? [edge[enter[index]!]!, edge[leave[index]!]!] : null;
}

/** Places in the path by span: those of span i are `places[first[i]]` up to `places[first[i + 1]]`. */
export const placesBySpan = perTraceInSteps<{ readonly first: Uint32Array; readonly places: Uint32Array }>(
  function* (trace) {
    const { index } = yield* walkBack.inSteps(trace);
    const first = new Uint32Array(trace.spanCount + 2);
    for (let i = 0; i < index.length; i += 1) first[index[i]! + 2]! += 1;
    yield;
    for (let i = 2; i < first.length; i += 1) first[i]! += first[i - 1]!;
    yield;
    const places = new Uint32Array(index.length);
    for (let i = 0; i < index.length; i += 1) places[first[index[i]! + 1]!++] = i;
    return { first, places };
  },
);
