import { isStep } from '../../model/build/steps.ts';
import { kindCode } from '../../model/codes.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Cost, Trace, Usage } from '../../model/types.ts';
import type { Steps } from '../steps.ts';
import { twins } from './twins.ts';

export const CALLS: ReadonlySet<number> = new Set(['llm', 'embedding', 'reranker'].map(kindCode));
export const CROSSINGS: ReadonlySet<number> = new Set(['tool', 'agent'].map(kindCode));

/** The few spans that report an amount, in pre-order, but for what another one reports as well (`twins`). */
export interface Rows {
  readonly index: Uint32Array;
  readonly amounts: readonly { readonly usage: Usage | null; readonly cost: Cost | null }[];
}

/** Whether a span is the second record of a call, or stands below one. */
export function* repeatedSpans(trace: Trace): Steps<(index: number) => boolean> {
  const found = yield* twins.inSteps(trace);
  if (found.length === 0) return () => false;
  const { subtreeEnd } = trace.columns;
  const repeated = new Uint8Array(trace.spanCount);
  for (const { index } of found) repeated.fill(1, index, subtreeEnd[index]);
  return (index) => repeated[index] === 1;
}

export function* reportingSpans(trace: Trace): Steps<Rows> {
  const index: number[] = [];
  const amounts: Rows['amounts'][number][] = [];
  const slots = trace.columns.amounts;
  const repeated = yield* repeatedSpans(trace);
  for (let i = 0; i < slots.length; i += 1) {
    if (isStep(i)) yield;
    if (slots[i] === -1 || repeated(i)) continue;
    const { usage, cost } = trace.span(i);
    index.push(i);
    amounts.push({ usage, cost });
  }
  const rows = Uint32Array.from(index);
  yield* addDetailsAbove(trace, rows, amounts);
  return { index: rows, amounts };
}

/**
 * Two instrumentations around one call may each tell details that the other does not: what only the outer one knows of
 * the same sums is known of the call. Pre-order, so what is above comes before.
 */
function* addDetailsAbove(
  { columns: { kind, parent } }: Trace,
  index: Uint32Array,
  amounts: Rows['amounts'][number][],
): Steps<void> {
  for (let row = 0; row < index.length; row += 1) {
    if (isStep(row)) yield;
    const { usage } = amounts[row]!;
    const above = parent[index[row]!]!;
    if (!usage?.total || above === -1 || !CALLS.has(kind[index[row]!]!) || !CALLS.has(kind[above]!)) continue;
    const outer = lowerBound(index, above);
    const details = index[outer] === above ? amounts[outer]!.usage : null;
    if (details && details.input === usage.input && details.output === usage.output)
      amounts[row] = { ...amounts[row]!, usage: joined(usage, details) };
  }
}

const INSIDE = ['cacheRead', 'cacheWrite', 'audioInput'] as const;
const OUTSIDE = ['reasoning', 'audioOutput'] as const;

/** One usage with what another one of the same sums tells beside; what is left of the sums follows from both. */
function joined(usage: Usage, other: Usage): Usage {
  const merged = { ...usage };
  for (const bucket of [...INSIDE, ...OUTSIDE]) merged[bucket] ??= other[bucket];
  const rest = (sum: number | null, parts: readonly (number | null)[], before: number | null): number | null => {
    const left = sum === null ? null : sum - parts.reduce<number>((all, part) => all + (part ?? 0), 0);
    return left === null || left < 0 ? before : left;
  };
  return {
    ...merged,
    inputUncached: rest(
      usage.input,
      INSIDE.map((bucket) => merged[bucket]),
      usage.inputUncached,
    ),
    outputText: rest(
      usage.output,
      OUTSIDE.map((bucket) => merged[bucket]),
      usage.outputText,
    ),
  };
}

/** What a span reports of a measure, or of a part of one; null = nothing. */
type AmountOf = (amounts: Rows['amounts'][number]) => number | null;

/** One measure (tokens or cost) of a trace. */
export interface Measure {
  /** Per row, whether its amount is in the total: nothing below that matters to it reports the measure. */
  readonly counted: readonly boolean[];
  /**
   * Per row, whether it reports the measure and nothing does that is reached from it without crossing a tool or an
   * agent.
   */
  readonly nearest: readonly boolean[];
  /** Per row that does not count, the sum of what shadows it; NaN for all others. */
  readonly shadow: Float64Array;
  /** The same for another amount of the spans that shadow the row by this measure. */
  readonly shadowOf: (amountOf: AmountOf) => Steps<Float64Array>;
  /** Whose amount holds that of the span: its own, or that of a wrapper which counts in its place; -1 = nobody's. */
  readonly coveredBy: (index: number) => number;
}

