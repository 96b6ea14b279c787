import type { Nanos, Trace } from '../../model/types.ts';

/**
 * When the trace began; null where no span has a start or an end. All of them stand at 0 then, which says nothing: a
 * recorded 0 counts as missing.
 */
export const beganAt = ({ originUnixNano }: Trace): bigint | null => (originUnixNano === 0n ? null : originUnixNano);

/** From the first instant known to the last; NaN where there is but one, and nothing says that it was the last. */
export const wholeLength = (trace: Trace): Nanos =>
  trace.end > 0 || trace.columns.end.some((time) => !Number.isNaN(time)) ? trace.end : Number.NaN;
