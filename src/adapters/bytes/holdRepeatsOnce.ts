import type { HeldBytes } from '../content/heldBytes.ts';
import { JsonBytes } from './jsonBytes.ts';

/** Pieces have some thousand bytes: long enough that knowing where they are costs little, and shorter than most prompts. */
const LEAST = 2 ** 8;
const MOST = 2 ** 14;
const USUAL_BITS = 10;
/** Bytes after which the caller may rest. */
const STRIDE = 2 ** 20;
/** Of so many bytes a tenth has to repeat, or no more of them are looked at. */
const TRIED = 2 ** 25;
/** What does not save an eighth stays as it came. */
const WORTH = 8;
/** Places are numbers of 32 bits. */
const FARTHEST = 2 ** 32 - 1;
/** Different pieces may be made to look alike: so many are compared. */
const PROBES = 8;

/**
 * Calls of an agent repeat all that was said before: what repeats among bytes is held once. Where it begins shows in the
 * bytes themselves (content-defined chunking: Muthitacharoen et al., LBFS, 2001; the gear hash of Xia et al., Ddelta,
 * 2014), so that it is found wherever it stands. Nothing that is read of them changes. Rests now and then.
 */
export function* holdRepeatsOnce(held: HeldBytes): Generator<void, void> {
  const bytes = held.whole;
  if (!bytes || bytes.length < 2 * LEAST || bytes.length > FARTHEST) return;
  const found = yield* findRepeats(bytes);
  if (!found) return;
  const { ends, first, repeated } = found;
  const once = new Uint8Array(bytes.length - repeated);
  const places = first;
  let length = 0;
  for (let piece = 0, rested = 0; piece < ends.length; piece += 1) {
    const start = piece === 0 ? 0 : ends[piece - 1]!;
    if (first[piece] === piece) {
      places[piece] = length;
      once.set(bytes.subarray(start, ends[piece]), length);
      length += ends[piece]! - start;
    } else {
      places[piece] = places[first[piece]!]!;
    }
    if (start - rested < STRIDE) continue;
    rested = start;
    yield;
  }
  held.holdOnce(once, { ends, places });
}

interface Repeats {
  readonly ends: Uint32Array<ArrayBuffer>;
  /** By piece, the first that is the same. */
  readonly first: Uint32Array<ArrayBuffer>;
  /** Bytes that were there before. */
  readonly repeated: number;
}

/** Null where little repeats. */
function* findRepeats(bytes: Uint8Array): Generator<void, Repeats | null> {
  const known = new KnownPieces(bytes);
  let repeated = 0;
  let rested = 0;
  let tried = TRIED;
  for (let start = 0; start < bytes.length;) {
    const end = endOfPiece(bytes, start);
    if (!known.add(start, end)) repeated += end - start;
    start = end;
    if (start >= tried) {
      if (repeated < start / 10) return null;
      tried += TRIED;
    }
    if (start - rested < STRIDE) continue;
    rested = start;
    yield;
  }
  return repeated * WORTH < bytes.length ? null : { ...known.list(), repeated };
}

const GEAR = Int32Array.from({ length: 256 }, (_, byte) => {
  let mixed = Math.imul(byte + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
});

function endOfPiece(bytes: Uint8Array, start: number): number {
  const last = Math.min(start + MOST, bytes.length);
  let hash = 0;
  for (let at = start + LEAST; at < last; at += 1) {
    hash = ((hash << 1) + GEAR[bytes[at]!]!) | 0;
    if (hash >>> (32 - USUAL_BITS) === 0) return at;
  }
  return last;
}

/** Pieces by what stands in them. */
class KnownPieces {
  readonly #json: JsonBytes;
  #ends = new Uint32Array(1024);
  #first = new Uint32Array(1024);
  #hashes = new Int32Array(1024);
  #count = 0;
  /** A table of open addresses of those that are first of their kind, by their numbers plus one. */
  #table = new Uint32Array(4096);

  constructor(bytes: Uint8Array) {
    this.#json = new JsonBytes(bytes);
  }

  /** Whether it is the first of its kind. */
  add(start: number, end: number): boolean {
    const piece = this.#count;
    if (piece === this.#ends.length) this.#grow();
    const hash = this.#json.hashOf(start, end);
    this.#ends[piece] = end;
    this.#hashes[piece] = hash;
    this.#count += 1;
    const place = this.#placeOf(hash, start, end);
    const same = this.#table[place] === 0 ? piece : this.#table[place]! - 1;
    const isNew = same === piece || !this.#isSame(same, start, end);
    if (same === piece) this.#table[place] = piece + 1;
    this.#first[piece] = isNew ? piece : same;
    return isNew;
  }

  list(): Pick<Repeats, 'ends' | 'first'> {
    return { ends: this.#ends.slice(0, this.#count), first: this.#first.slice(0, this.#count) };
  }

  /** Where the same stands, or a free place, or one of another where there are many that look alike. */
  #placeOf(hash: number, start: number, end: number): number {
    const mask = this.#table.length - 1;
    let place = hash & mask;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const there = this.#table[place]!;
      if (there === 0 || (this.#hashes[there - 1] === hash && this.#isSame(there - 1, start, end))) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #isSame(piece: number, start: number, end: number): boolean {
    const from = piece === 0 ? 0 : this.#ends[piece - 1]!;
    return this.#ends[piece]! - from === end - start && this.#json.isSame(from, start, end - start);
  }

  #grow(): void {
    this.#ends = twice(this.#ends, Uint32Array);
    this.#first = twice(this.#first, Uint32Array);
    this.#hashes = twice(this.#hashes, Int32Array);
    this.#table = new Uint32Array(4 * this.#ends.length);
    const mask = this.#table.length - 1;
    for (let piece = 0; piece < this.#count; piece += 1) {
      if (this.#first[piece] !== piece) continue;
      let place = this.#hashes[piece]! & mask;
      for (let probe = 0; probe < PROBES && this.#table[place] !== 0; probe += 1) place = (place + 1) & mask;
      if (this.#table[place] === 0) this.#table[place] = piece + 1;
    }
  }
}

function twice<List extends Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  list: List,
  Type: new (length: number) => List,
): List {
  const longer = new Type(2 * list.length);
  longer.set(list);
  return longer;
}
