'use client';
import { createContext, useContext } from 'react';
import type { Finder, PanelMatch } from '../../analysis/values/types.ts';

/**
 * A match in the details that somebody wants to see: folds on the way to it open, lists and values scroll to it. Each
 * wish is a new object, so that the same match can be asked for twice.
 */
export interface Reveal {
  /** Its `source` is the place of a value, as a path in `SpanContent`: `messages.input[3].parts[0].text`. */
  readonly match: PanelMatch;
  /** Of the node that it is in, where its source is a tree: places of nodes change when JSON in a string is opened. */
  readonly path: string | null;
  /** Whether it has still to be brought into view: what is drawn anew later does not scroll there again. */
  isPending(): boolean;
  /** It has been brought into view. */
  done(): void;
}

export function createReveal(match: PanelMatch, path: string | null): Reveal {
  let pending = true;
  return {
    match,
    path,
    isPending: () => pending,
    done() {
      pending = false;
    },
  };
}

/** What is looked for in the details, and which match of it is looked at. */
export interface FindInDetail {
  readonly finder: Finder;
  readonly reveal: Reveal | null;
}

const NOTHING: FindInDetail = { finder: { isEmpty: true, find: () => [] }, reveal: null };

export const FindContext = createContext(NOTHING);

export const useFinder = (): Finder => useContext(FindContext).finder;

/** Whether a place is another one or lies inside it: `messages.input[3]` holds `messages.input[3].parts[0]`. */
export const holdsPlace = (outer: string, inner: string): boolean =>
  inner.startsWith(outer) && (inner.length === outer.length || '.['.includes(inner[outer.length]!));

/** The wish to see something at a place or inside it; null where there is none. */
export function useReveal(id: string | undefined): Reveal | null {
  const { reveal } = useContext(FindContext);
  return reveal && id !== undefined && holdsPlace(id, reveal.match.source) ? reveal : null;
}

/** The wish to see a match in the value of just this place. */
export function useMatchIn(id: string | undefined): Reveal | null {
  const { reveal } = useContext(FindContext);
  return reveal && reveal.match.source === id ? reveal : null;
}

/** The entry that holds a place, by the ids of all; of several the one with the longest id. -1 = none. */
export function entryWith(place: string, count: number, idOf: (at: number) => string): number {
  let best = -1;
  let length = -1;
  for (let at = 0; at < count; at += 1) {
    const id = idOf(at);
    if (id.length <= length || !holdsPlace(id, place)) continue;
    best = at;
    length = id.length;
  }
  return best;
}
