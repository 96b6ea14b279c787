import type { LoopFold, Trace } from '../model/types.ts';
import { stepLabels } from './agents/stepLabels.ts';
import { tolerantRuns, type LoopRun } from './agents/tolerantRuns.ts';
import { isOverAt, knownEnds } from './criticalPath/knownEnds.ts';
import { isStep } from '../model/build/steps.ts';
import { ERROR_STATUS, kindCode } from '../model/codes.ts';
import { placesOf, type Place } from './graphSteps.ts';
import { perTrace } from './memo.ts';
import { missingParents } from './missingParents.ts';
import { atOnce, type Steps } from './steps.ts';

/** Names in one iteration at most. */
const LONGEST = 8;

/** A loop in indices. */
export interface LoopIndices {
  /** -1 = the roots repeat. */
  readonly parent: number;
  /** The siblings of each iteration. */
  readonly iterations: readonly (readonly number[])[];
}

/** Siblings of one list, in the words of what is looked for. */
interface List {
  readonly siblings: readonly number[];
  readonly labels: readonly number[];
  isBeside(place: number, later: number): boolean;
  isBare(place: number): boolean;
  failed(place: number): boolean;
}

const TOOL = kindCode('tool');
const LLM = kindCode('llm');

/**
 * The loops of a trace by shape and envelope alone: siblings, one after the other, whose names repeat in the same order
 * at least twice (three times where it is one span without anything below it). Counters in names do not matter: `step 1`,
 * `step 2`. Of several readings the one that covers most, then the shortest. From three iterations on a loop need not be
 * clean: other spans may lie between its steps, steps may be tried again, run in branches or be left out, the last
 * iteration may break off (`tolerantRuns`); where LangGraph recorded its steps, what ran in one of them (branches, further
 * tries) is one place of the order, however many spans it took; and an agent’s turns are a loop whichever tools they call. What lies between
 * two iterations belongs to the first of them. Linear in the number of spans.
 */
export const foldLoops: (trace: Trace) => readonly LoopFold[] = perTrace((trace) => atOnce(foldLoopsInSteps(trace)));

/** The same in slices: yields after some hundred spans. */
export function* foldLoopsInSteps(trace: Trace): Steps<readonly LoopFold[]> {
  return (yield* foldedLoopsInSteps(trace)).map(({ parent, iterations }) => ({
    key: `loop:${trace.span(iterations[0]![0]!).key}`,
    parent: parent === -1 ? null : trace.span(parent).key,
    iterations: iterations.map((spans) => spans.map((index) => trace.span(index).key)),
  }));
}

/**
 * By index, from 1, which iteration of its loop a span is; 0 = it is in none. What is inside an iteration's span is not
 * counted.
 */
export const iterationNumbers: (trace: Trace) => Uint32Array = perTrace((trace) => {
  const numbers = new Uint32Array(trace.spanCount);
  for (const { iterations } of foldedLoops(trace))
    iterations.forEach((spans, at) => {
      for (const index of spans) numbers[index] = at + 1;
    });
  return numbers;
});

const folds = new WeakMap<Trace, readonly LoopIndices[]>();

/** The loops of a trace by the indices of their spans. */
export const foldedLoops = (trace: Trace): readonly LoopIndices[] => atOnce(foldedLoopsInSteps(trace));

/** The same in slices. */
export function* foldedLoopsInSteps(trace: Trace): Steps<readonly LoopIndices[]> {
  const known = folds.get(trace) ?? (yield* findFolds(trace));
  folds.set(trace, known);
  return known;
}

/** Spans after which the page may have its turn. */
const AT_ONCE = 512;

function* findFolds(trace: Trace): Steps<readonly LoopIndices[]> {
  yield* stepLabels.inSteps(trace);
  yield* knownEnds.inSteps(trace);
  const { subtreeEnd } = trace.columns;
  const found: LoopIndices[] = [];
  let seen = 0;
  for (let parent = -1; parent < trace.spanCount; parent += 1) {
    const siblings: number[] = [];
    const end = parent === -1 ? trace.spanCount : subtreeEnd[parent]!;
    for (let index = parent + 1; index < end; index = subtreeEnd[index]!) siblings.push(index);
    for (const list of parent === -1 ? rootsByParent(trace, siblings) : [siblings]) {
      if (list.length === 1) continue;
      for (const { starts, to } of yield* runsOf(trace, list))
        found.push({ parent, iterations: starts.map((start, at) => list.slice(start, starts[at + 1] ?? to)) });
    }
    seen += siblings.length + 1;
    if (seen < AT_ONCE) continue;
    seen = 0;
    yield;
  }
  return found;
}

/** Roots that name different missing parents are no siblings, wherever they stand. */
function rootsByParent(trace: Trace, roots: readonly number[]): readonly (readonly number[])[] {
  const missing = missingParents(trace);
  if (!missing) return [roots];
  const lists: number[][] = [];
  let last: number | undefined;
  for (const root of roots) {
    const above = missing.of(root);
    if (above === last) lists.at(-1)!.push(root);
    else lists.push([root]);
    last = above;
  }
  return lists;
}

/** The loops of one list of siblings, in their order. */
function* runsOf(trace: Trace, siblings: readonly number[]): Steps<readonly LoopRun[]> {
  const places = placesOf(trace, siblings);
  if (!places) return yield* siblingRuns(trace, siblings);
  const starts = places.map(({ from }) => from);
  return (yield* bestRuns(graphList(trace, siblings, places))).map((run) => ({
    starts: run.starts.map((place) => starts[place]!),
    to: starts[run.to] ?? siblings.length,
  }));
}

