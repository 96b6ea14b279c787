import { ChunkedValues } from './chunkedValues.ts';
import { DistinctValues } from './distinctValues.ts';
import { COMMA, JsonBytes, LIST, LIST_END, NotScanned, OBJECT, OBJECT_END, QUOTE, wordsOf } from './jsonBytes.ts';
import { ExpectedKeys } from './expectedKeys.ts';
import { KnownWords } from './knownWords.ts';
import { ATTRIBUTES, ENTRY, FIELD, NO_SPAN, SpanTape, type TextForms } from './spanTape.ts';
import { HeldBytes } from '../content/heldBytes.ts';
import { Slices, type SliceReader } from '../content/slices.ts';
import { remains } from '../../model/build/remains.ts';
import { setOwn } from '../../model/ownValue.ts';
import { SpanList } from '../content/spanList.ts';

/** Where a format has its spans, and what of them places them in a trace. */
export interface SpanPlaces {
  /**
   * Names of the lists that lead from a document to its spans, from the outside: each a list of objects, in which the
   * next stands. The last is that of the spans.
   */
  readonly lists: readonly (readonly string[])[];
  /** Objects in a document that may hold the first list in its place. */
  readonly wrappers: readonly string[];
  /** Fields of what is around spans that hold objects of which the same come again and again. */
  readonly recurring: readonly string[];
  /** Fields of a span that its reader asks for before somebody opens it. */
  readonly fields: KnownWords;
  /** Those attributes that are looked at before, by name or by how the name begins. */
  readonly attributes: { readonly names: KnownWords; readonly beginnings: KnownWords };
  readonly forms: TextForms;
  readonly read: SliceReader;
  /** A parsed document in parts that are read one by one. */
  pieces(document: unknown): Iterable<unknown>;
}

/** Documents in bytes, parsed but for their spans. */
export interface ScannedDocuments {
  readonly count: number;
  readonly spans: number;
  /** With `SpanList` in the place of each list of spans. */
  document(number: number): unknown;
  /** Where it begins. */
  start(number: number): number;
}

/** So many bytes are scanned before the caller may rest. */
const STRIDE = 2 ** 20;

/**
 * Finds the documents of bytes and, in them, their spans: where each begins and ends, and the little of it that is
 * needed to place it. Values are passed over as bytes, and nothing is made of them. Answers null for bytes that are no
 * JSON in UTF-8 from beginning to end, or whose lists are none: these are better read as a text. Rests now and then.
 */
export function* scanSpans(bytes: Uint8Array, places: SpanPlaces): Generator<number, ScannedDocuments | null> {
  try {
    return yield* new SpanScan(bytes, places).documents();
  } catch (error) {
    if (error instanceof NotScanned) return null;
    throw error;
  }
}

/** What reading bytes of these places is made of stays compiled. */
export const scansRemain = (places: SpanPlaces): void => remains(new SpanScan(new Uint8Array(), places));

/** The first letter of `null`, which some write for an empty list. */
const NULL = 0x6e;

const encode = (word: string): Uint8Array => new TextEncoder().encode(word);
const [KEY, VALUE] = [encode('"key"'), encode('"value"')];
/** How nearly all write it. */
const [KEY_BEGINS, VALUE_BEGINS] = [wordsOf('{"key":"'), wordsOf(',"value"')];
const TEXT_BEGINS = wordsOf('{"stringValue":"');

class SpanScan {
  readonly #json: JsonBytes;
  readonly #bytes: Uint8Array;
  readonly #lists: readonly (readonly string[])[];
  readonly #wrappers: readonly string[];
  readonly #recurring: readonly string[];
  /** Of each level the names of its list, and behind these those of wrappers or of what recurs. */
  readonly #levels: readonly ExpectedKeys[];
  readonly #distinct: DistinctValues;
  readonly #keys: ExpectedKeys;
  readonly #names: KnownWords;
  readonly #beginnings: KnownWords;
  readonly #documents = new ChunkedValues();
  readonly #spans: SpanTape;
  readonly #slices: Slices;
  readonly #starts: number[] = [];
  /** First span and number of spans, list by list. */
  readonly #found: (readonly [first: number, count: number])[] = [];
  #rested = 0;
  /** Attributes are numbered behind all fields. */
  readonly #firstAttribute: number;
  readonly #attributesField: number;
  /** Fields that say nothing where they are an empty list. */
  readonly #silentIfEmpty: readonly number[];

