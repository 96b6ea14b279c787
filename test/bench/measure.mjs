/**
 * Median milliseconds of each contender's `work(prepare())`, preparation not counted. They take turns, so that whatever
 * else the machine does meanwhile falls on all of them; the first round warms up.
 */
export async function measure(rounds, contenders) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, { work, prepare }] of Object.entries(contenders)) {
      const input = prepare?.();
      globalThis.gc?.();
      const start = performance.now();
      await work(input);
      if (round > 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

export const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Bytes that are in use after everything unreachable is gone, typed arrays included. */
export async function bytesInUse() {
  // What was looked at is held until a turn ends, and the engine frees buffers a while after it knows that nobody has them.
  for (let i = 0; i < 4; i += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    globalThis.gc?.();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
