import { amount } from './attributes.ts';
import { remains } from './build/remains.ts';
import type { Nanos } from './types.ts';

/** A point in time since the Unix epoch, split so that both halves are exact in doubles. */
export interface Instant {
  /** Whole seconds. */
  readonly seconds: number;
  /** 0 … 999,999,999. */
  readonly nanos: number;
  /** The number was not of the unit asked for, and was converted from the unit that its size suggests. */
  readonly guessed: boolean;
}

/** Two numbers that were read already: `readInstant` gives it back as it is. */
class ReadInstant implements Instant {
  readonly seconds: number;
  readonly nanos: number;
  readonly guessed: boolean;

  constructor(seconds: number, nanos: number, guessed: boolean) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.guessed = guessed;
  }
}

remains(new ReadInstant(1_800_000_000, 500_000_000, false));

/**
 * An instant of numbers that may come out of a typed array. Engines hold whole numbers otherwise than those that may be
 * fractions, and forget what they compiled for objects of the one sort when they meet the other: all are of one.
 */
export const instantOf = (seconds: number, nanos: number, guessed: boolean): Instant =>
  new ReadInstant(wholeNumber(seconds), wholeNumber(nanos), guessed);
const wholeNumber = (number: number): number => ((number | 0) === number ? number | 0 : number);

/**
 * `unix-ns` is spanwise's own: digits are nanoseconds whatever their number, zero and less are moments like any other;
 * what is not in digits is read as `iso`.
 */
export type TimeUnit = 'ns' | 'us' | 'ms' | 's' | 'iso' | 'unix-ns';

/** The units whose counts may turn out to be of another. */
type CountUnit = Exclude<TimeUnit, 'unix-ns'>;

const PER_SECOND = { ns: 1e9, us: 1e6, ms: 1e3, s: 1 } as const;
/** 1 January 1990 and 2100 in seconds: a count that falls between them in exactly one unit is taken for that unit. */
const PLAUSIBLE_FROM = 631_152_000;
const PLAUSIBLE_TO = 4_102_444_800;
const DECIMAL_DIGITS = /^[+]?(\d+)(?:\.(\d*))?$/;
const DECIMAL = /^[+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Of more digits the seconds could not be told apart. */
const UNIX_NANOS = /^-?\d{1,24}$/;
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads a time in any of the forms that traces hold: decimal text, number, bigint, `[seconds, nanos]`, ISO 8601 text,
 * Date. Decimal text and bigints stay exact to the nanosecond. Answers `missing` for null, undefined, '' and zero in
 * any form (OTLP writes an unset fixed64 as 0, the JavaScript SDK an open end as [0, 0]), `bad` for what is not a time.
 */
export function readInstant(value: unknown, unit: TimeUnit = 'ns'): Instant | 'missing' | 'bad' {
  if (unit === 'unix-ns')
    return typeof value === 'string' && UNIX_NANOS.test(value) ? fromUnixNanos(value) : readInstant(value, 'iso');
  if (value === undefined || value === null || value === '' || value === 0 || value === '0') return 'missing';
  if (typeof value === 'string') return fromText(value, unit);
  if (value instanceof ReadInstant) return value;
  if (typeof value === 'number') return fromNumber(value, unit);
  if (typeof value === 'bigint') return value < 0n ? 'bad' : fromText(value.toString(), unit);
  if (Array.isArray(value) && value.length === 2)
    return fromPair(amount(value[0]) ?? Number.NaN, amount(value[1]) ?? Number.NaN);
  if (value instanceof Date) return fromNumber(value.getTime(), 'ms');
  return 'bad';
}

function fromUnixNanos(text: string): Instant {
  const isBefore = text.startsWith('-');
  const digits = isBefore ? text.slice(1) : text;
  const [seconds, nanos] = [Number(digits.slice(0, -9)), Number(digits.slice(-9))];
  if (!isBefore) return instantOf(seconds, nanos, false);
  return nanos === 0 ? instantOf(0 - seconds, nanos, false) : instantOf(-seconds - 1, 1e9 - nanos, false);
}

function fromPair(seconds: number, nanos: number): Instant | 'missing' | 'bad' {
  if (seconds === 0 && nanos === 0) return 'missing';
  return Number.isSafeInteger(seconds) && seconds >= 0 && nanos >= 0 && nanos < 1e9
    ? instantOf(seconds, Math.floor(nanos), false)
    : 'bad';
}

function fromText(text: string, unit: CountUnit): Instant | 'missing' | 'bad' {
  // The common case, a 19-digit count of nanoseconds, without an expression and without BigInt.
  if (unit === 'ns' && text.length === 19) {
    let seconds = 0;
    let nanos = 0;
    let at = 0;
    for (; at < 19; at += 1) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      if (at < 10) seconds = seconds * 10 + digit;
      else nanos = nanos * 10 + digit;
    }
    if (at === 19 && seconds >= PLAUSIBLE_FROM) return instantOf(seconds, nanos, false);
  }
  const trimmed = text.trim();
  const digits = DECIMAL_DIGITS.exec(trimmed);
  if (digits) return fromDigits(digits[1]!.replace(/^0+/, ''), digits[2] ?? '', unit);
  const iso = ISO.exec(trimmed);
  if (iso) return fromIso(iso, unit);
  if (DECIMAL.test(trimmed)) return fromNumber(Number(trimmed), unit);
  return 'bad';
}

