'use client';
import { useMemo, useState, type ReactNode } from 'react';
import { parsed, toJson } from '../../../conventions/json.ts';
import { createContentMarker } from '../../../analysis/query/match/marks.ts';
import type { TextRange } from '../../../analysis/query/types.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { markedRanges } from '../../text/markedText.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { hexOf } from '../../../conventions/toJson.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';

const FIRST = 4_000;
const FURTHER = 40_000;

interface LongTextProps {
  readonly text: string;
  /** Code, JSON, stack traces. */
  readonly mono?: boolean;
  /** Keys of JSON stand back. */
  readonly json?: boolean;
  /** Characters shown at first. @default 4,000 */
  readonly first?: number;
}

/**
 * Recorded text as text, never as markup, with what is looked for marked in it. Long text is shown in windows: fifty
 * megabytes in one element would stop the page.
 */
export function LongText({ text, mono = false, json = false, first = FIRST }: LongTextProps) {
  const { format, labels } = useTraceContext();
  const [shown, setShown] = useState(first);
  const asked = useTraceStore((state) => state.asked);
  const marker = useMemo(() => createContentMarker(asked), [asked]);
  const part = text.length > shown ? text.slice(0, shown) : text;
  return (
    <div className={mono || json ? 'tv-text tv-mono' : 'tv-text'} dir="auto">
      {json ? keysStandBack(part, marker) : markedRanges(part, marker(part, MARKS_AT_MOST))}
      {text.length > shown ? (
        <button type="button" className="tv-button tv-line tv-more" onClick={() => setShown(shown + FURTHER)}>
          {labels.showMore(format.count(Math.min(FURTHER, text.length - shown)))}
        </button>
      ) : null}
    </div>
  );
}

/** Any value: text as text, bytes as hexadecimal, structure as indented JSON. */
export function Value({ value, first }: { readonly value: unknown; readonly first?: number }) {
  const bytes = value instanceof Uint8Array;
  const structured = value !== null && typeof value === 'object' && !bytes;
  const text = useMemo(
    () => (bytes ? hexOf(value) : structured ? toJson(value, 2) : String(value)),
    [bytes, structured, value],
  );
  return (
    <LongText
      text={text}
      mono={typeof value !== 'string'}
      json={structured}
      {...(first === undefined ? {} : { first })}
    />
  );
}

/**
 * Text that may be JSON in disguise, as answers of models often are: opened where it is, left alone where it is not.
 */
export function TextOrJson({ text }: { readonly text: string }) {
  const structure = useMemo(() => (text.length < 200_000 && /^\s*[[{]/.test(text) ? parsed(text) : text), [text]);
  return <Value value={structure} />;
}

const KEY = /^(\s*)("(?:[^"\\]|\\.)*":)/;

/** More marks than a reader looks at would only cost elements. */
const MARKS_AT_MOST = 500;

function keysStandBack(text: string, marker: (text: string, most: number) => readonly TextRange[]): ReactNode {
  const marked = (piece: string): ReactNode => markedRanges(piece, marker(piece, MARKS_AT_MOST));
  return text.split('\n').map((line, place) => {
    const key = KEY.exec(line);
    return (
      <span key={place}>
        {key ? (
          <>
            {key[1]}
            <span className="tv-json-key">{recordedText(key[2]!)}</span>
            {marked(line.slice(key[0].length))}
          </>
        ) : (
          marked(line)
        )}
        {'\n'}
      </span>
    );
  });
}
