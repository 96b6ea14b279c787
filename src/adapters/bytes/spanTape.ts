import { setOwn } from '../../model/ownValue.ts';
import type { Values } from '../content/spanList.ts';
import { instantOf, type Instant } from '../../model/time.ts';
import { parseExactJson } from '../text/jsonBody.ts';
import { isPlainText, JsonBytes, QUOTE, ZERO } from './jsonBytes.ts';
import type { KnownWords } from './knownWords.ts';

/** What stands in the place of the number of a field or attribute where it has none. */
export const ATTRIBUTES = 0xffffffff;
export const ENTRY = 0xfffffffe;
export const FIELD = 0xfffffffd;
export const NO_SPAN = 0xfffffffc;

/** How the text of a field is read, where there are quicker ways than for any. */
export interface TextForms {
  /** Whole nanoseconds since 1970 in decimal. */
  readonly times: readonly string[];
  /** Nearly no two are the same. */
  readonly ids: readonly string[];
}

/**
 * What of the spans among bytes is asked for: for each field and attribute its number and where its value begins and ends. Only
 * while a span is read are its values made; those that recur are made once.
 */
export class SpanTape implements Values {
  count = 0;
  readonly #fields: readonly string[];
  readonly #attributes: readonly string[];
  readonly #forms: Uint8Array;
  readonly #values: BytesValues;
  /** Where the entries of each span end. */
  #ends = new Uint32Array(64);
  #entries: Uint32Array;
  #length = 0;

