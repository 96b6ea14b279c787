import type { Nanos, SpanKey, Trace } from '../../model/types.ts';
import { mainRoot } from '../criticalPath/walkBack.ts';
import { lengthOf, simulate } from './simulate.ts';
import { waits } from './waits.ts';

/** A span that takes another time: half of it, or 0 for one that is cached. */
export interface DurationChange {
  readonly key: SpanKey;
  readonly duration: Nanos;
}

/** When a trace would end, and how much sooner than it did (negative: later). Nanos. */
export interface WhatIf {
  readonly end: Nanos;
  readonly saved: Nanos;
}

/**
 * When the trace would end if a span, or each of several, took another time, whatever is in it. All else takes as long
 * as it did and waits for what it waited for (`slack` says what that is), so a step off the critical path saves nothing,
 * and one on it no more than until the next is waited for. Keys that the trace does not have change nothing, nor do
 * durations that are no numbers from 0. The end of the trace is that of its root.
 */
export function whatIf(trace: Trace, change: DurationChange | readonly DurationChange[]): WhatIf {
  const lengths = new Map<number, Nanos>();
  for (const { key, duration } of [change].flat()) {
    const span = trace.find(key);
    if (span && duration >= 0) lengths.set(span.index, duration);
  }
  const root = mainRoot(trace.columns);
  if (root === -1) return { end: trace.end, saved: 0 };
  const length = lengths.size === 1 ? lengthAfter(trace, root, lengths) : simulate(trace, { lengths })[root]!;
  const end = trace.columns.start[root]! + length;
  return { end, saved: trace.columns.start[root]! + waits(trace).length[root]! - end };
}

/** The root's length where one span changes: only what is above it is looked at. */
function lengthAfter(trace: Trace, root: number, lengths: ReadonlyMap<number, Nanos>): Nanos {
  const found = waits(trace);
  const [[changed, duration]] = [...lengths] as [[number, Nanos]];
  const { parent } = trace.columns;
  const length = found.length.slice();
  const begins = new Float64Array(trace.spanCount);
  length[changed] = duration;
  for (let above = parent[changed]!; above !== -1; above = parent[above]!)
    length[above] = lengthOf(trace, found, above, length, begins);
  return length[root]!;
}
