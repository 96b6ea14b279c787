import { copyFileSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const external = [...Object.keys(manifest['dependencies'] ?? {}), ...Object.keys(manifest['peerDependencies'] ?? {})];

/**
 * The library and the command line: one output module per source module, so that hosts' bundlers keep only what they
 * use.
 */
export default defineConfig({
  plugins: [
    react(),
    {
      // Built by itself (`visx.config.ts`): as modules of their own its packages would be a node_modules in ours, which
      // npm does not publish.
      name: 'visx-apart',
      enforce: 'pre',
      resolveId: (id) => (/(?:^|\/)visx\.ts$/.test(id) ? { id: id.replace(/\.ts$/, '.js'), external: true } : null),
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
      entry: { index: 'src/index.ts', core: 'src/core.ts', formats: 'src/formats.ts', 'cli/main': 'src/cli/main.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) =>
        id.startsWith('node:') ||
        builtinModules.includes(id) ||
        external.some((name) => id === name || id.startsWith(`${name}/`)),
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
});
