/** Work that waits until nothing else is to be done. */
export interface IdleQueue<Item> {
  add(item: Item): void;
  /** What is not wanted any more is never begun. */
  drop(item: Item): void;
}

interface Slice {
  timeRemaining(): number;
}

/** Where the browser has no idle time to give (Safari), a slice is this long. */
const SLICE = 8;

/**
 * Runs each item once, in slices of idle time, and only after nothing was added for `rest` milliseconds: rows that
 * scroll by cost nothing.
 */
export function createIdleQueue<Item>(run: (item: Item) => void, rest: number): IdleQueue<Item> {
  const waiting = new Set<Item>();
  let due = 0;
  /** Whether somebody waits for the rest: one timer, however many rows of a scroll are added. */
  let isResting = false;

  const work = (slice: Slice): void => {
    for (const item of waiting) {
      waiting.delete(item);
      run(item);
      if (slice.timeRemaining() < 1) break;
    }
    if (waiting.size > 0) soon();
  };
  const soon = (): void => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(work, { timeout: 1000 });
      return;
    }
    const until = performance.now() + SLICE;
    setTimeout(() => work({ timeRemaining: () => until - performance.now() }));
  };

  const restUntil = (): void => {
    const left = due - performance.now();
    isResting = left > 0;
    if (isResting) setTimeout(restUntil, Math.ceil(left));
    else soon();
  };

  return {
    add(item) {
      waiting.add(item);
      due = performance.now() + rest;
      if (isResting) return;
      isResting = true;
      setTimeout(restUntil, rest);
    },
    drop: (item) => {
      waiting.delete(item);
    },
  };
}
