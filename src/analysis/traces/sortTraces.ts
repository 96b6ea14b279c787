import { byLetters } from '../alphabet.ts';
import type { Trace } from '../../model/types.ts';
import { atOnce, type Steps } from '../steps.ts';
import { beganAt } from './knownTimes.ts';
import { answeredAfter, traceFacts } from './traceFacts.ts';

/** What a list of traces can be ordered by. */
export type TraceSortColumn =
  | 'name'
  | 'start'
  | 'duration'
  | 'spans'
  | 'errors'
  | 'tokens'
  | 'cost'
  | 'services'
  | 'session'
  | 'user'
  | 'tags'
  | 'scores';

/** An order of traces. */
export interface TraceSort {
  readonly column: TraceSortColumn;
  readonly descending: boolean;
}

type Value = number | bigint | string | null;

const VALUES: Readonly<Record<TraceSortColumn, (trace: Trace) => Value>> = {
  name: ({ name }) => name || null,
  start: beganAt,
  duration: answeredAfter,
  spans: ({ spanCount }) => spanCount,
  errors: (trace) => traceFacts(trace).errors,
  tokens: (trace) => traceFacts(trace).total.usage.total,
  cost: (trace) => traceFacts(trace).total.cost.total,
  services: (trace) => traceFacts(trace).services.join(', ') || null,
  session: ({ sessionId }) => sessionId ?? null,
  user: ({ userId }) => userId ?? null,
  tags: ({ tags }) => tags.join(', ') || null,
  scores: ({ scores }) => scores.find(({ value }) => value !== null)?.value ?? null,
};

const WORDS: ReadonlySet<TraceSortColumn> = new Set(['name', 'services', 'session', 'user', 'tags']);

/**
 * The order that a first press on a column asks for: words from A, numbers and times from the top, where the
 * interesting ones are.
 */
export const firstSort = (column: TraceSortColumn): TraceSort => ({ column, descending: !WORDS.has(column) });

/** The traces in an order. Unknown values come last in both directions; equal ones keep the order of the input. */
export const sortTraces = (traces: readonly Trace[], sort: TraceSort): readonly Trace[] =>
  atOnce(sortSteps(traces, sort));

/** The same in steps: the first look at the sums of many traces takes its time. */
export function* sortSteps(traces: readonly Trace[], { column, descending }: TraceSort): Steps<readonly Trace[]> {
  const valueOf = VALUES[column];
  const keyed: { readonly trace: Trace; readonly value: Value }[] = [];
  for (const trace of traces) {
    keyed.push({ trace, value: orNull(valueOf(trace)) });
    yield;
  }
  const sign = descending ? -1 : 1;
  keyed.sort(({ value: a }, { value: b }) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : sign * compare(a, b),
  );
  return keyed.map(({ trace }) => trace);
}

const orNull = (value: Value): Value => (Number.isNaN(value) ? null : value);

const compare = (a: number | bigint | string, b: number | bigint | string): number =>
  typeof a === 'string' && typeof b === 'string' ? byLetters(a, b) : Number(a > b) - Number(a < b);
