import { parseQuery } from '../query/syntax/parseQuery.ts';
import type { QueryTerm } from '../query/types.ts';
import { alternativesIn } from './queryTraces.ts';

/**
 * The text of a query over traces that asks an amount for a stretch, `duration>=120ms duration<=2s`, in each of its
 * alternatives; what it asked that amount for before is gone. Ends are rounded outwards, so that what lies at them stays.
 */
export function withAmountRange(text: string, field: string, [from, to]: readonly [number, number]): string {
  const terms = `${field}>=${written(field, from, Math.floor)} ${field}<=${written(field, to, Math.ceil)}`;
  return alternativesIn(text)
    .map(([begin, end]) => [withoutAmounts(text.slice(begin, end), field), terms].filter(Boolean).join(' '))
    .join(' OR ');
}

function withoutAmounts(text: string, field: string): string {
  let rest = text;
  for (const {
    range: [from, to],
  } of parseQuery(text)
    .terms.filter((term) => limits(term, field))
    .toReversed())
    rest = `${rest.slice(0, from).trimEnd()} ${rest.slice(to).trimStart()}`;
  return rest.trim();
}

const limits = (term: QueryTerm, field: string): boolean =>
  term.type === 'field' &&
  /[<>]/.test(term.operator) &&
  (term.key === undefined ? term.field : `${term.field}.${term.key}`).toLowerCase() === field.toLowerCase();

const DIGITS = 3;

/** To three digits; durations in microseconds, as a query needs a unit. */
function written(field: string, amount: number, round: (value: number) => number): string {
  const value = field === 'duration' ? amount / 1e3 : amount;
  const unit = field === 'duration' ? 'us' : '';
  if (value === 0) return `0${unit}`;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
  // Through text, as a product of a step is seldom the number that people write.
  const rounded = Number((round(value / step) * step).toPrecision(DIGITS + 1));
  return `${rounded.toFixed(Math.max(0, -Math.floor(Math.log10(step))))}${unit}`;
}
