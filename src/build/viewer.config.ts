import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = new URL('../../', import.meta.url);

/** The page that `spanwise view` serves: one script and one stylesheet, so that a report can inline both. */
export default defineConfig({
  root: 'src/viewer',
  base: './',
  plugins: [
    react(),
    {
      name: 'copy-example',
      writeBundle: ({ dir }) =>
        copyFileSync(new URL('test/fixtures/otlp/support-agent.otlp.jsonl', root), join(dir!, 'example.otlp.jsonl')),
    },
  ],
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'worker.js', codeSplitting: false } },
  },
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'esnext',
    assetsInlineLimit: 0,
    // One script on purpose.
    chunkSizeWarningLimit: 4000,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: { entryFileNames: 'viewer.js', assetFileNames: 'viewer[extname]', codeSplitting: false },
    },
  },
});
