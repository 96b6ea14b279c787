const MASK = 0xfff;

/** Words in ASCII that are found among bytes without making a text of these. */
export class KnownWords {
  readonly list: readonly string[];
  /** The letters of all words, one after the other, and where those of each begin. */
  readonly #letters: Uint8Array;
  readonly #starts: Uint32Array;
  /** By hash the number of a word, and by number that of the next with the same hash; each one more than it is. */
  readonly #first = new Uint16Array(MASK + 1);
  readonly #next: Uint16Array;
  /** Where, by how a place begins, one of the words may stand. */
  readonly #begins = new Uint8Array(MASK + 1);
  /** As many letters as all words have. */
  readonly #shortest: number;

  constructor(words: Iterable<string>) {
    this.list = [...new Set(words)];
    this.#letters = new TextEncoder().encode(this.list.join(''));
    this.#starts = new Uint32Array(this.list.length + 1);
    this.#next = new Uint16Array(this.list.length);
    let start = 0;
    for (const [number, { length }] of this.list.entries()) {
      this.#starts[number + 1] = start + length;
      const hash = hashOf(this.#letters, start, start + length);
      this.#next[number] = this.#first[hash]!;
      this.#first[hash] = number + 1;
      start += length;
    }
    this.#shortest = Math.min(...this.list.map(({ length }) => length));
    for (const begin of this.#starts.subarray(0, -1)) this.#begins[this.#beginningOf(this.#letters, begin)] = 1;
  }

  /** Which word stands there; -1 for none of them. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    let number = this.#first[hashOf(bytes, from, to)]! - 1;
    while (number !== -1 && !(this.list[number]!.length === length && this.#isAt(number, bytes, from)))
      number = this.#next[number]! - 1;
    return number;
  }

  /** Whether what stands there begins with one of the words. */
  beginsAt(bytes: Uint8Array, from: number): boolean {
    if (this.#begins[this.#beginningOf(bytes, from)] === 0) return false;
    for (let number = 0; number < this.#next.length; number += 1) if (this.#isAt(number, bytes, from)) return true;
    return false;
  }

  /** Of three of the letters that every word has. */
  #beginningOf(bytes: Uint8Array, from: number): number {
    const last = this.#shortest - 1;
    if (last < 0) return 0;
    const inside = Math.imul(bytes[from + (last >> 1)]!, 31) + bytes[from + last]!;
    return (Math.imul(bytes[from]!, 61) + Math.imul(inside, 7)) & MASK;
  }

  #isAt(number: number, bytes: Uint8Array, from: number): boolean {
    const letters = this.#letters;
    const end = this.#starts[number + 1]!;
    let at = from;
    for (let letter = this.#starts[number]!; letter < end; letter += 1, at += 1)
      if (bytes[at] !== letters[letter]) return false;
    return true;
  }
}

/** Of the length and four of the letters, in which words mostly differ. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0) return 0;
  const begin = Math.imul(length, 31) + bytes[from]!;
  const inside = Math.imul(bytes[from + (length >> 1)]!, 31) + bytes[from + ((3 * length) >> 2)]!;
  return (Math.imul(begin, 61) + Math.imul(inside, 7) + bytes[to - 1]!) & MASK;
}
