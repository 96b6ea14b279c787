'use client';
import { useEffect, useMemo, useState } from 'react';
import type { Span, SpanContent, SpanKey } from '../model/types.ts';
import { useInPage } from './context/useInPage.ts';

/** What is there of a span's content: null while it is read, and an error where reading failed. */
export interface SpanContentState {
  readonly content: SpanContent | null;
  readonly error: unknown;
}

interface Begun extends SpanContentState {
  readonly reading: Promise<SpanContent> | null;
}

const NOTHING: Begun = { content: null, error: null, reading: null };

/**
 * Everything that a span holds, read when it is asked for: what is at hand is there at once. Content of a former span
 * is never given for a new one; of the same span in a later state of its trace it is the same object where nothing was
 * recorded anew.
 */
export function useSpanContent(span: Span | null): SpanContentState {
  const inPage = useInPage();
  const begun = useMemo(() => (span && inPage ? read(span) : NOTHING), [span, inPage]);
  const [arrived, setArrived] = useState<{ readonly begun: Begun; readonly now: SpanContentState }>();
  useEffect(() => {
    let isWanted = true;
    const settle = (content: SpanContent | null, error: unknown): void => {
      if (isWanted) setArrived({ begun, now: { content, error } });
    };
    begun.reading?.then(
      (content) => settle(content, null),
      (error: unknown) => settle(null, error),
    );
    return () => {
      isWanted = false;
    };
  }, [begun]);
  const { content: now, error } = arrived?.begun === begun ? arrived.now : begun;
  const content = useKept(span, now);
  return useMemo(() => ({ content, error }), [content, error]);
}

function read(span: Span): Begun {
  try {
    const content = span.content();
    if (!(content instanceof Promise)) return { ...NOTHING, content };
    // Who waits for it hears that it failed. Nobody may, where this is drawn anew before.
    content.catch(() => {});
    return { ...NOTHING, reading: content };
  } catch (error) {
    return { ...NOTHING, error };
  }
}

/** The content that was given of the same span before, where the new one says the same. */
function useKept(span: Span | null, content: SpanContent | null): SpanContent | null {
  const [former, setFormer] = useState<{ readonly key: SpanKey; readonly content: SpanContent }>();
  if (!span || !content) return null;
  if (former?.key === span.key && isSame(former.content, content)) return former.content;
  setFormer({ key: span.key, content });
  return content;
}

/** Records are kept as they came; beside them, others may have said something of the span, and its times may count anew. */
const isSame = (former: SpanContent, content: SpanContent): boolean =>
  former === content ||
  (former.raw.length === content.raw.length &&
    former.raw.every((record, at) => record === content.raw[at]) &&
    former.scores.length === content.scores.length &&
    former.links.length === content.links.length &&
    former.events[0]?.time === content.events[0]?.time);
