import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { readMessage } from '../../adapters/bytes/readProtobuf.ts';
import { ownValue } from '../../model/ownValue.ts';

/** The paths of OTLP/HTTP and what stands at the top of a body of each. */
const SIGNALS = {
  '/v1/traces': { name: 'traces', lists: ['resourceSpans', 'resource_spans'] },
  '/v1/logs': { name: 'logs', lists: ['resourceLogs', 'resource_logs'] },
  // Exporters that were told one address for all send them too, and say so in red where they are refused.
  '/v1/metrics': { name: 'metrics', lists: ['resourceMetrics', 'resource_metrics'] },
} as const;

export type OtlpPath = keyof typeof SIGNALS;

export const isOtlpPath = (path: string): path is OtlpPath => Object.hasOwn(SIGNALS, path);

/** Bytes of one body, packed or unpacked. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A page of this machine may export to it; another page that somebody visits may not. */
const LOCAL_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Answers one request of an OpenTelemetry exporter (OTLP 1.x over HTTP: JSON or protobuf, gzip or deflate) and gives what
 * it holds as one line of OTLP JSON. What cannot be read gets the status and the words that the specification asks for,
 * in the encoding of the request, and is not given on. Metrics are taken and left out.
 */
export async function receiveOtlp(
  path: OtlpPath,
  request: IncomingMessage,
  response: ServerResponse,
  onLine: (line: string) => void,
): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined && !LOCAL_ORIGIN.test(origin)) return refuse(response, 403);
  const shared = origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };
  if (request.method === 'OPTIONS')
    return void response
      .writeHead(204, {
        ...shared,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
      })
      .end();
  if (request.method !== 'POST') return refuse(response, 405);
  const encoding = ownValue(ENCODINGS, mediaType(request));
  if (!encoding) return refuse(response, 415);
  const answer = (status: number, body: Uint8Array | string): void => {
    if (!response.headersSent)
      response.writeHead(status, { ...HEADERS, ...shared, 'content-type': encoding.type }).end(body);
  };
  try {
    const body = await bodyOf(request);
    const line = encoding.read(body, path);
    if (line !== NOTHING && path !== '/v1/metrics') onLine(line);
    answer(200, encoding.done);
  } catch (error) {
    const refused = error instanceof BadBody ? error : new BadBody(String(error));
    answer(refused.status, encoding.failed(refused.message));
    // What is still on the way is of no use, but whoever sends it reads the answer only behind it.
    request.unpipe();
    request.resume();
  }
}

const HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...HEADERS, connection: 'close' }).end();
}

const mediaType = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

class BadBody extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** A request of which nothing is left. */
const NOTHING = '{}';

interface Encoding {
  readonly type: string;
  /** As one line of OTLP JSON. */
  read(body: Buffer, path: OtlpPath): string;
  /** All was taken. */
  readonly done: Uint8Array | string;
  /** `google.rpc.Status`: code 3 is INVALID_ARGUMENT. */
  failed(message: string): Uint8Array | string;
}

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'application/json': {
    type: 'application/json',
    read: (body, path) => lineOf(body.toString('utf8'), path),
    done: '{}',
    failed: (message) => JSON.stringify({ code: 3, message }),
  },
  'application/x-protobuf': {
    type: 'application/x-protobuf',
    read(body, path) {
      if (path === '/v1/metrics') return NOTHING;
      try {
        return readMessage(body, SIGNALS[path].name);
      } catch (error) {
        throw new BadBody(`no protobuf of ${SIGNALS[path].name}: ${error instanceof Error ? error.message : 'broken'}`);
      }
    },
    done: new Uint8Array(),
    failed: (message) => new BinaryWriter().tag(1, 0).int32(3).tag(2, 2).string(message).finish(),
  },
};

/** The text of a body as one line. Line breaks stand between the words of JSON, never inside of one. */
function lineOf(text: string, path: OtlpPath): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new BadBody(`not JSON: ${error instanceof Error ? error.message : 'broken'}`);
  }
  const { lists } = SIGNALS[path];
  const fields = typeof document === 'object' && document !== null && !Array.isArray(document) ? document : null;
  if (fields && Object.keys(fields).length === 0) return NOTHING;
  const list = lists.find((name) => fields && Object.hasOwn(fields, name));
  if (!fields || list === undefined || !Array.isArray(ownValue(fields as Record<string, unknown>, list)))
    throw new BadBody(`an export request for ${path} is { "${lists[0]}": […] }`);
  return text.replaceAll(/[\r\n]+/g, ' ');
}

/** All bytes, unpacked. Throws where there are more than are taken, or where they are packed in an unknown way. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const packing = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpack = ownValue(PACKINGS, packing);
  if (!unpack) throw new BadBody(`content-encoding “${packing.slice(0, 40)}” is not gzip, deflate or identity`, 415);
  const pieces: Buffer[] = [];
  let bytes = 0;
  const unpacked = unpack(request);
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) throw new BadBody(`more than ${MOST_BYTES / 1024 / 1024} MB in one request`, 413);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof BadBody ? error : new BadBody(`not ${packing}, as the request says`);
  }
  return Buffer.concat(pieces);
}

const PACKINGS: Readonly<Record<string, (request: IncomingMessage) => Readable>> = {
  identity: (request) => request,
  gzip: (request) => passed(request, createGunzip()),
  deflate: (request) => passed(request, createInflate()),
};

/** A connection that breaks off ends what unpacks, too. */
function passed<T extends Readable & NodeJS.WritableStream>(request: IncomingMessage, unpacker: T): T {
  request.on('error', (error) => unpacker.destroy(error));
  return request.pipe(unpacker);
}
