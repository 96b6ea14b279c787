import type { Trace } from '../../src/core.ts';

/** A trace as a stream gives it: a state of one that may still grow. */
export const asLive = (trace: Trace, version: number, live = true): Trace =>
  Object.create(trace, { live: { value: live }, version: { value: version } }) as Trace;
