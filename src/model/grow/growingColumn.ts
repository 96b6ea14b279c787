/** The kinds of arrays that columns are. */
export type Numbers = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** How much longer than needed an array is made that has become too short. */
const SPARE = 1.5;

/**
 * A column that grows. What was handed out stays as it is and is shared with what is handed out later: cells behind it
 * are written in the same array, and only to change a cell of it the column is copied.
 */
export class GrowingColumn<Column extends Numbers> {
  readonly #make: (length: number) => Column;
  #cells: Column;
  #shown = 0;

  /** `make`: an array of so many cells that hold nothing yet. */
  constructor(make: (length: number) => Column) {
    this.#make = make;
    this.#cells = make(0);
  }

  /** All cells, with room for `length`; those from `first` on may be written. */
  open(first: number, length: number): Column {
    const isShort = this.#cells.length < length;
    if (isShort || first < this.#shown) {
      const room = this.#cells.length === 0 ? length : Math.ceil(SPARE * length);
      const cells = this.#make(isShort ? room : this.#cells.length);
      cells.set(this.#cells);
      this.#cells = cells;
      this.#shown = 0;
    }
    return this.#cells;
  }

  /** The first `length` cells, for others to keep. */
  show(length: number): Column {
    this.#shown = Math.max(this.#shown, length);
    return this.#cells.subarray(0, length) as Column;
  }
}
