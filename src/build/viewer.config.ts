import { copyFileSync } from 'node:fs';
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
      closeBundle: () =>
        copyFileSync(
          new URL('test/fixtures/otlp/support-agent.otlp.jsonl', root),
          new URL('dist/viewer/example.otlp.jsonl', root),
        ),
    },
  ],
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'esnext',
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: { entryFileNames: 'viewer.js', assetFileNames: 'viewer[extname]', codeSplitting: false },
    },
  },
});
