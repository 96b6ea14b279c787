'use client';
import { useEffect, useMemo, useState } from 'react';
import { comparePair } from '../../analysis/diff/pair/comparePair.ts';
import { compareTexts } from '../../analysis/diff/pair/compareTexts.ts';
import type { PairComparison, TextComparison } from '../../analysis/diff/pair/types.ts';
import type { TraceDiffResult } from '../../analysis/diff/types.ts';
import { useStable } from '../../hooks/useStable.ts';
import type { Trace } from '../../model/types.ts';

/** What was found; null while it is looked for, and where that failed. */
export interface Later<Found> {
  readonly found: Found | null;
  readonly failed: boolean;
}

const WAITING = { found: null, failed: false } as const;

/**
 * What work results in that comes later. Work that is no longer wanted ends, and of what was asked for before nothing is
 * shown, unless it is `kept` until the new one is there. Anew when one of `about` changes.
 */
function useLater<Found>(
  work: (signal: AbortSignal) => Promise<Found>,
  about: readonly unknown[],
  kept = false,
): Later<Found> {
  const asked = useStable(about);
  const [state, setState] = useState<Later<Found> & { readonly of: unknown }>({ ...WAITING, of: null });
  useEffect(() => {
    const stop = new AbortController();
    const settle = (next: Later<Found>): void => {
      if (!stop.signal.aborted) setState({ ...next, of: asked });
    };
    work(stop.signal).then(
      (found) => settle({ found, failed: false }),
      () => settle({ found: null, failed: true }),
    );
    return () => stop.abort();
    // `asked` says when the work is another one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  const isShown = kept || state.of === asked;
  return useMemo(() => (isShown ? state : WAITING), [isShown, state]);
}

/**
 * All that differs between the two spans of a row. For as long as the component stands it has to be of these two: what
 * was found stays while a better diff is looked at.
 */
export function useComparison(
  diff: TraceDiffResult,
  row: number,
  a: Trace,
  b: Trace,
  ignored: readonly string[] | undefined,
): Later<PairComparison> {
  const ignoreAttributes = useStable(ignored);
  return useLater(
    (signal) => comparePair(diff, row, a, b, { signal, ...(ignoreAttributes ? { ignoreAttributes } : {}) }),
    [diff, row, a, b, ignoreAttributes],
    true,
  );
}

/** Two texts word by word. */
export const useTextComparison = (a: string, b: string): Later<TextComparison> =>
  useLater(() => compareTexts(a, b), [a, b]);
