import { amount } from '../../model/attributes.ts';
import { compareInstants, readInstant } from '../../model/time.ts';

/** Milliseconds of 1 January 1990 and 2100: a number between them counts milliseconds. */
const FROM = 631_152_000_000;
const TO = 4_102_444_800_000;

/**
 * A time of a run for the unit `iso`: one object may hold ISO text (with zone, with offset, or bare, which is UTC)
 * beside milliseconds since the epoch, as JavaScript's SDK writes them. Milliseconds become seconds and nanoseconds,
 * for no unit needs guessing there.
 */
export function runTime(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (value instanceof Date) return pair(value.getTime());
  const number = amount(value);
  if (number !== null) return number >= FROM && number < TO ? pair(number) : value;
  // Databases print the offset as hours alone.
  if (typeof value === 'string') return value.trim().replace(/(:\d\d(?:\.\d+)?[+-]\d\d)$/, '$1:00');
  // No form of a time, and nothing to look into: it counts as one that cannot be read.
  return Number.NaN;
}

/**
 * The end of a run. The SDK for JavaScript counts ends in whole milliseconds, and gives starts microseconds that only
 * keep their order: an end in the millisecond of the start is not before it.
 */
export function runEnd(value: unknown, start: unknown): unknown {
  const end = runTime(value);
  if (typeof value !== 'number' || !Number.isInteger(value) || typeof start !== 'string') return end;
  const [from, to] = [readInstant(start, 'iso'), readInstant(end, 'iso')];
  if (typeof from === 'string' || typeof to === 'string') return end;
  const sameMilli = from.seconds === to.seconds && Math.floor(from.nanos / 1e6) === Math.floor(to.nanos / 1e6);
  return sameMilli && compareInstants(to, from) < 0 ? start : end;
}

/** `[seconds, nanos]`. */
function pair(millis: number): unknown {
  if (!Number.isFinite(millis)) return Number.NaN;
  const rest = millis % 1000;
  return [(millis - rest) / 1000, Math.min(999_999_999, Math.round(rest * 1e6))];
}
