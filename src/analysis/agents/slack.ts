import type { Nanos, Trace } from '../../model/types.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import { mainRoot } from '../criticalPath/walkBack.ts';
import { atOnce, type Steps } from '../steps.ts';
import { waitsInSteps } from './waits.ts';

/**
 * Nanoseconds that each span could be longer without moving the end of the trace, by index; 0 on the critical path,
 * Infinity where nothing waited for its end: work in the background, other roots, spans without length. The end of the
 * trace is that of its root, as for `criticalPath`, and who waited for whom is read from the times: a step waited for
 * all siblings that were over when it began, a span for its children that were over when it ended. O(n log n).
 */
export const slack = (trace: Trace): Float64Array => atOnce(slackInSteps(trace));

const known = new WeakMap<Trace, Float64Array>();

/** The same in slices: yields after some thousand spans. */
export function* slackInSteps(trace: Trace): Steps<Float64Array> {
  let found = known.get(trace);
  if (!found) known.set(trace, (found = yield* findSlack(trace)));
  return found;
}

/** Spans after which the page may have its turn. */
const AT_ONCE = 4096;

function* findSlack(trace: Trace): Steps<Float64Array> {
  const {
    spanCount,
    columns: { start, subtreeEnd },
  } = trace;
  const { length, gap, tail, over } = yield* waitsInSteps(trace);
  const free = new Float64Array(spanCount).fill(Infinity);
  const root = mainRoot(trace.columns);
  if (root === -1) return free;
  free[root] = 0;
  let seen = 0;
  for (let above = root; above < subtreeEnd[root]!; above += 1) {
    seen += 1;
    if (seen >= AT_ONCE) {
      seen = 0;
      yield;
    }
    if (subtreeEnd[above] === above + 1 || free[above] === Infinity) continue;
    const end = start[above]! + length[above]!;
    const children: number[] = [];
    for (let child = above + 1; child < subtreeEnd[above]!; child = subtreeEnd[child]!) children.push(child);
    seen += children.length;
    const starts = Float64Array.from(children, (child) => start[child]!);
    /** By place: the latest that all from there on could be waiting without moving the end. */
    const latest = new Float64Array(children.length + 1).fill(Infinity);
    for (let place = children.length - 1; place >= 0; place -= 1) {
      const child = children[place]!;
      if (over[child] !== Infinity) {
        const ofParent: Nanos = over[child]! <= end ? end + free[above]! - tail[above]! : Infinity;
        const ofSiblings = latest[lowerBound(starts, over[child]!)]!;
        free[child] = Math.min(ofParent, ofSiblings) - (start[child]! + length[child]!);
      }
      latest[place] = Math.min(latest[place + 1]!, start[child]! + free[child]! - gap[child]!);
    }
  }
  return free;
}
