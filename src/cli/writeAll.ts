import { once } from 'node:events';
import type { Writable } from 'node:stream';

export type Pieces = Iterable<string> | AsyncIterable<string>;

/** Enough that few calls are made, and little that memory notices. */
const CHUNK = 1 << 16;

/**
 * Writes pieces of text in order, as fast as the reader takes them: no text is ever held whole. Gives the number of bytes.
 */
export async function writeAll(to: Writable, pieces: Pieces): Promise<number> {
  let waiting = '';
  let written = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(waiting);
    written += bytes.length;
    waiting = '';
    if (bytes.length > 0 && !to.write(bytes)) await once(to, 'drain');
  };
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length > CHUNK) await flush();
  }
  await flush();
  return written;
}
