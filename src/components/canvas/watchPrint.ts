/**
 * Calls back when the page is about to be printed, as the look of the print is there already, and when it is over. What
 * is drawn meanwhile is printed.
 */
export function watchPrint(print: () => void, over: () => void): () => void {
  const stop = new AbortController();
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? print() : over()), {
    signal: stop.signal,
  });
  return () => stop.abort();
}
