import { USAGE_COUNTS } from '../../model/codes.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Cost, Ledger, LedgerEntry, SpanKey, Trace, Usage } from '../../model/types.ts';
import { ownValue, setOwn } from '../../model/ownValue.ts';
import { CALLS, CROSSINGS } from './countOnce.ts';
import { counting } from './counting.ts';
import { isStep } from '../../model/build/steps.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { atOnce, type Steps } from '../steps.ts';
import { twins } from './twins.ts';

/**
 * Tokens and cost that count nothing twice, per measure. Wrappers repeat the amounts of the calls they wrap, so a
 * span's own amount counts only where nothing below it reports that measure; a report of zero shadows nothing. A model
 * call (llm, embedding, reranker) is shadowed only by spans reached without crossing a tool or an agent: a tool that
 * runs a sub-agent does not contain the tokens of the call that asked for it. Where a reported amount disagrees with
 * the amounts that shadow it, those count and both are in `conflicts`. A call has tokens or a cost when they are in the
 * total, be it that it reports them or that a wrapper does which counts in its place.
 */
export const ledger: PreparedAnswer<Ledger> = perTraceInSteps(function* (trace) {
  const { kind, subtreeEnd } = trace.columns;
  const { rows, tokens, money, calls } = yield* counting.inSteps(trace);

  const sum = function* (ranges: readonly Range[], which: 'counted' | 'nearest'): Steps<LedgerEntry> {
    const usages = createUsageSum();
    const costs = createCostSum();
    const coverage = { calls: 0, callsWithUsage: 0, callsWithCost: 0 };
    const first = ranges[0]?.[0] ?? 0;
    for (const [from, to] of ranges) {
      for (let row = lowerBound(rows.index, from); row < rows.index.length && rows.index[row]! < to; row += 1) {
        if (isStep(row)) yield;
        const { usage, cost } = rows.amounts[row]!;
        if (usage && tokens[which][row]) usages.add(usage);
        if (cost && money[which][row]) costs.add(cost);
      }
      for (let at = lowerBound(calls, from); at < calls.length && calls[at]! < to; at += 1) {
        if (isStep(at)) yield;
        coverage.calls += 1;
        // A wrapper outside of these spans covers a call, but its amount is not in this sum.
        if (tokens.coveredBy(calls[at]!) >= first) coverage.callsWithUsage += 1;
        if (money.coveredBy(calls[at]!) >= first) coverage.callsWithCost += 1;
      }
    }
    return { usage: usages.sum(), cost: costs.sum(), ...coverage };
  };

  const sums = new Map<number, LedgerEntry>();
  const subtree = (index: number): LedgerEntry => {
    let entry = sums.get(index);
    if (!entry) sums.set(index, (entry = atOnce(sum([[index, subtreeEnd[index]!]], 'counted'))));
    return entry;
  };
  const own = (index: number): LedgerEntry => {
    const { usage, cost } = trace.span(index);
    const call = calls[lowerBound(calls, index)] === index ? 1 : 0;
    return {
      usage: usage ?? NO_USAGE,
      cost: cost ?? NO_COST,
      calls: call,
      callsWithUsage: usage ? call : 0,
      callsWithCost: cost ? call : 0,
    };
  };
  /**
   * What shadows a span: all that counts below it, or what a model call reaches without crossing a tool or an agent.
   */
  const below = (index: number): LedgerEntry =>
    CALLS.has(kind[index]!) ? atOnce(sum(uncrossed(trace, index), 'nearest')) : subtree(index);
  const input = yield* tokens.shadowOf(({ usage }) => partOf(usage, 'input'));
  const output = yield* tokens.shadowOf(({ usage }) => partOf(usage, 'output'));
  const conflicts: Ledger['conflicts'][number][] = [];
  for (let row = 0; row < rows.index.length; row += 1) {
    if (isStep(row)) yield;
    const index = rows.index[row]!;
    const { usage, cost } = rows.amounts[row]!;
    const tokensDiffer =
      differ(usage?.total, tokens.shadow[row]!, 0) ||
      differ(usage?.input, input[row]!, 0) ||
      differ(usage?.output, output[row]!, 0);
    // A computed price is ours: where it differs from what the calls report, nobody contradicts himself.
    const costsDiffer = cost?.origin !== 'computed' && differ(cost?.total, money.shadow[row]!, 1e-9);
    // `below` is added up when it is looked at: in a chain where every span repeats the sum, all of them together would
    // be quadratic.
    if (tokensDiffer || costsDiffer)
      conflicts.push({
        key: trace.span(index).key,
        own: own(index),
        get below() {
          return below(index);
        },
      });
  }
  const countedOnce = (yield* twins.inSteps(trace)).map(({ index, of }) => ({
    key: trace.span(index).key,
    of: trace.span(of).key,
  }));
  const total = yield* sum([[0, trace.spanCount]], 'counted');
  return { total, own, subtree, conflicts, countedOnce };
});

