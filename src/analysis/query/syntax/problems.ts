import type { QueryProblem, QueryProblemCode, TextRange } from '../types.ts';

type Facts = QueryProblem['facts'];

const meant = ({ nearest }: Facts, mark = ''): string =>
  nearest === undefined ? '' : ` Did you mean “${nearest}${mark}”?`;

/** Each code with its severity and its English sentence. */
const PROBLEMS: Readonly<Record<QueryProblemCode, readonly [QueryProblem['severity'], (facts: Facts) => string]>> = {
  'unknown-field': [
    'hint',
    (facts) => `“${facts.field}” is no field, so this is searched as text.${meant(facts, ':')}`,
  ],
  'unknown-value': ['error', (facts) => `“${facts.field}” does not know “${facts.text}”.${meant(facts)}`],
  'bad-number': ['error', (facts) => `“${facts.text}” is not a number. Write 500, 1.5k or 2M.${meant(facts, ':')}`],
  'bad-duration': ['error', (facts) => `“${facts.text}” is not a duration. Write 250ms, 1.5s or 3m.`],
  'bad-operator': [
    'error',
    (facts) => `“${facts.field}” is text and cannot be compared with “${facts.text}”. Use “:”, “=” or “!=”.`,
  ],
  'missing-value': ['error', (facts) => `A value is missing after “${facts.text}”.`],
  'missing-key': ['error', () => 'Write the key of the attribute: attr.http.method:GET.'],
  'unclosed-quote': ['hint', () => 'A closing quote is missing.'],
  'no-boolean': [
    'hint',
    (facts) =>
      `“${facts.text}” is searched as text: all words have to match anyway, and alternatives are written kind:llm,tool.`,
  ],
  'excluding-terms': [
    'hint',
    (facts) =>
      `All terms have to match, and a span has one ${facts.field} only, so nothing is found. Write ${facts.text} for any of them.`,
  ],
  'too-many-terms': ['error', () => 'The query is too long; the rest is left out.'],
};

/** A problem with its default sentence. `severity` where it is not the usual one of the code. */
export function queryProblem(
  code: QueryProblemCode,
  range: TextRange,
  facts: Facts,
  severity = PROBLEMS[code][0],
): QueryProblem {
  return { code, severity, range, facts, message: PROBLEMS[code][1](facts) };
}
