import { setOwn } from '../../model/ownValue.ts';
import { Pieces } from '../content/pieces.ts';
import { parseJson } from '../text/jsonBody.ts';
import { createLineAt } from './lineAt.ts';
import { JsonBytes, LIST, LIST_END, NotScanned, OBJECT, OBJECT_END } from './jsonBytes.ts';

/** A document whose records are looked at one at a time. */
export interface PiecesDocument {
  /** Parsed when it is asked for. */
  readonly document: unknown;
  /** Its number among the pieces, where it is one. */
  readonly number?: number;
  readonly pieces: Pieces;
  /** The line it begins on, where there are several. */
  readonly line?: number;
  /** Where the next one begins, or all ends. */
  readonly end: number;
}

/** So many bytes are scanned before the caller may rest. */
const STRIDE = 2 ** 20;

/** A document that is one record, a list of records, or an object that holds such a list among its fields. */
interface Scanned {
  readonly start: number;
  /** Number of its first record. */
  readonly first: number;
  /** How many it lists; undefined where it is a record itself. */
  readonly count?: number;
  /** The text of an object around a list, with an empty list in the place of that, and the name of the field. */
  readonly around?: { readonly name: string; readonly text: string };
}

/**
 * The documents of bytes, one by one: of lists, and of fields of these names, the entries are parsed when they are asked
 * for. Null for bytes that are no JSON in UTF-8 from beginning to end, which are better read as a text. `rest` is called
 * while they are scanned, with how far that is.
 */
export async function documentsInPieces(
  bytes: Uint8Array,
  lists: ReadonlySet<string>,
  rest: (scanned: number) => Promise<void> | undefined,
): Promise<Iterable<PiecesDocument> | null> {
  const pieces = new Pieces(bytes);
  const documents: Scanned[] = [];
  try {
    for (const scanned of scan(bytes, lists, pieces, documents)) await rest(scanned);
  } catch (error) {
    if (error instanceof NotScanned) return null;
    throw error;
  }
  return documents.length > 0 ? documentsOf(pieces, bytes, documents) : null;
}

function* documentsOf(
  pieces: Pieces,
  bytes: Uint8Array,
  documents: readonly Scanned[],
): Generator<PiecesDocument, void> {
  const lineAt = createLineAt(bytes);
  for (const [at, scanned] of documents.entries()) {
    const end = documents[at + 1]?.start ?? bytes.length;
    if (documents.length === 1) {
      yield new ScannedDocument(pieces, scanned, end);
      return;
    }
    yield new ScannedDocument(pieces, scanned, end, lineAt(scanned.start));
  }
}

class ScannedDocument implements PiecesDocument {
  readonly pieces: Pieces;
  readonly end: number;
  readonly line?: number;
  readonly number?: number;
  readonly #scanned: Scanned;

  constructor(pieces: Pieces, scanned: Scanned, end: number, line?: number) {
    this.pieces = pieces;
    this.end = end;
    if (line !== undefined) this.line = line;
    if (scanned.count === undefined) this.number = scanned.first;
    this.#scanned = scanned;
  }

  get document(): unknown {
    return documentOf(this.pieces, this.#scanned);
  }
}

function documentOf(pieces: Pieces, { first, count, around }: Scanned): unknown {
  if (count === undefined) return pieces.value(first);
  const list = pieces.list(first, count);
  if (!around) return list;
  const envelope = parseJson(around.text)!.document as Record<string, unknown>;
  setOwn(envelope, around.name, list);
  return envelope;
}

/** Steps over all bytes, and notes documents and their pieces. */
function* scan(
  bytes: Uint8Array,
  lists: ReadonlySet<string>,
  pieces: Pieces,
  documents: Scanned[],
): Generator<number, void> {
  const json = new JsonBytes(bytes);
  let rested = 0;
  const entries = function* (from: number): Generator<number, number> {
    let at = json.skipSpace(from + 1);
    while (bytes[at] !== LIST_END) {
      const start = at;
      at = json.skipValue(start);
      pieces.add(start, at);
      if (at - rested > STRIDE) yield (rested = at);
      at = json.skipComma(at, LIST_END);
    }
    return at + 1;
  };
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  for (let at = json.skipSpace(hasMark ? 3 : 0); at < bytes.length; at = json.skipSpace(at)) {
    const [start, first] = [at, pieces.count];
    if (bytes[at] === LIST) {
      at = yield* entries(at);
      documents.push({ start, first, count: pieces.count - first });
    } else if (bytes[at] === OBJECT) {
      const { list, end } = fieldsOf(json, at, lists);
      at = end;
      if (list) {
        const listEnd = yield* entries(list.at);
        const text = [bytes.subarray(start, list.at + 1), bytes.subarray(listEnd - 1, end)]
          .map((part) => new TextDecoder().decode(part))
          .join('');
        documents.push({ start, first, count: pieces.count - first, around: { name: list.name, text } });
      } else {
        pieces.add(start, end);
        documents.push({ start, first });
      }
    } else throw new NotScanned();
    if (at - rested > STRIDE) yield (rested = at);
  }
  pieces.hasLongNumbers = json.hasLongNumber;
}

interface FieldList {
  readonly name: string;
  /** Where it begins. */
  readonly at: number;
}

/**
 * Steps over an object, and finds the field that is a list of one of these names. As it is recognized by its name, names
 * that are written in another way are not understood beside it, nor a second one.
 */
function fieldsOf(
  json: JsonBytes,
  from: number,
  lists: ReadonlySet<string>,
): { readonly list: FieldList | null; readonly end: number } {
  const { bytes } = json;
  let list: FieldList | null = null;
  let isPlain = true;
  let at = json.skipSpace(from + 1);
  while (bytes[at] !== OBJECT_END) {
    const key = at;
    const keyEnd = json.skipKey(at);
    isPlain &&= json.isPlain;
    at = json.skipColon(keyEnd);
    const name = keyEnd - key > LONGEST_NAME ? '' : String.fromCharCode(...bytes.subarray(key + 1, keyEnd - 1));
    if (lists.has(name)) {
      if (list) throw new NotScanned();
      if (bytes[at] === LIST) list = { name, at };
    }
    at = json.skipComma(json.skipValue(at), OBJECT_END);
  }
  if (list && !isPlain) throw new NotScanned();
  return { list, end: at + 1 };
}

const LONGEST_NAME = 16;
