import type { Nanos, Trace } from '../../model/types.ts';
import { mainRoot } from '../criticalPath/walkBack.ts';
import { perTrace } from '../memo.ts';
import { countsWith } from '../time/ownTime.ts';
import { atOnce, type Steps } from '../steps.ts';
import { fanOutGroups, fanOuts, fanOutsInSteps, type FanOut } from './fanOuts.ts';
import { simulateInSteps } from './simulate.ts';
import { lengthsOf, waits, waitsInSteps } from './waits.ts';

/** What ran at the same time in a trace, or in a span. */
export interface Concurrency {
  /** How many leaf spans were at work on average, from the first start to the last end; 0 where there are none. */
  readonly achieved: number;
  /** The same, had all fan-outs started together, and all else as it was. */
  readonly possible: number;
  /** Nanos by which the end would then come sooner. */
  readonly lost: Nanos;
  /** The most leaf spans at one instant. */
  readonly peak: number;
  /** How many leaf spans are at work: pairs of an instant and the number from there on, in order; the last number is 0. */
  readonly steps: Float64Array;
  /** Siblings that ran side by side, or could have: `fanOuts` says which. */
  readonly fanOuts: readonly FanOut[];
}

/**
 * Did the branches really run in parallel? How many leaf spans ran at once over time, and for each fan-out how much
 * concurrency was achieved, how much was possible, what was lost and who was waited for: in a trace, or in the span at
 * an index with all below it. A call of a model is a leaf, whatever requests its client recorded. What would be gained is
 * worked out as for `whatIf`. O(n log n). Throws RangeError where there is no such span.
 */
export function concurrency(trace: Trace, index?: number): Concurrency {
  if (index === undefined) return ofTrace(trace);
  trace.span(index);
  const { subtreeEnd } = trace.columns;
  const inside = (each: number): boolean => each >= index && each < subtreeEnd[index]!;
  return atOnce(
    measured(
      trace,
      index,
      atOnce(leafWork(trace, index, subtreeEnd[index]!)),
      fanOuts(trace).filter(({ parent }) => inside(trace.find(parent)!.index)),
    ),
  );
}

const ofTrace = (trace: Trace): Concurrency => atOnce(concurrencyInSteps(trace));

const known = new WeakMap<Trace, Concurrency>();

/** That of a whole trace in slices. */
export function* concurrencyInSteps(trace: Trace): Steps<Concurrency> {
  let found = known.get(trace);
  if (found) return found;
  const branches = yield* fanOutsInSteps(trace);
  const work = yield* leafWork(trace, 0, trace.spanCount);
  yield* waitsInSteps(trace);
  yield;
  found = yield* measured(trace, mainRoot(trace.columns), work, branches);
  known.set(trace, found);
  return found;
}

/** Alone how many leaf spans were at work over time, as `Concurrency.steps`, in slices. */
export function* stepsAtWorkInSteps(trace: Trace): Steps<Float64Array> {
  return (yield* leafWork(trace, 0, trace.spanCount)).steps;
}

/** What the leaf spans from one index up to another did, all together. */
interface LeafWork {
  readonly busy: Nanos;
  readonly steps: Float64Array;
}

/** Spans after which the page may have its turn. */
const AT_ONCE = 2 ** 15;

function* leafWork(trace: Trace, from: number, to: number): Steps<LeafWork> {
  const { start, subtreeEnd } = trace.columns;
  const { length } = lengthsOf(trace);
  const calls = yield* countsWith.inSteps(trace);
  yield;
  const starts = new Float64Array(to - from);
  const ends = new Float64Array(to - from);
  let leaves = 0;
  let busy = 0;
  for (let index = from; index < to; index += 1) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    const isLeaf = calls[index] === index || (calls[index] === -1 && subtreeEnd[index] === index + 1);
    if (!isLeaf || length(index) === 0) continue;
    starts[leaves] = start[index]!;
    ends[leaves] = start[index]! + length(index);
    leaves += 1;
    busy += length(index);
  }
  yield;
  const begun = starts.subarray(0, leaves).sort();
  yield;
  const over = ends.subarray(0, leaves).sort();
  yield;
  return { busy, steps: yield* sweep(begun, over) };
}

function* measured(
  trace: Trace,
  root: number,
  { busy, steps }: LeafWork,
  found: readonly FanOut[],
): Steps<Concurrency> {
  const { length } = waits(trace);
  const lost = root === -1 ? 0 : length[root]! - (yield* simulateInSteps(trace, { leader: leaders(trace) }))[root]!;
  if (steps.length === 0) return { achieved: 0, possible: 0, lost, peak: 0, steps, fanOuts: found };
  const whole = steps.at(-2)! - steps[0]!;
  let peak = 0;
  for (let at = 1; at < steps.length; at += 2) peak = Math.max(peak, steps[at]!);
  return { achieved: busy / whole, possible: busy / Math.max(1, whole - lost), lost, peak, steps, fanOuts: found };
}

/** By index, the first member of the fan-out that a span is a further member of; -1 = of none. */
const leaders = perTrace((trace) => {
  const leader = new Int32Array(trace.spanCount).fill(-1);
  for (const { members } of fanOutGroups(trace)) for (const index of members) leader[index] = members[0]!;
  for (const { members } of fanOutGroups(trace)) leader[members[0]!] = -1;
  return leader;
});

/** Pairs of an instant and how many run from there on, where that number changes. */
function* sweep(starts: Float64Array, ends: Float64Array): Steps<Float64Array> {
  const steps = new Float64Array(4 * starts.length);
  let length = 0;
  let turn = AT_ONCE;
  for (let begun = 0, over = 0; over < ends.length;) {
    const instant = Math.min(starts[begun] ?? Infinity, ends[over]!);
    const before = begun - over;
    while (begun < starts.length && starts[begun] === instant) begun += 1;
    while (over < ends.length && ends[over] === instant) over += 1;
    if (begun - over !== before) {
      steps[length] = instant;
      steps[length + 1] = begun - over;
      length += 2;
    }
    if (over < turn) continue;
    turn = over + AT_ONCE;
    yield;
  }
  return steps.slice(0, length);
}
