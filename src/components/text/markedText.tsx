import { Fragment, type ReactNode } from 'react';
import { findText, foldCase } from '../../analysis/query/match/literalText.ts';
import type { TextRange } from '../../analysis/query/types.ts';
import { markOf, splitMasked } from '../../redact/mark.ts';
import { recordedText } from './recordedText.tsx';

/** Recorded text with what a reader looks for marked in it. */
export const markedText = (text: string, query: string): ReactNode =>
  markedRanges(text, findText(text, foldCase(query.trim())), true);

/** Recorded text with ranges of it marked. A mark of masking is found by no letter of its own, and never cut. */
export function markedRanges(text: string, ranges: readonly TextRange[], still = false): ReactNode {
  const found = rangesBesideMasks(text, ranges);
  if (found.length === 0) return recordedText(text, still);
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of found) {
    pieces.push(
      <Fragment key={at}>{recordedText(text.slice(at, from), still)}</Fragment>,
      <mark key={`m${from}`}>{recordedText(text.slice(from, to), still)}</mark>,
    );
    at = to;
  }
  return [...pieces, <Fragment key="rest">{recordedText(text.slice(at), still)}</Fragment>];
}

/** The ranges that touch no mark of masking. */
export function rangesBesideMasks(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const masks = ranges.length === 0 ? [] : masksIn(text);
  return masks.length === 0
    ? ranges
    : ranges.filter(([from, to]) => !masks.some(([start, end]) => from < end && start < to));
}

/** Where marks of masking stand in a text. */
function masksIn(text: string): readonly TextRange[] {
  if (!text.includes('⟦')) return [];
  let at = 0;
  return splitMasked(text).flatMap((piece) => {
    const start = at;
    at += typeof piece === 'string' ? piece.length : markOf(piece.id).length;
    return typeof piece === 'string' ? [] : [[start, at] as const];
  });
}
