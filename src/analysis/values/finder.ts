import { findText, findTextSteps, foldCase, isShort } from '../query/match/literalText.ts';
import { createPanelMarker } from '../query/match/marks.ts';
import type { Query, TextRange } from '../query/types.ts';
import type { Finder } from './types.ts';

/** Finds what was typed, literally and in any case. Spaces at its ends are part of it. */
export function wordsFinder(typed: string): Finder {
  const needle = foldCase(typed);
  return {
    isEmpty: needle === '',
    find: (text, _, most) => (isShort(text) ? findText(text, needle, most) : findTextSteps(text, needle, most)),
  };
}

/**
 * Finds what the search of the viewer marks: the panel is in step with it. Terms about one part of a span (`in:`,
 * `attr.key:`) are looked for where a panel says that it shows that part, or does not say what it shows.
 */
export function queryFinder(query: Query): Finder {
  const { places, placeSteps } = createPanelMarker(query);
  return {
    isEmpty: query.terms.every(({ negated }) => negated),
    find: (text, about, most) => (isShort(text) ? places(text, about, most) : placeSteps(text, about, most)),
  };
}

/** Finds these very letters. */
export function exactFinder(words: string): Finder {
  return {
    isEmpty: words === '',
    find(text, _, most) {
      const found: TextRange[] = [];
      if (words === '') return found;
      for (let at = text.indexOf(words); at !== -1 && found.length < most; at = text.indexOf(words, at + words.length))
        found.push([at, at + words.length]);
      return found;
    },
  };
}
