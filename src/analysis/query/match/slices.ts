/** Milliseconds of work after which the page gets its turn: well within a frame. */
const SLICE = 8;

/** Divides long work: ask often; when a slice is over it answers with a wait for one turn of the event loop. */
export function createSlices(): () => Promise<void> | undefined {
  let since = performance.now();
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    since = performance.now();
  };
  return () => (performance.now() - since < SLICE ? undefined : turn());
}
