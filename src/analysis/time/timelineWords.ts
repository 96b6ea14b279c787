import type { Nanos, Trace } from '../../model/types.ts';
import { criticalInterval, onCriticalPath } from '../criticalPath/criticalPath.ts';
import { isOverAt, knownEnds } from '../criticalPath/knownEnds.ts';
import { isWholeCall } from './ownTime.ts';

/**
 * What the bar of a span shows beside its neighbours, as facts from which words can be made. Spans are given by index,
 * times in Nanos.
 */
export interface TimelineFacts {
  /**
   * How many siblings there are, and how many of them ran at the same time as the span for a while. Roots are each
   * other's siblings.
   */
  readonly siblings: number;
  readonly overlapping: number;
  /** The sibling that ended last before the span started; null where none had. */
  readonly after: number | null;
  /**
   * How long the end of the trace waited for the span's own work, and how long for it or anything below it; 0 = never.
   */
  readonly critical: Nanos;
  readonly criticalWithin: Nanos;
  /** Its length as a part of the whole trace, 0 … 1; null where the trace has no length. */
  readonly share: number | null;
}

/**
 * How long the end of the trace waited for a span, as its words say it: a call of a model counts with the requests of
 * its client (`countsWith`).
 */
export function criticalWords(trace: Trace, index: number): Pick<TimelineFacts, 'critical' | 'criticalWithin'> {
  const within = criticalInterval(trace, index);
  const criticalWithin = within ? within[1] - within[0] : 0;
  return { critical: isWholeCall(trace, index) ? criticalWithin : onCriticalPath(trace)[index]!, criticalWithin };
}

/**
 * The timeline of a span for those who do not see it. Looks at all siblings of the span, so ask for rows in view, not
 * for all. A sibling that overlaps by no more than clocks explain is not at the same time (`isOverAt`), and nothing is
 * at the same time as a point.
 */
export function timelineWords(trace: Trace, index: number): TimelineFacts {
  const { parent, start, subtreeEnd } = trace.columns;
  const ends = knownEnds(trace);
  const above = parent[index]!;
  const from = start[index]!;
  const to = ends[index]!;
  let siblings = 0;
  let overlapping = 0;
  let after: number | null = null;
  for (
    let other = above + 1;
    other < (above === -1 ? trace.spanCount : subtreeEnd[above]!);
    other = subtreeEnd[other]!
  ) {
    if (other === index) continue;
    siblings += 1;
    const begin = start[other]!;
    const end = ends[other]!;
    if (begin <= from && isOverAt(from, begin, end)) {
      // Those that start with the span stand beside it, not before it.
      if ((begin < from || other < index) && (after === null || end > ends[after]!)) after = other;
    } else if (end > begin && to > from && begin < to && end > from && !isOverAt(begin, from, to)) {
      overlapping += 1;
    }
  }
  return {
    siblings,
    overlapping,
    after,
    ...criticalWords(trace, index),
    share: trace.end > 0 ? (to - from) / trace.end : null,
  };
}