  constructor(bytes: Uint8Array, fields: KnownWords, attributes: KnownWords, { times, ids }: TextForms) {
    this.#fields = fields.list;
    this.#attributes = attributes.list;
    this.#forms = Uint8Array.from(
      fields.list,
      (name) => (times.includes(name) && TIME) || (ids.includes(name) ? ID : 0),
    );
    this.#values = new BytesValues(bytes);
    this.#entries = new Uint32Array(3 * (1 + Math.ceil(bytes.length / BYTES_OF_ENTRY)));
  }

  /** Of the span that is not ended yet: the number of a field, or of an attribute behind all fields. */
  put(number: number, from: number, to: number): void {
    if (this.#length === this.#entries.length) this.#entries = twice(this.#entries);
    this.#entries[this.#length] = number;
    this.#entries[this.#length + 1] = from;
    this.#entries[this.#length + 2] = to;
    this.#length += 3;
  }

  end(): void {
    if (this.count === this.#ends.length) this.#ends = twice(this.#ends);
    this.#ends[this.count] = this.#length;
    this.count += 1;
  }

  value(number: number): unknown {
    const entries = this.#entries;
    const values = this.#values;
    const end = this.#ends[number]!;
    const span: Record<string, unknown> = {};
    let attributes: unknown[] = [];
    for (let entry = number === 0 ? 0 : this.#ends[number - 1]!; entry < end; entry += 3) {
      const what = entries[entry]!;
      const from = entries[entry + 1]!;
      const to = entries[entry + 2]!;
      if (what < this.#fields.length) {
        setOwn(span, this.#fields[what]!, values.ofForm(this.#forms[what]!, from, to));
      } else if (what < FIELD) {
        if (what === NO_SPAN) return values.value(from, to);
        attributes.push({ key: this.#attributes[what - this.#fields.length], value: values.value(from, to) });
      } else if (what === ATTRIBUTES) {
        span['attributes'] = attributes = [];
      } else if (what === ENTRY) {
        attributes.push(values.value(from, to));
      } else {
        values.setField(span, from, to);
      }
    }
    return span;
  }
}

function twice(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * list.length);
  longer.set(list);
  return longer;
}

/** Most inputs have an entry in so many bytes or more: room that is not filled costs nothing, and what grows is copied. */
const BYTES_OF_ENTRY = 96;
const TIME = 1;
const ID = 2;

/** Texts and small structures of so many bytes are looked for among those that were made before. */
const SHORT = 250;
/** So many of them are remembered, of a small input fewer. */
const REMEMBERED = 2 ** 13;
const SMALL = 2 ** 18;
const ID_DIGITS = 16;
const TIME_DIGITS = 19;
const SECONDS_DIGITS = 10;

/** Makes values of bytes that are known to be JSON. What it gives is not to be changed, as it gives it again. */
class BytesValues {
  readonly #bytes: Uint8Array;
  readonly #json: JsonBytes;
  readonly #decoder = new TextDecoder();
  readonly #starts: Float64Array;
  readonly #lengths: Uint8Array;
  readonly #made: unknown[];

  constructor(bytes: Uint8Array) {
    const size = bytes.length < SMALL ? REMEMBERED / 64 : REMEMBERED;
    this.#bytes = bytes;
    this.#json = new JsonBytes(bytes);
    this.#starts = new Float64Array(size);
    this.#lengths = new Uint8Array(size);
    this.#made = Array.from({ length: size }, () => undefined);
  }

  ofForm(form: number, from: number, to: number): unknown {
    if (form === TIME) return this.#time(from, to) ?? this.value(from, to);
    return (form === ID ? this.#id(from) : undefined) ?? this.value(from, to);
  }

  /** The value that stands there. */
  value(from: number, to: number): unknown {
    const json = this.#json;
    const length = to - from;
    if (length > SHORT) return this.#parsed(from, to);
    const place = json.hashOf(from, to) & (this.#lengths.length - 1);
    if (this.#lengths[place] === length && json.isSame(this.#starts[place]!, from, length)) return this.#made[place];
    this.#starts[place] = from;
    this.#lengths[place] = length;
    return (this.#made[place] = this.#parsed(from, to));
  }

  /** A field from its key on, however that is written. */
  setField(object: Record<string, unknown>, from: number, to: number): void {
    const keyEnd = this.#json.skipKey(from);
    setOwn(object, this.#parsed(from, keyEnd) as string, this.value(this.#json.skipColon(keyEnd), to));
  }

  #parsed(from: number, to: number): unknown {
    const text = this.#decoder.decode(this.#bytes.subarray(from, to));
    this.#json.hasLongNumber = false;
    this.#json.skipValue(from);
    if (!this.#json.hasLongNumber) return JSON.parse(text) as unknown;
    // Integers keep their digits where they are fields.
    return (parseExactJson(`{"":${text}}`) as { readonly '': unknown })[''];
  }

  /** A text of digits, or a number; undefined for what is no ordinary time. */
  #time(from: number, to: number): Instant | undefined {
    const bytes = this.#bytes;
    const before = bytes[from] === QUOTE ? from : from - 1;
    const digits = before === from ? to - from - 2 : to - from;
    if (digits !== TIME_DIGITS || bytes[before + 1] === ZERO) return undefined;
    let seconds = 0;
    let nanos = 0;
    for (let at = 1; at <= TIME_DIGITS; at += 1) {
      const digit = bytes[before + at]! - ZERO;
      if (digit < 0 || digit > 9) return undefined;
      if (at <= SECONDS_DIGITS) seconds = seconds * 10 + digit;
      else nanos = nanos * 10 + digit;
    }
    return instantOf(seconds, nanos, false);
  }

  /** A text of sixteen letters; undefined for any other value. */
  #id(from: number): string | undefined {
    const b = this.#bytes;
    const at = from + 1;
    if (b[from] !== QUOTE || b[at + ID_DIGITS] !== QUOTE || !isPlainText(b, at, at + ID_DIGITS)) return undefined;
    // Written out, this is several times as quick as any loop.
    // oxfmt-ignore
    return String.fromCharCode(
      b[at]!, b[at + 1]!, b[at + 2]!, b[at + 3]!, b[at + 4]!, b[at + 5]!, b[at + 6]!, b[at + 7]!,
      b[at + 8]!, b[at + 9]!, b[at + 10]!, b[at + 11]!, b[at + 12]!, b[at + 13]!, b[at + 14]!, b[at + 15]!,
    );
  }
}
