import { describe, expect, it } from 'vitest';
import { chosenFolder, droppedFiles } from '../../src/viewer/droppedFiles.ts';

const fileOf = (name: string, lastModified = 0, size = 1): File =>
  Object.assign(new File(['x'.repeat(Math.min(size, 9))], name, { lastModified }), {
    webkitRelativePath: name,
  });

const fileEntry = (file: File): FileSystemEntry =>
  ({
    name: file.name,
    isFile: true,
    isDirectory: false,
    file: (take: (file: File) => void) => take(file),
  }) as unknown as FileSystemEntry;

/** As browsers do it: some entries at a time, and an empty list at the end. */
const folder = (name: string, ...entries: readonly FileSystemEntry[]): FileSystemEntry =>
  ({
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = [...entries];
      return { readEntries: (take: (some: readonly FileSystemEntry[]) => void) => take(left.splice(0, 2)) };
    },
  }) as unknown as FileSystemEntry;

const drop = (...entries: readonly FileSystemEntry[]): DataTransfer =>
  ({
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files: entries.map(({ name }) => fileOf(name)),
  }) as unknown as DataTransfer;

const names = async (...entries: readonly FileSystemEntry[]): Promise<readonly string[]> =>
  (await droppedFiles(drop(...entries))).files.map(({ name }) => name);

describe('what is dropped on the page', () => {
  it('is taken as it is where it is files', async () => {
    expect(await names(fileEntry(fileOf('notes.txt')), fileEntry(fileOf('a.json')))).toEqual(['notes.txt', 'a.json']);
  });

  it('is what ends like a trace where it is a folder, newest first, however deep', async () => {
    const agents = folder('subagents', fileEntry(fileOf('agent-1.jsonl', 2)));
    const found = await names(
      folder(
        'project',
        fileEntry(fileOf('old.jsonl', 1)),
        fileEntry(fileOf('readme.md', 9)),
        fileEntry(fileOf('log.eval', 5)),
        folder('node_modules', fileEntry(fileOf('package.json', 9))),
        folder('session', agents),
      ),
    );
    expect(found).toEqual(['log.eval', 'agent-1.jsonl', 'old.jsonl']);
  });

  it('is the newest of a folder that holds very many, and says so', async () => {
    const many = Array.from({ length: 600 }, (_, at) => fileEntry(fileOf(`${at}.json`, at)));
    const { files, notice } = await droppedFiles(drop(folder('all', ...many)));
    expect([files.length, files[0]!.name, files.at(-1)!.name]).toEqual([500, '599.json', '100.json']);
    expect(notice).toBe('The newest 500 files are shown; 100 older ones of the folder were left out.');
  });

  it('is said to be nothing where a folder holds no trace', async () => {
    const { files, notice } = await droppedFiles(drop(folder('pictures', fileEntry(fileOf('a.png')))));
    expect([files, notice]).toEqual([[], 'The folder holds no file that ends like one of traces.']);
  });

  it('passes over what may not be read', async () => {
    const locked = {
      name: 'locked.json',
      isFile: true,
      isDirectory: false,
      file: (_: unknown, fail: (error: Error) => void) => fail(new Error('not allowed')),
    } as unknown as FileSystemEntry;
    expect(await names(folder('mixed', locked, fileEntry(fileOf('a.json'))))).toEqual(['a.json']);
  });
});

describe('a folder that is chosen in a dialog', () => {
  it('gives the same files', () => {
    const inside = Object.assign(fileOf('package.json'), { webkitRelativePath: 'project/node_modules/package.json' });
    const { files } = chosenFolder([fileOf('a.jsonl', 1), fileOf('b.png'), inside, fileOf('c.traj', 2)]);
    expect(files.map(({ name }) => name)).toEqual(['c.traj', 'a.jsonl']);
  });
});
