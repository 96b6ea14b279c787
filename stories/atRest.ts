/** What is set now is drawn. */
export const frames = (): Promise<void> =>
  new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
  });

/** Waits for what is drawn, or read of contents, behind the rows: until a count stands still for half a second. */
export async function atRest(count: () => number): Promise<void> {
  for (let still = 0, last = count(); still < 30; still = last === count() ? still + 1 : 0) {
    last = count();
    await frames();
  }
}
