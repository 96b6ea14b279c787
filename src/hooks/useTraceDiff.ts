'use client';
import { useEffect, useState } from 'react';
import { diffInSteps, type DiffProgress } from '../analysis/diff/diffInSteps.ts';
import type { DiffOptions, TraceDiffResult, TraceSide } from '../analysis/diff/types.ts';
import { useStable } from './useStable.ts';

export interface TraceDiffState {
  readonly status: 'comparing' | 'ready';
  /** While `comparing`, the diff by names and shape alone where the whole takes a while, else null. */
  readonly diff: TraceDiffResult | null;
  readonly progress: DiffProgress | null;
}

const COMPARING: TraceDiffState = { status: 'comparing', diff: null, progress: null };

/**
 * Compares two traces, or two spans with all below them, for as long as the component stands. The work is done in
 * slices between frames; new sides or options cancel it. Without one of the sides it waits.
 */
export function useTraceDiff(
  givenA: TraceSide | null | undefined,
  givenB: TraceSide | null | undefined,
  { pair, forbid }: DiffOptions = {},
): TraceDiffState {
  const a = useStable(givenA);
  const b = useStable(givenB);
  const options = useStable([...(pair ?? []).flat(), '', ...(forbid ?? []).flat()]);
  const asked = useStable([a, b, options]);
  const [state, setState] = useState<TraceDiffState & { readonly of: unknown }>({ ...COMPARING, of: null });
  useEffect(() => {
    if (!a || !b) return undefined;
    const stop = new AbortController();
    const settle = (next: Partial<TraceDiffState>): void => {
      if (!stop.signal.aborted)
        setState((former) => ({ ...(former.of === asked ? former : COMPARING), ...next, of: asked }));
    };
    const pairs = { ...(pair ? { pair } : {}), ...(forbid ? { forbid } : {}) };
    diffInSteps(a, b, {
      ...pairs,
      signal: stop.signal,
      onProgress: (progress) => settle({ progress }),
      onEarly: (diff) => settle({ diff }),
    }).then(
      (diff) => {
        if (diff) settle({ status: 'ready', diff, progress: null });
      },
      // Nothing of the two can be compared: a host object that throws when looked at.
      () => settle({ status: 'ready', diff: null, progress: null }),
    );
    return () => stop.abort();
    // The lists of pairs are written in place by hosts, new at each render: `asked` says when they are others.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  return state.of === asked ? state : COMPARING;
}
