import { isStep } from '../../model/build/steps.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import type { Nanos, Trace, TraceColumns } from '../../model/types.ts';
import { isOverAt, knownEnds } from './knownEnds.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/** The path: stretch i is work of span `index[i]` and lasts from `edge[i]` to `edge[i + 1]`. */
export interface Path {
  readonly index: Uint32Array;
  readonly edge: Float64Array;
  /** By span, the first stretch in it or below it, and the first behind those. Equal where the path does not come. */
  readonly enter: Uint32Array;
  readonly leave: Uint32Array;
}

/** A span through which the walk goes, backwards. */
interface Visit {
  readonly span: number;
  /** The part of it that is on the path; what lies behind `to` is done. */
  readonly from: Nanos;
  to: Nanos;
  /**
   * The instant for which children are asked whether they were over: at first the span's end, also where that lies
   * behind `to`.
   */
  waiting: Nanos;
  /** Where its children begin in the list of those to come. */
  readonly height: number;
}

/**
 * The walk that `criticalPath` describes, with a stack of its own: a chain of 100,000 spans is an ordinary input. O(n
 * log n), O(n) where steps follow each other.
 */
export const walkBack: PreparedAnswer<Path> = perTraceInSteps(function* (trace) {
  const {
    spanCount,
    columns: { start },
  } = trace;
  const ends = yield* knownEnds.inSteps(trace);
  // A visit adds one stretch of its own and one more per child that is visited: fewer than two per span. Filled from
  // the back.
  const index = new Uint32Array(spanCount * 2);
  const edge = new Float64Array(spanCount * 2 + 1);
  let place = index.length;
  const enter = new Uint32Array(spanCount);
  const leave = new Uint32Array(spanCount);
  const toCome = new Uint32Array(spanCount);
  const visits: Visit[] = [];
  let height = 0;

  const visit = (span: number, from: Nanos, to: Nanos): void => {
    visits.push({ span, from, to, waiting: ends[span]!, height });
    leave[span] = place;
    height = pushByEnd(trace, span, ends, toCome, height);
  };
  const work = (span: number, from: Nanos): void => {
    place -= 1;
    index[place] = span;
    edge[place] = from;
  };

  const root = mainRoot(trace.columns);
  if (root !== -1 && ends[root]! > start[root]!) {
    edge[place] = ends[root]!;
    visit(root, start[root]!, ends[root]!);
  }
  for (let turn = 0; visits.length > 0; turn += 1) {
    if (isStep(turn)) yield;
    const at = visits[visits.length - 1]!;
    let child = -1;
    while (child === -1 && height > at.height && at.waiting > at.from) {
      const next = toCome[--height]!;
      // Who was not over at an instant was not over at any before it.
      if (start[next]! < at.waiting && isOverAt(at.waiting, start[next]!, ends[next]!)) child = next;
    }
    if (child === -1) {
      if (at.to > at.from) work(at.span, at.from);
      enter[at.span] = place;
      height = at.height;
      visits.pop();
      continue;
    }
    const from = Math.max(start[child]!, at.from);
    const to = Math.min(ends[child]!, at.waiting, at.to);
    at.waiting = start[child]!;
    if (to <= from) continue;
    if (at.to > to) work(at.span, to);
    at.to = from;
    visit(child, from, to);
  }

  for (let span = 0; span < spanCount; span += 1) {
    if (isStep(span)) yield;
    if (leave[span] === 0) continue;
    enter[span]! -= place;
    leave[span]! -= place;
  }
  return { index: index.slice(place), edge: edge.slice(place), enter, leave };
});

/** Puts the children of a span that have a length on a stack, the last to end on top. Gives the new height. */
function pushByEnd(
  { columns: { start, subtreeEnd } }: Trace,
  span: number,
  ends: Float64Array,
  stack: Uint32Array,
  height: number,
): number {
  let top = height;
  let sorted = true;
  for (let child = span + 1; child < subtreeEnd[span]!; child = subtreeEnd[child]!) {
    if (!(ends[child]! > start[child]!)) continue;
    // They come in order of start; where one follows the other, that is also the order of ends.
    if (top > height && ends[child]! <= ends[stack[top - 1]!]!) sorted = false;
    stack[top++] = child;
  }
  if (!sorted) stack.subarray(height, top).sort((a, b) => ends[a]! - ends[b]! || start[b]! - start[a]! || b - a);
  return top;
}

/** The first root whose parent is not missing, else the first; -1 where there are no spans. */
export function mainRoot({ parent, flags, subtreeEnd }: TraceColumns): number {
  for (let index = 0; index < parent.length; index = subtreeEnd[index]!)
    if ((flags[index]! & SPAN_FLAGS['missing-parent']) === 0) return index;
  return parent.length > 0 ? 0 : -1;
}
