/** After work that took so long, the page rests so many times as long. */
const REST = 3;

const queue: (() => unknown)[] = [];
let isBusy = false;

/**
 * For what is worked out anew for each state of a trace that grows: all such work of a page is done one after the other,
 * in the order in which it was asked for, and the page rests in between. Whoever waits does what is newest then. The
 * returned function leaves the queue.
 */
export function inTurn(work: () => unknown): () => void {
  const own = (): unknown => work();
  queue.push(own);
  if (!isBusy) void goOn();
  return () => {
    const place = queue.indexOf(own);
    if (place !== -1) queue.splice(place, 1);
  };
}

async function goOn(): Promise<void> {
  isBusy = true;
  for (let took = 0; queue.length > 0;) {
    await new Promise((resolve) => {
      setTimeout(resolve, REST * took);
    });
    const began = performance.now();
    try {
      await queue.shift()?.();
    } catch {
      // Whoever asked for it hears of it.
    }
    took = performance.now() - began;
  }
  isBusy = false;
}
