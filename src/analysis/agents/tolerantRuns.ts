import { isStep } from '../../model/build/steps.ts';
import type { Steps } from '../steps.ts';

/** What is asked of siblings, by place in their list. */
export interface SiblingList {
  readonly labels: readonly number[];
  failed(place: number): boolean;
  /** Whether nothing is below it. */
  isBare(place: number): boolean;
  /** Whether a sibling was at work yet when another, behind it, began. */
  isBeside(place: number, later: number): boolean;
}

/** A loop among siblings: an iteration goes from its start to that of the next, the last one up to `to`. */
export interface LoopRun {
  readonly starts: readonly number[];
  readonly to: number;
}

/** Siblings in one iteration at most, with what lies between its steps. */
const LONGEST = 24;
/** A step belongs to the loop where it is in at least this part of the iterations but the last. */
const USUAL = 0.75;

/**
 * Loops that are not clean: at least three iterations of two steps or more, in the same order, in which other siblings
 * may lie between the steps, a step may be tried again, be repeated or run in several branches, some iterations leave
 * out steps, and the last one ends early. An iteration begins with a step that each of them has once; what lies between
 * iterations belongs to the one before. Loops of one step with something below it (explicit iteration spans) may have
 * other siblings between. What lies before the first and behind the last step is no part of it. Linear in the list.
 */
export function* tolerantRuns(list: SiblingList): Steps<readonly LoopRun[]> {
  const places = new Map<number, number[]>();
  list.labels.forEach((label, place) => {
    const known = places.get(label);
    if (known) known.push(place);
    else places.set(label, [place]);
  });
  const runs: LoopRun[] = [];
  for (const anchors of places.values()) {
    if (anchors.length < 3) continue;
    for (let from = 0; from < anchors.length;) {
      let to = from + 1;
      while (to < anchors.length && anchors[to]! - anchors[to - 1]! <= LONGEST) to += 1;
      if (to - from >= 3) {
        const starts = startsOf(list, anchors.slice(from, to), places);
        if (starts.length >= 3)
          for (const steps of [yield* usualSteps(list, starts), yield* commonSteps(list, starts)])
            yield* runsOf(list, starts, steps, runs);
      }
      from = to;
    }
  }
  return runs;
}

/** Anchors that begin an iteration: not a further attempt, or a branch beside the one before. */
function startsOf(
  list: SiblingList,
  anchors: readonly number[],
  places: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const isRare = (place: number): boolean => places.get(list.labels[place]!)!.length * 2 < anchors.length;
  const onlyRareBetween = (from: number, to: number): boolean => {
    for (let place = from + 1; place < to; place += 1) if (!isRare(place)) return false;
    return true;
  };
  return anchors.filter((place, at) => {
    const before = anchors[at - 1];
    if (before === undefined) return true;
    return !((list.failed(before) && onlyRareBetween(before, place)) || list.isBeside(before, place));
  });
}

/** What an iteration looks like when it is held against the steps. */
interface Reading {
  /** Places of the steps that were found. */
  readonly found: readonly number[];
  /** Steps that were found, in order, each once. */
  readonly matched: number;
  /** Whether these are the first ones, without a gap. */
  readonly isPrefix: boolean;
  /** Siblings between that are none of the steps. */
  readonly between: number;
  /** Whether steps came in another order. */
  readonly broken: boolean;
}

function* runsOf(list: SiblingList, starts: readonly number[], steps: readonly number[], runs: LoopRun[]): Steps<void> {
  if (steps.length === 1 && starts.some((place) => list.isBare(place))) return;
  let run: number[] = [];
  let before: Reading | undefined;
  let shortOnes = 0;
  const close = (partial?: Reading, start?: number): void => {
    if (before && run.length > 0) {
      const isTaken =
        partial !== undefined &&
        start !== undefined &&
        isLastIteration(list, partial, steps.length) &&
        follows(list, before, start);
      const iterations = isTaken ? [...run, start] : run;
      const last = isTaken ? partial : before;
      if (iterations.length >= 3) runs.push({ starts: iterations, to: last.found.at(-1)! + 1 });
    }
    [run, before, shortOnes] = [[], undefined, 0];
  };
  for (const [at, start] of starts.entries()) {
    if (isStep(at)) yield;
    const end = starts[at + 1] ?? Math.min(start + LONGEST, list.labels.length);
    const reading = read(list, steps, start, end);
    const isWhole = reading.matched === steps.length && reading.between <= steps.length + 2;
    const isShort = !isWhole && reading.matched * 2 >= steps.length && reading.between <= steps.length + 2;
    const comesNext = before === undefined || follows(list, before, start);
    const isFurther =
      isWhole || (isShort && before !== undefined && at + 1 < starts.length && (shortOnes + 1) * 3 <= run.length + 1);
    // Behind the last iteration anything may come.
    const isBroken = reading.broken && at + 1 < starts.length;
    if (isBroken || !comesNext || !isFurther) {
      close(reading, start);
      if (isBroken || !isWhole) continue;
    }
    if (!isWhole) shortOnes += 1;
    run.push(start);
    before = reading;
  }
  close();
}

