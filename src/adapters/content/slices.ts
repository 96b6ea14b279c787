import { isObject, type Fields } from '../../conventions/json.ts';
import type { SpanRecord } from '../types.ts';
import { parseJson } from '../text/jsonBody.ts';

/** What of a record is read again when somebody opens its span. */
export type SliceReader = (source: Fields) => Pick<SpanRecord, 'attributes' | 'events' | 'links'>;

const NOTHING: Fields = {};

/** Where records stand among the bytes of an input, which are kept as they came: nothing else is held of them. */
export class Slices {
  readonly bytes: Uint8Array;
  readonly read: SliceReader;
  count = 0;
  #starts = new Float64Array(64);
  #lengths = new Float64Array(64);

  constructor(bytes: Uint8Array, read: SliceReader) {
    this.bytes = bytes;
    this.read = read;
  }

  add(start: number, end: number): void {
    if (this.count === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#lengths = grown(this.#lengths);
    }
    this.#starts[this.count] = start;
    this.#lengths[this.count] = end - start;
    this.count += 1;
  }

  /** The record itself. Empty where a host has changed or taken away the bytes it gave. */
  source(number: number): Fields {
    const start = this.#starts[number]!;
    try {
      const piece = this.bytes.subarray(start, start + this.#lengths[number]!);
      const source = parseJson(new TextDecoder().decode(piece))?.document;
      return isObject(source) ? source : NOTHING;
    } catch {
      return NOTHING;
    }
  }
}

const grown = (list: Float64Array): Float64Array<ArrayBuffer> => {
  const longer = new Float64Array(2 * list.length);
  longer.set(list);
  return longer;
};

/** One record among bytes. */
export class Slice {
  readonly slices: Slices;
  readonly number: number;

  constructor(slices: Slices, number: number) {
    this.slices = slices;
    this.number = number;
  }

  source(): Fields {
    return this.slices.source(this.number);
  }

  /** The record, and what of it a span is made of. */
  parts(): Pick<SpanRecord, 'source' | 'attributes' | 'events' | 'links'> {
    const source = this.source();
    return { source, ...this.slices.read(source) };
  }
}
