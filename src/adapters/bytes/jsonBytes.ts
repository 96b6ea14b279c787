/** Bytes that mean something in JSON. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const LIST = 0x5b;
export const LIST_END = 0x5d;
export const OBJECT = 0x7b;
export const OBJECT_END = 0x7d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
export const ZERO = 0x30;
const NINE = 0x39;

/** Thrown where bytes are no JSON in UTF-8, or of a shape that is better read as a whole. */
export class NotScanned extends Error {}

/** Bytes that stand for themselves within a text: all of ASCII but control characters, quotes and backslashes. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH),
);
/** What may follow a backslash, but for `u`. */
const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) => Number('"\\/bfnrt'.includes(String.fromCharCode(byte))));
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[\da-fA-F]/.test(String.fromCharCode(byte))));
const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= ZERO && byte <= NINE));

/** Integers of so many digits may be more than a number holds. */
const LONG = 16;

/**
 * Steps over JSON (RFC 8259) in UTF-8 without making anything of it. Each method begins at a place and answers that
 * behind what it stepped over; what `JSON.parse` would refuse, and what is no UTF-8, throws `NotScanned`.
 */
export class JsonBytes {
  readonly bytes: Uint8Array;
  readonly #words: DataView;
  /** Where the last four bytes begin. */
  readonly #lastWord: number;
  /** Whether an integer of 16 digits or more was passed since this was last set to false. */
  hasLongNumber = false;
  /** Whether the key that `skipKey` passed last is in ASCII and without a backslash. */
  isPlain = true;
  /** The brackets around a place. */
  #open: Uint8Array = new Uint8Array(64);

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    // Subclasses, as Node's Buffer, make engines slower.
    this.bytes = new Uint8Array(buffer, byteOffset, length);
    this.#words = new DataView(buffer, byteOffset, length);
    this.#lastWord = length - 4;
  }

  /** Four bytes that stand together, of which none has another meaning than itself within a text, are passed at once. */
  #skipPlain(from: number): number {
    const { bytes } = this;
    const words = this.#words;
    const last = this.#lastWord;
    let at = from;
    while (at <= last && isPlainWord(words.getInt32(at, true))) at += 4;
    while (PLAIN[bytes[at]!] === 1) at += 1;
    return at;
  }

  /** Whether words (`wordsOf`) stand there. */
  isAt(from: number, words: Int32Array): boolean {
    if (from + 4 * words.length > this.bytes.length) return false;
    for (let at = 0; at < words.length; at += 1)
      if (this.#words.getInt32(from + 4 * at, true) !== words[at]) return false;
    return true;
  }

  hashOf(from: number, to: number): number {
    let hash = to - from;
    let at = from;
    for (; at + 4 <= to; at += 4) hash = (Math.imul(hash, 0x9e3779b1) ^ this.#words.getInt32(at, true)) | 0;
    for (; at < to; at += 1) hash = (Math.imul(hash, 31) + this.bytes[at]!) | 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  /** Whether so many bytes at two places are the same. */
  isSame(a: number, b: number, length: number): boolean {
    if (b + length > this.bytes.length) return false;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (this.#words.getInt32(a + at, true) !== this.#words.getInt32(b + at, true)) return false;
    for (; at < length; at += 1) if (this.bytes[a + at] !== this.bytes[b + at]) return false;
    return true;
  }

  skipSpace(from: number): number {
    const { bytes } = this;
    let at = from;
    let byte = bytes[at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[(at += 1)];
    return at;
  }

  /** A key from its quote to behind the other. */
  skipKey(from: number): number {
    const { bytes } = this;
    if (bytes[from] !== QUOTE) throw new NotScanned();
    const at = this.#skipPlain(from + 1);
    this.isPlain = bytes[at] === QUOTE;
    return this.isPlain ? at + 1 : this.skipText(at);
  }

  /** A text from anywhere in it to behind its closing quote. */
  skipText(from: number): number {
    const { bytes } = this;
    let at = from;
    for (;;) {
      at = this.#skipPlain(at);
      const byte = bytes[at]!;
      if (byte === QUOTE) return at + 1;
      if (byte === BACKSLASH) at = this.#skipEscape(at);
      else if (byte >= 0x80) at = this.#skipLetter(at);
      else throw new NotScanned();
    }
  }

  /** The colon behind a key and the space around it. */
  skipColon(from: number): number {
    const { bytes } = this;
    if (bytes[from] === COLON && bytes[from + 1]! > SPACE) return from + 1;
    const at = this.skipSpace(from);
    if (bytes[at] !== COLON) throw new NotScanned();
    return this.skipSpace(at + 1);
  }

  /**
   * A comma and the space around it, or only the space before the bracket that ends the list or object. Answers the
   * place of the next entry, or of the bracket.
   */
  skipComma(from: number, end: number): number {
    const { bytes } = this;
    const follows = bytes[from + 1]!;
    if (bytes[from] === COMMA && follows > SPACE && follows !== end) return from + 1;
    const at = this.skipSpace(from);
    const byte = bytes[at];
    if (byte === end) return at;
    if (byte !== COMMA) throw new NotScanned();
    const next = this.skipSpace(at + 1);
    if (bytes[next] === end) throw new NotScanned();
    return next;
  }

  /** Any value, however deep. */
  skipValue(from: number): number {
    const { bytes } = this;
    // Most values are one text, or an object that holds one.
    if (bytes[from] === QUOTE) return this.skipText(from + 1);
    if (bytes[from] === OBJECT && bytes[from + 1] === QUOTE) {
      const keyEnd = this.skipText(from + 2);
      if (bytes[keyEnd] === COLON && bytes[keyEnd + 1] === QUOTE) {
        const end = this.skipText(keyEnd + 2);
        if (bytes[end] === OBJECT_END) return end + 1;
      }
    }
    let open = this.#open;
    let depth = 0;
    let at = from;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        at = this.skipText(at + 1);
      } else if (byte === OBJECT || byte === LIST) {
        at = this.skipSpace(at + 1);
        if (bytes[at] === byte + 2) {
          at += 1;
        } else {
          if (depth === open.length) open = this.#deeper();
          open[depth] = byte;
          depth += 1;
          if (byte === OBJECT) at = this.skipField(at);
          continue;
        }
      } else {
        at = this.skipScalar(at);
      }
      for (;;) {
        if (depth === 0) return at;
        const holder = open[depth - 1]!;
        at = this.skipSpace(at);
        const next = bytes[at];
        if (next === COMMA) {
          at = this.skipSpace(at + 1);
          if (holder === OBJECT) at = this.skipField(at);
          break;
        }
        // Closing brackets stand two behind the opening ones.
        if (next !== holder + 2) throw new NotScanned();
        depth -= 1;
        at += 1;
      }
    }
  }

  #deeper(): Uint8Array {
    const deeper = new Uint8Array(2 * this.#open.length);
    deeper.set(this.#open);
    this.#open = deeper;
    return deeper;
  }

  /** A key, its colon, and the space around that. */
  skipField(from: number): number {
    if (this.bytes[from] !== QUOTE) throw new NotScanned();
    return this.skipColon(this.skipText(from + 1));
  }

  #skipEscape(from: number): number {
    const { bytes } = this;
    const byte = bytes[from + 1];
    if (ESCAPED[byte!] === 1) return from + 2;
    if (byte !== 0x75) throw new NotScanned();
    for (let at = from + 2; at < from + 6; at += 1) if (HEX[bytes[at]!] !== 1) throw new NotScanned();
    return from + 6;
  }

  /** A letter of several bytes (RFC 3629), and those behind it. */
  #skipLetter(from: number): number {
    const { bytes } = this;
    let at = from;
    for (let byte = bytes[at]!; byte >= 0x80; byte = bytes[at]!) {
      const second = bytes[at + 1]!;
      if (byte >= 0xc2 && byte <= 0xdf && isNext(second)) at += 2;
      else if (byte >= 0xe0 && byte <= 0xef && isSecondOfThree(byte, second) && isNext(bytes[at + 2])) at += 3;
      else if (isSecondOfFour(byte, second) && isNext(bytes[at + 2]) && isNext(bytes[at + 3])) at += 4;
      else throw new NotScanned();
    }
    return at;
  }

  skipScalar(from: number): number {
    const { bytes } = this;
    const first = bytes[from]!;
    if (first <= NINE) return this.#skipNumber(from);
    for (const word of WORDS)
      if (first === word[0]) {
        for (let at = 1; at < word.length; at += 1) if (bytes[from + at] !== word[at]) throw new NotScanned();
        return from + word.length;
      }
    throw new NotScanned();
  }

  #skipNumber(from: number): number {
    const { bytes } = this;
    let at = bytes[from] === 0x2d ? from + 1 : from;
    const digits = at;
    if (bytes[at] === ZERO) at += 1;
    else at = this.#skipDigits(at);
    if (at - digits >= LONG) this.hasLongNumber = true;
    if (bytes[at] === 0x2e) at = this.#skipDigits(at + 1);
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      const sign = bytes[at + 1];
      at = this.#skipDigits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
    }
    return at;
  }

  #skipDigits(from: number): number {
    const { bytes } = this;
    let at = from;
    while (DIGIT[bytes[at]!] === 1) at += 1;
    if (at === from) throw new NotScanned();
    return at;
  }
}

/** Whether each of four bytes stands for itself within a text: what is not is 0x80 or more in one of these. */
const isPlainWord = (word: number): boolean =>
  ((word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)) &
    0x80808080) ===
  0;

/** A text in ASCII as `isAt` looks for it; its length is a multiple of four. */
export const wordsOf = (text: string): Int32Array => {
  const { buffer } = new TextEncoder().encode(text);
  const words = new DataView(buffer);
  return Int32Array.from({ length: text.length / 4 }, (_, at) => words.getInt32(4 * at, true));
};

const isNext = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte <= 0xbf;
const isSecondOfThree = (first: number, second: number): boolean =>
  isNext(second) && !(first === 0xe0 && second < 0xa0) && !(first === 0xed && second > 0x9f);
const isSecondOfFour = (first: number, second: number): boolean =>
  first >= 0xf0 &&
  first <= 0xf4 &&
  isNext(second) &&
  !(first === 0xf0 && second < 0x90) &&
  !(first === 0xf4 && second > 0x8f);

const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/** Whether each of these bytes stands for itself within a text. */
export function isPlainText(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && PLAIN[bytes[at]!] === 1) at += 1;
  return at === to;
}