/**
 * `whole` and `fraction` are the digits on both sides of the decimal point: no double comes near them, so none is
 * rounded.
 */
function fromDigits(whole: string, fraction: string, unit: CountUnit): Instant | 'missing' | 'bad' {
  const digits = whole + fraction;
  if (/^0*$/.test(digits)) return 'missing';
  const [perSecond, guessed] = unitOf(Number(`${whole}.${fraction}`), unit);
  const places = Math.round(Math.log10(perSecond)) + fraction.length;
  const cut = Math.max(0, digits.length - places);
  const seconds = Number(digits.slice(0, cut));
  if (!Number.isSafeInteger(seconds)) return 'bad';
  return instantOf(seconds, Number(digits.slice(cut).padStart(places, '0').slice(0, 9).padEnd(9, '0')), guessed);
}

function fromNumber(value: number, unit: CountUnit): Instant | 'missing' | 'bad' {
  if (!Number.isFinite(value) || value < 0) return 'bad';
  if (value === 0) return 'missing';
  const [perSecond, guessed] = unitOf(value, unit);
  // The remainder of doubles is exact, the quotient is not: take the fraction off first.
  const rest = value % perSecond;
  const seconds = Math.round((value - rest) / perSecond);
  if (!Number.isSafeInteger(seconds)) return 'bad';
  const nanos = Math.round(rest * (1e9 / perSecond));
  // A fraction of a nanosecond is the zero that stands for nothing.
  if (seconds === 0 && nanos === 0) return 'missing';
  return nanos < 1e9 ? instantOf(seconds, nanos, guessed) : instantOf(seconds + 1, 0, guessed);
}

function fromIso(match: RegExpExecArray, unit: CountUnit): Instant | 'bad' {
  const [, date, time, fraction = '', zone = 'Z'] = match;
  const seconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`) / 1000;
  if (!Number.isFinite(seconds) || seconds < 0) return 'bad';
  return instantOf(seconds, Number(fraction.slice(0, 9).padEnd(9, '0')), unit !== 'iso');
}

/**
 * How many of the unit make a second: the unit asked for unless the size of the count says plainly that it is another.
 */
function unitOf(value: number, asked: CountUnit): readonly [perSecond: number, guessed: boolean] {
  const wanted = PER_SECOND[asked === 'iso' ? 'ms' : asked];
  if (plausible(value, wanted)) return [wanted, asked === 'iso'];
  for (const perSecond of [1e9, 1e6, 1e3, 1]) if (plausible(value, perSecond)) return [perSecond, true];
  return [wanted, asked === 'iso'];
}

const plausible = (value: number, perSecond: number): boolean =>
  value >= PLAUSIBLE_FROM * perSecond && value < PLAUSIBLE_TO * perSecond;

/** Whether an instant of these seconds lies within the dates that a trace of today may speak of. */
export const isPlausible = (seconds: number): boolean => seconds >= PLAUSIBLE_FROM && seconds < PLAUSIBLE_TO;

/** Nanoseconds from one instant to another; exact while they lie less than 104 days apart. */
export const nanosBetween = (from: Instant, to: Instant): Nanos =>
  (to.seconds - from.seconds) * 1e9 + (to.nanos - from.nanos);

/** Nanoseconds since the Unix epoch. */
export const unixNano = (instant: Instant): bigint => BigInt(instant.seconds) * 1_000_000_000n + BigInt(instant.nanos);

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export const compareInstants = (a: Instant, b: Instant): number => a.seconds - b.seconds || a.nanos - b.nanos;
