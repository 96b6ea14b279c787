import type { LedgerEntry, Trace } from '../../model/types.ts';
import { repeatedTraces } from './repeatedTraces.ts';
import { traceFacts } from './traceFacts.ts';

/**
 * The traces of a session in order of their start; those that start together by key, so that order of arrival never
 * matters.
 */
export function turnsOf(traces: readonly Trace[], session: string): readonly Trace[] {
  return traces
    .filter(({ sessionId }) => sessionId === session)
    .sort((a, b) => Number(a.originUnixNano - b.originUnixNano) || (a.key < b.key ? -1 : 1));
}

/**
 * What all turns of a session come to. Unknown stays unknown; `currency` is null where turns are paid in different
 * ones, and then there is no sum.
 */
export interface SessionTotals extends Pick<LedgerEntry, 'calls' | 'callsWithUsage' | 'callsWithCost'> {
  readonly errors: number;
  /** Turns that record a call of another turn once more: their amounts are not in the sums. */
  readonly repeated: number;
  readonly tokens: number | null;
  readonly cost: number | null;
  readonly currency: string | null;
}

/**
 * Adds the turns up. Each turn is counted by its own ledger, so nothing in it counts twice, and what two turns record of
 * one call counts once.
 */
export function sessionTotals(turns: readonly Trace[]): SessionTotals {
  const currencies = new Set<string>();
  const sum = { errors: 0, calls: 0, callsWithUsage: 0, callsWithCost: 0 };
  const repeated = new Set(repeatedTraces(turns).map(({ trace }) => trace));
  let tokens: number | null = null;
  let cost: number | null = null;
  for (const turn of turns) {
    const { errors, total } = traceFacts(turn);
    sum.errors += errors;
    if (repeated.has(turn)) continue;
    sum.calls += total.calls;
    sum.callsWithUsage += total.callsWithUsage;
    sum.callsWithCost += total.callsWithCost;
    if (total.usage.total !== null) tokens = (tokens ?? 0) + total.usage.total;
    if (total.cost.total === null) continue;
    cost = (cost ?? 0) + total.cost.total;
    currencies.add(total.cost.currency);
  }
  const [currency = null] = currencies;
  return {
    ...sum,
    repeated: repeated.size,
    tokens,
    ...(currencies.size > 1 ? { cost: null, currency: null } : { cost, currency }),
  };
}
