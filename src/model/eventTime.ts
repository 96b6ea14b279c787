import type { SpanEvent } from './types.ts';

/**
 * When an event was, in nanoseconds since the Unix epoch; null where no time is known. `origin` is that of its trace.
 */
export function eventUnixNano({ time, timeUnixNano }: SpanEvent, origin: bigint): bigint | null {
  if (timeUnixNano !== undefined) return timeUnixNano;
  return Number.isNaN(time) ? null : origin + BigInt(Math.round(time));
}
