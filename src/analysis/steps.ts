import { createTimeSlices } from '../model/timeSlices.ts';

/**
 * Long work as a generator that yields wherever the page may have its turn, after at most some milliseconds, and
 * returns its result.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** A result, or the promise of one where the work is longer than a slice: as `Trace.content` gives it. */
export type Soon<Result> = Result | Promise<Result>;

export interface StepsOptions {
  readonly signal?: AbortSignal | undefined;
}

/** All of the work in one go: for tests, for workers, and for what is known to be small. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The work in slices of a few milliseconds, between which the page gets its turn. What is done within the first slice
 * is there at once, so that small values appear without a flicker; else a promise, which rejects with the reason of the
 * signal once that is aborted. What the work throws is thrown, or rejects.
 */
export function soon<Result>(steps: Steps<Result>, { signal }: StepsOptions = {}): Soon<Result> {
  signal?.throwIfAborted();
  const yieldTurn = createTimeSlices();
  let turn: Promise<void> | undefined;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    turn = yieldTurn();
    if (turn) return later(steps, yieldTurn, turn, signal);
  }
}

async function later<Result>(
  steps: Steps<Result>,
  yieldTurn: () => Promise<void> | undefined,
  first: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  await first;
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done === true) return step.value;
    const turn = yieldTurn();
    if (turn) await turn;
  }
}
