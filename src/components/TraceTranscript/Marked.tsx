'use client';
import type { TextRange } from '../../analysis/query/types.ts';
import { useFinder } from '../../hooks/context/FindContext.ts';
import { markedRanges } from '../text/markedText.tsx';

/** Marks that a line has room for. */
const MOST = 20;

/** A short recorded text inside a control, with what is looked for marked in it. */
export function Marked({ text }: { readonly text: string }) {
  const finder = useFinder();
  const found = finder.isEmpty ? [] : finder.find(text, {}, MOST);
  return markedRanges(text, Array.isArray(found) ? (found as readonly TextRange[]) : [], true);
}
