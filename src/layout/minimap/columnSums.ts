import type { Nanos } from '../../model/types.ts';
import type { TimeScale } from '../time/timeScale.ts';

/**
 * Weight of a column that is covered whole. Weights are whole numbers, so that sums of steps come back to exactly zero.
 */
const WHOLE = 256;

/**
 * Rows of columns, each column the sum of the stretches of time that were added to it. Adding costs the same however
 * long a stretch is.
 */
export interface ColumnSums {
  /** Adds a stretch; every column that it touches gets at least 1, also where it has no length. */
  add(row: number, begin: Nanos, finish: Nanos): void;
  /** Visits the columns of a row that anything was added to, in order. */
  each(row: number, visit: (column: number, sum: number) => void): void;
}

/** A column is a pixel of the scale. */
export function createColumnSums(rows: number, { width: columns, x }: TimeScale): ColumnSums {
  const stride = columns + 1;
  /** By how much a column's sum differs from that of the column before. */
  const steps = new Float64Array(rows * stride);
  return {
    add(row, begin, finish) {
      const left = Math.min(Math.max(x(begin), 0), columns);
      const right = Math.min(Math.max(x(finish), left), columns);
      const first = Math.min(Math.floor(left), columns - 1);
      const last = Math.max(first, Math.ceil(right) - 1);
      const at = row * stride;
      const head = Math.max(1, Math.round((Math.min(right, first + 1) - left) * WHOLE));
      steps[at + first]! += head;
      if (last === first) {
        steps[at + first + 1]! -= head;
        return;
      }
      const tail = Math.max(1, Math.round((right - last) * WHOLE));
      steps[at + first + 1]! += WHOLE - head;
      steps[at + last]! += tail - WHOLE;
      steps[at + last + 1]! -= tail;
    },
    each(row, visit) {
      const at = row * stride;
      for (let column = 0, sum = 0; column < columns; column += 1) {
        sum += steps[at + column]!;
        if (sum !== 0) visit(column, sum);
      }
    },
  };
}
