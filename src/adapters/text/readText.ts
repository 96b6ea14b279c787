import { TraceInputError, type DiagnosticLog } from '../../model/diagnostics.ts';
import { createTextDecoding } from './decodeText.ts';
import { READ_FROM } from './formatWords.ts';
import { hasRules } from '../../redact/checkRules.ts';
import { announcedSize, byteLength, type Bytes } from './givenBytes.ts';
import { readChunks } from './readChunks.ts';
import type { ParseOptions } from '../types.ts';

/** The longest text that V8 can hold; bytes beyond it could not be decoded. */
const LONGEST_TEXT = 536_870_888;

/** So many bytes an engine holds as one. */
const MOST_BYTES = 2 ** 32;

/**
 * The text of an input: gzip is unpacked and text decoded as they come, so that little is held beside the text. Bytes
 * that are no text are replaced and reported. Where `staysBytes` says so of their beginning, they are given as they are,
 * however many. Throws `TraceInputError`, or the signal's reason.
 */
export async function readText(
  input: string | Bytes,
  { limits, signal, redact }: ParseOptions,
  log: DiagnosticLog,
  onBytes: (bytes: number, size?: number) => void,
  staysBytes: (beginning: string) => boolean = () => false,
): Promise<string | Uint8Array> {
  const limit = Math.min(limits?.bytes ?? MOST_BYTES, MOST_BYTES);
  if (typeof input === 'string') {
    if (input.length > limit) throw tooLarge(limit);
    onBytes(input.length, input.length);
    return input;
  }
  const size = byteLength(input);
  if (size !== undefined && size > limit) throw tooLarge(limit);
  const said = announcedSize(input);
  const announced = said !== undefined && said <= limit ? said : undefined;
  const whole = { staysBytes, limit: Math.min(limit, LONGEST_TEXT), size, announced };
  const given = counted(readChunks(input, signal, hasRules(redact)), limit, (bytes, isAll) =>
    onBytes(bytes, isAll ? bytes : said),
  );
  const { first, rest } = await beginWhole(given);
  const unpacking = await unpackingOf(first, rest, {
    size,
    limit,
    isTrusted: limits?.bytes !== undefined,
    signal,
    log,
  });
  if (!unpacking) return bytesOrText(first, rest, whole, log);
  const unpacked = await beginWhole(counted(unpacking, limit));
  return bytesOrText(unpacked.first, unpacked.rest, { ...whole, size: undefined, announced: undefined }, log);
}

interface Whole {
  readonly staysBytes: (beginning: string) => boolean;
  /** Of bytes that become a text. */
  readonly limit: number;
  /** Known for sure. */
  readonly size: number | undefined;
  /** Said by who sends it. */
  readonly announced: number | undefined;
}

async function bytesOrText(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
  { staysBytes, limit, size, announced }: Whole,
  log: DiagnosticLog,
): Promise<string | Uint8Array> {
  const begins = JSON_BEGINS.has(first[0]);
  if (begins && staysBytes(new TextDecoder().decode(first.subarray(0, SIGNS))))
    return first.length === size ? alone(first, rest) : wholeOf(first, rest, announced);
  if (size !== undefined && size > limit) throw tooLarge(limit);
  return textIn(first, counted(rest, limit - first.length), log);
}

/** What a host gives as one stays its own. */
async function alone(first: Uint8Array, rest: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  await rest.next();
  return first;
}

/**
 * All pieces as one: put in their place as they come where their number was announced, else kept until it is known. Room
 * that grows would hold most of it two or three times.
 */
async function wholeOf(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
  announced: number | undefined,
): Promise<Uint8Array> {
  let pieces: (Uint8Array | null)[] = [];
  let room = roomFor(announced ?? 0);
  let [length, inRoom] = [0, 0];
  for (let piece: Uint8Array | undefined = first; piece;) {
    if (inRoom === length && length + piece.length <= room.length) {
      room.set(piece, length);
      inRoom += piece.length;
    } else {
      pieces.push(piece);
    }
    length += piece.length;
    const next: IteratorResult<Uint8Array, void> = await rest.next();
    piece = next.value ?? undefined;
  }
  // What stands beside it in its memory would be held with it.
  if (length === room.length) return room;
  pieces = [room.subarray(0, inRoom), ...pieces];
  room = roomFor(length);
  for (let [place, at] = [0, 0]; place < pieces.length; place += 1) {
    room.set(pieces[place]!, at);
    at += pieces[place]!.length;
    // It need not be held until all are copied.
    pieces[place] = null;
  }
  return room;
}

function roomFor(bytes: number): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new TraceInputError(
      'too-large',
      `The input takes more memory than is left: ${bytes.toLocaleString('en')} bytes.`,
    );
  }
}

/** The text of bytes that were to stay bytes. */
export async function textOfBytes(bytes: Uint8Array, { limits }: ParseOptions, log: DiagnosticLog): Promise<string> {
  const limit = Math.min(limits?.bytes ?? LONGEST_TEXT, LONGEST_TEXT);
  if (bytes.length > limit) throw tooLarge(limit);
  return decodeChunks(bytes, nothing(), log);
}

