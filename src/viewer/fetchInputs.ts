/**
 * The files that the page was started with, in the order of the command line; none where the server names none. Each is
 * fetched when it is read, so that its bytes are counted as they arrive, and knows its size where the server does.
 */
export async function fetchInputs(signal: AbortSignal): Promise<readonly Response[]> {
  const answer = await fetch('./inputs', { signal });
  const sizes: unknown = answer.ok ? await answer.json() : [];
  return Array.isArray(sizes) ? sizes.map((size, place) => input(place, sizes.length, size)) : [];
}

/** One after the other as they are read, because a browser keeps few connections open to one server. */
function input(place: number, count: number, size: unknown): Response {
  const stop = new AbortController();
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const bytes = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= await open(`./inputs/${place}`, `Input ${place + 1} of ${count}`, stop.signal);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => stop.abort(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(bytes, typeof size === 'number' ? { headers: { 'content-length': String(size) } } : {});
}

async function open(url: string, name: string, signal: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const answer = await fetch(url, { signal });
  if (!answer.ok || !answer.body) throw new Error(`${name} cannot be read (${answer.status})`);
  return answer.body.getReader();
}
