import type { Steps } from '../../steps.ts';
import { fieldByName } from '../syntax/fields.ts';
import type { SpanText, Section } from './spanTexts.ts';
import { joinRanges, textTest, type TextTest } from './textTest.ts';
import type { Query, TextRange } from '../types.ts';
import { ownValue } from '../../../model/ownValue.ts';

/** A search for what the terms of a query ask to be seen, in the texts of a section or of all. */
interface Mark {
  readonly section?: Section;
  readonly key?: string | undefined;
  readonly test: TextTest;
}

const SECTIONS: Readonly<Record<string, Section>> = {
  name: 'name',
  error: 'error',
  in: 'input',
  out: 'output',
  attr: 'attribute',
};

/**
 * Places in a text of a span that the query asks for, in order, at most `most`. Negated terms and amounts mark nothing.
 */
export function createMarker(query: Query): (text: SpanText, most: number) => readonly TextRange[] {
  const marks = marksOf(query);
  return (text, most) =>
    rangesOf(
      marks.filter(({ section, key }) => section === undefined || (section === text.section && key === text.key)),
      text.text,
      most,
    );
}

/** The same for what a span holds, of which nobody says in which part of it a text stands. */
export function createContentMarker(query: Query): (text: string, most: number) => readonly TextRange[] {
  const marks = marksOf(query).filter(({ section }) => section !== 'name');
  return (text, most) => rangesOf(marks, text, most);
}

/** Which part of a span a panel shows, where that is known. */
export interface ShownPart {
  readonly section?: string;
  readonly key?: string;
}

/** The places of a query in what panels show, at once, and in steps for long texts. */
export function createPanelMarker(query: Query): {
  readonly places: (text: string, part: ShownPart, most: number) => readonly TextRange[];
  readonly placeSteps: (text: string, part: ShownPart, most: number) => Steps<readonly TextRange[]>;
} {
  const marks = marksOf(query);
  const asked = ({ section, key }: ShownPart): readonly Mark[] =>
    marks.filter(
      (mark) =>
        mark.section === undefined ||
        (section === undefined ? mark.section !== 'name' : mark.section === section && mark.key === key),
    );
  return {
    places: (text, part, most) => rangesOf(asked(part), text, most),
    *placeSteps(text, part, most) {
      const lists: (readonly TextRange[])[] = [];
      for (const { test } of asked(part)) lists.push(yield* test.rangeSteps(text, most));
      return joinRanges(lists).slice(0, most);
    },
  };
}

/** Asks of the name of a span that matches whether that is for what it holds, as its name does not show it. */
export function createContentSign({ terms }: Query): (name: string) => boolean {
  const wanted = terms.filter(({ negated }) => !negated);
  const isInside = wanted.some((term) => term.type === 'field' && fieldByName(term.field).fromContent);
  const texts = wanted.flatMap((term) =>
    term.type === 'text' ? textTest([{ text: term.text, pattern: false }], false) : [],
  );
  return (name) => isInside || texts.some(({ fits }) => !fits(name));
}

function marksOf({ terms }: Query): readonly Mark[] {
  return terms.flatMap((term): Mark[] => {
    if (term.negated) return [];
    if (term.type === 'text') return [{ test: textTest([{ text: term.text, pattern: false }], false) }];
    const section = ownValue(SECTIONS, term.field);
    return section === undefined || /[<>]/.test(term.operator)
      ? []
      : [{ section, key: term.key, test: textTest(term.values, term.operator === '=') }];
  });
}

const rangesOf = (marks: readonly Mark[], text: string, most: number): readonly TextRange[] =>
  marks.length === 0 ? [] : joinRanges(marks.map(({ test }) => test.ranges(text, most))).slice(0, most);
