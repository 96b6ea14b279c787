/** The bytes of an input, of which single records are looked at again and again. */
export class HeldBytes {
  #bytes: Uint8Array;
  /** Where pieces stand in `#bytes`, where what repeats is held once; null = all stands where it came. */
  #pieces: Pieces | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** As they came; null once what repeats is held once. */
  get whole(): Uint8Array | null {
    return this.#pieces ? null : this.#bytes;
  }

  /** How many are held. */
  get size(): number {
    return this.#bytes.length;
  }

  /** Those from one place up to another. Not to be changed. */
  part(from: number, to: number): Uint8Array {
    if (!this.#pieces) return this.#bytes.subarray(from, to);
    const { ends, places } = this.#pieces;
    const part = new Uint8Array(to - from);
    let piece = pieceAt(ends, from);
    for (let at = from; at < to; piece += 1) {
      const start = piece === 0 ? 0 : ends[piece - 1]!;
      const end = Math.min(ends[piece]!, to);
      part.set(this.#bytes.subarray(places[piece]! + at - start, places[piece]! + end - start), at - from);
      at = end;
    }
    return part;
  }

  /** From now on these are held instead: what a place has been asked for stays where it was. */
  holdOnce(bytes: Uint8Array, pieces: Pieces): void {
    this.#bytes = bytes;
    this.#pieces = pieces;
  }
}

/** Bytes in pieces, of which those that are the same have one place. */
export interface Pieces {
  /** Where each ends, of all that there were. */
  readonly ends: Uint32Array;
  /** Where each begins, of those that are held. */
  readonly places: Uint32Array;
}

/** The first piece that ends behind a place. */
function pieceAt(ends: Uint32Array, place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
