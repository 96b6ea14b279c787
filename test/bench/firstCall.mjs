import { readFileSync } from 'node:fs';
import { READS } from './reads.mjs';

/**
 * `node firstCall.mjs FILE READS MODULE`: prints what importing a module costs and what its first reading of a file
 * costs, milliseconds of CPU and of waiting. It does nothing else before: the engine knows none of it yet.
 */
const [file, how, module] = process.argv.slice(2);
const bytes = readFileSync(file);

async function costOf(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { result, cpu: (user + system) / 1000, wall };
}

const { result: exported, ...importing } = await costOf(() => (module ? import(module) : {}));
const read = READS[how](exported);
const { result, ...reading } = await costOf(() => read(bytes));
if (!result) throw new Error('nothing was read');
process.stdout.write(JSON.stringify({ importing, reading }));
