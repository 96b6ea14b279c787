/**
 * The files that the page was started with, in the order of the command line; none where the server names none. Rejects
 * where one of them cannot be read.
 */
export async function fetchInputs(signal: AbortSignal): Promise<readonly Blob[]> {
  const answer = await fetch('./inputs', { signal });
  const count = answer.ok ? Number(await answer.text()) : 0;
  return Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const input = await fetch(`./inputs/${place}`, { signal });
      if (!input.ok) throw new Error(`Input ${place + 1} of ${count} cannot be read (${input.status}).`);
      return input.blob();
    }),
  );
}
