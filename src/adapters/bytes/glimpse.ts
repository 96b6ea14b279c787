import { COLON, QUOTE } from './jsonBytes.ts';

/** So many bytes of a long text are left. */
const LEFT = 96;
const BACKSLASH = 0x5c;
/** What stands behind the backslash of a line feed and such. */
const SPACES: ReadonlySet<number | undefined> = new Set([0x6e, 0x72, 0x74]);

/**
 * Makes the JSON of a value with its long texts cut, without parsing it: what is left shows what sort of value it is. Texts
 * in fields of the names `whole` stay as they are. The bytes must be known to be JSON.
 */
export class Glimpses {
  readonly whole: readonly string[];
  readonly #bytes: Uint8Array;
  readonly #whole: ReadonlySet<string>;
  readonly #decoder = new TextDecoder();
  #buffer = new Uint8Array(2 ** 12);
  #length = 0;

  constructor(bytes: Uint8Array, whole: readonly string[]) {
    this.whole = whole;
    // Subclasses, as Node's Buffer, make engines slower.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#whole = new Set(whole);
  }

  text(start: number, end: number): string {
    // Without an end to it, a search for a quote that is not there goes through all that follows.
    const bytes = this.#bytes.subarray(0, end);
    this.#length = 0;
    let copied = start;
    for (let at = bytes.indexOf(QUOTE, start); at !== -1; at = bytes.indexOf(QUOTE, at)) {
      const from = at;
      at = this.#textEnd(at + 1);
      if (at - from <= LEFT || this.#staysWhole(from, start)) continue;
      this.#copy(copied, this.#cutPlace(from + 1, at - 1));
      copied = at - 1;
    }
    this.#copy(copied, end);
    return this.#decoder.decode(this.#buffer.subarray(0, this.#length));
  }

  /** Behind the quote that ends a text: most are short, and the engine finds quotes quickly in long ones. */
  #textEnd(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (const near = from + LEFT; at < near;) {
      const byte = bytes[at];
      if (byte === QUOTE) return at + 1;
      at += byte === BACKSLASH ? 2 : 1;
    }
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      let before = quote;
      while (before > at && bytes[before - 1] === BACKSLASH) before -= 1;
      if (quote === -1 || (quote - before) % 2 === 0) return quote === -1 ? bytes.length : quote + 1;
      at = quote + 1;
    }
  }

  /** Whether it is no field, or one of these names; also where its name is written so that only a parser can tell. */
  #staysWhole(text: number, start: number): boolean {
    const bytes = this.#bytes;
    const isSpace = (byte: number | undefined): boolean =>
      byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    let at = text - 1;
    while (at > start && isSpace(bytes[at])) at -= 1;
    if (bytes[at] !== COLON) return true;
    at -= 1;
    while (at > start && isSpace(bytes[at])) at -= 1;
    const keyEnd = at;
    for (at -= 1; at > start && bytes[at] !== QUOTE; at -= 1) if (bytes[at] === BACKSLASH) return true;
    return this.#whole.has(this.#decoder.decode(bytes.subarray(at + 1, keyEnd)));
  }

  /** Where a text can be cut, the space it begins with not counted: not within an escape, or a letter of several bytes. */
  #cutPlace(from: number, end: number): number {
    const bytes = this.#bytes;
    let at = from;
    let to = from + LEFT - 8;
    for (let isBegin = true; at < to;) {
      const byte = bytes[at];
      const next = bytes[at + 1];
      const length = byte === BACKSLASH ? (next === 0x75 ? 6 : 2) : 1;
      isBegin &&= byte === 0x20 || (byte === BACKSLASH && SPACES.has(next));
      if (isBegin) to = Math.min(to + length, end);
      at += length;
    }
    while ((bytes[at]! & 0xc0) === 0x80) at += 1;
    return at;
  }

  #copy(from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#buffer.length) {
      const longer = new Uint8Array(2 * length);
      longer.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = longer;
    }
    this.#buffer.set(this.#bytes.subarray(from, to), this.#length);
    this.#length = length;
  }
}
