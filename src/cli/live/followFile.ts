import { open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

export interface Following {
  /** Milliseconds between two looks. @default 250 */
  readonly every?: number;
  readonly signal: AbortSignal;
  /** Told in words: what is waited for, and when a file begins anew. */
  onNote?(note: string): void;
}

/** Bytes read at once. */
const PIECE = 4 * 1024 * 1024;
const LINE_BREAK = 0x0a;

/**
 * A file of lines that grows, such as the session of a coding agent while it runs: gives `onLines` what stands in it, then
 * whole lines as they are written. A file that is not there yet is waited for; one that is written anew, or is another
 * one by now, is read from its beginning. Resolves when the signal is aborted.
 */
export async function followFile(
  path: string,
  onLines: (lines: string) => void,
  { every = 250, signal, onNote = () => {} }: Following,
): Promise<void> {
  let at = 0;
  let file: number | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let isMissing = false;
  const begin = (): void => {
    at = 0;
    rest = Buffer.alloc(0);
  };
  while (!signal.aborted) {
    // One look after the other.
    // oxlint-disable-next-line no-await-in-loop
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) {
      if (!isMissing) onNote(`waiting for ${path}`);
      isMissing = true;
    } else {
      isMissing = false;
      if (file !== undefined && (found.ino !== file || found.size < at)) {
        onNote(`${path} begins anew`);
        begin();
      }
      file = found.ino;
      if (found.size > at) {
        // oxlint-disable-next-line no-await-in-loop
        const read = await readFrom(path, at, Math.min(PIECE, found.size - at));
        at += read.length;
        const all = rest.length > 0 ? Buffer.concat([rest, read]) : read;
        // In bytes: a letter may be cut between two pieces.
        const end = all.lastIndexOf(LINE_BREAK) + 1;
        if (end > 0) onLines(all.toString('utf8', 0, end));
        rest = all.subarray(end);
        if (read.length > 0 && at < found.size) continue;
      } else if (rest.length > 0 && isWhole(rest)) {
        onLines(rest.toString('utf8'));
        rest = Buffer.alloc(0);
      }
    }
    // oxlint-disable-next-line no-await-in-loop
    await setTimeout(every, undefined, { signal }).catch(() => {});
  }
}

async function readFrom(path: string, at: number, length: number): Promise<Buffer> {
  const file = await open(path).catch(() => undefined);
  if (!file) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A last line without a break is whole where it is JSON: what is still being written is not. */
function isWhole(line: Buffer): boolean {
  try {
    JSON.parse(line.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