  constructor(bytes: Uint8Array, places: SpanPlaces) {
    this.#json = new JsonBytes(bytes);
    this.#bytes = this.#json.bytes;
    this.#lists = places.lists;
    this.#wrappers = places.wrappers;
    this.#recurring = places.recurring;
    this.#levels = places.lists.map((names, level) => {
      const others = level === 0 ? places.wrappers : places.recurring;
      return new ExpectedKeys(this.#json, new KnownWords([...names, ...others]));
    });
    this.#distinct = new DistinctValues(this.#json);
    this.#keys = new ExpectedKeys(this.#json, places.fields);
    this.#names = places.attributes.names;
    this.#beginnings = places.attributes.beginnings;
    this.#spans = new SpanTape(this.#json.bytes, places.fields, this.#names, places.forms);
    this.#firstAttribute = places.fields.list.length;
    this.#attributesField = places.fields.list.indexOf('attributes');
    this.#silentIfEmpty = ['events', 'links'].map((name) => places.fields.list.indexOf(name));
    this.#slices = new Slices(new HeldBytes(bytes), places.read);
  }

  *documents(): Generator<number, ScannedDocuments> {
    const json = this.#json;
    const hasMark = this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf;
    for (let at = json.skipSpace(hasMark ? 3 : 0); at < this.#bytes.length; at = json.skipSpace(at)) {
      this.#starts.push(at);
      json.hasLongNumber = false;
      this.#documents.begin();
      if (this.#bytes[at] === LIST) at = yield* this.#envelopes(at);
      else if (this.#bytes[at] === OBJECT) at = yield* this.#object(at, 0);
      else throw new NotScanned();
      this.#documents.end(json.hasLongNumber);
    }
    this.#documents.finish();
    return {
      count: this.#documents.count,
      spans: this.#spans.count,
      document: (number) => this.#placed(this.#documents.value(number)),
      start: (number) => this.#starts[number]!,
    };
  }

  /** A list of documents is one. */
  *#envelopes(from: number): Generator<number, number> {
    return yield* this.#list(from, (at) => this.#object(at, 0));
  }

  *#list(from: number, each: (at: number) => Generator<number, number>): Generator<number, number> {
    const json = this.#json;
    const documents = this.#documents;
    documents.put(LIST);
    let at = json.skipSpace(from + 1);
    while (this.#bytes[at] !== LIST_END) {
      if (this.#bytes[at] === OBJECT) at = yield* each(at);
      else {
        const end = json.skipValue(at);
        documents.copy(this.#bytes, at, end);
        at = end;
      }
      at = json.skipComma(at, LIST_END);
      if (this.#bytes[at] !== LIST_END) documents.put(COMMA);
    }
    documents.put(LIST_END);
    return at + 1;
  }

  /**
   * An object in which the list of a level stands. As it is recognized by its name, a name that is written in another
   * way, and something else in its place, are not understood here.
   */
  *#object(from: number, level: number, isWrapped = false): Generator<number, number> {
    const json = this.#json;
    const bytes = this.#bytes;
    const documents = this.#documents;
    const keys = this.#levels[level]!;
    const lists = this.#lists[level]!.length;
    documents.put(OBJECT);
    keys.begin();
    let at = json.skipSpace(from + 1);
    while (bytes[at] !== OBJECT_END) {
      const key = at;
      at = keys.pass(key);
      if (!json.isPlain) throw new NotScanned();
      documents.copy(bytes, key, at);
      const { word } = keys;
      const isList = word !== -1 && word < lists;
      const isRecurring = level > 0 && word >= lists;
      if (isList && bytes[at] === LIST) {
        if (level === this.#lists.length - 1) at = yield* this.#spanList(at);
        else at = yield* this.#list(at, (each) => this.#object(each, level + 1));
      } else if (isRecurring && bytes[at] === OBJECT) {
        at = this.#recurringValue(at);
      } else if ((isList || isRecurring) && bytes[at] !== QUOTE && bytes[at] !== NULL) {
        throw new NotScanned();
      } else if (level === 0 && !isWrapped && bytes[at] === OBJECT && word >= lists) {
        at = yield* this.#object(at, 0, true);
      } else {
        const end = json.skipValue(at);
        documents.copy(bytes, at, end);
        at = end;
      }
      at = json.skipComma(at, OBJECT_END);
      if (bytes[at] !== OBJECT_END) documents.put(COMMA);
    }
    documents.put(OBJECT_END);
    return at + 1;
  }

  /** In its document stands its number. */
  #recurringValue(from: number): number {
    const json = this.#json;
    const heldLong = json.hasLongNumber;
    json.hasLongNumber = false;
    const end = json.skipValue(from);
    this.#documents.putNumber(this.#distinct.number(from, end, json.hasLongNumber));
    json.hasLongNumber = heldLong;
    return end;
  }

  /** In its document stands its number. */
  *#spanList(from: number): Generator<number, number> {
    const json = this.#json;
    const bytes = this.#bytes;
    const spans = this.#spans;
    const first = spans.count;
    const heldLong = json.hasLongNumber;
    let at = json.skipSpace(from + 1);
    while (bytes[at] !== LIST_END) {
      const start = at;
      if (bytes[at] === OBJECT) at = this.#span(at);
      else {
        at = json.skipValue(at);
        spans.put(NO_SPAN, start, at);
      }
      spans.end();
      this.#slices.add(start, at);
      if (at - this.#rested > STRIDE) {
        yield at;
        this.#rested = at;
      }
      at = json.skipComma(at, LIST_END);
    }
    json.hasLongNumber = heldLong;
    this.#documents.putNumber(this.#found.push([first, spans.count - first]) - 1);
    return at + 1;
  }

  /** Notes where a span has what is asked for. */
  #span(from: number): number {
    const json = this.#json;
    const bytes = this.#bytes;
    const spans = this.#spans;
    const keys = this.#keys;
    keys.begin();
    let at = json.skipSpace(from + 1);
    while (bytes[at] !== OBJECT_END) {
      const key = at;
      at = keys.pass(at);
      const field = keys.word;
      const isKept = !json.isPlain || field !== -1;
      if (field === this.#attributesField && bytes[at] === LIST) {
        at = this.#attributes(at);
      } else {
        const value = at;
        at = json.skipValue(at);
        if (isKept && !(at - value === 2 && bytes[value] === LIST && this.#silentIfEmpty.includes(field)))
          spans.put(field === -1 ? FIELD : field, field === -1 ? key : value, at);
      }
      at = json.skipComma(at, OBJECT_END);
    }
    return at + 1;
  }

  /** A list of `{ key, value }`. */
  #attributes(from: number): number {
    const json = this.#json;
    const bytes = this.#bytes;
    this.#spans.put(ATTRIBUTES, from, from);
    let at = json.skipSpace(from + 1);
    while (bytes[at] !== LIST_END) {
      const start = at;
      at = this.#attribute(start);
      if (at === -1) {
        at = json.skipValue(start);
        this.#spans.put(ENTRY, start, at);
      }
      at = json.skipComma(at, LIST_END);
    }
    return at + 1;
  }

  /**
   * Notes an attribute that somebody asks for, and finds where it ends; -1 where it is written in another way than
   * `{"key":"…","value":…}`.
   */
  #attribute(from: number): number {
    const json = this.#json;
    const bytes = this.#bytes;
    const key = this.#keyAt(from);
    if (key === -1) return -1;
    const keyEnd = json.skipKey(key);
    const { isPlain } = json;
    const value = this.#valueBehind(keyEnd);
    if (value === -1) return -1;
    const valueEnd = this.#textValue(value) ?? json.skipValue(value);
    const end = json.skipSpace(valueEnd);
    if (bytes[end] !== OBJECT_END) return -1;
    const name = isPlain ? this.#names.find(bytes, key + 1, keyEnd - 1) : -1;
    if (name !== -1) this.#spans.put(this.#firstAttribute + name, value, valueEnd);
    else if (!isPlain || this.#beginnings.beginsAt(bytes, key + 1)) this.#spans.put(ENTRY, from, end + 1);
    return end + 1;
  }

  /** Where the text of its key begins. */
  #keyAt(from: number): number {
    const json = this.#json;
    const bytes = this.#bytes;
    if (json.isAt(from, KEY_BEGINS)) return from + '{"key":'.length;
    if (bytes[from] !== OBJECT) return -1;
    const at = json.skipSpace(from + 1);
    const key = isWord(bytes, at, KEY) ? json.skipColon(at + KEY.length) : at;
    return key !== at && bytes[key] === QUOTE ? key : -1;
  }

  /** Nearly all values are texts. */
  #textValue(from: number): number | undefined {
    const json = this.#json;
    if (!json.isAt(from, TEXT_BEGINS)) return undefined;
    const end = json.skipText(from + '{"stringValue":"'.length);
    return this.#bytes[end] === OBJECT_END ? end + 1 : undefined;
  }

  #valueBehind(keyEnd: number): number {
    const json = this.#json;
    const bytes = this.#bytes;
    if (json.isAt(keyEnd, VALUE_BEGINS)) return json.skipColon(keyEnd + ',"value"'.length);
    const comma = json.skipSpace(keyEnd);
    if (bytes[comma] !== COMMA) return -1;
    const at = json.skipSpace(comma + 1);
    return isWord(bytes, at, VALUE) ? json.skipColon(at + VALUE.length) : -1;
  }

  /**
   * Puts the lists of spans, and what recurs, where their numbers stand: there and nowhere else, so no number of the
   * data is meant.
   */
  #placed(document: unknown): unknown {
    for (const envelope of Array.isArray(document) ? (document as readonly unknown[]) : [document]) {
      this.#place(envelope, 0);
      for (const wrapper of this.#wrappers) this.#place(fieldOf(envelope, wrapper), 0);
    }
    return document;
  }

  #place(holder: unknown, level: number): void {
    for (const name of this.#lists[level]!) {
      const value = fieldOf(holder, name);
      if (level === this.#lists.length - 1) {
        if (typeof value === 'number')
          setOwn(
            holder as Record<string, unknown>,
            name,
            new SpanList(this.#spans, this.#slices, ...this.#found[value]!),
          );
      } else if (Array.isArray(value)) {
        for (const each of value) this.#place(each, level + 1);
      }
    }
    if (level === 0) return;
    for (const name of this.#recurring) {
      const value = fieldOf(holder, name);
      if (typeof value === 'number') setOwn(holder as Record<string, unknown>, name, this.#distinct.value(value));
    }
  }
}

const fieldOf = (holder: unknown, name: string): unknown =>
  holder !== null && typeof holder === 'object' && Object.hasOwn(holder, name)
    ? (holder as Readonly<Record<string, unknown>>)[name]
    : undefined;

function isWord(bytes: Uint8Array, from: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at += 1) if (bytes[from + at] !== word[at]) return false;
  return true;
}
