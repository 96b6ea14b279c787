import { isStep } from '../model/build/steps.ts';
import { perTraceInSteps, type PreparedAnswer } from './memo.ts';

/** By index: the place among the siblings (1 = first), and the number of children. Roots are each other's siblings. */
export interface Siblings {
  readonly place: Uint32Array;
  readonly children: Uint32Array;
  readonly roots: number;
}

export const siblings: PreparedAnswer<Siblings> = perTraceInSteps(function* (trace) {
  const { parent } = trace.columns;
  const place = new Uint32Array(trace.spanCount);
  const children = new Uint32Array(trace.spanCount);
  let roots = 0;
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    place[index] = above === -1 ? (roots += 1) : (children[above]! += 1);
  }
  return { place, children, roots };
});
