import { byLetters } from '../alphabet.ts';
import type { StatisticsRow } from './types.ts';

/** What a table of statistics can be ordered by. */
export type StatisticsColumn =
  | 'value'
  | 'count'
  | 'total'
  | 'own'
  | 'p50'
  | 'p95'
  | 'errors'
  | 'tokens'
  | 'input'
  | 'cached'
  | 'output'
  | 'cost';

export interface StatisticsSort {
  readonly column: StatisticsColumn;
  readonly descending: boolean;
}

type Amount = (row: StatisticsRow) => number | null;

const AMOUNTS: Readonly<Record<Exclude<StatisticsColumn, 'value'>, Amount>> = {
  count: ({ count }) => count,
  total: ({ total }) => total,
  own: ({ own }) => own,
  p50: ({ p50 }) => p50,
  p95: ({ p95 }) => p95,
  errors: ({ errors }) => errors,
  tokens: ({ amounts }) => amounts.usage.total,
  input: ({ amounts }) => amounts.usage.input,
  cached: ({ amounts }) => amounts.usage.cacheRead,
  output: ({ amounts }) => amounts.usage.output,
  cost: ({ amounts }) => amounts.cost.total,
};

/** Whether a word names something that the rows can be ordered by. */
export const isStatisticsColumn = (word: string): word is StatisticsColumn =>
  word === 'value' || Object.hasOwn(AMOUNTS, word);

/** Rows in an order. What is unknown, and those that have no value, come last in both directions. */
export function sortRows(
  rows: readonly StatisticsRow[],
  { column, descending }: StatisticsSort,
): readonly StatisticsRow[] {
  const sign = descending ? -1 : 1;
  if (column === 'value')
    return rows.toSorted(({ value: a }, { value: b }) =>
      a === null || b === null ? Number(a === null) - Number(b === null) : sign * byLetters(a, b),
    );
  const amountOf = AMOUNTS[column];
  const unknown = (amount: number | null): amount is null => amount === null || Number.isNaN(amount);
  return rows.toSorted((one, other) => {
    const [a, b] = [amountOf(one), amountOf(other)];
    return unknown(a) || unknown(b) ? Number(unknown(a)) - Number(unknown(b)) : sign * (a - b);
  });
}
