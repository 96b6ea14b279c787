import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generateDocument } from './generate.mjs';
import { median } from './measure.mjs';

const SCRIPT = fileURLToPath(new URL('firstCall.mjs', import.meta.url));
const ROUNDS = 15;

/**
 * What a person pays who opens one file: the first call in a new process of Node, while the engine still interprets.
 * `readers` = by name, how they read (`READS`) and the module to import. They take turns; rows of medians.
 */
export async function measureCold(readers, sizes = [1_000, 10_000]) {
  const folder = await mkdtemp(join(tmpdir(), 'cold-'));
  try {
    const rows = [];
    for (const size of sizes) {
      const file = join(folder, `${size}.json`);
      await writeFile(file, JSON.stringify(generateDocument(size)));
      rows.push(...(await rowsOf(size, file, { 'JSON.parse': { how: 'json' }, ...readers })));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsOf(size, file, readers) {
  const runs = Object.fromEntries(Object.keys(readers).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { how, module = '' }] of Object.entries(readers)) {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, file, how, module]);
      runs[name].push(JSON.parse(stdout));
    }
  }
  const of = (name, phase, kind) => median(runs[name].map((run) => run[phase][kind]));
  return Object.keys(readers).map((name) => ({
    spans: size,
    'first call in a new process': name,
    'import, CPU ms': of(name, 'importing', 'cpu').toFixed(1),
    'call, CPU ms': of(name, 'reading', 'cpu').toFixed(1),
    'call, ms': of(name, 'reading', 'wall').toFixed(1),
    '× JSON.parse, CPU': (of(name, 'reading', 'cpu') / of('JSON.parse', 'reading', 'cpu')).toFixed(2),
    '× JSON.parse': (of(name, 'reading', 'wall') / of('JSON.parse', 'reading', 'wall')).toFixed(2),
  }));
}