/** What spans and all below them come to together. None of them may be inside another one. */
export function ledgerOf(trace: Trace, indices: readonly number[]): LedgerEntry {
  const { subtree } = ledger(trace);
  const entries = indices.map(subtree);
  const sum = (count: (entry: LedgerEntry) => number): number => entries.reduce((all, entry) => all + count(entry), 0);
  return {
    usage: sumUsage(entries.map(({ usage }) => usage)),
    cost: sumCost(entries.map(({ cost }) => cost).filter(({ total }) => total !== null)),
    calls: sum(({ calls }) => calls),
    callsWithUsage: sum(({ callsWithUsage }) => callsWithUsage),
    callsWithCost: sum(({ callsWithCost }) => callsWithCost),
  };
}

/** Spans that stand together in pre-order: from the first up to the one behind the last. */
type Range = readonly [from: number, to: number];

/** The spans below a span that are reached without crossing a tool or an agent: all but the subtrees of those. */
function uncrossed({ columns: { kind, subtreeEnd } }: Trace, index: number): readonly Range[] {
  const ranges: Range[] = [];
  const end = subtreeEnd[index]!;
  let from = index + 1;
  for (let at = from; at < end;) {
    if (!CROSSINGS.has(kind[at]!)) {
      at += 1;
      continue;
    }
    if (at > from) ranges.push([from, at]);
    from = at = subtreeEnd[at]!;
  }
  if (end > from) ranges.push([from, end]);
  return ranges;
}

/** Infinity where a usage does not report the part: a sum with it is not known, and compared with nothing. */
const partOf = (usage: Usage | null, part: 'input' | 'output'): number | null =>
  usage && (usage[part] ?? (usage.total === 0 ? 0 : Infinity));

/** Whether two amounts that are both known lie further apart than `tolerance`. */
const differ = (own: number | null | undefined, shadow: number, tolerance: number): boolean =>
  own != null && Number.isFinite(shadow) && Math.abs(own - shadow) > tolerance;

const NO_USAGE: Usage = {
  input: null,
  output: null,
  total: null,
  inputUncached: null,
  cacheRead: null,
  cacheWrite: null,
  audioInput: null,
  outputText: null,
  reasoning: null,
  audioOutput: null,
  other: {},
};
const NO_COST: Cost = { total: null, currency: 'USD', origin: 'unknown', parts: {} };

/** Bucket by bucket; what no one reports stays unknown. */
export function sumUsage(usages: readonly Usage[]): Usage {
  const { add, sum } = createUsageSum();
  for (const usage of usages) add(usage);
  return sum();
}

/** One sum, to which amounts are added one by one. */
interface Sum<Amount> {
  add(amount: Amount): void;
  sum(): Amount;
}

function createUsageSum(): Sum<Usage> {
  const sum: Record<(typeof USAGE_COUNTS)[number], number | null> & { other: Record<string, number> } = {
    ...NO_USAGE,
    other: {},
  };
  return {
    add(usage) {
      for (const bucket of USAGE_COUNTS) if (usage[bucket] !== null) sum[bucket] = (sum[bucket] ?? 0) + usage[bucket];
      for (const [name, amount] of Object.entries(usage.other))
        setOwn(sum.other, name, (ownValue(sum.other, name) ?? 0) + amount);
    },
    sum: () => sum,
  };
}

/** Of costs; without any, the total is unknown. */
export function sumCost(costs: readonly Cost[]): Cost {
  const { add, sum } = createCostSum();
  for (const cost of costs) add(cost);
  return sum();
}

function createCostSum(): Sum<Cost> {
  const parts: Record<string, number> = {};
  let total: number | null = null;
  let first: Cost | undefined;
  let isMixed = false;
  return {
    add(cost) {
      first ??= cost;
      isMixed ||= cost.origin !== first.origin;
      if (cost.total !== null) total = (total ?? 0) + cost.total;
      for (const [name, amount] of Object.entries(cost.parts))
        if (amount !== undefined) setOwn(parts, name, (ownValue(parts, name) ?? 0) + amount);
    },
    sum: () => (first ? { total, currency: first.currency, origin: isMixed ? 'mixed' : first.origin, parts } : NO_COST),
  };
}

export const conflictsByKey = perTraceInSteps(function* (trace) {
  const byKey = new Map<SpanKey, Ledger['conflicts'][number]>();
  for (const conflict of (yield* ledger.inSteps(trace)).conflicts) {
    if (isStep(byKey.size)) yield;
    byKey.set(conflict.key, conflict);
  }
  return byKey;
});

/** The conflict of one span, where there is one. */
export const conflictOf = (trace: Trace, key: SpanKey): Ledger['conflicts'][number] | undefined =>
  conflictsByKey(trace).get(key);
