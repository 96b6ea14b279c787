import { chosenValues, withValues } from '../query/complete/chosenValues.ts';
import { foldCase } from '../query/match/literalText.ts';
import { parseQuery } from '../query/syntax/parseQuery.ts';
import { printQuery } from '../query/syntax/printQuery.ts';
import type { FieldTerm, Query, QueryTerm } from '../query/types.ts';
import type { StatisticsBy } from './types.ts';

/** `-has:model`: those that have none. */
const without = (by: StatisticsBy): FieldTerm => ({
  type: 'field',
  field: 'has',
  operator: ':',
  negated: true,
  range: [0, 0],
  values: [{ text: by, pattern: false, amount: null }],
});

const asksWithout = (term: QueryTerm, by: StatisticsBy): boolean =>
  term.type === 'field' &&
  term.field === 'has' &&
  term.negated &&
  term.values.length === 1 &&
  foldCase(term.values[0]!.text) === by;

/** Whether a query asks for the spans of a row of statistics. */
export const asksForGroup = (query: Query, by: StatisticsBy, value: string | null): boolean =>
  value === null
    ? query.terms.some((term) => asksWithout(term, by))
    : chosenValues(query, by).some((chosen) => foldCase(chosen) === foldCase(value));

/**
 * The text of a query that asks for the spans of a row of statistics and no longer for those of another one of the same
 * table; of a query that asks for them already, one that does not. What else was typed stays as it was.
 */
export function groupQuery(query: Query, by: StatisticsBy, value: string | null): string {
  const asked = asksForGroup(query, by, value);
  const text = query.terms
    .filter((term) => asksWithout(term, by))
    .toReversed()
    .reduce(
      (left, { range: [from, to] }) =>
        [left.slice(0, from).trimEnd(), left.slice(to).trimStart()].filter(Boolean).join(' '),
      query.text,
    );
  // Names are asked for as a whole: `plan` is not `replan`.
  const operator = by === 'name' ? '=' : ':';
  const rest = withValues(parseQuery(text), by, asked || value === null ? [] : [value], operator);
  return asked || value !== null ? rest : [printQuery([without(by)]), rest].filter(Boolean).join(' ');
}
