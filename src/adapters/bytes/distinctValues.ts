import { parseBytes } from './chunkedValues.ts';
import type { JsonBytes } from './jsonBytes.ts';

/**
 * Values among bytes that are known to be JSON, of which the same come again and again: those that are written alike are
 * one, which is parsed once, when it is asked for.
 */
export class DistinctValues {
  readonly #json: JsonBytes;
  readonly #places: { readonly from: number; readonly to: number; readonly mayRound: boolean }[] = [];
  readonly #made: unknown[] = [];
  /** The last one whose bytes have this hash: that two have one is so rare that both are then made anew. */
  readonly #byHash = new Map<number, number>();

  constructor(json: JsonBytes) {
    this.#json = json;
  }

  /** `mayRound` = it may hold integers that no number can. */
  number(from: number, to: number, mayRound: boolean): number {
    const hash = this.#json.hashOf(from, to);
    const known = this.#byHash.get(hash);
    if (known !== undefined && this.#isAt(known, from, to)) return known;
    const number = this.#places.push({ from, to, mayRound }) - 1;
    this.#byHash.set(hash, number);
    return number;
  }

  value(number: number): unknown {
    if (number in this.#made) return this.#made[number];
    const { from, to, mayRound } = this.#places[number]!;
    return (this.#made[number] = parseBytes(this.#json.bytes.subarray(from, to), mayRound));
  }

  #isAt(number: number, from: number, to: number): boolean {
    const place = this.#places[number]!;
    return place.to - place.from === to - from && this.#json.isSame(place.from, from, to - from);
  }
}
