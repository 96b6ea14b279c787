import { fieldByName } from './fields.ts';
import { foldCase } from '../match/literalText.ts';
import { printQuery } from './printQuery.ts';
import { queryProblem } from './problems.ts';
import type { FieldTerm, QueryProblem, QueryTerm, QueryValue } from '../types.ts';

/**
 * Of terms that ask one field for different values, `kind:llm kind:tool`, no span can fit both, where a span has one
 * value of it. Reported once for each field.
 */
export function excludingTerms(terms: readonly QueryTerm[]): readonly QueryProblem[] {
  const asked = new Map<string, { readonly terms: FieldTerm[]; readonly possible: ReadonlySet<string> }>();
  return terms.flatMap((term) => {
    if (term.type !== 'field' || !isPlain(term)) return [];
    const before = asked.get(term.field);
    // Reported already.
    if (before?.possible.size === 0) return [];
    const values = term.values.map(({ text }) => foldCase(text));
    const possible = new Set(before ? values.filter((value) => before.possible.has(value)) : values);
    const all = [...(before?.terms ?? []), term];
    asked.set(term.field, { terms: all, possible });
    return possible.size > 0
      ? []
      : [
          queryProblem('excluding-terms', term.range, {
            field: term.field,
            text: printQuery([{ ...term, values: distinct(all.flatMap((each) => each.values)) }]),
          }),
        ];
  });
}

/** Words of a field that a span has one of. A span of the kind `span` can also be found by its recorded word. */
const isPlain = ({ field, negated, values }: FieldTerm): boolean =>
  fieldByName(field).single === true &&
  !negated &&
  values.every(({ text, pattern }) => !pattern && !(field === 'kind' && foldCase(text) === 'span'));

const distinct = (values: readonly QueryValue[]): readonly QueryValue[] => [
  ...new Map(values.map((value) => [foldCase(value.text), value])).values(),
];
