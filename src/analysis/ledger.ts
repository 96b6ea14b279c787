import { kindCode } from '../model/codes.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { Cost, Ledger, LedgerEntry, SpanKey, Trace, Usage } from '../model/types.ts';
import { perTrace } from './memo.ts';

const CALLS: ReadonlySet<number> = new Set(['llm', 'embedding', 'reranker'].map(kindCode));
const RERANKER = kindCode('reranker');
const CROSSINGS: ReadonlySet<number> = new Set(['tool', 'agent'].map(kindCode));

/**
 * Tokens and cost that count nothing twice, per measure. Wrappers repeat the amounts of the calls they wrap, so a span's own amount
 * counts only where nothing below it reports that measure. A model call (llm, embedding, reranker) is shadowed only by spans reached
 * without crossing a tool or an agent: a tool that runs a sub-agent does not contain the tokens of the call that asked for it.
 * Where own and below disagree, the sum below counts and both are in `conflicts`.
 */
export const ledger: (trace: Trace) => Ledger = perTrace((trace) => {
  const rows = reportingSpans(trace);
  const tokens = countedOnce(trace, rows, ({ usage }) => usage !== null);
  const money = countedOnce(trace, rows, ({ cost }) => cost !== null);
  const calls = modelCalls(trace);

  const sum = (from: number, to: number): LedgerEntry => {
    const usages: Usage[] = [];
    const costs: Cost[] = [];
    let callsWithUsage = 0;
    let callsWithCost = 0;
    for (let row = lowerBound(rows.index, from); row < rows.index.length && rows.index[row]! < to; row += 1) {
      const { usage, cost } = rows.amounts[row]!;
      if (usage && tokens[row]) usages.push(usage);
      if (cost && money[row]) costs.push(cost);
      if (!calls.isCall(rows.index[row]!)) continue;
      if (usage) callsWithUsage += 1;
      if (cost) callsWithCost += 1;
    }
    return { usage: sumUsage(usages), cost: sumCost(costs), calls: calls.between(from, to), callsWithUsage, callsWithCost };
  };

  const sums = new Map<number, LedgerEntry>();
  const subtree = (index: number): LedgerEntry => {
    let entry = sums.get(index);
    if (!entry) sums.set(index, (entry = sum(index, trace.columns.subtreeEnd[index]!)));
    return entry;
  };
  const own = (index: number): LedgerEntry => {
    const { usage, cost } = trace.span(index);
    const call = calls.isCall(index) ? 1 : 0;
    return { usage: usage ?? NO_USAGE, cost: cost ?? NO_COST, calls: call, callsWithUsage: usage ? call : 0, callsWithCost: cost ? call : 0 };
  };
  const tokensIn = subtreeSums(trace, rows, tokens, ({ usage }) => usage?.total ?? null);
  const moneyIn = subtreeSums(trace, rows, money, ({ cost }) => cost?.total ?? null);
  const conflicts = Array.from(rows.index).flatMap((index, row) => {
    const { usage, cost } = rows.amounts[row]!;
    const tokensDiffer = usage?.total != null && !tokens[row] && Math.abs(usage.total - tokensIn[index]!) > 0;
    const costsDiffer = cost?.total != null && !money[row] && Math.abs(cost.total - moneyIn[index]!) > 1e-9;
    // `below` is added up when it is looked at: in a chain where every span repeats the sum, all of them together would be quadratic.
    return tokensDiffer || costsDiffer ? [{ key: trace.span(index).key, own: own(index), get below() { return subtree(index); } }] : [];
  });
  return { total: sum(0, trace.spanCount), own, subtree, conflicts };
});

/** The few spans that report an amount, in pre-order. */
interface Rows { readonly index: Uint32Array; readonly amounts: readonly { readonly usage: Usage | null; readonly cost: Cost | null }[] }

function reportingSpans(trace: Trace): Rows {
  const index: number[] = [];
  const slots = trace.columns.amounts;
  for (let i = 0; i < slots.length; i += 1) if (slots[i] !== -1) index.push(i);
  const amounts = index.map((i) => {
    const { usage, cost } = trace.span(i);
    return { usage, cost };
  });
  return { index: Uint32Array.from(index), amounts };
}

