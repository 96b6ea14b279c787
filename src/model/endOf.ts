import type { Nanos, Trace } from './types.ts';

/** End of a span in Nanos; the last instant known where none is recorded. */
export function endOf(trace: Pick<Trace, 'columns' | 'end'>, index: number): Nanos {
  const end = trace.columns.end[index]!;
  return Number.isNaN(end) ? trace.end : end;
}
