import type { LoopFold, Trace } from '../model/types.ts';
import { steadyName } from './diff/signs/steadyName.ts';
import { isOverAt, knownEnds } from './criticalPath/knownEnds.ts';
import { perTrace } from './memo.ts';

/** Names in one iteration at most. */
const LONGEST = 8;

/**
 * A fold in indices: `first[k]` is the first span of iteration k, which goes on to that of the next; `last` is the
 * sibling behind the loop's last one.
 */
interface Fold {
  readonly parent: number;
  readonly iterations: readonly (readonly number[])[];
}

/**
 * The loops of a trace by shape and envelope alone: siblings, one after the other, whose names repeat in the same order
 * at least twice (three times where it is one span without anything below). Counters in names do not matter: `step 1`,
 * `step 2`. Of several readings the one that covers most, then the shortest. Linear in the number of spans.
 */
export const foldLoops: (trace: Trace) => readonly LoopFold[] = perTrace((trace) =>
  foldsOf(trace).map(({ parent, iterations }) => ({
    key: `loop:${trace.span(iterations[0]![0]!).key}`,
    parent: parent === -1 ? null : trace.span(parent).key,
    iterations: iterations.map((spans) => spans.map((index) => trace.span(index).key)),
  })),
);

/**
 * By index, from 1, which iteration of its loop a span is; 0 = it is in none. What is inside an iteration's span is not
 * counted.
 */
export const iterationNumbers: (trace: Trace) => Uint32Array = perTrace((trace) => {
  const numbers = new Uint32Array(trace.spanCount);
  for (const { iterations } of foldsOf(trace))
    iterations.forEach((spans, at) => {
      for (const index of spans) numbers[index] = at + 1;
    });
  return numbers;
});

const foldsOf: (trace: Trace) => readonly Fold[] = perTrace((trace) => {
  const { subtreeEnd } = trace.columns;
  const names = namesOf(trace);
  const folds: Fold[] = [];
  const foldList = (parent: number, from: number, to: number): void => {
    const siblings: number[] = [];
    for (let index = from; index < to; index = subtreeEnd[index]!) siblings.push(index);
    if (siblings.length > 1) foldSiblings(trace, parent, siblings, names, folds);
  };
  foldList(-1, 0, trace.spanCount);
  for (let index = 0; index < trace.spanCount; index += 1) foldList(index, index + 1, subtreeEnd[index]!);
  return folds;
});

/** Numbers that are equal for spans of the same kind and steady name. */
function namesOf({ columns: { name, model, kind, strings }, spanCount }: Trace): Uint32Array {
  const known = new Map<number, number>();
  const numbers = new Map<string, number>();
  return Uint32Array.from({ length: spanCount }, (_, index) => {
    const both = name[index]! * strings.length + model[index]!;
    let word = known.get(both);
    if (word === undefined) {
      const text = steadyName(strings[name[index]!]!, strings[model[index]!]!);
      known.set(both, (word = numbers.get(text) ?? numbers.size));
      numbers.set(text, word);
    }
    return word * 256 + kind[index]!;
  });
}

function foldSiblings(
  trace: Trace,
  parent: number,
  siblings: readonly number[],
  names: Uint32Array,
  folds: Fold[],
): void {
  const { start, subtreeEnd } = trace.columns;
  const ends = knownEnds(trace);
  const follows = (place: number): boolean =>
    isOverAt(start[siblings[place]!]!, start[siblings[place - 1]!]!, ends[siblings[place - 1]!]!);
  for (let at = 0; at < siblings.length;) {
    let best = { period: 0, times: 0 };
    for (let period = 1; period <= LONGEST && at + 2 * period <= siblings.length; period += 1) {
      const times = repeats(siblings, names, at, period, follows);
      const isBare = period === 1 && subtreeEnd[siblings[at]!] === siblings[at]! + 1;
      if (times >= (isBare ? 3 : 2) && times * period > best.times * best.period) best = { period, times };
    }
    if (best.times === 0) {
      at += 1;
      continue;
    }
    const { period, times } = best;
    folds.push({
      parent,
      iterations: Array.from({ length: times }, (_, turn) =>
        siblings.slice(at + turn * period, at + (turn + 1) * period),
      ),
    });
    at += times * period;
  }
}

/** How often the names from a place on come one after the other. Iterations do not run side by side. */
function repeats(
  siblings: readonly number[],
  names: Uint32Array,
  at: number,
  period: number,
  follows: (place: number) => boolean,
): number {
  let place = at + period;
  while (
    place < siblings.length &&
    names[siblings[place]!] === names[siblings[place - period]!] &&
    ((place - at) % period !== 0 || follows(place))
  )
    place += 1;
  return Math.floor((place - at) / period);
}