/** Works out for one measure what counts, by the rule of `ledger`. */
export function* measure(trace: Trace, rows: Rows, amountOf: AmountOf): Steps<Measure> {
  const { kind } = trace.columns;
  const amounts = rows.amounts.map(amountOf);
  if (amounts.every((amount) => amount === null)) return nothing(amounts.length);
  const marks = yield* shadowMarks(trace, rows, amounts);
  const nearest = amounts.map((amount, row) => amount !== null && (marks[rows.index[row]!]! & NEAR) === 0);
  const counted = amounts.map(
    (amount, row) =>
      amount !== null && (marks[rows.index[row]!]! & (CALLS.has(kind[rows.index[row]!]!) ? NEAR : EVERY)) === 0,
  );
  const compares = (index: number, row: number): boolean =>
    CALLS.has(kind[index]!) && amounts[row] !== null && !counted[row];
  const someCall = rows.index.some(compares);
  const shadowOf = function* (partOf: AmountOf): Steps<Float64Array> {
    const all = yield* sumsUpwards(trace, rows, (row) => (counted[row] ? partOf(rows.amounts[row]!) : null), false);
    const near = someCall
      ? yield* sumsUpwards(trace, rows, (row) => (nearest[row] ? partOf(rows.amounts[row]!) : null), true)
      : all;
    return Float64Array.from(rows.index, (index, row) => {
      if (amounts[row] === null || counted[row]) return Number.NaN;
      return CALLS.has(kind[index]!) ? near[index]! : all[index]!;
    });
  };
  return {
    counted,
    nearest,
    shadow: yield* shadowOf(amountOf),
    shadowOf,
    coveredBy: yield* coverers(trace, rows, amounts, counted, marks),
  };
}

function nothing(rows: number): Measure {
  const shadow = new Float64Array(rows).fill(Number.NaN);
  return {
    counted: Array.from({ length: rows }, () => false),
    nearest: [],
    shadow,
    shadowOf: function* () {
      yield;
      return shadow;
    },
    coveredBy: () => -1,
  };
}

const EVERY = 1;
const NEAR = 2;
const COUNTS = 4;

/**
 * By index, whether a span below reports the measure: any at all, or one that is reached without crossing a tool or an
 * agent. Zero is what instrumentations write where they know nothing, so it stands in the way of no report above it.
 */
function* shadowMarks(
  { columns: { parent, kind }, spanCount }: Trace,
  rows: Rows,
  amounts: readonly (number | null)[],
): Steps<Uint8Array> {
  const marks = new Uint8Array(spanCount);
  for (let row = 0; row < amounts.length; row += 1) {
    if (isStep(row)) yield;
    if (amounts[row] === null || amounts[row] === 0) continue;
    const index = rows.index[row]!;
    let near = !CROSSINGS.has(kind[index]!);
    for (let above = parent[index]!; above !== -1; above = parent[above]!) {
      const mark = near ? EVERY | NEAR : EVERY;
      if ((marks[above]! & mark) === mark) break;
      marks[above]! |= mark;
      near &&= !CROSSINGS.has(kind[above]!);
    }
  }
  return marks;
}

/**
 * By index, the sum of the amounts in the subtree, or only of those that no tool or agent lies before; NaN = none. From
 * the leaves up.
 */
function* sumsUpwards(
  { columns: { parent, kind }, spanCount }: Trace,
  rows: Rows,
  amountOf: (row: number) => number | null,
  nearOnly: boolean,
): Steps<Float64Array> {
  const sums = new Float64Array(spanCount).fill(Number.NaN);
  rows.index.forEach((index, row) => {
    sums[index] = amountOf(row) ?? Number.NaN;
  });
  for (let index = spanCount - 1; index > 0; index -= 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    if (above === -1 || Number.isNaN(sums[index]!) || (nearOnly && CROSSINGS.has(kind[index]!))) continue;
    sums[above] = Number.isNaN(sums[above]!) ? sums[index]! : sums[above]! + sums[index]!;
  }
  return sums;
}

/**
 * What reports, or stands over a near report, covers itself; all else is covered by the wrapper that counts for it,
 * looked up from the root down.
 */
function* coverers(
  { columns: { parent, kind }, spanCount }: Trace,
  rows: Rows,
  amounts: readonly (number | null)[],
  counted: readonly boolean[],
  marks: Uint8Array,
): Steps<Measure['coveredBy']> {
  rows.index.forEach((index, row) => {
    if (amounts[row] !== null) marks[index]! |= NEAR;
    if (counted[row]) marks[index]! |= COUNTS;
  });
  const far = new Int32Array(spanCount).fill(-1);
  const near = new Int32Array(spanCount).fill(-1);
  for (let index = 1; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    if (above === -1) continue;
    const counts = (marks[above]! & COUNTS) !== 0;
    const isCall = counts && CALLS.has(kind[above]!);
    far[index] = counts && !isCall ? above : far[above]!;
    if ((isCall || near[above] !== -1) && !CROSSINGS.has(kind[index]!)) near[index] = isCall ? above : near[above]!;
  }
  return (index) => ((marks[index]! & NEAR) !== 0 ? index : Math.max(far[index]!, near[index]!));
}
