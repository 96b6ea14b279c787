export interface TimeSlices {
  /** Milliseconds of work after which the page gets its turn. @default 8, well within a frame */
  readonly budget?: number;
  /** Ends the work: its reason is thrown at the next call. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Divides long work, so that a page goes on meanwhile. Call the function it gives often and await what it answers: a
 * turn of the event loop where the budget is spent, else nothing.
 */
export function createTimeSlices({ budget = 8, signal }: TimeSlices = {}): () => Promise<void> | undefined {
  let since = performance.now();
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    signal?.throwIfAborted();
    since = performance.now();
  };
  return () => {
    signal?.throwIfAborted();
    return performance.now() - since < budget ? undefined : turn();
  };
}
