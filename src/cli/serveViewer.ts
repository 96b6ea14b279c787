import { createReadStream, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Where the build puts the page; beside the built command. */
export const VIEWER = join(fileURLToPath(import.meta.url), '..', '..', 'viewer');

const PAGE: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/viewer.js': ['viewer.js', 'text/javascript; charset=utf-8'],
  '/viewer.css': ['viewer.css', 'text/css; charset=utf-8'],
};

/**
 * Trace text is untrusted: the page may run its own script and nothing else, and may talk to nobody but this server.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A name that resolves to this machine must not let a foreign page read the files (DNS rebinding). */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** A file by its path, or text that is made as it is asked for. */
export type ServedInput = string | (() => Iterable<string>);

/**
 * Serves the built viewer and the given inputs on 127.0.0.1. Port 0 = any free one. Rejects where the port is taken.
 */
export function serveViewer(
  inputs: readonly ServedInput[],
  port: number,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    if (!LOCAL_HOST.test(request.headers.host ?? '')) return void response.writeHead(403).end();
    if (request.method !== 'GET') return void response.writeHead(405, HEADERS).end();
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = Object.hasOwn(PAGE, pathname) ? PAGE[pathname] : undefined;
    const input = /^\/inputs\/(\d{1,6})$/.exec(pathname);
    const served = input ? inputs[Number(input[1])] : undefined;
    if (page) return sendFile(response, join(VIEWER, page[0]), page[1]);
    if (pathname === '/inputs')
      return void response
        .writeHead(200, { ...HEADERS, 'content-type': 'application/json' })
        .end(JSON.stringify(inputs.map(sizeOf)));
    if (typeof served === 'string') return sendFile(response, served, 'application/octet-stream');
    if (served)
      return void pipeline(
        Readable.from(served()),
        response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }),
        () => {},
      );
    response.writeHead(404, HEADERS).end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }),
    );
  });
}

/** Bytes of a file; null where they are not known before it is read. */
function sizeOf(input: ServedInput): number | null {
  if (typeof input !== 'string') return null;
  const found = statSync(input, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : null;
}

function sendFile(response: ServerResponse, file: string, type: string): void {
  const stream = createReadStream(file);
  // Joined only once it is open: a pipe that fails takes the connection along, and the answer on it.
  stream.once('open', () => pipeline(stream, response.writeHead(200, { ...HEADERS, 'content-type': type }), () => {}));
  stream.once('error', () => {
    if (!response.headersSent) response.writeHead(404, HEADERS).end();
  });
}
