'use client';
import { useEffect, useMemo, useState } from 'react';
import type { Span, SpanContent } from '../model/types.ts';

/** What is there of a span's content: null while it is read, and an error where reading failed. */
export interface SpanContentState {
  readonly content: SpanContent | null;
  readonly error: unknown;
}

interface Settled extends SpanContentState {
  readonly of: Span | null;
}

const READING: SpanContentState = { content: null, error: null };

/** Everything that a span holds, read when it is asked for. Content of a former span is never given for a new one. */
export function useSpanContent(span: Span | null): SpanContentState {
  const [state, setState] = useState<Settled>({ ...READING, of: null });
  useEffect(() => {
    if (!span) return undefined;
    let wanted = true;
    const settle = (next: SpanContentState): void => {
      if (wanted) setState((before) => settled(before, { ...next, of: span }));
    };
    try {
      const content = span.content();
      if (content instanceof Promise)
        content.then(
          (read) => settle({ content: read, error: null }),
          (error: unknown) => settle({ content: null, error }),
        );
      else settle({ content, error: null });
    } catch (error) {
      settle({ content: null, error });
    }
    return () => {
      wanted = false;
    };
  }, [span]);
  const later = useMemo(
    () => (span && state.of !== span && state.of?.key === span.key ? readAnew(span, state.content) : null),
    [span, state],
  );
  return later ?? (state.of === span ? state : READING);
}

/**
 * Of the same span in a later state of its trace: at once where it is at hand, so that what is shown of it stays on
 * screen. The same object where nothing was recorded anew.
 */
function readAnew(span: Span, former: SpanContent | null): SpanContentState | null {
  try {
    const content = span.content();
    if (content instanceof Promise) return null;
    return { content: former && isSame(former, content) ? former : content, error: null };
  } catch (error) {
    return { content: null, error };
  }
}

/** The former content where it says the same of the same span. */
function settled(before: Settled, next: Settled): Settled {
  const isKept = before.of?.key === next.of?.key && before.content && next.content;
  return isKept && isSame(before.content, next.content) ? { ...next, content: before.content } : next;
}

/** Records are kept as they came; beside them, others may have said something of the span, and its times may count anew. */
const isSame = (former: SpanContent, content: SpanContent): boolean =>
  former.raw.length === content.raw.length &&
  former.raw.every((record, at) => record === content.raw[at]) &&
  former.scores.length === content.scores.length &&
  former.links.length === content.links.length &&
  former.events[0]?.time === content.events[0]?.time;
