import { parseExactJson } from '../text/jsonBody.ts';
import { COMMA, LIST, LIST_END, ZERO } from './jsonBytes.ts';

/** So many bytes are parsed at once: what comes of them is forgotten before the engine moves it to the old ones. */
const CHUNK = 2 ** 18;

interface Chunk {
  /** Number of its first value. */
  readonly first: number;
  readonly text: Uint8Array;
  readonly hasLongNumbers: boolean;
}

/** Values in the order in which they were written, as JSON in bytes; some hundred are parsed at a time. */
export class ChunkedValues {
  count = 0;
  readonly #chunks: Chunk[] = [];
  #buffer = new Uint8Array(CHUNK + CHUNK / 4);
  #length = 0;
  #first = 0;
  #hasLongNumbers = false;
  #held: { readonly chunk: Chunk; readonly values: readonly unknown[] } | undefined;

  put(byte: number): void {
    if (this.#length === this.#buffer.length) this.#grow(1);
    this.#buffer[this.#length] = byte;
    this.#length += 1;
  }

  copy(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (this.#length + length > this.#buffer.length) this.#grow(length);
    const buffer = this.#buffer;
    let at = this.#length;
    // Most are short, for which a loop is quicker than a call.
    if (length > 200) buffer.set(bytes.subarray(from, to), at);
    else for (let place = from; place < to; place += 1) buffer[at++] = bytes[place]!;
    this.#length += length;
  }

  /** A whole number from 0 on, in its digits. */
  putNumber(number: number): void {
    let power = 1;
    while (number >= 10 * power) power *= 10;
    for (; power >= 1; power /= 10) this.put(ZERO + (Math.floor(number / power) % 10));
  }

  begin(): void {
    this.put(this.#length === 0 ? LIST : COMMA);
  }

  end(hasLongNumbers: boolean): void {
    this.count += 1;
    if (hasLongNumbers) this.#hasLongNumbers = true;
    if (this.#length > CHUNK) this.finish();
  }

  /** Nothing more is written. */
  finish(): void {
    if (this.#length === 0) return;
    this.put(LIST_END);
    this.#chunks.push({
      first: this.#first,
      text: this.#buffer.slice(0, this.#length),
      hasLongNumbers: this.#hasLongNumbers,
    });
    this.#first = this.count;
    this.#length = 0;
    this.#hasLongNumbers = false;
  }

  /** They are mostly asked for one after the other. */
  value(number: number): unknown {
    let held = this.#held;
    if (!held || number < held.chunk.first || number >= held.chunk.first + held.values.length) {
      const chunk = this.#chunkOf(number);
      held = this.#held = { chunk, values: parseBytes(chunk.text, chunk.hasLongNumbers) as readonly unknown[] };
    }
    return held.values[number - held.chunk.first];
  }

  #chunkOf(number: number): Chunk {
    let [low, high] = [0, this.#chunks.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#chunks[middle]!.first <= number) low = middle;
      else high = middle;
    }
    return this.#chunks[low]!;
  }

  #grow(by: number): void {
    const grown = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + by));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}

/** The value of bytes that are known to be JSON. `mayRound` = it may hold integers that no number can. */
export function parseBytes(bytes: Uint8Array, mayRound: boolean): unknown {
  const text = new TextDecoder().decode(bytes);
  return mayRound ? parseExactJson(text) : (JSON.parse(text) as unknown);
}
