'use client';
import { useMemo, useState } from 'react';
import type { Soon } from '../analysis/steps.ts';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';

/**
 * What work gives that may take a while; null until it is done, and where it fails. Begun anew where one of `about`
 * changes, what was under way is told to end then. What is there within a moment is there before the first picture.
 * While `kept` stays the same, such as the key of a trace that grows, the former result stays until there is a new one.
 */
export function useSoon<Result>(
  work: (signal: AbortSignal) => Soon<Result>,
  about: readonly unknown[],
  kept?: string,
): Result | null {
  const [done, setDone] = useState<{
    readonly task: { readonly kept: string | undefined };
    readonly result: Result;
  } | null>(null);
  // The work of these things is one task, however often the component is drawn.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const task = useMemo(() => ({ work, kept }), about);
  useBrowserLayoutEffect(() => {
    const ending = new AbortController();
    let isOver = false;
    const begin = async (): Promise<void> => {
      try {
        const result = await task.work(ending.signal);
        if (!ending.signal.aborted) setDone({ task, result });
      } catch {
        // Ended, or a content that cannot be read: what needs it is left out.
      }
      isOver = true;
    };
    void begin();
    // Telling what is over would cost the making of an error, for each row that goes.
    return () => {
      if (!isOver) ending.abort();
    };
  }, [task]);
  return done && (done.task === task || (kept !== undefined && done.task.kept === kept)) ? done.result : null;
}
