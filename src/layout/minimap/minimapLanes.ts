import type { Steps } from '../../analysis/steps.ts';
import { isStep } from '../../model/build/steps.ts';
import type { Trace } from '../../model/types.ts';
import { endOf } from '../../model/endOf.ts';
import { placed } from '../time/stepPlaces.ts';

/** Which lane of a minimap each span is drawn in. */
export interface Lanes {
  readonly count: number;
  readonly of: Uint32Array;
}

/**
 * A span's lane is below its parent's, and free while the span lasts: spans that ran side by side stand below each
 * other. Where that needs more than `most` lanes, a lane is a depth and hides what ran beside it; where there are more
 * depths, they share lanes evenly.
 * Yields after some thousand spans.
 */
export function* minimapLanes(trace: Trace, most: number): Steps<Lanes> {
  return (yield* besideEachOther(trace, most)) ?? (yield* byDepth(trace, most));
}

function* besideEachOther(trace: Trace, most: number): Steps<Lanes | null> {
  const places = placed(trace);
  const { parent, start } = places.columns;
  const of = new Uint32Array(trace.spanCount);
  /**
   * By lane, the last end so far. Spans come in pre-order: what stands in a lane already is of this span's ancestors or
   * began before them or it.
   */
  const taken = new Float64Array(most).fill(-1);
  let count = 1;
  for (let index = 0; index < of.length; index += 1) {
    if (isStep(index)) yield;
    let lane = parent[index] === -1 ? 0 : of[parent[index]!]! + 1;
    while (lane < most && taken[lane]! > start[index]!) lane += 1;
    if (lane >= most) return null;
    of[index] = lane;
    taken[lane] = Math.max(taken[lane]!, endOf(places, index));
    count = Math.max(count, lane + 1);
  }
  return { count, of };
}

function* byDepth({ spanCount, columns: { depth } }: Trace, most: number): Steps<Lanes> {
  let deepest = 0;
  for (let index = 0; index < spanCount; index += 1) if (depth[index]! > deepest) deepest = depth[index]!;
  yield;
  const count = Math.max(1, Math.min(deepest + 1, most));
  const of = new Uint32Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) of[index] = Math.floor((depth[index]! * count) / (deepest + 1));
  return { count, of };
}
