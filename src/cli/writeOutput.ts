import { once } from 'node:events';
import { createWriteStream, realpathSync, renameSync, rmSync, statSync, type WriteStream } from 'node:fs';
import { writeAll, type Pieces } from './writeAll.ts';

/**
 * Writes what `-o` names, `-` being standard output, and gives the number of bytes. A file is there when it is whole, and
 * not before: the input may be the same file, or the disk full. What is there and no file (a device, a pipe) is written
 * to as it is, and a link is followed, not replaced.
 */
export async function writeOutput(target: string, pieces: Pieces): Promise<number> {
  if (target === '-') return writeAll(process.stdout, pieces);
  const found = target === '' ? undefined : statSync(target, { throwIfNoEntry: false });
  if (target === '' || found?.isDirectory()) throw new Error(`-o takes a file, not “${target}”`);
  if (found && !found.isFile()) return writeTo(createWriteStream(target), pieces);
  const path = found ? realpathSync(target) : target;
  const partial = `${path}.${process.pid}.part`;
  const remove = (): void => rmSync(partial, { force: true });
  const stop = (): void => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const file = createWriteStream(partial, { flags: 'wx', ...(found ? { mode: found.mode } : {}) });
    const bytes = await writeTo(file, pieces);
    renameSync(partial, path);
    return bytes;
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function writeTo(file: WriteStream, pieces: Pieces): Promise<number> {
  // Every error comes through here, also one while somebody waits for the file to drain.
  const failed = new Promise<never>((_, reject) => {
    file.once('error', reject);
  });
  try {
    const bytes = await Promise.race([failed, writeAll(file, pieces)]);
    file.end();
    await Promise.race([failed, once(file, 'finish')]);
    return bytes;
  } finally {
    file.destroy();
  }
}
