import type { Nanos, Trace } from './types.ts';

/** End of a span in Nanos; the last instant known where none is recorded. */
export const endOf = (trace: Pick<Trace, 'columns' | 'end'>, index: number): Nanos =>
  Number.isNaN(trace.columns.end[index]!) ? trace.end : trace.columns.end[index]!;
