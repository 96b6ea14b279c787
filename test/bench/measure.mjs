/** Median milliseconds of `work(prepare())`, preparation not counted, after one round to warm up. */
export async function measure(rounds, work, prepare = () => undefined) {
  const times = [];
  for (let round = 0; round <= rounds; round += 1) {
    const input = prepare();
    globalThis.gc?.();
    const start = performance.now();
    await work(input);
    if (round > 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
