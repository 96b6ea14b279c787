import { setOwn } from '../../../model/ownValue.ts';
import { SPAN_FLAGS } from '../../../model/codes.ts';
import type { Trace } from '../../../model/types.ts';
import { errors } from '../../errors.ts';
import { ledger } from '../../amounts/ledger.ts';
import { wholeLength } from '../../traces/knownTimes.ts';
import { selfTime } from '../../time/selfTime.ts';
import { subtreeAmounts, type SummedAmount } from '../../amounts/subtreeAmounts.ts';
import type { SignedTree } from '../signs/signTree.ts';
import type { Delta } from '../types.ts';

/** null = unknown; NaN counts as that. */
export function delta(a: number | null, b: number | null): Delta {
  const from = a === null || Number.isNaN(a) ? null : a;
  const to = b === null || Number.isNaN(b) ? null : b;
  return {
    a: from,
    b: to,
    delta: from === null || to === null ? null : to - from,
    ratio: from === null || to === null || from === 0 ? null : to / from,
  };
}

/** Names of the amounts, and what they are in a ledger. */
const AMOUNTS: readonly (readonly [name: string, amount: SummedAmount])[] = [
  ['tokens', 'total'],
  ['input', 'input'],
  ['output', 'output'],
  ['cached', 'cacheRead'],
  ['reasoning', 'reasoning'],
  ['cost', 'cost'],
];

/** Measures of all spans of a side, by index in its trace; NaN = unknown. */
interface Measures {
  readonly duration: (index: number) => number;
  readonly self: Float64Array;
  readonly amounts: readonly Float64Array[];
}

function* measuresOf(trace: Trace): Generator<undefined, Measures> {
  const { start, end, flags } = trace.columns;
  const self = trace.timeBasis === 'step' ? new Float64Array(trace.spanCount).fill(Number.NaN) : selfTime(trace);
  yield;
  const amounts: Float64Array[] = [];
  for (const [, amount] of AMOUNTS) {
    amounts.push(subtreeAmounts(trace, amount));
    yield;
  }
  return {
    duration: (index) =>
      (flags[index]! & SPAN_FLAGS['missing-start']) === 0 ? end[index]! - start[index]! : Number.NaN,
    self,
    amounts,
  };
}

/** Reads the deltas of a row: nodes of either side, 0 = none there. */
export function* createDeltas(
  a: SignedTree,
  b: SignedTree,
): Generator<undefined, (nodeA: number, nodeB: number) => Record<string, Delta>> {
  const ofA = yield* measuresOf(a.trace);
  const ofB = yield* measuresOf(b.trace);
  const used = AMOUNTS.map(
    (_, place) =>
      ofA.amounts[place]!.some((value) => !Number.isNaN(value)) ||
      ofB.amounts[place]!.some((value) => !Number.isNaN(value)),
  );
  return (nodeA, nodeB) => {
    const atA = nodeA === 0 ? -1 : a.first + nodeA - 1;
    const atB = nodeB === 0 ? -1 : b.first + nodeB - 1;
    const deltas: Record<string, Delta> = {
      duration: delta(atA < 0 ? null : ofA.duration(atA), atB < 0 ? null : ofB.duration(atB)),
      selfTime: delta(atA < 0 ? null : ofA.self[atA]!, atB < 0 ? null : ofB.self[atB]!),
    };
    for (let place = 0; place < AMOUNTS.length; place += 1) {
      if (!used[place]) continue;
      const from = atA < 0 ? Number.NaN : ofA.amounts[place]![atA]!;
      const to = atB < 0 ? Number.NaN : ofB.amounts[place]![atB]!;
      if (!Number.isNaN(from) || !Number.isNaN(to)) setOwn(deltas, AMOUNTS[place]![0], delta(from, to));
    }
    return deltas;
  };
}

/** Of the two sides as wholes. */
export function totalsOf(a: SignedTree, b: SignedTree): Record<string, Delta> {
  const ofA = totalOf(a);
  const ofB = totalOf(b);
  return Object.fromEntries(
    Array.from(new Set([...ofA.keys(), ...ofB.keys()]), (name) => [
      name,
      delta(ofA.get(name) ?? null, ofB.get(name) ?? null),
    ]),
  );
}

function totalOf({ trace, first, size }: SignedTree): ReadonlyMap<string, number | null> {
  const isWhole = size - 1 === trace.spanCount;
  const { usage, cost } = isWhole ? ledger(trace).total : ledger(trace).subtree(first);
  const { start, end } = trace.columns;
  const last = first + size - 1;
  const failed = errors(trace).reduce((count, index) => count + Number(index >= first && index < last), 0);
  const totals = new Map<string, number | null>([
    ['duration', isWhole ? wholeLength(trace) : end[first]! - start[first]!],
    ['spans', size - 1],
    ['errors', failed],
    ['tokens', usage.total],
    ['input', usage.input],
    ['output', usage.output],
    ['cached', usage.cacheRead],
    ['reasoning', usage.reasoning],
    ['cost', cost.total],
  ]);
  if (isWhole) for (const { name, value } of trace.scores) totals.set(`score.${name}`, value);
  return totals;
}
