import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The viewer's own page, built from the sources as they are now, into a folder of the cache. Returns the folder. */
export async function buildPage(name) {
  const folder = `${root}node_modules/.cache/${name}`;
  await build({
    root: `${root}src/viewer`,
    configFile: `${root}src/build/viewer.config.ts`,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  return folder;
}

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** Serves a built page on loopback with an input, or with two to compare, and headers. */
export async function servePage(folder, given, headers = {}) {
  const inputs = Array.isArray(given) ? given : [given];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (pathname === '/inputs')
      return response.end(JSON.stringify({ diff: inputs.length === 2, sizes: inputs.map(({ length }) => length) }));
    const place = inputs.findIndex((_, at) => pathname === `/inputs/${at}`);
    if (place !== -1) return response.end(inputs[place]);
    try {
      const file = pathname === '/' ? '/index.html' : pathname;
      response.setHeader('content-type', TYPES[file.split('.').at(-1)] ?? 'application/octet-stream');
      response.end(await readFile(folder + file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
