'use client';
import { useEffect, useState } from 'react';
import type { Span, SpanContent } from '../model/types.ts';

/** What is there of a span's content: null while it is read, and an error where reading failed. */
export interface SpanContentState {
  readonly content: SpanContent | null;
  readonly error: unknown;
}

const READING: SpanContentState = { content: null, error: null };

/** Everything that a span holds, read when it is asked for. Content of a former span is never given for a new one. */
export function useSpanContent(span: Span | null): SpanContentState {
  const [state, setState] = useState<SpanContentState & { readonly of: Span | null }>({ ...READING, of: null });
  useEffect(() => {
    if (!span) return undefined;
    let wanted = true;
    const settle = (next: SpanContentState): void => {
      if (wanted) setState({ ...next, of: span });
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
  return state.of === span ? state : READING;
}
