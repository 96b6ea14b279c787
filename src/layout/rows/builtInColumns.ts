import { ledger } from '../../analysis/amounts/ledger.ts';
import { subtreeAmounts, type SummedAmount } from '../../analysis/amounts/subtreeAmounts.ts';
import { tokenRate } from '../../analysis/amounts/tokenRate.ts';
import { perTrace } from '../../analysis/memo.ts';
import { siblings } from '../../analysis/siblings.ts';
import { ownTime } from '../../analysis/time/ownTime.ts';
import { SPAN_FLAGS, SPAN_STATUSES } from '../../model/codes.ts';
import type { LedgerEntry, Nanos, Span, Trace } from '../../model/types.ts';
import type { LoopFacts } from './loopFacts.ts';
import { rankIds, rankMixed } from './ranks.ts';

/** The value of a built-in column, without any drawing. */
export interface BuiltInColumn {
  /** Of one span; null = unknown, or nothing to say. */
  value(trace: Trace, index: number): number | string | null;
  /** By span index, what rows are ordered by; NaN = unknown. Where words are compared, places in the alphabet. */
  sortKeys(trace: Trace): Float64Array;
  /** Of a closed loop; without it, a loop has none. */
  ofLoop?(facts: LoopFacts): number | null;
}

const orNull = (value: number | null | undefined): number | null =>
  value === null || value === undefined || Number.isNaN(value) ? null : value;

const MISSING_START = SPAN_FLAGS['missing-start'];
const hasStart = ({ columns: { flags } }: Trace, index: number): boolean => (flags[index]! & MISSING_START) === 0;

/** A time of a span that has a start of its own; without one it stands where its parent does, which says nothing. */
const timed = (of: (trace: Trace, index: number) => number, ofLoop: (facts: LoopFacts) => Nanos) =>
  ({
    ofLoop,
    value: (trace, index) => (hasStart(trace, index) ? orNull(of(trace, index)) : null),
    sortKeys: (trace) =>
      Float64Array.from(trace.columns.start, (_, index) => (hasStart(trace, index) ? of(trace, index) : Number.NaN)),
  }) satisfies BuiltInColumn;

/** What few spans have: an envelope is made only for those. */
const reported = (of: (span: Span) => number | null) =>
  ({
    value: (trace, index) => orNull(of(trace.span(index))),
    sortKeys: (trace) =>
      Float64Array.from(trace.columns.amounts, (slot, index) =>
        slot === -1 ? Number.NaN : (of(trace.span(index)) ?? Number.NaN),
      ),
  }) satisfies BuiltInColumn;

/** After so many spans, as a multiple of those of the trace, sums are worked out for all rows at once. */
const ROUNDS = 4;

/**
 * An amount of the span and all below it; `amount` reads it from any entry of the ledger. The first rows add up what is
 * below them, which is soon done for most traces; in a deep one each row would walk all of it again.
 */
function summed(key: SummedAmount, amount: (entry: LedgerEntry) => number | null) {
  const walks = perTrace(() => ({ length: 0, known: new Map<number, number | null>() }));
  const sums = perTrace((trace) => subtreeAmounts(trace, key));
  return {
    amount,
    ofLoop: ({ sum }) => amount(sum),
    value: (trace, index) => {
      const walked = walks(trace);
      // A row that is drawn again walks nothing.
      const known = walked.known.get(index);
      if (known !== undefined) return known;
      if (walked.length > ROUNDS * trace.spanCount) return orNull(sums(trace)[index]);
      walked.length += trace.columns.subtreeEnd[index]! - index;
      const sum = amount(ledger(trace).subtree(index));
      walked.known.set(index, sum);
      return sum;
    },
    sortKeys: sums,
  } satisfies BuiltInColumn & { readonly amount: unknown };
}

/** A word of the span that the trace holds in a column of its own. */
const named = (name: 'service' | 'model' | 'provider') =>
  ({
    value: (trace, index) => trace.span(index)[name],
    sortKeys: ({ columns }) => rankIds(columns[name], columns.strings),
  }) satisfies BuiltInColumn;

/** From what nobody needs to look at to what everybody should. */
const SEVERITY = ['unset', 'ok', 'running', 'warning', 'error'] as const satisfies (typeof SPAN_STATUSES)[number][];

/**
 * The built-in columns, by the ids that hosts, view state and sorting name them by: what each says of a span and how it
 * orders rows. The grid adds a head and a drawing for each.
 */
export const BUILT_IN_COLUMNS = {
  duration: timed(
    ({ columns: { start, end } }, index) => end[index]! - start[index]!,
    (loop) => loop.end - loop.start,
  ),
  self: timed(
    (trace, index) => ownTime(trace)[index]!,
    (loop) => loop.ownTime,
  ),
  start: timed(
    ({ columns: { start } }, index) => start[index]!,
    (loop) => loop.start,
  ),
  first: reported(({ firstToken }) => firstToken),
  speed: reported(tokenRate),
  tokens: summed('total', ({ usage }) => usage.total),
  input: summed('input', ({ usage }) => usage.input),
  cached: summed('cacheRead', ({ usage }) => usage.cacheRead),
  output: summed('output', ({ usage }) => usage.output),
  reasoning: summed('reasoning', ({ usage }) => usage.reasoning),
  cost: summed('cost', ({ cost }) => cost.total),
  kind: {
    value: (trace, index) => trace.span(index).kind,
    sortKeys: ({ columns: { kind, kinds } }) => rankIds(Uint32Array.from(kind), kinds),
  },
  status: {
    value: (trace, index) => trace.span(index).status,
    sortKeys({ columns: { status } }) {
      const ranks = SPAN_STATUSES.map((name) => SEVERITY.indexOf(name));
      return Float64Array.from(status, (code) => ranks[code]!);
    },
  },
  service: named('service'),
  model: named('model'),
  provider: named('provider'),
  /** The value or label of the first score. */
  scores: {
    value: firstScore,
    sortKeys: (trace) => rankMixed(Array.from({ length: trace.spanCount }, (_, index) => firstScore(trace, index))),
  },
  children: {
    value: (trace, index) => siblings(trace).children[index]!,
    sortKeys: (trace) => Float64Array.from(siblings(trace).children),
  },
} as const satisfies Readonly<Record<string, BuiltInColumn>>;

export type BuiltInColumnId = keyof typeof BUILT_IN_COLUMNS;

/** The columns that are sums. */
export type SummedColumnId = {
  [Id in BuiltInColumnId]: (typeof BUILT_IN_COLUMNS)[Id] extends { readonly amount: unknown } ? Id : never;
}[BuiltInColumnId];

function firstScore(trace: Trace, index: number): number | string | null {
  const [score] = trace.span(index).scores;
  return score ? (score.value ?? score.label) : null;
}