/** The text of bytes; of OTLP in protobuf its JSON. */
async function textIn(first: Uint8Array, rest: AsyncGenerator<Uint8Array, void>, log: DiagnosticLog): Promise<string> {
  // A message begins with its first field, perhaps behind its length.
  const begins = first[0] === 0x0a || (first[0] === 0 && (first[4] === 0x0a || first[5] === 0x0a));
  const mayBeProtobuf = begins && first.subarray(1, BEGINNING).some(isControlByte);
  if (!mayBeProtobuf) return decodeChunks(first, rest, log);
  const [{ readProtobuf }, { joined }] = await Promise.all([
    import('../bytes/readProtobuf.ts'),
    import('../bytes/joined.ts'),
  ]);
  const all = await joined(withFirst(first, rest));
  return readProtobuf(all) ?? decodeChunks(all, nothing(), log);
}

const isControlByte = (byte: number): boolean => byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 27;

async function* nothing(): AsyncGenerator<Uint8Array, void> {}

interface Packed {
  readonly size: number | undefined;
  readonly limit: number;
  readonly isTrusted: boolean;
  readonly signal: AbortSignal | undefined;
  readonly log: DiagnosticLog;
}

/** What unpacks an input, by how it begins; each is fetched when it is needed. Null where it is not packed. */
async function unpackingOf(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
  { size, limit, isTrusted, signal, log }: Packed,
): Promise<AsyncGenerator<Uint8Array, void> | null> {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => first[at] === byte);
  if (begins(0x1f, 0x8b)) {
    const { unpackGzip } = await import('./unpackGzip.ts');
    return unpackGzip(withFirst(first, rest), size, isTrusted, signal);
  }
  if (!begins(0x28, 0xb5, 0x2f, 0xfd) && !begins(0x50, 0x4b, 3, 4)) return null;
  const { unpackArchive } = await import('../archive/unpackArchive.ts');
  return unpackArchive(withFirst(first, rest), first[0] === 0x50, { limit, isTrusted, signal, log });
}

async function decodeChunks(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
  log: DiagnosticLog,
): Promise<string> {
  const decoding = createTextDecoding();
  const pieces: string[] = [];
  try {
    if (!JSON_BEGINS.has(first[0])) (await import('./otherFiles.ts')).refuseOtherFiles(first);
    // Before all of it is decoded.
    refuseBinary(createTextDecoding().decode(first.subarray(0, BEGINNING), false), first);
    let begin = '';
    for (let bytes: Uint8Array | undefined = first; bytes;) {
      const next: IteratorResult<Uint8Array, void> = await rest.next();
      const piece = decoding.decode(bytes, next.done === true);
      pieces.push(piece);
      if (begin.length < BEGINNING) refuseBinary((begin += piece.slice(0, BEGINNING)), first);
      bytes = next.value ?? undefined;
    }
    if (decoding.replaced) log.report('bad-encoding');
    return pieces.join('');
  } catch (error) {
    // The engine can hold no longer text.
    throw error instanceof RangeError ||
      (error as { readonly code?: unknown } | null)?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? tooLarge(LONGEST_TEXT)
      : error;
  } finally {
    await rest.return();
  }
}

/** So many bytes show what a file is. */
const SIGNATURE = 16;

/** The pieces of a stream behind its first, which holds at least as many bytes as show what it is. */
async function beginWhole(
  chunks: AsyncGenerator<Uint8Array, void>,
): Promise<{ readonly first: Uint8Array; readonly rest: AsyncGenerator<Uint8Array, void> }> {
  let first: Uint8Array = new Uint8Array();
  while (first.length < SIGNATURE) {
    const next = await chunks.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : behind(first, next.value);
  }
  return { first, rest: chunks };
}

function behind(begin: Uint8Array, end: Uint8Array): Uint8Array {
  const both = new Uint8Array(begin.length + end.length);
  both.set(begin);
  both.set(end, begin.length);
  return both;
}

async function* withFirst(first: Uint8Array, rest: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* rest;
}

async function* counted(
  chunks: AsyncGenerator<Uint8Array, void>,
  limit: number,
  onBytes?: (bytes: number, isAll: boolean) => void,
): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    onBytes?.(length, false);
    yield chunk;
  }
  onBytes?.(length, true);
}

/** How JSON begins, as far as one byte tells it: brackets, quotes, white space, and the mark of UTF-8. */
const JSON_BEGINS: ReadonlySet<number | undefined> = new Set([0x7b, 0x5b, 0x22, 0x20, 0x09, 0x0a, 0x0d, 0xef]);

/** So much of a text is looked at to find that it is none. */
const BEGINNING = 1000;

/** In so much of a text stands how a record of it looks. */
const SIGNS = 2 ** 14;

/** Refuses what has control characters, which no text has, and does not begin like JSON. */
function refuseBinary(beginning: string, bytes: Uint8Array): void {
  if (/^[\uFEFF\s]*[[{"\d]/.test(beginning.slice(0, 100)) || !Array.from(beginning).some(isControl)) return;
  const guess = bytes[0] === 0x0a ? ', perhaps protobuf' : '';
  throw new TraceInputError(
    'bad-encoding',
    `The input is no text but binary data${guess}: save it as JSON instead. ${READ_FROM}`,
  );
}

const isControl = (char: string): boolean => char < ' ' && !'\t\n\v\f\r\u001B'.includes(char);

const tooLarge = (limit: number): TraceInputError =>
  new TraceInputError(
    'too-large',
    `The input is larger than the ${limit.toLocaleString('en')} bytes that are accepted.`,
  );
