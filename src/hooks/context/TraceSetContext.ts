'use client';
import { createContext, useContext } from 'react';
import type { Diagnostic, Span, SpanKey, Trace } from '../../model/types.ts';

/** The traces around the one that is shown. */
export interface TraceSetValue {
  /** A span of any trace of the set. */
  find(traceId: string, spanId: string): Span | undefined;
  /** Selects a span, in whichever trace it is. */
  show(key: SpanKey): void;
  /** What says that spans of a trace may be missing: its sums are lower limits then. */
  missing(trace: Trace): readonly Diagnostic[];
}

export const TraceSetContext = createContext<TraceSetValue | null>(null);

/** Null where a trace is shown by itself. */
export const useTraceSet = (): TraceSetValue | null => useContext(TraceSetContext);
