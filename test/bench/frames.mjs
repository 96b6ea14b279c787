/** Milliseconds of a frame, median and almost the longest of 120, while `act` is called in the page with the number of each. */
export async function frameLengths(tab, act = () => {}) {
  return tab.evaluate(
    async (step) => {
      const lengths = [];
      let last = performance.now();
      for (let frame = 0; frame < 120; frame += 1) {
        step(frame);
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
        const now = performance.now();
        lengths.push(now - last);
        last = now;
      }
      lengths.sort((a, b) => a - b);
      return { p50: lengths[60], p99: lengths[118] };
    },
    await tab.evaluateHandle(`(${act.toString()})`),
  );
}
