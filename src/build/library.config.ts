import { copyFileSync } from 'node:fs';
import { basename } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { external } from './external.ts';

const root = new URL('../../', import.meta.url);

/** The doors for an entry: by file name, what stands in it. */
function doorsOf(code: string): ReadonlyMap<string, string> {
  const origins = new Map<string, { readonly name: string; readonly from: string }>();
  const read = code
    .replace(/^import \{ (.*) \} from "\.\/(.*)";$/gm, (_line, names: string, from: string) => {
      for (const [name, local] of named(names)) origins.set(local, { name, from });
      return '';
    })
    .split(/^export \{ (.*) \};$/m);
  if (read.length !== 3 || (read[0]! + read[2]!).trim() !== '') throw new Error('an entry does more than to export');
  const exports = new Map<string, string[]>();
  for (const [local, name] of named(read[1]!)) {
    const origin = origins.get(local);
    if (!origin) throw new Error(`${local} comes from nowhere`);
    const words = exports.get(origin.from) ?? [];
    exports.set(origin.from, [...words, origin.name === name ? name : `${origin.name} as ${name}`]);
  }
  return new Map(
    Array.from(exports, ([from, words]) => [
      `doors/${from.replaceAll('/', '.')}`,
      `export { ${words.join(', ')} } from "../${from}";\n`,
    ]),
  );
}

const named = (list: string): readonly (readonly [string, string])[] =>
  list.split(', ').map((each) => {
    const [name, as = name] = each.split(' as ');
    return [name!, as!];
  });

/** The library: one output module per source module, so that hosts' bundlers keep only what they use. */
export default defineConfig({
  plugins: [
    react(),
    {
      // Built by themselves (`visx.config.ts`): as modules of their own their packages would be a node_modules in ours,
      // which npm does not publish.
      name: 'compiled-in-apart',
      enforce: 'pre',
      resolveId: (id) =>
        /(?:^|\/)(?:visx|hierarchy)\.ts$/.test(id) ? { id: id.replace(/\.ts$/, '.js'), external: true } : null,
    },
    {
      // A door for each module that is public, and an entry that is `export *` of the doors. esbuild puts all that a used
      // module imports into the first load, whether it is used or not; through a door nothing but what is asked for is
      // imported.
      name: 'doors',
      generateBundle(_options, bundle) {
        for (const entry of ['index.js', 'core.js']) {
          const chunk = Object.values(bundle).find(({ fileName }) => fileName === entry);
          if (chunk?.type !== 'chunk') throw new Error(`${entry} is not there`);
          const doors = doorsOf(chunk.code);
          for (const [fileName, source] of doors) this.emitFile({ type: 'asset', fileName, source });
          chunk.code = Array.from(doors.keys(), (door) => `export * from "./${door}";\n`).join('');
        }
      },
    },
    {
      // Published by plain copy: a bundler would rewrite light-dark() and cut the host's `color-scheme` off.
      name: 'copy-files',
      closeBundle() {
        for (const file of ['styles.css', 'styles.css.d.ts', 'adapters/native/spanwise-1.schema.json'])
          copyFileSync(new URL(`src/${file}`, root), new URL(`dist/${basename(file)}`, root));
      },
    },
  ],
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: true,
    minify: false,
    emptyOutDir: true,
    lib: {
      entry: { index: 'src/index.ts', core: 'src/core.ts', formats: 'src/formats.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      external,
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
});
