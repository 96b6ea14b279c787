'use client';
import { createContext, Fragment, memo, useContext, useMemo, useRef, type ReactNode } from 'react';
import { hiddenCharacters } from '../../../analysis/values/hiddenCharacters.ts';
import type { TextRange } from '../../../analysis/query/types.ts';
import { useFinder, type Reveal } from '../../../hooks/context/FindContext.ts';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { holdInView } from '../../parts/scroller.ts';
import { rangesBesideMasks } from '../../text/markedText.tsx';
import { recordedText } from '../../text/recordedText.tsx';

/** Which part of the span a text is of, for queries that ask for one part. */
export interface TextAbout {
  readonly section?: string;
  readonly key?: string;
}

/** Whether spaces, tabs and what does not show at all are written out. */
export const WhitespaceContext = createContext(false);

interface ShownTextProps {
  readonly text: string;
  readonly about?: TextAbout | undefined;
  /** The wish to see a match of that text. */
  readonly reveal?: Reveal | null;
  /** Where in the piece the match begins that is looked at. @default where the wish says */
  readonly at?: number | undefined;
}

/** More marks than a reader looks at would only cost elements. */
const MARKS_AT_MOST = 200;
const ANYWHERE: TextAbout = {};

/**
 * A piece of recorded text as text, never as markup, with what is looked for marked in it. The match that is looked at
 * is marked as such, and is brought into view once.
 */
export const ShownText = memo(function ShownText({ text, about = ANYWHERE, reveal = null, at: place }: ShownTextProps) {
  const finder = useFinder();
  const whitespace = useContext(WhitespaceContext);
  const mark = useRef<HTMLElement>(null);
  const ranges = useMemo(() => {
    const found = finder.isEmpty ? [] : finder.find(text, about, MARKS_AT_MOST);
    return rangesBesideMasks(text, Array.isArray(found) ? (found as readonly TextRange[]) : []);
  }, [finder, text, about]);
  useBrowserLayoutEffect(() => {
    if (!reveal?.isPending() || !mark.current) return undefined;
    const end = holdInView(mark.current);
    reveal.done();
    return end;
  }, [reveal]);
  const write = whitespace ? withWhitespace : recordedText;
  if (ranges.length === 0) return write(text);
  const current = reveal ? (place ?? reveal.match.range[0]) : -1;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    const isCurrent = start === current;
    pieces.push(
      <Fragment key={at}>{write(text.slice(at, start))}</Fragment>,
      <mark key={`m${start}`} ref={isCurrent ? mark : undefined} data-current={isCurrent || undefined}>
        {write(text.slice(start, end))}
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      {write(text.slice(at))}
    </>
  );
});

/** The same text with a sign for each character that does not show; what it is stands in its title. */
function withWhitespace(text: string): ReactNode {
  const hidden = hiddenCharacters(text);
  if (hidden.length === 0) return recordedText(text);
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { from, to, kind, code } of hidden) {
    if (from > at) pieces.push(<Fragment key={at}>{recordedText(text.slice(at, from))}</Fragment>);
    const own = text.slice(from, to);
    pieces.push(
      <i key={`h${from}`} className="tv-hidden" data-kind={kind} title={code}>
        {kind === 'space' || kind === 'trailing' ? signOf(code, own) : `⟨${code}⟩`}
      </i>,
    );
    at = to;
  }
  return [...pieces, <Fragment key="rest">{recordedText(text.slice(at))}</Fragment>];
}

/** A tab stays one behind its sign, so that columns stay. */
function signOf(code: string, own: string): string {
  const sign = code === 'U+0009' ? '→\t' : code === 'U+0020' ? '·' : code === 'U+00A0' ? '⍽' : `⟨${code}⟩`;
  return sign.length > 2 ? sign : sign.repeat(own.length);
}
