import { createReadStream, stat, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { PriceTable } from '../conventions/prices.ts';
import { ownValue } from '../model/ownValue.ts';
import type { LiveLines } from './live/liveLines.ts';
import { isOtlpPath, receiveOtlp } from './live/receiveOtlp.ts';

/** Where the build puts the page; beside the built command. */
export const VIEWER = join(fileURLToPath(import.meta.url), '..', '..', 'viewer');

const PAGE: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/viewer.js': ['viewer.js', 'text/javascript; charset=utf-8'],
  '/worker.js': ['worker.js', 'text/javascript; charset=utf-8'],
  '/viewer.css': ['viewer.css', 'text/css; charset=utf-8'],
};

/**
 * Trace text is untrusted: the page may run its own script and nothing else, and may talk to nobody but this server.
 */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // No text becomes code or markup, but for the address of the page's own worker.
    "require-trusted-types-for 'script'",
    'trusted-types spanwise',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // No other page may embed what is served here, not even to see whether it loads.
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Saved, not shown. */
const ATTACHED = { 'content-disposition': 'attachment; filename="received.jsonl"' };

/** A name that resolves to this machine must not let a foreign page read the files (DNS rebinding). */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The path of a request target, which browsers send as `/path?query`. `//`, `*` and whole addresses are no paths, and
 * nothing that is served here.
 */
const PATH = /^\/(?![/\\])[^?#]*/;

/** A file by its path, or text that is made as it is asked for. */
export type ServedInput = string | (() => Iterable<string>);

export interface ServeOptions {
  /** The two inputs are to be compared. */
  readonly diff?: boolean;
  /** What models cost and hold at most, for the page to say so. */
  readonly prices?: PriceTable | undefined;
  /** Lines that come while the page is open. */
  readonly live?: LiveLines;
  /** Takes a line that an exporter of OTLP sent; without it none is listened to. */
  readonly onReceived?: (line: string) => void;
}

/** Serves the built viewer and the given inputs on 127.0.0.1. Port 0 = any free one. Rejects where the port is taken. */
export function serveViewer(
  inputs: readonly ServedInput[],
  port: number,
  { diff = false, prices, live, onReceived }: ServeOptions = {},
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    if (!LOCAL_HOST.test(request.headers.host ?? '')) return void response.writeHead(403, HEADERS).end();
    const pathname = PATH.exec(request.url ?? '')?.[0];
    if (pathname !== undefined && onReceived && isOtlpPath(pathname))
      return void receiveOtlp(pathname, request, response, onReceived);
    if (request.method !== 'GET') return void response.writeHead(405, HEADERS).end();
    if (pathname === undefined) return void response.writeHead(400, HEADERS).end();
    const page = ownValue(PAGE, pathname);
    const input = /^\/inputs\/(\d{1,6})$/.exec(pathname);
    const served = input ? inputs[Number(input[1])] : undefined;
    if (page) return sendFile(response, join(VIEWER, page[0]), page[1]);
    if (pathname === '/inputs')
      return void response
        .writeHead(200, { ...HEADERS, 'content-type': 'application/json' })
        .end(JSON.stringify({ diff, live: live !== undefined, prices, sizes: inputs.map(inputSize) }));
    if (pathname === '/live' && live) return sendLines(request, response, live);
    if (pathname === '/received.jsonl' && live)
      return void pipeline(
        Readable.from(live.soFar()),
        response.writeHead(200, { ...HEADERS, 'content-type': 'application/x-ndjson', ...ATTACHED }),
        () => {},
      );
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
    // For as long as it runs: an error of accepting a connection must not end it.
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        close: () => (server.close(), server.closeAllConnections()),
      }),
    );
  });
}

/**
 * Lines from `?from=` on, as long as the page listens; from the first where the page has those of another start of the
 * command (`?of=`). The answer says whose these are, and from which number on.
 */
function sendLines(request: IncomingMessage, response: ServerResponse, live: LiveLines): void {
  const asked = new URLSearchParams(request.url!.split('?')[1]);
  const from = asked.get('of') === live.epoch ? Number.parseInt(asked.get('from') ?? '0', 10) || 0 : 0;
  const first = Math.max(from, live.dropped);
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'application/x-ndjson',
    'x-live-of': live.epoch,
    'x-live-from': String(first),
  });
  response.flushHeaders();
  pipeline(Readable.from(live.from(first, gone.signal)), response, () => {});
}

/** Bytes of a file; null where they are not known before it is read. */
function inputSize(input: ServedInput): number | null {
  if (typeof input !== 'string') return null;
  const found = statSync(input, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : null;
}

function sendFile(response: ServerResponse, file: string, type: string): void {
  const refuse = (): void => {
    if (!response.headersSent) response.writeHead(404, HEADERS).end();
  };
  // What was a file when the command was called may be a directory by now, or a pipe that never ends.
  stat(file, (missing, found) => {
    if (missing || !found.isFile()) return refuse();
    const stream = createReadStream(file);
    // Joined only once it is open: a pipe that fails takes the connection along, and the answer on it.
    stream.once('open', () =>
      pipeline(stream, response.writeHead(200, { ...HEADERS, 'content-type': type }), () => {}),
    );
    stream.once('error', refuse);
  });
}
