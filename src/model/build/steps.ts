/** Of long work that rests, all of it at once. */
export function inOneGo<Result>(work: Generator<void, Result>): Result {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** Whether to rest at this place of a list: so many are worked on within a few milliseconds. */
export const isStep = (at: number): boolean => (at & 4095) === 4095;
