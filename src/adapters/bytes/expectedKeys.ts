import { COLON, type JsonBytes } from './jsonBytes.ts';
import type { KnownWords } from './knownWords.ts';

/** So many keys are remembered. */
const REMEMBERED = 64;
/** In the place of a key: none before, or none known. */
const NONE = 0;

/**
 * Passes the keys of objects that are written alike. Behind each key mostly comes the one that came behind it before:
 * to compare with that is quicker than to look where a key ends, and which it is.
 */
export class ExpectedKeys {
  /** Which of the words was passed last; -1 = none of them. */
  word = -1;
  readonly #json: JsonBytes;
  readonly #words: KnownWords;
  /** Where a key was seen, with its quotes and its colon, and which word it is. */
  readonly #starts = new Float64Array(REMEMBERED);
  readonly #lengths = new Uint32Array(REMEMBERED);
  readonly #numbers = new Int32Array(REMEMBERED);
  /** Which came behind each. */
  readonly #next = new Uint8Array(REMEMBERED);
  #count = 1;
  #last = NONE;

  constructor(json: JsonBytes, words: KnownWords) {
    this.#json = json;
    this.#words = words;
  }

  begin(): void {
    this.#last = NONE;
  }

  /** From a quote to where the value begins. `isPlain` of the bytes tells of the key as that of `skipKey` does. */
  pass(from: number): number {
    const json = this.#json;
    const expected = this.#next[this.#last]!;
    const end = from + this.#lengths[expected]!;
    if (expected === NONE || !json.isSame(this.#starts[expected]!, from, end - from)) return this.#passOther(from);
    this.#last = expected;
    this.word = this.#numbers[expected]!;
    json.isPlain = true;
    return json.skipSpace(end);
  }

  #passOther(from: number): number {
    const json = this.#json;
    const keyEnd = json.skipKey(from);
    this.word = json.isPlain ? this.#words.find(json.bytes, from + 1, keyEnd - 1) : -1;
    const value = json.skipColon(keyEnd);
    if (json.isPlain && json.bytes[keyEnd] === COLON)
      this.#last = this.#next[this.#last] = this.#numberOf(from, keyEnd + 1);
    else this.#last = NONE;
    return value;
  }

  #numberOf(from: number, to: number): number {
    const length = to - from;
    for (let key = 1; key < this.#count; key += 1)
      if (this.#lengths[key] === length && this.#json.isSame(this.#starts[key]!, from, length)) return key;
    if (this.#count === REMEMBERED) return NONE;
    const key = this.#count;
    this.#count += 1;
    this.#starts[key] = from;
    this.#lengths[key] = length;
    this.#numbers[key] = this.word;
    return key;
  }
}
