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
