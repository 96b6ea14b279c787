import { fieldByName } from './fields.ts';
import { readAmount } from './readAmount.ts';
import type { FieldTerm, QueryTerm, QueryValue } from '../types.ts';

/** Text that reads as itself wherever a word or a value may stand. */
const PLAIN = /^[\p{L}\p{N}_$%+@/][\p{L}\p{N}_$%+@/.-]*$/u;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A value as it has to be typed to be taken literally. */
export const printText = (text: string): string => (PLAIN.test(text) ? text : quoted(text));

function printValue({ field }: FieldTerm, { text, pattern, amount }: QueryValue): string {
  if (pattern) return text;
  // An amount is never quoted, as behind a score or an attribute the quotes would make it text; and the other way
  // round.
  if (amount !== null)
    return readAmount(fieldByName(field).type, text) === amount && !/[\s,"]/.test(text) ? text : String(amount);
  return readAmount(fieldByName(field).type, text) === null ? printText(text) : quoted(text);
}

function printTerm(term: QueryTerm): string {
  // A minus negates only before a letter or a quote.
  if (term.type === 'text')
    return term.negated
      ? `-${/^[A-Za-z]/.test(term.text) ? printText(term.text) : quoted(term.text)}`
      : printText(term.text);
  const { field, key, operator, values, negated } = term;
  const differs = negated && operator === '=';
  const name = key === undefined ? field : `${field}.${/^[\w.-]+$/.test(key) ? key : quoted(key)}`;
  const asked = values.map((value) => printValue(term, value)).join(',');
  return `${negated && !differs ? '-' : ''}${name}${differs ? '!=' : operator}${asked}`;
}

/** The shortest text that `parseQuery` reads as these terms. */
export const printQuery = (terms: readonly QueryTerm[]): string => terms.map(printTerm).join(' ');
