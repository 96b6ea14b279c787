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
 * one by now, is read from its beginning. Resolves when the signal is aborted;
 * rejects where the first line is no JSON.
 */
export async function followFile(
  path: string,
  onLines: (lines: string) => void,
  { every = 250, signal, onNote = () => {} }: Following,
): Promise<void> {
  let at = 0;
  let file: number | undefined;
  /** Pieces of the line that is not ended. */
  let rest: Buffer[] = [];
  /** Of the file, when its last line was looked at. */
  let looked = -1;
  let isFirst = true;
  const give = (lines: string): void => {
    if (isFirst) requireJson(lines, path);
    isFirst = false;
    onLines(lines);
  };
  let isMissing = false;
  const begin = (): void => {
    at = 0;
    rest = [];
    looked = -1;
    isFirst = true;
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
        // In bytes: a letter may be cut between two pieces.
        const end = read.lastIndexOf(LINE_BREAK) + 1;
        if (end > 0) {
          const lines = Buffer.concat([...rest, read.subarray(0, end)]).toString('utf8');
          rest = [];
          if (lines.trim() !== '') give(lines);
        }
        if (end < read.length) rest.push(read.subarray(end));
        if (read.length > 0 && at < found.size) continue;
      } else if (rest.length > 0 && looked !== found.size) {
        looked = found.size;
        const line = Buffer.concat(rest).toString('utf8');
        if (isJson(line)) {
          give(line);
          rest = [];
        }
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

/** A file that is one document on several lines gives no line that is one. Throws in words for a command. */
function requireJson(lines: string, path: string): void {
  const first = lines.split('\n').find((line) => line.trim() !== '');
  if (first !== undefined && !isJson(first))
    throw new Error(`${path} is no file of JSON lines, which grow one by one: spanwise view shows it as it is`);
}

/** A last line without a break is whole where it is JSON: what is still being written is not. */
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
