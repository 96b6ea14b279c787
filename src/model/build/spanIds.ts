/** The ids of all spans of a trace, by index. */
export interface SpanIds {
  readonly length: number;
  at(index: number): string;
}

const DIGITS = 16;
const HEX = /^[\da-f]{16}$/;

/** Ids of OpenTelemetry take eight bytes each; what has another form is kept as text. */
export class PackedIds implements SpanIds {
  readonly length: number;
  /** Two halves of each id. */
  readonly halves: Uint32Array;
  readonly others: ReadonlyMap<number, string>;

  constructor({ length, halves, others }: Pick<PackedIds, 'length' | 'halves' | 'others'>) {
    this.length = length;
    this.halves = halves;
    this.others = others;
  }

  at(index: number): string {
    return this.others.get(index) ?? hex(this.halves[2 * index]!) + hex(this.halves[2 * index + 1]!);
  }
}

const hex = (half: number): string => half.toString(16).padStart(DIGITS / 2, '0');

export function packIds(ids: readonly string[]): PackedIds {
  const halves = new Uint32Array(2 * ids.length);
  const others = new Map<number, string>();
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index]!;
    if (HEX.test(id)) {
      halves[2 * index] = Number.parseInt(id.slice(0, DIGITS / 2), 16);
      halves[2 * index + 1] = Number.parseInt(id.slice(DIGITS / 2), 16);
    } else {
      others.set(index, id);
    }
  }
  return new PackedIds({ length: ids.length, halves, others });
}