/** The last iteration may break off. Of two steps the first alone is more often an answer than half an iteration. */
const isLastIteration = (list: SiblingList, { matched, isPrefix, found, between }: Reading, steps: number): boolean =>
  matched > 0 && isPrefix && between <= steps + 2 && (steps > 2 || list.failed(found.at(-1)!));

const follows = (list: SiblingList, { found }: Reading, start: number): boolean =>
  found.every((place) => !list.isBeside(place, start));

/** The steps of most iterations, in the order that most of them have. What the last one lacks is not known. */
function* usualSteps({ labels }: SiblingList, starts: readonly number[]): Steps<readonly number[]> {
  const counts = new Map<number, number>();
  for (let at = 0; at + 1 < starts.length; at += 1) {
    if (isStep(at)) yield;
    for (const label of new Set(labels.slice(starts[at], starts[at + 1])))
      counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const orders = new Map<string, { readonly steps: readonly number[]; times: number }>();
  let best: { readonly steps: readonly number[]; times: number } = { steps: [labels[starts[0]!]!], times: 0 };
  for (let at = 0; at + 1 < starts.length; at += 1) {
    if (isStep(at)) yield;
    const steps: number[] = [];
    for (let place = starts[at]!; place < starts[at + 1]!; place += 1)
      if (counts.get(labels[place]!)! >= (starts.length - 1) * USUAL && steps.at(-1) !== labels[place])
        steps.push(labels[place]!);
    const id = steps.join(' ');
    let order = orders.get(id);
    if (!order) orders.set(id, (order = { steps, times: 0 }));
    order.times += 1;
    if (order.times > best.times) best = order;
  }
  return best.steps;
}

/** The steps that all iterations but the last have in the same order, whatever lies between: one list held against the next. */
function* commonSteps({ labels }: SiblingList, starts: readonly number[]): Steps<readonly number[]> {
  let common = labels.slice(starts[0], starts[1]);
  for (let at = 1; at + 1 < starts.length && common.length > 1; at += 1) {
    if (isStep(at)) yield;
    common = longestCommon(common, labels.slice(starts[at], starts[at + 1]));
  }
  return common.filter((label, at) => label !== common[at - 1]);
}

/** The longest list that is in both, in order. Both are short. */
function longestCommon(a: readonly number[], b: readonly number[]): number[] {
  const width = b.length + 1;
  const best = new Uint8Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common.push(a[i]!);
      i += 1;
      j += 1;
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return common;
}

function read(list: SiblingList, steps: readonly number[], start: number, end: number): Reading {
  const inSteps = new Set(steps);
  const found: number[] = [];
  let [next, matched, between, waiting] = [0, 0, 0, 0];
  let isPrefix = true;
  let broken = false;
  for (let place = start; place < end; place += 1) {
    const label = list.labels[place]!;
    if (!inSteps.has(label)) {
      waiting += 1;
      continue;
    }
    if (next > 0 && label === steps[next - 1]) {
      // Tried again, or in several branches. Behind the whole it is the next loop’s, unless it is near.
      if (next === steps.length && waiting > 0 && !list.failed(found.at(-1)!)) break;
    } else {
      const at = steps.indexOf(label, next);
      if (at === -1) {
        broken = true;
        break;
      }
      if (at > next) isPrefix = false;
      matched += 1;
      next = at + 1;
    }
    between += waiting;
    waiting = 0;
    found.push(place);
  }
  return { found, matched, isPrefix, between, broken };
}
