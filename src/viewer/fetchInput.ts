/**
 * The bytes of an input that the server has. Opened one after the other as they are read, because a browser keeps few
 * connections open to one server.
 */
export async function fetchInput(
  place: number,
  count: number,
  signal: AbortSignal,
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const answer = await fetch(`./inputs/${place}`, { signal });
  if (!answer.ok || !answer.body) throw new Error(`Input ${place + 1} of ${count} cannot be read (${answer.status})`);
  return answer.body.getReader();
}
