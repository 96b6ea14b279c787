import { perTrace } from '../../analysis/memo.ts';
import { missingParents } from '../../analysis/missingParents.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import { endOf } from '../../model/endOf.ts';
import type { Nanos, Trace } from '../../model/types.ts';

/** Room of one step on the axis of a trace without a clock, in the axis's own unit. */
export const STEP: Nanos = 1e6;

/** What is drawn on an axis. */
export type Placed = Pick<Trace, 'columns' | 'end'>;

const TIME_FLAGS = SPAN_FLAGS['missing-start'] | SPAN_FLAGS['missing-end'] | SPAN_FLAGS['no-clock'];

/** A trace without a clock whose spans have no places yet; the rows of a comparison have theirs. */
const isUnplaced = ({ timeBasis, end }: Trace): boolean => timeBasis === 'step' && end === 0;

/**
 * Where spans stand on the axis: at their times or, where the source has no clock, one step behind the other. A step is
 * a span with nothing below it; what holds others reaches from its first step to its last. For drawing alone: these
 * places are no times, and nothing is computed from them.
 */
export const placed = (trace: Trace): Placed => (isUnplaced(trace) ? inSteps(trace) : trace);

const inSteps = perTrace((trace): Placed => {
  const { columns, spanCount } = trace;
  const { parent, subtreeEnd } = columns;
  const start = new Float64Array(spanCount);
  const end = new Float64Array(spanCount);
  let steps = 0;
  for (let index = 0; index < spanCount; index += 1) {
    start[index] = steps * STEP;
    if (subtreeEnd[index] === index + 1) end[index] = (steps += 1) * STEP;
  }
  for (let index = spanCount - 1; index >= 0; index -= 1) {
    const above = parent[index]!;
    if (above !== -1) end[above] = Math.max(end[above]!, end[index]!);
  }
  return {
    columns: { ...columns, start, end, flags: columns.flags.map((flag) => flag & ~TIME_FLAGS) },
    end: steps * STEP,
  };
});

/**
 * From where to where a row stands on the axis: a span at its times, a missing parent (`rowTree`) from the first to the
 * last of those that name it.
 */
export function placeOf(trace: Trace, index: number): readonly [from: Nanos, to: Nanos] {
  const places = placed(trace);
  const missing = missingParents(trace)?.all[index - trace.spanCount];
  if (!missing) return [places.columns.start[index]!, endOf(places, index)];
  let [from, to] = [Infinity, -Infinity];
  for (const child of missing.children) {
    from = Math.min(from, places.columns.start[child]!);
    to = Math.max(to, endOf(places, child));
  }
  return [from, to];
}

/** How many steps a trace without a clock has; null where times are known. */
export const stepCount = (trace: Trace): number | null =>
  trace.timeBasis === 'step' ? Math.round(placed(trace).end / STEP) : null;

/** The first and the last step of a span, from 1; null where times are known. */
export function stepsOf(trace: Trace, index: number): readonly [first: number, last: number] | null {
  if (trace.timeBasis !== 'step') return null;
  const { start, end } = placed(trace).columns;
  return stepsWithin(start[index]!, end[index]!);
}

/** The steps that a stretch of such an axis touches, from 1. */
export const stepsWithin = (from: Nanos, to: Nanos): readonly [first: number, last: number] => {
  const first = Math.floor(from / STEP) + 1;
  return [first, Math.max(first, Math.ceil(to / STEP))];
};
