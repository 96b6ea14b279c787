'use client';
import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Trace } from '../../../model/types.ts';
import type { RowContent, RowReader } from '../rowReader.ts';

/**
 * A number with its unit, behind the name: short for the eye, in full for screen readers. Hidden where it does not fit
 * whole.
 */
export function RowCount({ short, words }: { readonly short: string; readonly words: string }) {
  return (
    <span className="tv-count" title={words}>
      <span dir="auto" aria-hidden="true">
        {short}
      </span>
      <span className="tv-visually-hidden">{words}</span>
    </span>
  );
}

interface DocumentCountProps {
  readonly trace: Trace;
  readonly index: number;
  readonly reader: RowReader;
}

/**
 * How many documents a step found or kept. They lie in the content, so this is written some time after the row has come
 * on screen, without a commit.
 */
export function DocumentCount({ trace, index, reader }: DocumentCountProps) {
  const { format, labels } = useTraceContext();
  const count = useRef<HTMLSpanElement>(null);
  const short = useRef<HTMLSpanElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  useBrowserLayoutEffect(() => {
    const write = (brief: string, full: string): void => {
      count.current!.hidden = brief === '';
      short.current!.textContent = brief;
      count.current!.title = words.current!.textContent = full;
    };
    const writeCount = ({ documents }: RowContent): void => {
      if (!documents) return;
      const { before, after } = documents;
      if (before === null)
        write(labels.documentCount(after, format.count(after)), labels.documentWords(after, format.count(after)));
      else
        write(
          labels.documentsKept(format.count(before), format.count(after), after),
          labels.documentsKeptWords(format.count(before), format.count(after)),
        );
    };
    const known = reader.known(trace, index);
    write('', '');
    if (known) writeCount(known);
    return reader.watch(trace, index, writeCount);
  }, [trace, index, reader, format, labels]);
  return (
    <span ref={count} className="tv-count" hidden>
      <span ref={short} dir="auto" aria-hidden="true" />
      <span ref={words} className="tv-visually-hidden" />
    </span>
  );
}
