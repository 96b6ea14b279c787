/** Milliseconds of work after which the page gets its turn. */
const SLICE = 20;

/**
 * Divides long work: call it often; it waits a turn of the event loop when a slice is over, and throws the signal's
 * reason when aborted.
 */
export function createTimeSlices(signal?: AbortSignal): () => Promise<void> | undefined {
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
    return performance.now() - since < SLICE ? undefined : turn();
  };
}
