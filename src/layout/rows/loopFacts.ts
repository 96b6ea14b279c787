import { ledger, ledgerOf } from '../../analysis/amounts/ledger.ts';
import { errors } from '../../analysis/errors.ts';
import { atOnce, type Steps } from '../../analysis/steps.ts';
import { ownTime } from '../../analysis/time/ownTime.ts';
import { isStep } from '../../model/build/steps.ts';
import { endOf } from '../../model/endOf.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { LedgerEntry, Nanos, Trace } from '../../model/types.ts';
import type { LoopRow, Loops } from './loopRows.ts';

/** One iteration, from the start of its first span to the end of its last. */
export interface Iteration {
  readonly start: Nanos;
  readonly end: Nanos;
  /** Spans that failed, at any depth. */
  readonly failed: number;
}

/** What the row of a loop says of all its iterations. */
export interface LoopFacts {
  /** The name of what repeats; where that is several spans, their names in order. */
  readonly names: readonly string[];
  /** The kind of the spans that together worked most. */
  readonly kind: string;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly ownTime: Nanos;
  readonly failed: number;
  readonly iterations: readonly Iteration[];
  /** Of the lengths of the iterations. */
  readonly median: Nanos;
  /** The place of the longest iteration, from 0. */
  readonly slowest: number;
  /** What all of it came to. */
  readonly sum: LedgerEntry;
  /** Share of the cost of the whole trace; null where that is not known. */
  readonly costShare: number | null;
}

const known = new WeakMap<Trace, WeakMap<LoopRow, LoopFacts>>();

/** Worked out once for each loop that somebody sees; linear in its spans. */
export const loopFacts = (trace: Trace, loop: LoopRow): LoopFacts => atOnce(factsInSteps(trace, loop));

function* factsInSteps(trace: Trace, loop: LoopRow): Steps<LoopFacts> {
  let ofTrace = known.get(trace);
  if (!ofTrace) known.set(trace, (ofTrace = new WeakMap()));
  let facts = ofTrace.get(loop);
  if (!facts) ofTrace.set(loop, (facts = yield* readFacts(trace, loop)));
  return facts;
}

/** Spans from which on what a row says of a loop is worked out before the row is drawn. */
const LONG = 500;

/** Works out in slices what rows are going to say of loops that are closed at first. */
export function* longLoopsInSteps(trace: Trace, { all, folding }: Loops): Steps<void> {
  for (const loop of all)
    if (folding.closedAtFirst?.[loop.head] === 1 && loop.end - loop.head > LONG) yield* factsInSteps(trace, loop);
}

function* readFacts(trace: Trace, loop: LoopRow): Steps<LoopFacts> {
  const sums = yield* ledger.inSteps(trace);
  const iterations: Iteration[] = [];
  for (const spans of loop.iterations) {
    iterations.push(readIteration(trace, spans));
    // Known from then on to whoever adds them up.
    spans.forEach(sums.subtree);
    yield;
  }
  const lengths = iterations.map(({ start, end }) => end - start);
  const own = yield* ownTime.inSteps(trace);
  const worked = new Map<number, Nanos>();
  let ownTotal = 0;
  for (let index = loop.head; index < loop.end; index += 1) {
    if (isStep(index)) yield;
    const code = trace.columns.kind[index]!;
    ownTotal += own[index]!;
    worked.set(code, (worked.get(code) ?? 0) + own[index]!);
  }
  const [code] = [...worked].reduce((most, each) => (each[1] > most[1] ? each : most));
  const sum = ledgerOf(trace, loop.iterations.flat());
  const whole = sums.total.cost.total;
  return {
    names: stepNames(trace, loop),
    kind: trace.columns.kinds[code]!,
    start: iterations.reduce((first, { start }) => Math.min(first, start), Infinity),
    end: iterations.reduce((last, { end }) => Math.max(last, end), -Infinity),
    ownTime: ownTotal,
    failed: failedIn(trace, loop.head, loop.end),
    iterations,
    median: median(lengths),
    slowest: lengths.reduce((most, length, place) => (length > lengths[most]! ? place : most), 0),
    sum,
    costShare: sum.cost.total === null || !whole ? null : sum.cost.total / whole,
  };
}

function readIteration(trace: Trace, spans: readonly number[]): Iteration {
  const last = spans.at(-1)!;
  return {
    start: spans.reduce((first, index) => Math.min(first, trace.columns.start[index]!), Infinity),
    end: spans.reduce((end, index) => Math.max(end, endOf(trace, index)), -Infinity),
    failed: failedIn(trace, spans[0]!, trace.columns.subtreeEnd[last]!),
  };
}

function failedIn(trace: Trace, from: number, to: number): number {
  const all = errors(trace);
  return lowerBound(all, to) - lowerBound(all, from);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A number that counts iterations, at the end of a name. */
const COUNTER = /[\s_.:#-]*\d+$/;

/** Of the first iteration, each name once; where other iterations count on, without the number. */
function stepNames(trace: Trace, { iterations }: LoopRow): readonly string[] {
  const { name, strings } = trace.columns;
  const others = new Set(iterations.slice(1).flatMap((spans) => spans.map((index) => name[index]!)));
  const names = iterations[0]!.map((index) => {
    const own = strings[name[index]!]!;
    return others.has(name[index]!) ? own : own.replace(COUNTER, '') || own;
  });
  return [...new Set(names)];
}
