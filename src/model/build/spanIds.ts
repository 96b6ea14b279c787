import { remains } from './remains.ts';

/** The ids of all spans of a trace, by index. */
export interface SpanIds {
  readonly length: number;
  at(index: number): string;
  readonly packed: PackedIds['packed'];
  /** The first span that has an id, -1 = none has; left out where that takes a look through all. */
  indexOf?(id: string): number;
}

const DIGITS = 16;

/** Ids of OpenTelemetry take eight bytes each; what has another form is kept as text. */
export class PackedIds implements SpanIds {
  readonly length: number;
  /** Two halves of each id. */
  readonly #halves: Uint32Array;
  readonly #others: Map<number, string>;

  /** For so many, each of which is to be `set`, or was, where they are `packed` already. */
  constructor(length: number, packed?: PackedIds['packed']) {
    this.length = length;
    this.#halves = packed?.halves ?? new Uint32Array(2 * length);
    this.#others = packed?.others ?? new Map();
  }

  /** All of them, as plain data. */
  get packed(): { readonly halves: Uint32Array; readonly others: Map<number, string> } {
    return { halves: this.#halves, others: this.#others };
  }

  set(index: number, id: string): void {
    const first = id.length === DIGITS ? halfOfId(id, 0) : -1;
    const second = first === -1 ? -1 : halfOfId(id, DIGITS / 2);
    if (second === -1) this.#others.set(index, id);
    else this.setHalves(index, first, second);
  }

  setHalves(index: number, first: number, second: number): void {
    this.#halves[2 * index] = first;
    this.#halves[2 * index + 1] = second;
  }

  at(index: number): string {
    const other = this.#others.size > 0 ? this.#others.get(index) : undefined;
    return other ?? idOfHalves(this.#halves[2 * index]!, this.#halves[2 * index + 1]!);
  }
}

remains(new PackedIds(0));

/** Eight digits of an id as a number; -1 where they are no lower-case hexadecimal. */
export function halfOfId(id: string, from: number): number {
  let half = 0;
  for (let at = from; at < from + DIGITS / 2; at += 1) {
    const code = id.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) half = half * 16 + code - 0x30;
    else if (code >= 0x61 && code <= 0x66) half = half * 16 + code - 0x57;
    else return -1;
  }
  return half;
}

export const idOfHalves = (first: number, second: number): string => hex(first) + hex(second);

const hex = (half: number): string => half.toString(16).padStart(DIGITS / 2, '0');
