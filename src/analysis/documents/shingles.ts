import type { Steps } from '../steps.ts';
import { wordsOf } from './words.ts';

/** Words in a run; documents with fewer are looked for as one run. */
const RUN = 8;
/** Runs that are looked for of one document, spread over all of it. */
const RUNS_AT_MOST = 512;
/** Words between two rests. */
const AT_ONCE = 2000;
const BASE = 1_000_003;

/** A run that is looked for: of which document. */
interface Wanted {
  readonly documents: number[];
}

/** Documents made ready to be looked for in any number of texts: the work on a text grows with the text alone. */
export interface DocumentSearch {
  /** How many runs of each document are looked for; 0 = it has no words. */
  readonly runs: Uint32Array;
  /** By document, how much of it the texts hold, 0 … 1. */
  sharesIn(texts: Iterable<string>): Steps<Float64Array>;
}

/**
 * Documents as runs of words (w-shingling, Broder 1997). Words that no document has end a run, so most of a text is
 * passed over. A run is known by a number made of its words, of 52 bits.
 */
export function* documentSearch(contents: readonly (string | undefined)[]): Steps<DocumentSearch> {
  const ids = new Map<string, number>();
  /** By length of the run, by its number. */
  const wanted = new Map<number, Map<number, Wanted>>();
  const runs = new Uint32Array(contents.length);
  let count = 0;
  for (const [document, content] of contents.entries()) {
    const words: number[] = [];
    for (const word of wordsOf(content ?? '')) {
      let id = ids.get(word);
      if (id === undefined) ids.set(word, (id = ids.size + 1));
      words.push(id);
      if ((count += 1) % AT_ONCE === 0) yield;
    }
    if (words.length === 0) continue;
    const length = Math.min(RUN, words.length);
    const places = words.length - length + 1;
    const every = Math.max(1, places / RUNS_AT_MOST);
    const numbers = wanted.get(length) ?? new Map<number, Wanted>();
    wanted.set(length, numbers);
    const own = new Set<number>();
    for (let at = 0; at < places; at += every) own.add(numberOf(words, Math.floor(at), length));
    // The end of a document is where it is cut off.
    own.add(numberOf(words, places - 1, length));
    for (const number of own) {
      const found = numbers.get(number);
      if (found) found.documents.push(document);
      else numbers.set(number, { documents: [document] });
    }
    runs[document] = own.size;
    yield;
  }
  return {
    runs,
    *sharesIn(texts) {
      const found = new Set<Wanted>();
      /** The last words that documents have too, in a ring. */
      const ring = new Int32Array(RUN);
      let read = 0;
      for (const text of texts) {
        let known = 0;
        for (const word of wordsOf(text)) {
          if ((read += 1) % AT_ONCE === 0) yield;
          const id = ids.get(word);
          if (id === undefined) {
            known = 0;
            continue;
          }
          ring[read % RUN] = id;
          known += 1;
          for (const [length, numbers] of wanted) {
            if (known < length) continue;
            const run = numbers.get(numberInRing(ring, read, length));
            if (run) found.add(run);
          }
        }
      }
      const counts = new Float64Array(runs.length);
      for (const { documents } of found) for (const document of documents) counts[document]! += 1;
      return counts.map((hits, document) => (runs[document] === 0 ? 0 : hits / runs[document]!));
    },
  };
}

/** Two numbers of 26 bits side by side. */
class Rolling {
  low = 0;
  high = 0;
  add(id: number): void {
    this.low = (Math.imul(this.low, BASE) + id) | 0;
    this.high = (Math.imul(this.high, 69_069) ^ (id + (this.high >>> 15))) | 0;
  }
  get number(): number {
    return (this.low >>> 6) * 0x400_0000 + (this.high >>> 6);
  }
}

function numberOf(words: readonly number[], from: number, length: number): number {
  const rolling = new Rolling();
  for (let at = from; at < from + length; at += 1) rolling.add(words[at]!);
  return rolling.number;
}

function numberInRing(ring: Int32Array, last: number, length: number): number {
  const rolling = new Rolling();
  for (let at = last - length + 1; at <= last; at += 1) rolling.add(ring[((at % RUN) + RUN) % RUN]!);
  return rolling.number;
}