/** Steps of a graph: one is over before the next begins, whatever the ends of its spans say. */
function graphList(trace: Trace, siblings: readonly number[], places: readonly Place[]): List {
  const { subtreeEnd, status } = trace.columns;
  return {
    siblings,
    labels: places.map(({ label }) => label),
    isBeside: () => false,
    isBare: (place) => {
      const { from, to } = places[place]!;
      return to === from + 1 && subtreeEnd[siblings[from]!] === siblings[from]! + 1;
    },
    failed: (place) => status[siblings[places[place]!.to - 1]!] === ERROR_STATUS,
  };
}

function* siblingRuns(trace: Trace, siblings: readonly number[]): Steps<readonly LoopRun[]> {
  const { start, subtreeEnd, status, kind } = trace.columns;
  const ends = knownEnds(trace);
  const names = stepLabels(trace);
  const labels = siblings.map((index) => names[index]!);
  const list: List = {
    siblings,
    labels,
    isBeside(place, later) {
      const index = siblings[place]!;
      return !isOverAt(start[siblings[later]!]!, start[index]!, ends[index]!);
    },
    isBare: (place) => subtreeEnd[siblings[place]!] === siblings[place]! + 1,
    failed: (place) => status[siblings[place]!] === ERROR_STATUS,
  };
  const runs = yield* bestRuns(list);
  if (!siblings.some((index) => kind[index] === LLM)) return runs;
  // A turn is a call of the model and the tools that it asks for, whichever these are.
  const byKind = labels.map((label, place) => (kind[siblings[place]!] === TOOL ? TOOL : label));
  const asksModel = ({ starts: [first, second] }: LoopRun): boolean =>
    siblings.slice(first, second).some((index) => kind[index] === LLM);
  const turns = (yield* bestRuns({ ...list, labels: byKind })).filter((run) => run.starts.length > 2 && asksModel(run));
  return placesIn(turns) > placesIn(runs) ? turns : runs;
}

const placesIn = (runs: readonly LoopRun[]): number => runs.reduce((sum, { starts, to }) => sum + to - starts[0]!, 0);

/** Of tolerant and exact readings those that cover most. Where a loop is clean, that is the exact one. */
function* bestRuns(list: List): Steps<readonly LoopRun[]> {
  const clean = yield* exactRuns(list, 0, list.labels.length);
  const chosen: LoopRun[] = [];
  const taken = new Uint8Array(list.labels.length);
  /** How many places clean loops cover up to a place, which begins or ends one where it lies inside. */
  const covered = new Uint32Array(list.labels.length + 1);
  const from = Uint32Array.from(taken, (_, place) => place);
  const behind = Uint32Array.from(taken, (_, place) => place + 1);
  for (const { starts, to } of clean) {
    from.fill(starts[0]!, starts[0], to);
    behind.fill(to, starts[0], to);
    covered.fill(1, starts[0]! + 1, to + 1);
  }
  for (let place = 1; place < covered.length; place += 1) covered[place]! += covered[place - 1]!;
  const length = ({ starts, to }: LoopRun): number => to - starts[0]!;
  const runs = (yield* tolerantRuns(list)).toSorted((a, b) => length(b) - length(a) || a.starts[0]! - b.starts[0]!);
  for (const run of runs) {
    const [first, last] = [run.starts[0]!, run.to - 1];
    if (taken[first] === 1 || taken[last] === 1) continue;
    // Those that it cuts into are gone as a whole.
    const others = covered[behind[last]!]! - covered[from[first]!]!;
    const joins = from[first] === first && behind[last] === run.to && from[last] !== first;
    if (length(run) < others || (length(run) === others && !joins)) continue;
    taken.fill(1, first, run.to);
    chosen.push(run);
  }
  if (chosen.length === 0) return clean;
  const all: LoopRun[] = [];
  let at = 0;
  for (const run of chosen.sort((a, b) => a.starts[0]! - b.starts[0]!)) {
    for (const each of yield* exactRuns(list, at, run.starts[0]!)) all.push(each);
    all.push(run);
    at = run.to;
  }
  for (const each of yield* exactRuns(list, at, list.labels.length)) all.push(each);
  return all;
}

/** Labels that repeat in the same order without anything between. */
function* exactRuns(list: List, from: number, to: number): Steps<readonly LoopRun[]> {
  const runs: LoopRun[] = [];
  let seen = 0;
  for (let at = from; at < to;) {
    let best = { period: 0, times: 0 };
    for (let period = 1; period <= LONGEST && at + 2 * period <= to; period += 1) {
      const times = repeats(list, at, to, period);
      const isBare = period === 1 && list.isBare(at);
      if (times >= (isBare ? 3 : 2) && times * period > best.times * best.period) best = { period, times };
    }
    const { period, times } = best;
    if (times > 0)
      runs.push({ starts: Array.from({ length: times }, (_, turn) => at + turn * period), to: at + times * period });
    at += times > 0 ? times * period : 1;
    if (isStep((seen += 1))) yield;
  }
  return runs;
}

/** How often the labels from a place on come one after the other. Iterations do not run side by side. */
function repeats({ labels, isBeside }: List, at: number, to: number, period: number): number {
  let place = at + period;
  while (
    place < to &&
    labels[place] === labels[place - period] &&
    ((place - at) % period !== 0 || !isBeside(place - 1, place))
  )
    place += 1;
  return Math.floor((place - at) / period);
}
