import { isObject, type Fields } from '../../conventions/json.ts';
import { HeldBytes } from './heldBytes.ts';
import type { SpanRecord } from '../types.ts';
import { parseJson } from '../text/jsonBody.ts';

/** What of a record is read again when somebody opens its span. */
export type SliceReader = (source: Fields) => Pick<SpanRecord, 'attributes' | 'events' | 'links'>;

/** A record, and what of it a span is made of. `content` where that is another for each. */
export type SliceParts = Pick<SpanRecord, 'source' | 'sources' | 'attributes' | 'events' | 'links' | 'content'>;

/** Records among bytes, by number. */
export interface SliceTable {
  /** What they stand in. */
  readonly inputs: readonly HeldBytes[];
  source(number: number): object;
  parts(number: number): SliceParts;
  /** Those of these numbers in this order. */
  picked(numbers: Uint32Array): SliceTable;
}

const NOTHING: Fields = {};
const NO_PLACES = { starts: new Float64Array(), lengths: new Uint32Array() };

/** Where records stand among the bytes of an input, which are kept as they came: nothing else is held of them. */
export class Slices implements SliceTable {
  readonly held: HeldBytes;
  readonly read: SliceReader;
  count = 0;
  #starts: Float64Array;
  #lengths: Uint32Array;

  constructor(
    held: HeldBytes,
    read: SliceReader,
    places: { readonly starts: Float64Array; readonly lengths: Uint32Array } = NO_PLACES,
  ) {
    this.held = held;
    this.read = read;
    this.#starts = places.starts;
    this.#lengths = places.lengths;
    this.count = places.starts.length;
  }

  get inputs(): readonly HeldBytes[] {
    return [this.held];
  }

  get places(): { readonly starts: Float64Array; readonly lengths: Uint32Array } {
    return { starts: this.#starts, lengths: this.#lengths };
  }

  /** The same bytes, of which so many places in this order count. */
  picked(numbers: Uint32Array): Slices {
    const starts = new Float64Array(numbers.length);
    const lengths = new Uint32Array(numbers.length);
    for (let at = 0; at < numbers.length; at += 1) {
      starts[at] = this.#starts[numbers[at]!]!;
      lengths[at] = this.#lengths[numbers[at]!]!;
    }
    return new Slices(this.held, this.read, { starts, lengths });
  }

  add(start: number, end: number): void {
    if (this.count === this.#starts.length) {
      const size = Math.max(64, 2 * this.count);
      this.#starts = into(new Float64Array(size), this.#starts);
      this.#lengths = into(new Uint32Array(size), this.#lengths);
    }
    this.#starts[this.count] = start;
    this.#lengths[this.count] = end - start;
    this.count += 1;
  }

  parts(number: number): SliceParts {
    const source = this.source(number);
    return { source, ...this.read(source) };
  }

  /** The record itself. Empty where a host has changed or taken away the bytes it gave. */
  source(number: number): Fields {
    const start = this.#starts[number]!;
    try {
      const piece = this.held.part(start, start + this.#lengths[number]!);
      const source = parseJson(new TextDecoder().decode(piece))?.document;
      return isObject(source) ? source : NOTHING;
    } catch {
      return NOTHING;
    }
  }
}

function into<List extends Float64Array | Uint32Array>(longer: List, list: List): List {
  longer.set(list);
  return longer;
}

/** Of no input. */
export const NO_SLICES = new Slices(new HeldBytes(new Uint8Array()), () => ({ attributes: undefined }));

/** One record among bytes. */
export class Slice {
  readonly slices: SliceTable;
  readonly number: number;

  constructor(slices: SliceTable, number: number) {
    this.slices = slices;
    this.number = number;
  }

  source(): object {
    return this.slices.source(this.number);
  }

  parts(): SliceParts {
    return this.slices.parts(this.number);
  }
}
