/** The ids of all spans of a trace, by index. */
export interface SpanIds {
  readonly length: number;
  at(index: number): string;
  readonly packed: PackedIds['packed'];
}

const DIGITS = 16;
const HEX = /^[\da-f]{16}$/;

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
    if (HEX.test(id)) {
      this.#halves[2 * index] = Number.parseInt(id.slice(0, DIGITS / 2), 16);
      this.#halves[2 * index + 1] = Number.parseInt(id.slice(DIGITS / 2), 16);
    } else {
      this.#others.set(index, id);
    }
  }

  at(index: number): string {
    const other = this.#others.size > 0 ? this.#others.get(index) : undefined;
    return other ?? hex(this.#halves[2 * index]!) + hex(this.#halves[2 * index + 1]!);
  }
}

const hex = (half: number): string => half.toString(16).padStart(DIGITS / 2, '0');
