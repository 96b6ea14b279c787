import type { Trace } from '../../model/types.ts';

/** The trace with the most spans: the one people mean when a file holds several. The first of equals; null = none. */
export const largestTrace = (traces: readonly Trace[]): Trace | null =>
  traces.reduce<Trace | null>((best, trace) => (best && best.spanCount >= trace.spanCount ? best : trace), null);
