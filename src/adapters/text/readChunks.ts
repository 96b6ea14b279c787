import { TraceInputError } from '../../model/diagnostics.ts';
import type { Bytes } from './givenBytes.ts';

/**
 * The bytes of an input, piece by piece: bytes that are there already are one piece. Throws `TraceInputError`, or the
 * signal's reason. `hidden` = what the source says when it fails may hold what the host's rules would mask.
 */
export async function* readChunks(
  input: Bytes,
  signal: AbortSignal | undefined,
  hidden: boolean,
): AsyncGenerator<Uint8Array, void> {
  if (input instanceof Uint8Array) yield input;
  else if (input instanceof ArrayBuffer) yield new Uint8Array(input);
  else yield* chunksOf(streamOf(input), signal, hidden);
}

function streamOf(input: Blob | Response | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (input instanceof Blob) return input.stream();
  if (input instanceof ReadableStream) return input;
  if (!input.ok) throw new TraceInputError('empty-input', `The server answered ${input.status} instead of a trace.`);
  return input.body ?? new Blob([]).stream();
}

async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  hidden: boolean,
): AsyncGenerator<Uint8Array, void> {
  if (stream.locked)
    throw new TraceInputError('empty-input', 'The stream is being read by somebody else, or was read before.');
  const reader = stream.getReader();
  // Cancelling settles a read that waits; whether the source ever confirms does not matter here.
  const stop = (): void => {
    reader.cancel(signal?.reason).catch(() => {});
  };
  signal?.addEventListener('abort', stop, { once: true });
  let isOver = false;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      signal?.throwIfAborted();
      if (!(chunk.value instanceof Uint8Array))
        throw new TraceInputError('bad-encoding', 'The stream gives something other than bytes.');
      yield chunk.value;
    }
    isOver = true;
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted || error instanceof TraceInputError) throw error;
    const reason = !hidden && error instanceof Error ? error.message : 'the source failed';
    throw new TraceInputError('empty-input', `The input could not be read to its end: ${reason}.`);
  } finally {
    signal?.removeEventListener('abort', stop);
    // Also where nobody wants the rest.
    if (!isOver) stop();
  }
}
