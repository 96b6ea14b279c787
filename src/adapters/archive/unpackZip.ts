import { TraceInputError, type DiagnosticLog } from '../../model/diagnostics.ts';
import { READ_FROM } from '../text/formatWords.ts';
import { unpackZstd } from './unpackZstd.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const STORED = 0;
const DEFLATED = 8;
const ZSTD = 93;
/** How far from its end an archive may say where its list of files is: a comment of 64 KB may stand behind. */
const LONGEST_END = 65_557;

/**
 * The texts of an archive, one behind the other: files that end in `.json`, `.jsonl`, `.ndjson` or `.traj`, stored, deflated or
 * zstd (as Inspect AI writes them). Of an Inspect log those with its samples and its head. Others are reported. Throws
 * `TraceInputError` (`bad-encoding`) where it is no archive, `too-large` where it says that it unpacks to more than
 * `limit`.
 */
export async function* unpackZip(
  bytes: Uint8Array,
  limit: number,
  log: DiagnosticLog,
): AsyncGenerator<Uint8Array, void> {
  const entries = listEntries(bytes).filter(({ name, size }) => size > 0 && !name.endsWith('/'));
  const names = new Set(entries.map(({ name }) => name));
  const wanted = entries.filter(({ name }) => isWanted(name, names));
  if (wanted.length === 0)
    throw new TraceInputError(
      'bad-encoding',
      'The archive holds no file that ends in .json, .jsonl, .ndjson or .traj.',
    );
  const others = entries.filter(({ name }) => !isWanted(name, names) && !isBeside(name, names)).length;
  if (others > 0)
    log.report('mixed-format', { message: 'A file of the archive is no JSON and was left out.', count: others });
  let total = 0;
  for (const entry of wanted) {
    total += entry.size;
    if (total > limit)
      throw new TraceInputError(
        'too-large',
        `The archive unpacks to more than the ${limit.toLocaleString('en')} bytes that are accepted.`,
      );
    try {
      yield* unpackEntry(bytes, entry);
      yield NEW_LINE;
    } catch (error) {
      if (error instanceof TraceInputError) throw error;
      log.report('mixed-format', { message: 'A file of the archive cannot be unpacked and was left out.' });
    }
  }
}

const NEW_LINE = new Uint8Array([10]);
const isText = (name: string): boolean => /\.(?:json|jsonl|ndjson|traj)$/i.test(name);
/** What an Inspect log has beside its samples: lists that repeat them. */
const isBeside = (name: string, names: ReadonlySet<string>): boolean =>
  (names.has('header.json') || names.has('_journal/start.json')) &&
  /^(?:_journal\/|summaries\.json$|reductions\.json$)/.test(name) &&
  !(name === '_journal/start.json' && !names.has('header.json'));
const isWanted = (name: string, names: ReadonlySet<string>): boolean =>
  isText(name) && !isBeside(name, names) && !/(?:^|\/)(?:\.|__MACOSX)/.test(name);

async function* unpackEntry(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<Uint8Array, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(entry.at, true) !== 0x04034b50) throw new RangeError('no file begins here');
  const begin = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(begin, begin + entry.packed);
  if (packed.length < entry.packed) throw new RangeError('the file is cut off');
  if (entry.method === STORED) yield packed;
  else if (entry.method === ZSTD) yield* atMost(unpackZstd([packed]), entry.size);
  else if (entry.method === DEFLATED) yield* atMost(inflate(packed), entry.size);
  else throw new RangeError(`packed by method ${entry.method}`);
}

/** A file that holds more than it says was made to fill the memory. */
async function* atMost(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > size)
      throw new TraceInputError(
        'too-large',
        'A file of the archive unpacks to more than it says; it was not unpacked further.',
      );
    yield chunk;
  }
}

async function* inflate(packed: Uint8Array): AsyncGenerator<Uint8Array, void> {
  const reader = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
}

/** The directory at the end of an archive (APPNOTE 4.3.12, and 4.3.14 for archives beyond 4 GB). */
function listEntries(bytes: Uint8Array): readonly ZipEntry[] {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = findEnd(view);
    let count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
      const wide = wideNumber(view, end - 12);
      count = wideNumber(view, wide + 32);
      at = wideNumber(view, wide + 48);
    }
    const entries: ZipEntry[] = [];
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError('no entry');
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
        number,
        number,
        number,
      ];
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      entries.push({ name, method: view.getUint16(at + 10, true), ...sizes(view, at, at + 46 + nameLength, extra) });
      at += 46 + nameLength + extra + comment;
    }
    return entries;
  } catch {
    throw new TraceInputError(
      'bad-encoding',
      `The input starts like a zip archive but cannot be unpacked; it may be cut off. ${READ_FROM}`,
    );
  }
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - LONGEST_END); at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new RangeError('no end');
}

const wideNumber = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Sizes and place; where they do not fit 32 bits they stand in a field of their own, in this order. */
function sizes(
  view: DataView,
  at: number,
  extraAt: number,
  extraLength: number,
): Pick<ZipEntry, 'size' | 'packed' | 'at'> {
  const narrow = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    at: view.getUint32(at + 42, true),
  };
  const fields = (['size', 'packed', 'at'] as const).filter((field) => narrow[field] === 0xffffffff);
  if (fields.length === 0) return narrow;
  for (let place = extraAt; place + 4 <= extraAt + extraLength; place += 4 + view.getUint16(place + 2, true)) {
    if (view.getUint16(place, true) !== 1) continue;
    for (const [index, field] of fields.entries()) narrow[field] = wideNumber(view, place + 4 + index * 8);
  }
  return narrow;
}
