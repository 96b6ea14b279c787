import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Enough that few calls are made, and little that memory notices. */
const CHUNK = 1 << 16;

/** Writes pieces of text in order, as fast as the reader takes them: no text is ever held whole. */
export async function writeAll(to: Writable, pieces: Iterable<string>): Promise<void> {
  let waiting = '';
  const flush = async (): Promise<void> => {
    if (waiting !== '' && !to.write(waiting)) await once(to, 'drain');
    waiting = '';
  };
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length > CHUNK) await flush();
  }
  await flush();
}
