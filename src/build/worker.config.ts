import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const root = new URL('../../', import.meta.url);
/** What is compiled in. */
const PACKAGES = ['fzstd', '@bufbuild/protobuf'];
const licenceOf = (name: string): string => {
  const { license } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, root), 'utf8')) as {
    readonly license: string;
  };
  return `${name}: ${license}`;
};

/**
 * The worker, as one file that imports nothing: bundlers that make no parts of workers take it as it is, and a host without
 * one serves it as a file.
 */
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: true,
    minify: false,
    emptyOutDir: false,
    chunkSizeWarningLimit: 4000,
    lib: { entry: { worker: 'src/worker.ts' }, formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        codeSplitting: false,
        banner: `/*! Has in it: ${PACKAGES.map(licenceOf).join(', ')} */`,
      },
    },
  },
});
