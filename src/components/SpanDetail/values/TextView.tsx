'use client';
import { useRef, useState, type ReactNode } from 'react';
import { textLines } from '../../../analysis/values/textLines.ts';
import type { Reveal } from '../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { WindowedList, type WindowedListRef } from '../../parts/WindowedList.tsx';
import { firstLines } from './firstLines.ts';
import { ShownText, type TextAbout } from './ShownText.tsx';
import { useSteps } from './useSteps.ts';

export interface TextViewProps {
  readonly text: string;
  /** The wish to see a match in it. */
  readonly reveal?: Reveal | null;
  /** Where that begins. @default where the wish says */
  readonly at?: number | undefined;
  readonly about?: TextAbout | undefined;
  /** Code, stack traces, JSON as text. */
  readonly mono?: boolean;
  /** Numbers before the lines. */
  readonly numbers?: boolean;
  /** Lines that are shown before somebody asks for all. @default 30 */
  readonly lines?: number;
}

/**
 * Text line by line. Of long text its beginning, at no more cost than that; who asks for all of it gets it in a window,
 * however long it is.
 */
export function TextView({
  text,
  reveal = null,
  at = reveal?.match.range[0],
  about,
  mono = false,
  numbers = false,
  lines = 30,
}: TextViewProps) {
  const { labels, format } = useTraceContext();
  const [all, setAll] = useState(false);
  const first = firstLines(text, lines);
  const isLong = first < text.length;
  const isBehind = reveal !== null && at !== undefined && at >= first;
  useBrowserLayoutEffect(() => {
    if (isBehind && reveal?.isPending()) setAll(true);
  }, [isBehind, reveal]);
  const shown = isLong && !all ? text.slice(0, first) : text;
  const className = mono || numbers ? 'tv-text tv-mono' : 'tv-text';
  return (
    <>
      {numbers || (isLong && all) ? (
        <Lines text={shown} about={about} reveal={reveal} at={at} className={className} numbers={numbers} />
      ) : (
        <div className={className} dir="auto">
          <ShownText text={shown} about={about} reveal={reveal} at={at} />
        </div>
      )}
      {isLong ? (
        <button type="button" className="tv-button tv-line tv-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? labels.showLess : labels.showAll(format.count(text.length))}
        </button>
      ) : null}
    </>
  );
}

interface LinesProps {
  readonly text: string;
  readonly about: TextAbout | undefined;
  readonly reveal: Reveal | null;
  readonly at: number | undefined;
  readonly className: string;
  readonly numbers: boolean;
}

/** Browsers clamp what is higher than some 17 million pixels: longer texts come in parts. */
const LINES_AT_MOST = 400_000;
/** So many lines are one entry of the list: measuring each by itself would take its time where there are many. */
const LINES_PER_ENTRY = 16;
const LINE_HEIGHT = 18;

function Lines({ text, about, reveal, at: place, className, numbers }: LinesProps) {
  const { labels, format } = useTraceContext();
  const list = useRef<WindowedListRef>(null);
  const lines = useSteps(() => textLines(text), [text]);
  const [part, setPart] = useState(0);
  const wanted = lines && place !== undefined && reveal?.isPending() ? lines.pieceAt(place) : -1;
  useBrowserLayoutEffect(() => {
    if (wanted === -1) return;
    if (Math.floor(wanted / LINES_AT_MOST) === part)
      list.current?.scrollTo(Math.floor((wanted % LINES_AT_MOST) / LINES_PER_ENTRY), 'center');
    else setPart(Math.floor(wanted / LINES_AT_MOST));
  }, [wanted, reveal, part]);
  if (!lines) return <p className="tv-faint">{labels.preparing}</p>;
  const from = part * LINES_AT_MOST;
  const count = Math.min(LINES_AT_MOST, lines.size - from);
  const show = (start: number, to: number): ReactNode => (
    <>
      <ShownText
        text={text.slice(start, to)}
        about={about}
        reveal={reveal}
        at={place === undefined ? undefined : place - start}
      />
      {/* An empty line at the end is a line, too. */}
      {start === to || text[to - 1] === '\n' ? '\n' : null}
    </>
  );
  return (
    <>
      {lines.size > LINES_AT_MOST ? (
        <p className="tv-text-parts">
          <button type="button" className="tv-button tv-line" disabled={part === 0} onClick={() => setPart(part - 1)}>
            {labels.partBefore}
          </button>
          <span>
            {labels.linesFromTo(
              format.count(lines.piece(from).line),
              format.count(lines.piece(from + count - 1).line),
              format.count(lines.lines),
            )}
          </span>
          <button
            type="button"
            className="tv-button tv-line"
            disabled={from + count >= lines.size}
            onClick={() => setPart(part + 1)}
          >
            {labels.partAfter}
          </button>
        </p>
      ) : null}
      <WindowedList
        key={part}
        ref={list}
        role="none"
        className={numbers ? `${className} tv-numbered` : className}
        count={Math.ceil(count / LINES_PER_ENTRY)}
        estimate={LINE_HEIGHT * Math.min(LINES_PER_ENTRY, count)}
        renderEntry={(at) => {
          const first = from + at * LINES_PER_ENTRY;
          const pieces = lines.window(first, Math.min(first + LINES_PER_ENTRY, from + count));
          return numbers
            ? pieces.map(({ from: start, to, line, continues }) => (
                <div key={start} className="tv-text-line" data-line={continues ? undefined : line}>
                  {show(start, to)}
                </div>
              ))
            : show(pieces[0]!.from, pieces.at(-1)!.to);
        }}
      />
    </>
  );
}
