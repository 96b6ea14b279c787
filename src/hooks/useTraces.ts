'use client';
import { useEffect, useState } from 'react';
import { parseTraces } from '../adapters/parseTraces.ts';
import type { ParseOptions, ReadProgress, TraceInput } from '../adapters/types.ts';
import { useStable } from './useStable.ts';
import { TraceInputError } from '../model/diagnostics.ts';
import type { TraceSet } from '../model/types.ts';

export interface TracesState {
  readonly status: 'loading' | 'ready' | 'error';
  readonly set: TraceSet | null;
  readonly error: TraceInputError | null;
  /** 0 … 1 of reading, as `onProgress` reports it, in steps of a hundredth; null where that is not known. */
  readonly progress: number | null;
}

const LOADING: TracesState = { status: 'loading', set: null, error: null, progress: null };

/**
 * Reads an input for as long as the component stands; never throws. A list counts as the same input while its items are
 * the same. `options` are read when the input changes, masking rules also when they change: what was read with others
 * is not shown any more. Undefined input stays `loading`.
 */
export function useTraces(given: TraceInput | readonly TraceInput[] | undefined, options?: ParseOptions): TracesState {
  const input = useStable(given);
  const rules = useStable(rulesIn(options));
  const [state, setState] = useState<TracesState & { readonly of: unknown; readonly by: unknown }>({
    ...LOADING,
    of: undefined,
    by: undefined,
  });
  useEffect(() => {
    if (input === undefined) return undefined;
    const stop = new AbortController();
    const settle = (next: TracesState): void => {
      if (!stop.signal.aborted) setState({ ...next, of: input, by: rules });
    };
    // Not at once: StrictMode starts every effect twice, and a response or a stream can be read only once.
    queueMicrotask(() => {
      if (stop.signal.aborted) return;
      let last: number | null = null;
      const onProgress = (progress: ReadProgress): void => {
        options?.onProgress?.(progress);
        const reached = progress.share === null ? null : Math.floor(progress.share * 100) / 100;
        if (progress.phase === 'ready' || reached === last) return;
        last = reached;
        settle({ ...LOADING, progress: reached });
      };
      parseTraces(input, { ...options, signal: stop.signal, onProgress }).then(
        (set) => settle({ status: 'ready', set, error: null, progress: 1 }),
        (error: unknown) => settle({ status: 'error', set: null, error: asInputError(error), progress: null }),
      );
    });
    return () => stop.abort();
    // A host writes `options={{…}}` in place, a new object at each render: only a new input means reading again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [input, rules]);
  return state.of === input && state.by === rules ? state : LOADING;
}

/** Masking rules as a flat list that can be compared: expressions by what they say, functions as they are. */
const rulesIn = (options: ParseOptions | undefined): readonly unknown[] => {
  const rules: unknown = options?.redact;
  return Array.isArray(rules)
    ? rules.flatMap(
        (rule: { readonly name?: unknown; readonly key?: unknown; readonly value?: unknown } | null | undefined) => [
          rule?.name,
          String(rule?.key),
          typeof rule?.value === 'function' ? rule.value : String(rule?.value),
        ],
      )
    : [rules];
};

const asInputError = (error: unknown): TraceInputError =>
  error instanceof TraceInputError
    ? error
    : new TraceInputError('not-read', error instanceof Error ? error.message : String(error));
