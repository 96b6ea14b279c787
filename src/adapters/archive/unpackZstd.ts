import { Decompress } from 'fzstd';

/** Four bytes may stand for 128 KB: in slices of this length somebody can stop before the memory is full. */
const SLICE = 4096;

/** Unpacks zstd piece by piece; browsers have no decoder of their own for it. Throws where it is none. */
export async function* unpackZstd(
  packed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => {
    // The decoder goes on writing into its memory.
    ready.push(chunk.slice());
  });
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      decoder.push(chunk.subarray(at, at + SLICE));
      yield* ready;
      ready = [];
    }
  }
  decoder.push(new Uint8Array(), true);
  yield* ready;
}
