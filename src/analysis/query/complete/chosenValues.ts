import { foldCase } from '../match/literalText.ts';
import { printQuery } from '../syntax/printQuery.ts';
import type { FieldTerm, Query, QueryTerm } from '../types.ts';

const asksFor = (term: QueryTerm, field: string): term is FieldTerm =>
  term.type === 'field' && term.field === field && term.key === undefined && !term.negated;

/**
 * The values that a query asks one field for, as they were typed; those with a `*` are left out, as nobody chose them
 * one by one.
 */
export const chosenValues = ({ terms }: Query, field: string): readonly string[] =>
  terms.flatMap((term) =>
    asksFor(term, field) ? term.values.filter(({ pattern }) => !pattern).map(({ text }) => text) : [],
  );

/**
 * The text of a query that asks a field for any of the values and for nothing else, `kind:llm,tool`; without values it
 * does not ask the field. What else was typed stays as it was. With `=` a text is asked for as a whole.
 */
export function withValues(
  { text, terms }: Query,
  field: string,
  values: readonly string[],
  operator: ':' | '=' = ':',
): string {
  let rest = text;
  for (const {
    range: [from, to],
  } of terms.filter((term) => asksFor(term, field)).toReversed())
    rest = [rest.slice(0, from).trimEnd(), rest.slice(to).trimStart()].filter(Boolean).join(' ');
  if (values.length === 0) return rest;
  // In front: behind a quote that is not closed it would be text.
  const term = printQuery([
    {
      type: 'field',
      field,
      operator,
      negated: false,
      range: [0, 0],
      values: values.map((value) => ({ text: value, pattern: false, amount: null })),
    },
  ]);
  return rest.trim() === '' ? term : `${term} ${rest.trimStart()}`;
}

/** The values with one more, or one less. */
export function toggled(values: readonly string[], value: string): readonly string[] {
  const others = values.filter((each) => foldCase(each) !== foldCase(value));
  return others.length < values.length ? others : [...values, value];
}
