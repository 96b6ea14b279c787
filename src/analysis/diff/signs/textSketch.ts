import { scramble } from './hashing.ts';

/**
 * Numbers that stand for one text: the smallest hash of a run of three words in each of so many classes
 * (one-permutation MinHash, Li, Owen, Zhang 2012).
 */
export const SKETCH = 16;

/**
 * Read of a long text: its beginning and its end. The end of a growing list of messages is what tells one model call
 * from the next.
 */
const HEAD = 700;
const TAIL = 300;
/** Classes kept for the beginning of a long text. */
const HEAD_BINS = 6;

/** What no run of words fell into. */
export const NOTHING = 0;

/**
 * Fills `sketch[at … at + SKETCH)`. Texts that share runs of words share numbers, about as large a part of them as of
 * the runs. A word is a run of letters and digits; in scripts without spaces each letter is one.
 */
export function sketchText(text: string, sketch: Int32Array, at: number): void {
  const { length } = text;
  if (length === 0) return;
  if (length <= HEAD + TAIL) {
    sketchStretch(text, 0, length, sketch, at, SKETCH);
  } else {
    sketchStretch(text, 0, HEAD, sketch, at, HEAD_BINS);
    sketchStretch(text, length - TAIL, length, sketch, at + HEAD_BINS, SKETCH - HEAD_BINS);
  }
}

function sketchStretch(text: string, from: number, to: number, sketch: Int32Array, at: number, bins: number): void {
  let before = 0;
  let last = 0;
  let word = 0;
  let words = 0;
  for (let place = from; place <= to; place += 1) {
    const code = place < to ? text.charCodeAt(place) : 32;
    if (isLetter(code)) {
      word = Math.imul(word ^ lower(code), 0x01000193) + 1;
      if (code < 0x2e80) continue;
    }
    if (word === 0) continue;
    words += 1;
    if (words >= 3)
      keepSmallest(scramble(Math.imul(before, 31) ^ Math.imul(last, 0x9e3779b1) ^ word), sketch, at, bins);
    before = last;
    last = word;
    word = 0;
  }
  // Too short for a run: what there is stands for it.
  if (words > 0 && words < 3)
    keepSmallest(scramble(Math.imul(before, 31) ^ Math.imul(last, 0x9e3779b1)), sketch, at, bins);
}

function keepSmallest(hash: number, sketch: Int32Array, at: number, bins: number): void {
  const slot = at + (((hash >>> 16) * bins) >>> 16);
  const value = hash === NOTHING ? 1 : hash;
  // The low bits decide, so that the order within a class does not depend on the class.
  if (sketch[slot] === NOTHING || Math.imul(value, 0x85ebca6b) >>> 0 < Math.imul(sketch[slot]!, 0x85ebca6b) >>> 0)
    sketch[slot] = value;
}

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code >= 0xc0;
const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** 0 … 1: how much of two texts is the same. -1 where one is too short to say. */
export function sketchLikeness(x: Int32Array, atX: number, y: Int32Array, atY: number): number {
  let equal = 0;
  let known = 0;
  for (let bin = 0; bin < SKETCH; bin += 1) {
    const value = x[atX + bin]!;
    const other = y[atY + bin]!;
    if (value === NOTHING && other === NOTHING) continue;
    known += 1;
    if (value === other) equal += 1;
  }
  return known === 0 ? -1 : equal / known;
}
