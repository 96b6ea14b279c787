import type { Steps } from '../../steps.ts';
import type { TextRange } from '../types.ts';

/** Long texts are folded piece by piece, so that a search costs no second copy of them. */
const PIECE = 65_536;

/** Whether a text is read in one piece: then it costs no more to look for something at once than in steps. */
export const isShort = (text: string): boolean => text.length <= PIECE;

/**
 * The text with its case folded, each UTF-16 unit in its place. `İ` alone would grow with its case and becomes `i`; the
 * sigma at the end of a word counts as any other.
 */
export const foldCase = (text: string): string => text.replaceAll('\u0130', 'i').toLowerCase().replaceAll('ς', 'σ');

/**
 * Where a text holds a needle that `foldCase` made: up to `most` places from left to right, none within another. An
 * empty needle is nowhere.
 */
export function findText(text: string, needle: string, most = Number.POSITIVE_INFINITY): readonly TextRange[] {
  const found: TextRange[] = [];
  if (needle === '') return found;
  for (let from = 0; from < text.length && found.length < most;) from = findInPiece(text, from, needle, most, found);
  return found;
}

/** The same in steps, piece by piece. */
export function* findTextSteps(
  text: string,
  needle: string,
  most = Number.POSITIVE_INFINITY,
): Steps<readonly TextRange[]> {
  const found: TextRange[] = [];
  if (needle === '') return found;
  for (let from = 0; from < text.length && found.length < most;) {
    from = findInPiece(text, from, needle, most, found);
    yield;
  }
  return found;
}

/** Adds the places of one piece; where the next begins. */
function findInPiece(text: string, from: number, needle: string, most: number, found: TextRange[]): number {
  // Whatever begins in this piece ends in it; one unit more, so that no pair of surrogates is cut.
  const piece = foldCase(text.length <= PIECE ? text : text.slice(from, from + PIECE + needle.length));
  let next = from + PIECE;
  for (
    let at = piece.indexOf(needle);
    at !== -1 && found.length < most;
    at = piece.indexOf(needle, at + needle.length)
  ) {
    const end = from + at + needle.length;
    found.push([from + at, end]);
    next = Math.max(next, end);
  }
  return next;
}

/** Whether a text holds the needle. */
export const holdsText = (text: string, needle: string): boolean =>
  text.length <= PIECE ? needle !== '' && foldCase(text).includes(needle) : findText(text, needle, 1).length > 0;
