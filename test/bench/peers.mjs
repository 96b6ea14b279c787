import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Other readers of traces on npm, at the newest version of the day this was written (2026-11-28). */
const READERS = [
  {
    name: '@evilmartians/agent-prism-data',
    version: '0.0.9',
    /** From the text of an OTLP document to its tree of spans with kind, tokens, cost and content. */
    read:
      ({ openTelemetrySpanAdapter: adapter }) =>
      (bytes) =>
        adapter.convertRawDocumentsToSpans(JSON.parse(new TextDecoder().decode(bytes))),
  },
];

/**
 * Installs them into a folder of their own and gives, by name, what reads bytes of OTLP JSON with them. Those that cannot
 * be had are left out, and why is printed. `remove` takes the folder away again.
 */
export async function peerReaders() {
  const folder = await mkdtemp(join(tmpdir(), 'peers-'));
  const readers = {};
  for (const { name, version, read } of READERS) {
    try {
      const wanted = [
        'install',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '--prefix',
        folder,
        `${name}@${version}`,
      ];
      await promisify(execFile)('npm', wanted, { timeout: 120_000 });
      const module = await import(pathToFileURL(join(folder, 'node_modules', name, 'dist/index.js')).href);
      readers[`${name} ${version}`] = read(module);
    } catch (error) {
      console.log(`${name} ${version} is not measured: ${String(error.message).split('\n')[0]}`);
    }
  }
  return { readers, remove: () => rm(folder, { recursive: true, force: true }) };
}
