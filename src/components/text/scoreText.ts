import type { Score } from '../../model/types.ts';

/** Writes a score where there is room for a word: its number, else its label, else `none`. */
export const scoreText = ({ value, label }: Score, none: string): string =>
  value === null ? (label ?? none) : String(Number(value.toPrecision(3)));
