import type { Piece } from './prompt.ts';

export interface PlaceOfDifference {
  /** How many pieces from the start on are the same; the one at this place differs. */
  readonly place: number;
  /** Characters of it that are. */
  readonly offset: number;
  /** Characters from the start on that are the same. */
  readonly shared: number;
}

/**
 * The first place in which a prompt differs from the one before it, as far as that one went: what is new behind its end
 * is no difference. Null where all of it is still there.
 */
export function firstDifference(before: readonly Piece[], now: readonly Piece[]): PlaceOfDifference | null {
  let shared = 0;
  for (let place = 0; place < before.length; place += 1) {
    const [then, next] = [before[place]!, now[place]];
    if (next && isSamePiece(then, next)) {
      shared += next.characters;
      continue;
    }
    const alike = next && then.section === next.section && then.role === next.role;
    const offset = alike ? commonStart(then.text, next.text) : 0;
    return { place, offset, shared: shared + offset };
  }
  return null;
}

const isSamePiece = (a: Piece, b: Piece): boolean => a.section === b.section && a.role === b.role && a.text === b.text;

/** How many characters two texts have in common from the start on. */
export function commonStart(a: string, b: string): number {
  let [low, high] = [0, Math.min(a.length, b.length)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many they have in common at the end, beyond what is common at the start. */
export function commonEnd(a: string, b: string, start: number): number {
  let [low, high] = [0, Math.min(a.length, b.length) - start];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.slice(a.length - middle, a.length - low) === b.slice(b.length - middle, b.length - low)) low = middle;
    else high = middle - 1;
  }
  return low;
}
