import type { Nanos, Trace } from '../../model/types.ts';
import { isStep } from '../../model/build/steps.ts';
import { atOnce, type Steps } from '../steps.ts';
import { waitsInSteps, type Waits } from './waits.ts';

/** What is to be different. Both by index. */
export interface Changes {
  /** How long spans take instead, whatever is in them. */
  readonly lengths?: ReadonlyMap<number, Nanos>;
  /** The span with which another one starts, a sibling before it; -1 = it starts as it did. */
  readonly leader?: Int32Array;
}

/** How long every span of a trace would take with some changes, by what waits for what (`waits`). Linear. */
export const simulate = (trace: Trace, changes: Changes): Float64Array => atOnce(simulateInSteps(trace, changes));

/** The same in slices. */
export function* simulateInSteps(trace: Trace, { lengths, leader }: Changes): Steps<Float64Array> {
  const found = yield* waitsInSteps(trace);
  const length = found.length.slice();
  const begins = new Float64Array(trace.spanCount);
  for (let index = trace.spanCount - 1; index >= 0; index -= 1) {
    if (isStep(index)) yield;
    length[index] = lengths?.get(index) ?? lengthOf(trace, found, index, length, begins, leader);
  }
  return length;
}

/**
 * How long one span takes, the lengths of its children being known. `begins` is room for when each child begins, counted
 * from the start of the span.
 */
export function lengthOf(
  { columns: { start, subtreeEnd } }: Trace,
  { gap, tail, over, first, order, length: was }: Waits,
  above: number,
  length: Float64Array,
  begins: Float64Array,
  leader?: Int32Array,
): Nanos {
  let place = first[above]!;
  const behind = first[above + 1]!;
  let last = -Infinity;
  const lastOverAt = (instant: Nanos): Nanos => {
    for (; place < behind && over[order[place]!]! <= instant; place += 1)
      last = Math.max(last, begins[order[place]!]! + length[order[place]!]!);
    return last;
  };
  const end = start[above]! + was[above]!;
  let atEnd: Nanos | undefined;
  for (let child = above + 1; child < subtreeEnd[above]!; child = subtreeEnd[child]!) {
    if (start[child]! > end) atEnd ??= lastOverAt(end);
    const since = lastOverAt(start[child]!);
    const together = leader?.[child] ?? -1;
    begins[child] = together === -1 ? (since === -Infinity ? 0 : since) + gap[child]! : begins[together]!;
  }
  atEnd ??= lastOverAt(end);
  return atEnd === -Infinity ? was[above]! : Math.max(0, atEnd + tail[above]!);
}
