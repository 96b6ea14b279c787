import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where it stands then. */
export const CORE = pathToFileURL(`${root}node_modules/.cache/bench/core.js`).href;

/** `src/core.ts` as it is now, bundled into node_modules/.cache and imported: Node 20 does not run TypeScript. */
export async function buildCore() {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: 'node_modules/.cache/bench',
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      lib: { entry: 'src/core.ts', formats: ['es'], fileName: 'core' },
    },
  });
  return import(CORE);
}
