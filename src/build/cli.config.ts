import { defineConfig } from 'vite';
import { external } from './external.ts';

/**
 * The command line, in few files: Node takes half a millisecond for each module, so that one by one, as hosts' bundlers
 * want them, they would cost more than most commands do.
 */
export default defineConfig({
  build: {
    outDir: 'dist/cli',
    target: 'es2022',
    minify: false,
    emptyOutDir: true,
    lib: { entry: { main: 'src/cli/main.ts' }, formats: ['es'] },
    rolldownOptions: { external, output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
  },
});
