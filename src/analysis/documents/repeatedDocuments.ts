import type { Document } from '../../model/types.ts';

/**
 * By place, the place of the first document that is the same: by id, and where an id is missing by its text; null where
 * it is the first, or nothing is known of it.
 */
export function repeatedDocuments(documents: readonly Document[]): readonly (number | null)[] {
  const first = new Map<string, number>();
  const texts = new Map<string, number>();
  return documents.map(({ id, content }, place) => {
    const same =
      (id === undefined ? undefined : first.get(id)) ?? (content === undefined ? undefined : texts.get(plain(content)));
    if (id !== undefined && !first.has(id)) first.set(id, place);
    if (content !== undefined && !texts.has(plain(content))) texts.set(plain(content), place);
    return same ?? null;
  });
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
