import { remains } from '../../model/build/remains.ts';
import { NO_SLICES, Slice, type Slices } from './slices.ts';

/** Parsed values by number. */
export interface Values {
  value(number: number): unknown;
}

/**
 * The spans of one list among bytes. They are parsed as they are asked for, without what nobody asks for before they are
 * opened.
 */
export class SpanList {
  readonly count: number;
  readonly #spans: Values;
  readonly #slices: Slices;
  readonly #first: number;

  constructor(spans: Values, slices: Slices, first: number, count: number) {
    this.#spans = spans;
    this.#slices = slices;
    this.#first = first;
    this.count = count;
  }

  /** Those from one place to before another. */
  part(from: number, to: number): SpanList {
    return new SpanList(this.#spans, this.#slices, this.#first + from, Math.min(to, this.count) - from);
  }

  span(at: number): unknown {
    return this.#spans.value(this.#first + at);
  }

  /** Where the whole of it stands. */
  slice(at: number): Slice {
    return new Slice(this.#slices, this.#first + at);
  }
}

remains(new SpanList({ value: () => undefined }, NO_SLICES, 0, 0));
