import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}node_modules/.cache/bench-sizes`;

/** What a host imports, and its budget for the first load in kilobytes; null = none. */
const IMPORTS = [
  ['{ TraceViewer }', 'index', 95],
  ['{ parseTraces }', 'core', 25],
  ['* as core', 'core', 45],
  ...['readTraces', 'toNativeJson', 'compileQuery', 'ledger', 'criticalPath'].map((name) => [
    `{ ${name} }`,
    'core',
    null,
  ]),
];

/** A page that uses what it imports. */
const page = (what, from) => `import ${what} from '${from}'; globalThis.used = ${/\w+(?= \}|$)/.exec(what)[0]};`;
/** What `parseTraces` fetches as it is called (src/adapters/reading.ts). */
const READING = 'reading.js';
const KB = (bytes) => (bytes / 1024).toFixed(1);

/**
 * Kilobytes that a host's page carries for an import, as its bundler would make them: minified and each file gzipped,
 * React left out: what the page loads at once, and what waits behind `import()`. esbuild is given the built package,
 * which differs from the source in what helps it; without a `dist` it is left out.
 */
export async function measureSizes() {
  mkdirSync(folder, { recursive: true });
  const rows = [];
  for (const [what, from, budget] of IMPORTS) {
    const entry = `${folder}/host.js`;
    writeFileSync(entry, page(what, `../../../src/${from}.ts`));
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
          external: /^react(-dom)?(\/|$)/,
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    });
    const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
    const withImports = (entries) => {
      const found = new Set(entries);
      for (const name of found)
        for (const needed of chunks.get(name).imports) if (chunks.has(needed)) found.add(needed);
      return found;
    };
    const first = withImports([[...chunks.values()].find(({ isEntry }) => isEntry).fileName]);
    const reading = withImports([...first, ...[READING].filter((name) => chunks.has(name))]);
    const size = (names) => KB(names.reduce((sum, name) => sum + gzipSync(chunks.get(name).code).length, 0));
    rows.push({
      import: what,
      from,
      'first load, KB': size([...first]),
      budget: budget ?? '',
      // Nothing is read without these, so a page that has a trace has loaded them.
      'with what reads OTLP, KB': reading.size > first.size ? size([...reading]) : '',
      'esbuild, KB': await firstLoadByEsbuild(what, from),
      'later, KB': size([...chunks.keys()].filter((name) => !first.has(name))),
    });
  }
  return rows;
}

async function firstLoadByEsbuild(what, from) {
  if (!existsSync(`${root}dist/${from}.js`)) return '';
  const { build: bundle } = await import('esbuild');
  const entry = `${folder}/esbuildHost.js`;
  writeFileSync(entry, page(what, `../../../dist/${from}.js`));
  const { metafile, outputFiles } = await bundle({
    entryPoints: [entry],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    external: ['react', 'react-dom', 'react/*', 'react-dom/*', 'node:*'],
  });
  const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [nameOf(path), output]));
  const first = new Set(['esbuildHost.js']);
  for (const name of first)
    for (const { kind, path, external } of outputs.get(name).imports)
      if (kind === 'import-statement' && !external) first.add(nameOf(path));
  return KB(
    outputFiles.reduce((sum, { path, contents }) => sum + (first.has(nameOf(path)) ? gzipSync(contents).length : 0), 0),
  );
}
