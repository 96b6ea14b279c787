import { TraceInputError, type DiagnosticLog } from '../../model/diagnostics.ts';
import { READ_FROM } from './formatWords.ts';
import { hasRules } from '../hasRules.ts';
import type { ParseOptions } from '../types.ts';

export type Bytes = Uint8Array | ArrayBuffer | Blob | Response | ReadableStream<Uint8Array>;

/** False for a host object that refuses to say what it is. */
export function isBytes(input: unknown): input is Bytes {
  try {
    return (
      input instanceof Uint8Array ||
      input instanceof ArrayBuffer ||
      input instanceof Blob ||
      input instanceof Response ||
      input instanceof ReadableStream
    );
  } catch {
    return false;
  }
}

/** The longest text that V8 can hold; bytes beyond it could not be decoded. */
const LONGEST_TEXT = 536_870_888;

/** Files that are no text, by how they begin. */
const NOT_TEXT: readonly (readonly [begin: readonly number[], what: string, instead: string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with zstd', 'unpack it first'],
  [[0x50, 0x4b, 3, 4], 'a zip archive', 'unpack it first'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'write its rows as JSON Lines'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF', 'export the data instead'],
  [[0xff, 0xfe, 0, 0], 'UTF-32', 'save it as UTF-8'],
  [[0, 0, 0xfe, 0xff], 'UTF-32', 'save it as UTF-8'],
];

/**
 * The text of an input: gzip is unpacked, UTF-8 and UTF-16 are told by their byte order mark, UTF-16 also by the zeros
 * that it puts
 * beside ASCII. Bytes that are no UTF-8 are replaced and reported. Throws `TraceInputError`, or the signal's reason.
 */
export async function readText(
  input: string | Bytes,
  { limits, signal, redact }: ParseOptions,
  log: DiagnosticLog,
  onBytes: (bytes: number, size?: number) => void,
): Promise<string> {
  const limit = Math.min(limits?.bytes ?? LONGEST_TEXT, LONGEST_TEXT);
  if (typeof input === 'string') {
    if (input.length > limit) throw tooLarge(limit);
    onBytes(input.length, input.length);
    return input;
  }
  const bytes = await readBytes(input, limit, signal, onBytes, hasRules(redact));
  const [, what, instead] = NOT_TEXT.find(([begin]) => begin.every((byte, at) => bytes[at] === byte)) ?? [];
  if (what !== undefined)
    throw new TraceInputError('bad-encoding', `The input is ${what}, which is not read here: ${instead}. ${READ_FROM}`);
  const text = decode(bytes, encodingOf(bytes));
  if (isBinary(text))
    throw new TraceInputError(
      'bad-encoding',
      `The input is no text but binary data${bytes[0] === 0x0a ? ', perhaps protobuf' : ''}: save it as JSON instead. ${READ_FROM}`,
    );
  if (text.includes('\uFFFD') && !isUtf8(bytes)) log.report('bad-encoding');
  return text;
}

/** Has control characters, which no text has, near the beginning, and does not begin like JSON. */
const isBinary = (text: string): boolean =>
  !/^[\uFEFF\s]*[[{"\d]/.test(text.slice(0, 100)) && Array.from(text.slice(0, 1000)).some(isControl);
const isControl = (char: string): boolean => char < ' ' && !'\t\n\v\f\r\u001B'.includes(char);

function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)
    ? 'utf-16be'
    : 'utf-8';
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw tooLarge(LONGEST_TEXT);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== '';
  } catch {
    return false;
  }
}

async function readBytes(
  input: Bytes,
  limit: number,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number, total?: number) => void,
  hidden: boolean,
): Promise<Uint8Array> {
  const given =
    input instanceof Uint8Array
      ? input
      : input instanceof ArrayBuffer
        ? new Uint8Array(input)
        : await joinChunks(streamOf(input), limit, signal, onBytes, hidden);
  if (given.length > limit) throw tooLarge(limit);
  onBytes(given.length, given.length);
  if (given[0] !== 0x1f || given[1] !== 0x8b) return given;
  try {
    return await joinChunks(
      new Blob([given as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip')),
      limit,
      signal,
    );
  } catch (error) {
    if (signal?.aborted || (error instanceof TraceInputError && error.code === 'too-large')) throw error;
    throw new TraceInputError('bad-encoding', 'The input starts like gzip but cannot be unpacked; it may be cut off.');
  }
}

/** Bytes that an input holds, of a text its characters; undefined where it does not say, and for parsed documents. */
export function sizeOf(input: unknown): number | undefined {
  if (typeof input === 'string') return input.length;
  if (!isBytes(input)) return undefined;
  if (input instanceof Blob) return input.size;
  if (input instanceof Response) return lengthOf(input);
  return input instanceof ReadableStream ? undefined : input.byteLength;
}

const lengthOf = ({ headers }: Response): number | undefined =>
  headers.has('content-encoding') ? undefined : Number(headers.get('content-length')) || undefined;

function streamOf(input: Blob | Response | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (input instanceof Blob) return input.stream();
  if (input instanceof ReadableStream) return input;
  if (!input.ok) throw new TraceInputError('empty-input', `The server answered ${input.status} instead of a trace.`);
  return input.body ?? new Blob([]).stream();
}

async function joinChunks(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  signal: AbortSignal | undefined,
  onBytes?: (bytes: number) => void,
  hidden = false,
): Promise<Uint8Array> {
  if (stream.locked)
    throw new TraceInputError('empty-input', 'The stream is being read by somebody else, or was read before.');
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  // Cancelling settles a read that waits; whether the source ever confirms does not matter here.
  const stop = (): void => {
    reader.cancel(signal?.reason).catch(() => {});
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      signal?.throwIfAborted();
      if (!(chunk.value instanceof Uint8Array))
        throw new TraceInputError('bad-encoding', 'The stream gives something other than bytes.');
      length += chunk.value.length;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk.value);
      onBytes?.(length);
    }
    signal?.throwIfAborted();
  } catch (error) {
    stop();
    if (signal?.aborted || error instanceof TraceInputError) throw error;
    // What the source says may hold what the host's rules would mask, and nothing was scanned yet.
    throw new TraceInputError(
      'empty-input',
      `The input could not be read to its end: ${!hidden && error instanceof Error ? error.message : 'the source failed'}.`,
    );
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

const tooLarge = (limit: number): TraceInputError =>
  new TraceInputError(
    'too-large',
    `The input is larger than the ${limit.toLocaleString('en')} bytes that are accepted.`,
  );
