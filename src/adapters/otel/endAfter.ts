import { isObject } from '../../conventions/json.ts';
import { amount } from '../../model/attributes.ts';
import { readInstant, type TimeUnit } from '../../model/time.ts';

const NANOS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 } as const;

/**
 * The end of what has a start and a length, for formats that record the latter: exact to the nanosecond, in a form that
 * `readInstant` takes. `unit` is that of the length, and of the start where this is a number. Undefined where no length
 * or no start is known; a length that is no number stands as it is, so that it is reported as a bad time.
 */
export function endAfter(
  start: unknown,
  length: unknown,
  unit: keyof typeof NANOS,
  startUnit: TimeUnit = unit,
): unknown {
  if (length === undefined || length === null || length === '') return undefined;
  const units = amount(length);
  if (units === null) return isObject(length) || Array.isArray(length) ? 'no length' : length;
  const begin = readInstant(start, startUnit);
  if (typeof begin === 'string') return undefined;
  // The start is in another unit than was asked for, and so is the length.
  if (begin.guessed && amount(start) !== null) return amount(start)! + units;
  const perSecond = 1e9 / NANOS[unit];
  const seconds = Math.trunc(units / perSecond);
  const nanos = begin.nanos + Math.round((units - seconds * perSecond) * NANOS[unit]);
  return [begin.seconds + seconds + Math.floor(nanos / 1e9), ((nanos % 1e9) + 1e9) % 1e9];
}
