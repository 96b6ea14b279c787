import { isStep } from '../../model/build/steps.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { knownEnds, overFrom } from '../criticalPath/knownEnds.ts';
import { atOnce, type Steps } from '../steps.ts';

/**
 * Who waited for whom, as far as times show: a step waited for all siblings that were over when it began, and a span for
 * all its children that were over when it ended (`isOverAt`, as on the critical path). What a span did between is its
 * own work and takes as long whatever becomes of the others.
 */
export interface Waits {
  readonly length: Float64Array;
  /** By span: from its start back to the last end that it waited for; where there is none, to its parent's start. */
  readonly gap: Float64Array;
  /** By span: from its end back to the last end of a child that it waited for; its length where it waited for none. */
  readonly tail: Float64Array;
  /** From when on a span counts as over; Infinity for those nobody waits for: without length, or before their parents. */
  readonly over: Float64Array;
  /** The children of span i, those that are over first first, are `order[first[i]]` up to `order[first[i + 1]]`. */
  readonly first: Uint32Array;
  readonly order: Uint32Array;
}

/** `Waits.length` and `Waits.over` of single spans, of which no table is made. */
export function lengthsOf(trace: Trace): {
  readonly length: (index: number) => Nanos;
  readonly over: (index: number) => Nanos;
} {
  const { parent, start } = trace.columns;
  const ends = knownEnds(trace);
  const length = (index: number): Nanos => Math.max(0, ends[index]! - start[index]!);
  const over = (index: number): Nanos =>
    length(index) > 0 && ends[index]! > start[parent[index]!]! ? overFrom(start[index]!, ends[index]!) : Infinity;
  return { length, over };
}

export const waits = (trace: Trace): Waits => atOnce(waitsInSteps(trace));

const known = new WeakMap<Trace, Waits>();

/** The same in slices: yields after some thousand spans. */
export function* waitsInSteps(trace: Trace): Steps<Waits> {
  let answer = known.get(trace);
  if (!answer) known.set(trace, (answer = yield* findWaits(trace)));
  return answer;
}

function* findWaits(trace: Trace): Steps<Waits> {
  const {
    spanCount,
    columns: { parent, start, subtreeEnd },
  } = trace;
  const ends = knownEnds(trace);
  yield;
  const lengths = lengthsOf(trace);
  const length = new Float64Array(spanCount);
  const gap = new Float64Array(spanCount);
  const over = new Float64Array(spanCount).fill(Infinity);
  const first = new Uint32Array(spanCount + 2);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    length[index] = lengths.length(index);
    if (parent[index] === -1) continue;
    first[parent[index]! + 2]! += 1;
    over[index] = lengths.over(index);
  }
  const tail = length.slice();
  for (let at = 2; at < first.length; at += 1) first[at]! += first[at - 1]!;
  yield;
  const order = new Uint32Array(first[spanCount + 1]!);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    if (parent[index] !== -1) order[first[parent[index]! + 1]!++] = index;
  }
  let seen = 0;
  for (let above = 0; above < spanCount; above += 1) {
    seen += 1 + first[above + 1]! - first[above]!;
    if (seen > AT_ONCE) {
      seen = 0;
      yield;
    }
    const children = order.subarray(first[above], first[above + 1]);
    if (children.length === 0) continue;
    sortBy(over, children);
    let place = 0;
    let last = -Infinity;
    const lastOverAt = (instant: Nanos): Nanos => {
      for (; place < children.length && over[children[place]!]! <= instant; place += 1)
        last = Math.max(last, ends[children[place]!]!);
      return last;
    };
    const end = start[above]! + length[above]!;
    let atEnd: Nanos | undefined;
    // Siblings stand in the order of their starts; some start when their parent has ended.
    for (let child = above + 1; child < subtreeEnd[above]!; child = subtreeEnd[child]!) {
      if (start[child]! > end) atEnd ??= lastOverAt(end);
      const since = lastOverAt(start[child]!);
      gap[child] = start[child]! - (since === -Infinity ? start[above]! : since);
    }
    atEnd ??= lastOverAt(end);
    if (atEnd !== -Infinity) tail[above] = end - atEnd;
  }
  return { length, gap, tail, over, first, order };
}

/** Spans after which the page may have its turn. */
const AT_ONCE = 4096;

function sortBy(value: Float64Array, list: Uint32Array): void {
  for (let at = 1; at < list.length; at += 1) {
    if (value[list[at - 1]!]! <= value[list[at]!]!) continue;
    list.sort((a, b) => (value[a]! < value[b]! ? -1 : Number(value[a]! > value[b]!)));
    return;
  }
}
