import { kindCode } from '../../model/codes.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Cost, Ledger, LedgerEntry, SpanKey, Trace, Usage } from '../../model/types.ts';
import { ownValue, setOwn } from '../../model/ownValue.ts';
import { CALLS, CROSSINGS, measure, repeatedSpans, reportingSpans } from './countOnce.ts';
import { perTrace } from '../memo.ts';
import { twins } from './twins.ts';

const RERANKER = kindCode('reranker');

/**
 * Tokens and cost that count nothing twice, per measure. Wrappers repeat the amounts of the calls they wrap, so a
 * span's own amount counts only where nothing below it reports that measure; a report of zero shadows nothing. A model
 * call (llm, embedding, reranker) is shadowed only by spans reached without crossing a tool or an agent: a tool that
 * runs a sub-agent does not contain the tokens of the call that asked for it. Where a reported amount disagrees with
 * the amounts that shadow it, those count and both are in `conflicts`. A call has tokens or a cost when they are in the
 * total, be it that it reports them or that a wrapper does which counts in its place.
 */
export const ledger: (trace: Trace) => Ledger = perTrace((trace) => {
  const { kind, subtreeEnd } = trace.columns;
  const rows = reportingSpans(trace);
  const tokens = measure(trace, rows, ({ usage }) => usage && (usage.total ?? Number.NaN));
  const money = measure(trace, rows, ({ cost }) => cost && (cost.total ?? Number.NaN));
  const calls = modelCalls(trace);

  const sum = (ranges: readonly Range[], which: 'counted' | 'nearest'): LedgerEntry => {
    const usages: Usage[] = [];
    const costs: Cost[] = [];
    const coverage = { calls: 0, callsWithUsage: 0, callsWithCost: 0 };
    const first = ranges[0]?.[0] ?? 0;
    for (const [from, to] of ranges) {
      for (let row = lowerBound(rows.index, from); row < rows.index.length && rows.index[row]! < to; row += 1) {
        const { usage, cost } = rows.amounts[row]!;
        if (usage && tokens[which][row]) usages.push(usage);
        if (cost && money[which][row]) costs.push(cost);
      }
      for (let at = lowerBound(calls, from); at < calls.length && calls[at]! < to; at += 1) {
        coverage.calls += 1;
        // A wrapper outside of these spans covers a call, but its amount is not in this sum.
        if (tokens.coveredBy(calls[at]!) >= first) coverage.callsWithUsage += 1;
        if (money.coveredBy(calls[at]!) >= first) coverage.callsWithCost += 1;
      }
    }
    return { usage: sumUsage(usages), cost: sumCost(costs), ...coverage };
  };

  const sums = new Map<number, LedgerEntry>();
  const subtree = (index: number): LedgerEntry => {
    let entry = sums.get(index);
    if (!entry) sums.set(index, (entry = sum([[index, subtreeEnd[index]!]], 'counted')));
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
    CALLS.has(kind[index]!) ? sum(uncrossed(trace, index), 'nearest') : subtree(index);
  const input = tokens.shadowOf(({ usage }) => partOf(usage, 'input'));
  const output = tokens.shadowOf(({ usage }) => partOf(usage, 'output'));
  const conflicts = Array.from(rows.index).flatMap((index, row) => {
    const { usage, cost } = rows.amounts[row]!;
    const tokensDiffer =
      differ(usage?.total, tokens.shadow[row]!, 0) ||
      differ(usage?.input, input[row]!, 0) ||
      differ(usage?.output, output[row]!, 0);
    // A computed price is ours: where it differs from what the calls report, nobody contradicts himself.
    const costsDiffer = cost?.origin !== 'computed' && differ(cost?.total, money.shadow[row]!, 1e-9);
    // `below` is added up when it is looked at: in a chain where every span repeats the sum, all of them together would
    // be quadratic.
    return tokensDiffer || costsDiffer
      ? [
          {
            key: trace.span(index).key,
            own: own(index),
            get below() {
              return below(index);
            },
          },
        ]
      : [];
  });
  const countedOnce = twins(trace).map(({ index, of }) => ({ key: trace.span(index).key, of: trace.span(of).key }));
  return { total: sum([[0, trace.spanCount]], 'counted'), own, subtree, conflicts, countedOnce };
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

/**
 * The indices of model calls: llm and embedding spans that do not merely wrap another one, and rerankers that report an
 * amount (most count no tokens at all, and would make every total look incomplete).
 */
export function modelCalls(trace: Trace): Uint32Array {
  const {
    columns: { parent, kind, amounts },
    spanCount,
  } = trace;
  const repeated = repeatedSpans(trace);
  const isWrapper = new Uint8Array(spanCount);
  const calls: number[] = [];
  for (let index = spanCount - 1; index >= 0; index -= 1) {
    if (!CALLS.has(kind[index]!) || repeated(index) || (kind[index] === RERANKER && amounts[index] === -1)) continue;
    if (isWrapper[index] === 0) calls.push(index);
    for (
      let above = parent[index]!;
      above !== -1 && !CROSSINGS.has(kind[above]!) && isWrapper[above] === 0;
      above = parent[above]!
    )
      isWrapper[above] = 1;
  }
  return Uint32Array.from(calls.reverse());
}

const BUCKETS = [
  'input',
  'output',
  'total',
  'inputUncached',
  'cacheRead',
  'cacheWrite',
  'audioInput',
  'outputText',
  'reasoning',
  'audioOutput',
] as const;
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
function sumUsage(usages: readonly Usage[]): Usage {
  const sum: Record<(typeof BUCKETS)[number], number | null> & { other: Record<string, number> } = {
    ...NO_USAGE,
    other: {},
  };
  for (const usage of usages) {
    for (const bucket of BUCKETS) if (usage[bucket] !== null) sum[bucket] = (sum[bucket] ?? 0) + usage[bucket];
    for (const [name, amount] of Object.entries(usage.other))
      setOwn(sum.other, name, (ownValue(sum.other, name) ?? 0) + amount);
  }
  return sum;
}

function sumCost(costs: readonly Cost[]): Cost {
  const [first] = costs;
  if (!first) return NO_COST;
  const parts: Record<string, number> = {};
  let total: number | null = null;
  for (const cost of costs) {
    if (cost.total !== null) total = (total ?? 0) + cost.total;
    for (const [name, amount] of Object.entries(cost.parts))
      if (amount !== undefined) setOwn(parts, name, (ownValue(parts, name) ?? 0) + amount);
  }
  return {
    total,
    currency: first.currency,
    origin: costs.every(({ origin }) => origin === first.origin) ? first.origin : 'mixed',
    parts,
  };
}

const conflictsByKey = perTrace(
  (trace) => new Map(ledger(trace).conflicts.map((conflict) => [conflict.key, conflict])),
);

/** The conflict of one span, where there is one. */
export const conflictOf = (trace: Trace, key: SpanKey): Ledger['conflicts'][number] | undefined =>
  conflictsByKey(trace).get(key);
