import { Glimpses } from '../bytes/glimpse.ts';
import { parseJson } from '../text/jsonBody.ts';
import { HeldBytes } from './heldBytes.ts';
import { Slices } from './slices.ts';

const NO_NAMES: readonly string[] = [];
/** So many values that were parsed last are remembered: more than are looked at to find what a list is. */
const REMEMBERED = 128;

/**
 * The records that an input in bytes consists of, each a line of it or an entry of its list: where they stand, and one
 * of them at a time as a value.
 */
export class Pieces {
  readonly held: HeldBytes;
  /** Whether some integer among them may be more than a number holds. */
  hasLongNumbers = false;
  /** Bytes of those that nobody has to hold as a value. */
  placed = 0;
  readonly #places: Slices;
  readonly #decoder = new TextDecoder();
  /** Number of the first entry of each list that was made. */
  readonly #lists = new WeakMap<object, number>();
  #glimpses: Glimpses | undefined;
  #glimpsed = -1;
  #glimpse: unknown;
  readonly #numbers = new Int32Array(REMEMBERED).fill(-1);
  readonly #values: unknown[] = Array.from({ length: REMEMBERED }, () => undefined);

  constructor(bytes: Uint8Array) {
    this.held = new HeldBytes(bytes);
    this.#places = new Slices(this.held, () => ({ attributes: undefined }));
  }

  get count(): number {
    return this.#places.count;
  }

  add(start: number, end: number): void {
    this.#places.add(start, end);
  }

  /** Where one begins, and before what it ends. */
  place(number: number): readonly [start: number, end: number] {
    const { starts, lengths } = this.#places.places;
    return [starts[number]!, starts[number]! + lengths[number]!];
  }

  /** Somebody holds only where one of them stands. */
  take(number: number): void {
    const [start, end] = this.place(number);
    this.placed += end - start;
  }

  /** One of them; of those that were asked for lately the same value again. */
  value(number: number): unknown {
    const slot = number % REMEMBERED;
    if (this.#numbers[slot] !== number) {
      this.#values[slot] = this.parsed(number);
      this.#numbers[slot] = number;
    }
    return this.#values[slot];
  }

  /**
   * One of them with its long texts cut, but for those in fields of these names: enough to tell what it is, and soon made.
   * Asked for again at once, the same value.
   */
  glimpse(number: number, whole: readonly string[]): unknown {
    if (this.#glimpsed !== number || this.#glimpses?.whole !== whole) {
      this.#glimpsed = number;
      try {
        if (this.#glimpses?.whole !== whole) this.#glimpses = new Glimpses(this.held.whole!, whole);
        this.#glimpse = this.#parse(this.#glimpses.text(...this.place(number)));
      } catch {
        this.#glimpse = undefined;
      }
    }
    return this.#glimpse;
  }

  /** The same of an entry of a list that was made here; undefined of any other. */
  glimpseIn(list: object, at: number): unknown {
    const first = this.#lists.get(list);
    return first === undefined ? undefined : this.glimpse(first + at, NO_NAMES);
  }

  #parse(text: string): unknown {
    return this.hasLongNumbers ? parseJson(text)?.document : (JSON.parse(text) as unknown);
  }

  /** Parsed anew. Undefined where a host has changed or taken away the bytes it gave. */
  parsed(number: number): unknown {
    try {
      return this.#parse(this.#decoder.decode(this.held.part(...this.place(number))));
    } catch {
      return undefined;
    }
  }

  /** Which of them a value is that was asked for lately; -1 = none. */
  numberOf(value: unknown): number {
    const slot = this.#values.indexOf(value);
    return slot === -1 ? -1 : this.#numbers[slot]!;
  }

  /** The values that were asked for lately are needed no more. */
  forget(): void {
    this.#numbers.fill(-1);
    this.#values.fill(undefined);
    this.#glimpsed = -1;
    this.#glimpse = undefined;
    this.#glimpses = undefined;
  }

  /** A list of some of them that follow each other: what is asked for is parsed then. */
  list(first: number, count: number): readonly unknown[] {
    const list: unknown[] = [];
    list.length = count;
    const numberAt = (key: string | symbol): number => {
      const at = typeof key === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(key) ? Number(key) : -1;
      return at < count ? at : -1;
    };
    const made = new Proxy(list, {
      get: (target, key, receiver) => {
        const at = numberAt(key);
        return at === -1 ? (Reflect.get(target, key, receiver) as unknown) : this.value(first + at);
      },
      has: (target, key) => numberAt(key) !== -1 || Reflect.has(target, key),
      ownKeys: () => [...Array.from({ length: count }, (_, at) => String(at)), 'length'],
      getOwnPropertyDescriptor: (target, key) => {
        const at = numberAt(key);
        return at === -1
          ? Reflect.getOwnPropertyDescriptor(target, key)
          : { value: this.value(first + at), enumerable: true, configurable: true, writable: true };
      },
    });
    this.#lists.set(made, first);
    return made;
  }
}
