import type { Operator, QueryValue } from '../types.ts';

/**
 * Asks of an amount whether the comparison holds with any of the values; what is unknown (NaN) is neither above nor
 * below nor equal.
 */
export function amountTest(operator: Operator, values: readonly QueryValue[]): (amount: number) => boolean {
  const amounts = values.flatMap(({ amount }) => amount ?? []);
  const [most, least] = amounts.length === 0 ? [Number.NaN, Number.NaN] : [Math.max(...amounts), Math.min(...amounts)];
  switch (operator) {
    case '<':
      return (amount) => amount < most;
    case '<=':
      return (amount) => amount <= most;
    case '>':
      return (amount) => amount > least;
    case '>=':
      return (amount) => amount >= least;
    default: {
      const equal = new Set(amounts);
      return (amount) => equal.has(amount) && !Number.isNaN(amount);
    }
  }
}
