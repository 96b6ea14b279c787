import { retries, type Retries } from '../../analysis/agents/retries.ts';
import type { SpanKey, Trace } from '../../model/types.ts';

/** Which attempt of which step a span is: a place among its attempts. */
export interface Attempt {
  readonly of: Retries;
  readonly place: number;
}

const known = new WeakMap<Trace, Promise<ReadonlyMap<SpanKey, Attempt>>>();

/** All attempts of steps that were tried again. Rows and keys ask for the same, and who leaves ends it for nobody. */
export function attemptsOf(trace: Trace): Promise<ReadonlyMap<SpanKey, Attempt>> {
  let found = known.get(trace);
  if (!found) known.set(trace, (found = retries(trace).then(byKey)));
  return found;
}

const byKey = (all: readonly Retries[]): ReadonlyMap<SpanKey, Attempt> =>
  new Map(all.flatMap((of) => of.attempts.map((key, place): [SpanKey, Attempt] => [key, { of, place }])));

/** The attempt behind one, and behind the last the first. */
export const nextAttempt = ({ of: { attempts }, place }: Attempt): SpanKey => attempts[(place + 1) % attempts.length]!;
