'use client';
import { useMemo } from 'react';
import { largestTrace } from '../../analysis/traces/largestTrace.ts';
import type { TraceSide } from '../../analysis/diff/types.ts';
import type { ParseOptions, TraceInput } from '../../adapters/types.ts';
import { useStable } from '../../hooks/useStable.ts';
import { useTraces, type TracesState } from '../../hooks/useTraces.ts';
import type { Trace, TraceSet } from '../../model/types.ts';

/** A side of a comparison: an input to read, or a trace, a span with all below it, or a set that is read already. */
export type DiffInput = TraceInput | readonly TraceInput[] | TraceSide | TraceSet;

export interface SideState {
  /** Null while it is read, or where there is none. */
  readonly side: TraceSide | null;
  /** How reading goes. */
  readonly read: TracesState;
}

/** Reads a side. Of an input with several traces it is the one with the most spans. */
export function useSide(given: DiffInput | undefined, options: ParseOptions | undefined): SideState {
  const input = useStable(given);
  const isRead = isSide(input) || isSet(input);
  const read = useTraces(isRead ? undefined : input, options);
  const set = isSet(input) ? input : read.set;
  return useMemo(
    () => ({ side: isSide(input) ? input : set ? largestTrace(set.traces) : null, read }),
    [input, set, read],
  );
}

const isTrace = (value: unknown): value is Trace =>
  typeof value === 'object' && value !== null && 'spanCount' in value && 'columns' in value && 'span' in value;

const isSide = (value: unknown): value is TraceSide =>
  isTrace(value) || (typeof value === 'object' && value !== null && 'trace' in value && isTrace(value.trace));

const isSet = (value: unknown): value is TraceSet =>
  typeof value === 'object' &&
  value !== null &&
  'traces' in value &&
  'accounting' in value &&
  Array.isArray(value.traces) &&
  value.traces.every(isTrace);
