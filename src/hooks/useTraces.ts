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
  /** Bytes and spans so far, from the moment on when reading takes a while; brought up to date ten times a second. */
  readonly soFar?: Pick<ReadProgress, 'bytes' | 'totalBytes' | 'spans'> | null;
  /** While it is read: ends that, and frees what was read. The state is then an error with the code `cancelled`. */
  readonly cancel?: () => void;
}

const LOADING: TracesState = { status: 'loading', set: null, error: null, progress: null };

/** Milliseconds after which reading takes a while, and between two reports of how far it is. */
const PATIENCE = 300;
const REFRESH = 100;
const NOTHING_YET = { bytes: 0, spans: 0 };

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
    const cancel = (): void => {
      const error = new TraceInputError('cancelled', 'Reading was cancelled.');
      settle({ status: 'error', set: null, error, progress: null });
      stop.abort(error);
    };
    // Not at once: StrictMode starts every effect twice, and a response or a stream can be read only once.
    queueMicrotask(() => {
      if (stop.signal.aborted) return;
      let shown: TracesState = { ...LOADING, cancel };
      let soFar: ReadProgress | null = null;
      let since = performance.now();
      const show = (): void => {
        since = performance.now();
        settle(shown);
      };
      const onProgress = (progress: ReadProgress): void => {
        options?.onProgress?.(progress);
        soFar = progress;
        if (progress.phase === 'ready') return;
        const reached = progress.share === null ? null : Math.floor(progress.share * 100) / 100;
        const isOther = reached !== shown.progress || (shown.soFar && performance.now() - since > REFRESH);
        if (!isOther) return;
        shown = { ...shown, progress: reached, ...(shown.soFar ? { soFar: progress } : {}) };
        show();
      };
      const later = setTimeout(() => {
        shown = { ...shown, soFar: soFar ?? NOTHING_YET };
        show();
      }, PATIENCE);
      stop.signal.addEventListener('abort', () => clearTimeout(later));
      show();
      const end = (last: TracesState): void => {
        clearTimeout(later);
        settle(last);
      };
      parseTraces(input, { ...options, signal: stop.signal, onProgress }).then(
        (set) => end({ status: 'ready', set, error: null, progress: 1 }),
        (error: unknown) => end({ status: 'error', set: null, error: asInputError(error), progress: null }),
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
