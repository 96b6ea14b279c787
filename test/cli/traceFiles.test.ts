import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { traceFiles, traceFilesInWords } from '../../src/cli/traceFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (path: string, hour: number): void => {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '{}');
  const time = new Date(Date.UTC(2026, 10, 3, hour));
  utimesSync(file, time, time);
};
put('old.json', 1);
put('project/s1.jsonl', 3);
put('project/s1/subagents/agent-a.jsonl', 4);
put('project/s2.jsonl', 2);
put('project/notes.md', 5);
put('node_modules/x/package.json', 6);

describe('traceFiles', () => {
  it('finds files of traces, newest first, each with those that belong to it', () => {
    const found = traceFiles(folder);
    expect(found.map(({ path, parts }) => [path, parts])).toEqual([
      [join(folder, 'project/s1.jsonl'), [join(folder, 'project/s1/subagents/agent-a.jsonl')]],
      [join(folder, 'project/s2.jsonl'), []],
      [join(folder, 'old.json'), []],
    ]);
    expect(traceFilesInWords(found, folder).split('\n')[0]).toBe(
      '  2026-11-03 03:00       1 KB  project/s1.jsonl (and 1 of its agents)',
    );
  });

  it('finds nothing where nothing is', () => {
    expect(traceFiles(join(folder, 'nowhere'))).toEqual([]);
  });
});
