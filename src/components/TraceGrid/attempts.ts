import { retries, type Retries } from '../../analysis/agents/retries.ts';
import type { SpanKey, Trace } from '../../model/types.ts';

/** Which attempt of which step a span is: a place among its attempts. */
export interface Attempt {
  readonly of: Retries;
  readonly place: number;
}

export type Attempts = ReadonlyMap<SpanKey, Attempt>;

const known = new WeakMap<Trace, Promise<Attempts>>();
const found = new WeakMap<Trace, Attempts>();

/** All attempts of steps that were tried again. Rows and keys ask for the same, and who leaves ends it for nobody. */
export function attemptsOf(trace: Trace): Promise<Attempts> {
  let attempts = known.get(trace);
  if (!attempts) {
    attempts = retries(trace).then(byKey);
    known.set(trace, attempts);
    attempts.then(
      (all) => found.set(trace, all),
      () => undefined,
    );
  }
  return attempts;
}

/** The same where it is known by now: a row that scrolls by has it at once, and waits for nothing. */
export const attemptsNow = (trace: Trace): Attempts | null => found.get(trace) ?? null;

const byKey = (all: readonly Retries[]): Attempts =>
  new Map(all.flatMap((of) => of.attempts.map((key, place): [SpanKey, Attempt] => [key, { of, place }])));

/** The attempt behind one, and behind the last the first. */
export const nextAttempt = ({ of: { attempts }, place }: Attempt): SpanKey => attempts[(place + 1) % attempts.length]!;