/** Per row, whether its amount counts: no descendant that matters to it reports the measure. */
function countedOnce(trace: Trace, rows: Rows, reports: (amounts: Rows['amounts'][number]) => boolean): readonly boolean[] {
  const { parent, kind } = trace.columns;
  const counted = rows.amounts.map(reports);
  // What a reporting span shadows above itself: every other ancestor, and model calls up to the first tool or agent on the way.
  const shadowed = new Uint8Array(trace.spanCount);
  const EVERY = 1;
  const NEAR = 2;
  rows.index.forEach((index, row) => {
    if (!reports(rows.amounts[row]!)) return;
    let near = !CROSSINGS.has(kind[index]!);
    for (let above = parent[index]!; above !== -1; above = parent[above]!) {
      const mark = near ? EVERY | NEAR : EVERY;
      if ((shadowed[above]! & mark) === mark) break;
      shadowed[above]! |= mark;
      near &&= !CROSSINGS.has(kind[above]!);
    }
  });
  rows.index.forEach((index, row) => {
    const mark = CALLS.has(kind[index]!) ? NEAR : EVERY;
    if ((shadowed[index]! & mark) !== 0) counted[row] = false;
  });
  return counted;
}

/** By index, the sum of what counts in the subtree; NaN = unknown. One pass from the leaves up. */
function subtreeSums(trace: Trace, rows: Rows, counted: readonly boolean[], amountOf: (amounts: Rows['amounts'][number]) => number | null): Float64Array {
  const { parent } = trace.columns;
  const sums = new Float64Array(trace.spanCount).fill(Number.NaN);
  rows.index.forEach((index, row) => {
    const amount = counted[row] ? amountOf(rows.amounts[row]!) : null;
    if (amount !== null) sums[index] = amount;
  });
  for (let index = trace.spanCount - 1; index > 0; index -= 1) {
    const above = parent[index]!;
    if (above === -1 || Number.isNaN(sums[index]!)) continue;
    sums[above] = Number.isNaN(sums[above]!) ? sums[index]! : sums[above]! + sums[index]!;
  }
  return sums;
}

/**
 * Model calls: llm and embedding spans that do not merely wrap another one, and rerankers that report an amount (most count no
 * tokens at all, and would make every total look incomplete).
 */
function modelCalls(trace: Trace): { isCall(index: number): boolean; between(from: number, to: number): number } {
  const { parent, kind, amounts } = trace.columns;
  const isCall = new Uint8Array(trace.spanCount);
  for (let index = trace.spanCount - 1; index >= 0; index -= 1) {
    if (!CALLS.has(kind[index]!) || (kind[index] === RERANKER && amounts[index] === -1)) continue;
    if (isCall[index] === 0) isCall[index] = 1;
    for (let above = parent[index]!; above !== -1 && !CROSSINGS.has(kind[above]!); above = parent[above]!) {
      if (isCall[above] === 2) break;
      isCall[above] = 2;
    }
  }
  const before = new Uint32Array(trace.spanCount + 1);
  for (let index = 0; index < trace.spanCount; index += 1) before[index + 1] = before[index]! + (isCall[index] === 1 ? 1 : 0);
  return { isCall: (index) => isCall[index] === 1, between: (from, to) => before[to]! - before[from]! };
}

const BUCKETS = ['input', 'output', 'total', 'inputUncached', 'cacheRead', 'cacheWrite', 'audioInput', 'outputText', 'reasoning', 'audioOutput'] as const;
const NO_USAGE: Usage = { input: null, output: null, total: null, inputUncached: null, cacheRead: null, cacheWrite: null, audioInput: null, outputText: null, reasoning: null, audioOutput: null, other: {} };
const NO_COST: Cost = { total: null, currency: 'USD', origin: 'unknown', parts: {} };

/** Bucket by bucket; what no one reports stays unknown. */
function sumUsage(usages: readonly Usage[]): Usage {
  const sum: Record<(typeof BUCKETS)[number], number | null> & { other: Record<string, number> } = { ...NO_USAGE, other: {} };
  for (const usage of usages) {
    for (const bucket of BUCKETS) if (usage[bucket] !== null) sum[bucket] = (sum[bucket] ?? 0) + usage[bucket];
    for (const [name, amount] of Object.entries(usage.other)) sum.other[name] = (sum.other[name] ?? 0) + amount;
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
    for (const [name, amount] of Object.entries(cost.parts)) if (amount !== undefined) parts[name] = (parts[name] ?? 0) + amount;
  }
  return { total, currency: first.currency, origin: costs.every(({ origin }) => origin === first.origin) ? first.origin : 'mixed', parts };
}

const conflictsByKey = perTrace((trace) => new Map(ledger(trace).conflicts.map((conflict) => [conflict.key, conflict])));

/** The conflict of one span, where there is one. */
export const conflictOf = (trace: Trace, key: SpanKey): Ledger['conflicts'][number] | undefined => conflictsByKey(trace).get(key);
