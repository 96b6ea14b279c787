import { SPAN_STATUSES } from '../../model/codes.ts';
import type { LedgerEntry, Nanos, Trace } from '../../model/types.ts';
import { errors } from '../errors.ts';
import { ledger } from '../amounts/ledger.ts';
import { perTrace } from '../memo.ts';
import { beganAt, wholeLength } from './knownTimes.ts';

/** What a list shows of a trace and what takes a look at its spans to know. */
export interface TraceFacts {
  readonly errors: number;
  /**
   * When something failed: stretches of time in order, apart from each other. Those nearer than a sixteenth of the
   * trace are one.
   */
  readonly failures: readonly (readonly [from: Nanos, to: Nanos])[];
  /** Whether a root failed: failures inside of others may have been made good. */
  readonly failed: boolean;
  /** Whether a span has no recorded end and did not fail. Where no time at all is recorded that says nothing: false. */
  readonly unfinished: boolean;
  /**
   * Whether each root says how it ended, and nothing warns: without that, no error found is not the same as none.
   */
  readonly statusKnown: boolean;
  readonly total: LedgerEntry;
  /** In order of their first span. */
  readonly services: readonly string[];
}

/**
 * From when the request was asked until it was answered: the only root, where there is one and it has an end; else all
 * there is. Work may begin before it and go on after it.
 */
export function askedToAnswered({
  columns: { parent, subtreeEnd, start, end },
  spanCount,
  end: whole,
}: Trace): readonly [asked: Nanos, answered: Nanos] {
  return parent[0] === -1 && subtreeEnd[0] === spanCount && end[0]! > start[0]! ? [start[0]!, end[0]!] : [0, whole];
}

/** How long it took until the request was answered; NaN where no length is known. */
export function answeredAfter(trace: Trace): Nanos {
  if (Number.isNaN(wholeLength(trace))) return Number.NaN;
  const [asked, answered] = askedToAnswered(trace);
  return answered - asked;
}

/** Worked out when first asked for, once per trace: a list of ten thousand asks for those on screen. */
export const traceFacts: (trace: Trace) => TraceFacts = perTrace((trace) => {
  let failures: TraceFacts['failures'] | undefined;
  return {
    errors: errors(trace).length,
    get failures() {
      return (failures ??= failedStretches(trace));
    },
    failed: errors(trace).some((index) => trace.columns.parent[index] === -1),
    unfinished: beganAt(trace) !== null && trace.columns.status.includes(RUNNING),
    statusKnown: rootsHaveStatus(trace) && !trace.columns.status.includes(WARNING),
    get total() {
      return ledger(trace).total;
    },
    services: servicesOf(trace),
  };
});

const reports = (which: 'usage' | 'cost') =>
  perTrace((trace) =>
    trace.columns.amounts.some((slot, index) => slot !== -1 && trace.span(index)[which]?.total != null),
  );
const REPORTS = { usage: reports('usage'), cost: reports('cost') } as const;

/**
 * Whether any of the traces reports tokens, and whether any reports a cost. Looks no further than the first that does,
 * and at each trace once: a list asks at each letter of its filter.
 */
export const reportsAmount = (traces: readonly Trace[], which: 'usage' | 'cost'): boolean =>
  traces.some(REPORTS[which]);

const RUNNING = SPAN_STATUSES.indexOf('running');
const WARNING = SPAN_STATUSES.indexOf('warning');
const UNSET = SPAN_STATUSES.indexOf('unset');
/** A bar in a list is a hundred pixels long: what lies nearer together cannot be told apart. */
const APART = 1 / 16;

function rootsHaveStatus({ columns: { status, subtreeEnd }, spanCount }: Trace): boolean {
  for (let root = 0; root < spanCount; root = subtreeEnd[root]!)
    if (status[root] === UNSET || status[root] === RUNNING) return false;
  return spanCount > 0;
}

/** Where failures began: failed spans without a failed span inside. The spans around those only pass the failure on. */
function failedStretches(trace: Trace): readonly (readonly [Nanos, Nanos])[] {
  const { subtreeEnd, start, end } = trace.columns;
  const failed = errors(trace);
  const origins: (readonly [Nanos, Nanos])[] = [];
  for (let at = 0; at < failed.length; at += 1) {
    const index = failed[at]!;
    // In pre-order a failed span inside would be the next.
    if (at + 1 < failed.length && failed[at + 1]! < subtreeEnd[index]!) continue;
    const from = start[index]!;
    origins.push([from, end[index]! >= from ? end[index]! : from]);
  }
  const merged: [Nanos, Nanos][] = [];
  for (const [from, to] of origins.sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && from - last[1] <= trace.end * APART) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function servicesOf({ columns: { service, strings } }: Trace): readonly string[] {
  const seen = new Set<number>();
  let last = 0;
  for (let index = 0; index < service.length; index += 1) {
    const id = service[index]!;
    // Most are of the service of the span before: the first picture asks.
    if (id === last) continue;
    if (id !== 0) seen.add(id);
    last = id;
  }
  return Array.from(seen, (id) => strings[id]!);
}
