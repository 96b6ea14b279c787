import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}node_modules/.cache/bench-sizes`;

/** What a host imports, and its budget for the first load in kilobytes; null = none. */
const IMPORTS = [
  ['{ TraceViewer }', 'index.ts', 95],
  ['{ parseTraces }', 'core.ts', 25],
  ['*', 'core.ts', 45],
  ...['readTraces', 'toNativeJson', 'compileQuery', 'ledger', 'criticalPath'].map((name) => [
    `{ ${name} }`,
    'core.ts',
    null,
  ]),
];

/**
 * Kilobytes that a host's page carries for an import, as its bundler would make them: minified and each file gzipped,
 * React left out. `first` is what the page loads at once, `later` what waits behind `import()`.
 */
export async function measureSizes() {
  mkdirSync(folder, { recursive: true });
  const rows = [];
  for (const [what, from, budget] of IMPORTS) {
    const entry = `${folder}/host.js`;
    writeFileSync(entry, `export ${what} from '../../../src/${from}';`);
    const { output } = await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: {
          input: entry,
          preserveEntrySignatures: 'strict',
          external: /^react(-dom)?(\/|$)/,
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    });
    const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
    const first = new Set([[...chunks.values()].find(({ isEntry }) => isEntry).fileName]);
    for (const name of first) for (const needed of chunks.get(name).imports) if (chunks.has(needed)) first.add(needed);
    const size = (names) =>
      (names.reduce((sum, name) => sum + gzipSync(chunks.get(name).code).length, 0) / 1024).toFixed(1);
    rows.push({
      import: what,
      from,
      'first load, KB': size([...first]),
      budget: budget ?? '',
      'later, KB': size([...chunks.keys()].filter((name) => !first.has(name))),
    });
  }
  return rows;
}
