import { TraceInputError } from '../../model/diagnostics.ts';

/**
 * Text packs to a tenth or a hundredth. What unpacks to more than this, and this many times its size, was made to fill
 * the memory.
 */
const SUSPECT_BYTES = 64 * 2 ** 20;
const SUSPECT_RATIO = 200;

/**
 * Unpacks gzip piece by piece. `packedSize` is that of the whole, where it is known. Throws `TraceInputError`:
 * `too-large` as soon as more than 64 MB and 200 times the packed size came out, unless the host has said how much it
 * accepts (`anyRatio`); `bad-encoding` where it is no gzip.
 */
export async function* unpackGzip(
  packed: AsyncIterator<Uint8Array, void>,
  packedSize: number | undefined,
  anyRatio: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  let bytesIn = 0;
  let bytesOut = 0;
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await packed.next();
      if (next.done) return controller.close();
      bytesIn += next.value.length;
      controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await packed.return?.();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
  let isOver = false;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      signal?.throwIfAborted();
      bytesOut += chunk.value.length;
      if (!anyRatio && bytesOut > SUSPECT_BYTES && bytesOut > SUSPECT_RATIO * (packedSize ?? bytesIn))
        throw new TraceInputError(
          'too-large',
          `The input unpacks to more than ${SUSPECT_RATIO} times its size, which no trace does; ` +
            'it was not unpacked further. A host that trusts it sets limits.bytes.',
        );
      yield chunk.value;
    }
    isOver = true;
  } catch (error) {
    if (signal?.aborted || error instanceof TraceInputError) throw error;
    throw new TraceInputError('bad-encoding', 'The input starts like gzip but cannot be unpacked; it may be cut off.');
  } finally {
    if (!isOver) reader.cancel().catch(() => {});
  }
}
