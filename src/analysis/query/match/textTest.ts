import type { Steps } from '../../steps.ts';
import { findText, findTextSteps, foldCase, holdsText } from './literalText.ts';
import type { QueryValue, TextRange } from '../types.ts';

/** Asks of a text whether any of several values fits it, and where. */
export interface TextTest {
  readonly fits: (text: string) => boolean;
  /** At most `most` places, in order. */
  readonly ranges: (text: string, most: number) => readonly TextRange[];
  /** The same in steps. A value that is about the whole text is compared in one go. */
  readonly rangeSteps: (text: string, most: number) => Steps<readonly TextRange[]>;
}

/**
 * Case never matters. `whole`: the text is the value; else it holds it. A value with `*` is always about the whole
 * text.
 */
export function textTest(values: readonly Pick<QueryValue, 'text' | 'pattern'>[], whole: boolean): TextTest {
  const needles = whole ? [] : values.filter(({ pattern }) => !pattern).map(({ text }) => foldCase(text));
  const wholes: ((folded: string) => boolean)[] = values
    .filter(({ pattern }) => whole || pattern)
    .map(({ text, pattern }) => {
      const folded = foldCase(text);
      return pattern ? patternTest(folded) : (other) => other === folded;
    });
  const fitsWhole = (text: string): boolean => {
    if (wholes.length === 0) return false;
    const folded = foldCase(text);
    return wholes.some((test) => test(folded));
  };
  function* rangeSteps(text: string, most: number): Steps<readonly TextRange[]> {
    if (text !== '' && fitsWhole(text)) return [[0, text.length]];
    const lists: (readonly TextRange[])[] = [];
    for (const needle of needles) lists.push(yield* findTextSteps(text, needle, most));
    return joinRanges(lists).slice(0, most);
  }
  return {
    fits: (text) => needles.some((needle) => holdsText(text, needle)) || fitsWhole(text),
    ranges: (text, most) =>
      text !== '' && fitsWhole(text)
        ? [[0, text.length]]
        : joinRanges(needles.map((needle) => findText(text, needle, most))).slice(0, most),
    rangeSteps,
  };
}

/**
 * `*` = any text, also none. Left to right without going back: the first fit of each piece leaves the most room for the
 * rest.
 */
function patternTest(pattern: string): (text: string) => boolean {
  const pieces = pattern.split('*');
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const between = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of between) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}

/** Ranges of several searches in order, those that overlap as one. */
export function joinRanges(lists: readonly (readonly TextRange[])[]): readonly TextRange[] {
  const all = lists.flat();
  if (lists.length < 2) return all;
  const joined: [number, number][] = [];
  for (const [from, to] of all.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
