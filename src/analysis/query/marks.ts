import type { SpanText, Section } from './spanTexts.ts';
import { joinRanges, textTest, type TextTest } from './textTest.ts';
import type { Query, TextRange } from './types.ts';

/** A search for what the terms of a query ask to be seen, in the texts of a section or of all. */
interface Mark { readonly section?: Section; readonly key?: string | undefined; readonly test: TextTest }

const SECTIONS: Readonly<Record<string, Section>> = { name: 'name', error: 'error', in: 'input', out: 'output', attr: 'attribute' };

/** Places in a text of a span that the query asks for, in order, at most `most`. Negated terms and amounts mark nothing. */
export function createMarker({ terms }: Query): (text: SpanText, most: number) => readonly TextRange[] {
  const marks = terms.flatMap((term): Mark[] => {
    if (term.negated) return [];
    if (term.type === 'text') return [{ test: textTest([{ text: term.text, pattern: false }], false) }];
    const section = SECTIONS[term.field];
    return section === undefined || /[<>]/.test(term.operator) ? [] : [{ section, key: term.key, test: textTest(term.values, term.operator === '=') }];
  });
  return (text, most) => {
    const fitting = marks.filter(({ section, key }) => section === undefined || (section === text.section && key === text.key));
    return fitting.length === 0 ? [] : joinRanges(fitting.map(({ test }) => test.ranges(text.text, most))).slice(0, most);
  };
}
