import { readInstant } from '../../model/time.ts';

/** Where one moment has several records of one thing: what a trace repeats of it, the record itself, an update. */
const RANKS = { trimmed: -0.25, whole: 0, update: 0.25 } as const;

/** Microseconds of the moment at which a record was written, so that the later wins; 0 where none is known. */
export function revisionAt(time: unknown, rank: keyof typeof RANKS = 'whole'): number {
  const instant = readInstant(time, 'iso');
  return (typeof instant === 'string' ? 0 : instant.seconds * 1e6 + Math.floor(instant.nanos / 1000)) + RANKS[rank];
}
