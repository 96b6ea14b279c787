import type { Document } from '../../model/types.ts';
import type { Steps } from '../steps.ts';

/** Documents between two rests. */
const AT_ONCE = 50;

/**
 * By place, the place of the first document that is the same: by id, and where an id is missing by its text; null where
 * it is the first, or nothing is known of it.
 */
export function* repeatedDocuments(documents: readonly Document[]): Steps<readonly (number | null)[]> {
  const ids = new Map<string, number>();
  const texts = new Map<string, number>();
  const repeats: (number | null)[] = [];
  for (const [place, { id, content }] of documents.entries()) {
    if (place % AT_ONCE === AT_ONCE - 1) yield;
    const text = content === undefined ? undefined : plain(content);
    repeats.push(
      (id === undefined ? undefined : ids.get(id)) ?? (text === undefined ? null : (texts.get(text) ?? null)),
    );
    if (id !== undefined && !ids.has(id)) ids.set(id, place);
    if (text !== undefined && !texts.has(text)) texts.set(text, place);
  }
  return repeats;
}

/**
 * By place, by what a document is known again in another list: its id where all have one, else its text; null where it
 * has none.
 */
export function identitiesOf(documents: readonly Document[]): readonly (string | null)[] {
  const byId = documents.every(({ id }) => id !== undefined);
  return documents.map(({ id, content }) => (byId ? id! : content === undefined ? (id ?? null) : plain(content)));
}

const plain = (content: string): string => content.replaceAll(/\s+/g, ' ').trim();
