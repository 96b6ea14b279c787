'use client';
import { useMemo, useState } from 'react';
import type { Soon } from '../analysis/steps.ts';
import { inTurn } from './live/inTurn.ts';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';

interface Task<Result> {
  readonly work: (signal: AbortSignal) => Soon<Result>;
  readonly kept: string | undefined;
}

/**
 * What work gives that may take a while; null until it is done, and where it fails. Begun anew where one of `about`
 * changes, what was under way is told to end then. What is there within a moment is there before the first picture.
 * While `kept` stays the same, such as the key of a trace that grows, the former result stays until there is a new one,
 * which is worked out when it is its turn (`inTurn`); what is under way is finished first.
 */
export function useSoon<Result>(
  work: (signal: AbortSignal) => Soon<Result>,
  about: readonly unknown[],
  kept?: string,
): Result | null {
  const [done, setDone] = useState<{ readonly task: Task<Result>; readonly result: Result } | null>(null);
  // The work of these things is one task, however often the component is drawn.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const task = useMemo(() => ({ work, kept }), about);
  const [tasks] = useState(() => createTasks<Result>(setDone));
  useBrowserLayoutEffect(() => tasks.take(task), [tasks, task]);
  useBrowserLayoutEffect(() => tasks.stop, [tasks]);
  return done && (done.task === task || (kept !== undefined && done.task.kept === kept)) ? done.result : null;
}

/** The work of one hook: the newest task, one at a time. */
export function createTasks<Result>(settle: (done: { readonly task: Task<Result>; readonly result: Result }) => void) {
  let newest: Task<Result> | null = null;
  /** Null where nothing is under way: telling what is over would cost the making of an error, for each row that goes. */
  let ending: AbortController | null = null;
  let underway: Promise<void> | null = null;
  let leave: (() => void) | null = null;
  const run = async (task: Task<Result>): Promise<void> => {
    const mine = (ending = new AbortController());
    try {
      const result = await task.work(mine.signal);
      if (!mine.signal.aborted) settle({ task, result });
    } catch {
      // Ended, or a content that cannot be read: what needs it is left out.
    }
    if (ending === mine) ending = null;
  };
  const goOn = async (): Promise<void> => {
    await underway;
    if (!leave || !newest) return;
    leave = null;
    await (underway = run(newest));
  };
  const stop = (): void => {
    ending?.abort();
    leave?.();
    newest = ending = leave = null;
  };
  return {
    take(task: Task<Result>): void {
      const isFurther = task.kept !== undefined && task.kept === newest?.kept;
      if (!isFurther) stop();
      newest = task;
      if (isFurther) leave ??= inTurn(goOn);
      else underway = run(task);
    },
    stop,
  };
}
