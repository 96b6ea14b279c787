import { isStep } from '../../model/build/steps.ts';
import { ERROR_STATUS, SPAN_FLAGS } from '../../model/codes.ts';
import type { Cost, LedgerEntry, Nanos, Trace, TraceSet, Usage } from '../../model/types.ts';
import { counting } from '../amounts/counting.ts';
import { sumCost, sumUsage } from '../amounts/ledger.ts';
import { atOnce, type Steps } from '../steps.ts';
import { ownTime } from '../time/ownTime.ts';
import { groupIds } from './groupIds.ts';
import { quantile } from './quantile.ts';
import type { Statistics, StatisticsBy, StatisticsRow } from './types.ts';

export interface StatisticsOptions {
  /** What spans are put together by. */
  readonly by: StatisticsBy;
  /** By index, 1 = the span is counted; of one trace. @default all are */
  readonly only?: ArrayLike<number> | undefined;
}

/**
 * What the spans of a trace, or of all traces of a set, come to by name, kind, model, service or agent: how many, how
 * long, how many failed, tokens and cost, with a histogram of their durations. Sums are those of `ownTime` and `ledger`:
 * nothing is counted twice, and what nobody reports is unknown, not 0. Linear in the number of spans.
 */
export const statistics = (source: Trace | Pick<TraceSet, 'traces'>, options: StatisticsOptions): Statistics =>
  atOnce(statisticsInSteps(source, options));

/** The same in slices: yields after some hundred spans. */
export function* statisticsInSteps(
  source: Trace | Pick<TraceSet, 'traces'>,
  { by, only }: StatisticsOptions,
): Steps<Statistics> {
  const groups = new Map<string | null, Group>();
  for (const trace of 'traces' in source ? source.traces : [source]) {
    const groupOf = groupsOf(trace, by, groups);
    yield* addSpans(trace, groupOf, only);
    yield* addAmounts(trace, groupOf, only);
  }
  const edges = edgesOf(groups.values());
  const rows: StatisticsRow[] = [];
  for (const group of groups.values()) {
    rows.push(rowOf(group, edges));
    yield;
  }
  return { by, rows: rows.sort((a, b) => known(b.own) - known(a.own) || b.count - a.count), edges };
}

/** A row while it is put together. */
interface Group {
  readonly value: string | null;
  count: number;
  own: Nanos;
  errors: number;
  readonly durations: number[];
  readonly usages: Usage[];
  readonly costs: Cost[];
  calls: number;
  callsWithUsage: number;
  callsWithCost: number;
}

const MISSING_START = SPAN_FLAGS['missing-start'];

/** The groups of a trace's spans by index; those that other traces have made already are theirs too. */
function groupsOf(trace: Trace, by: StatisticsBy, groups: Map<string | null, Group>): (index: number) => Group {
  const { ids, valueOf } = groupIds(trace, by);
  const known: Group[] = [];
  return (index) => {
    const id = ids[index]!;
    return (known[id] ??= groupFor(valueOf(id), groups));
  };
}

function groupFor(value: string | null, groups: Map<string | null, Group>): Group {
  let group = groups.get(value);
  if (!group) {
    group = {
      value,
      count: 0,
      own: Number.NaN,
      errors: 0,
      durations: [],
      usages: [],
      costs: [],
      calls: 0,
      callsWithUsage: 0,
      callsWithCost: 0,
    };
    groups.set(value, group);
  }
  return group;
}

function* addSpans(trace: Trace, groupOf: (index: number) => Group, only: StatisticsOptions['only']): Steps<void> {
  const { start, end, status, flags } = trace.columns;
  const hasClock = trace.timeBasis === 'clock';
  const own = yield* ownTime.inSteps(trace);
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    if (only && only[index] !== 1) continue;
    const group = groupOf(index);
    group.count += 1;
    if (status[index] === ERROR_STATUS) group.errors += 1;
    if (!hasClock) continue;
    group.own = known(group.own) + own[index]!;
    const duration = end[index]! - start[index]!;
    if (!Number.isNaN(duration) && (flags[index]! & MISSING_START) === 0) group.durations.push(Math.max(0, duration));
  }
}

/** Each amount with the span that counts; each call with itself. */
function* addAmounts(trace: Trace, groupOf: (index: number) => Group, only: StatisticsOptions['only']): Steps<void> {
  const { rows, tokens, money, calls } = yield* counting.inSteps(trace);
  for (let row = 0; row < rows.index.length; row += 1) {
    if (isStep(row)) yield;
    const index = rows.index[row]!;
    if (only && only[index] !== 1) continue;
    const { usage, cost } = rows.amounts[row]!;
    const { usages, costs } = groupOf(index);
    if (usage && tokens.counted[row]) usages.push(usage);
    if (cost && money.counted[row]) costs.push(cost);
  }
  for (const index of calls) {
    if (only && only[index] !== 1) continue;
    const group = groupOf(index);
    group.calls += 1;
    if (tokens.coveredBy(index) !== -1) group.callsWithUsage += 1;
    if (money.coveredBy(index) !== -1) group.callsWithCost += 1;
  }
}

const known = (time: Nanos): Nanos => (Number.isNaN(time) ? 0 : time);

function rowOf(group: Group, edges: Float64Array): StatisticsRow {
  const { value, count, own, errors, durations, usages, costs, calls, callsWithUsage, callsWithCost } = group;
  const amounts: LedgerEntry = {
    usage: sumUsage(usages),
    cost: sumCost(costs),
    calls,
    callsWithUsage,
    callsWithCost,
  };
  let total = durations.length === 0 ? Number.NaN : 0;
  for (const duration of durations) total += duration;
  return {
    value,
    count,
    timed: durations.length,
    total,
    own,
    p50: quantile(durations, 0.5),
    p95: quantile(durations, 0.95),
    longest: quantile(durations, 1),
    errors,
    amounts,
    histogram: histogramOf(durations, edges),
  };
}

const BINS = 16;

/** From the shortest known duration to the longest, in equal ratios: durations spread over many orders of magnitude. */
function edgesOf(groups: Iterable<Group>): Float64Array {
  let least = Infinity;
  let most = 0;
  let any = false;
  for (const { durations } of groups)
    for (const duration of durations) {
      any = true;
      if (duration > 0 && duration < least) least = duration;
      if (duration > most) most = duration;
    }
  if (!any) return new Float64Array(0);
  const from = Math.min(least, Math.max(1, most));
  const to = Math.max(from * 2, most);
  return Float64Array.from({ length: BINS + 1 }, (_, at) => (at === BINS ? to : from * (to / from) ** (at / BINS)));
}

/** A length of 0 stands with the shortest. */
function histogramOf(durations: readonly number[], edges: Float64Array): Uint32Array {
  const bins = new Uint32Array(Math.max(0, edges.length - 1));
  const [from, to] = [edges[0]!, edges.at(-1)!];
  for (const duration of durations) {
    const place = duration <= from ? 0 : Math.floor((Math.log(duration / from) / Math.log(to / from)) * BINS);
    bins[Math.min(BINS - 1, place)]! += 1;
  }
  return bins;
}
