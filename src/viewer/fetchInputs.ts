/** The files that the page was started with, in the order of the command line; none where the server names none. */
export async function fetchInputs(signal: AbortSignal): Promise<readonly Blob[]> {
  const answer = await fetch('./inputs', { signal });
  const count = answer.ok ? Number(await answer.text()) : 0;
  return Promise.all(Array.from({ length: count }, async (_, place) => {
    const input = await fetch(`./inputs/${place}`, { signal });
    return input.blob();
  }));
}
