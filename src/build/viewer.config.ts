import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page that `spanwise view` serves: one script and one stylesheet, so that a report can inline both. */
export default defineConfig({
  root: 'src/viewer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'esnext',
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { output: { entryFileNames: 'viewer.js', assetFileNames: 'viewer[extname]', codeSplitting: false } },
  },
});
