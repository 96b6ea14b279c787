import type { Nanos } from './model/types.ts';
import { visibleControls } from './visibleControls.ts';

/** How numbers are written. Made once per locale; the rules are in the README's glossary of numbers. */
export interface Format {
  /**
   * `480 ns`, `812 µs`, `45 ms`, `12.84 s`, `4m 07s`, `2h 05m`; `?` where unknown. Rounds first, chooses the unit
   * after.
   */
  duration(nanos: Nanos): string;
  /** A time on an axis whose ticks are `step` apart: one unit for the whole axis. */
  tick(nanos: Nanos, step: Nanos): string;
  /** `38`, `9.7k`, `412k`, `1.2M`: for rows. */
  tokens(count: number): string;
  /** `9,412`: for panels. */
  count(count: number): string;
  /**
   * `$0.000094`, `$0.0063`, `$1,204.50`, `$0`: for rows. Below a hundredth of a cent two digits that say something.
   * `1.50 credits` where the word is no currency that the browser knows.
   */
  money(amount: number, currency?: string): string;
  /** The same to nine digits that say something, `$0.00009375`: for panels and tooltips. Never shorter than `money`. */
  exactMoney(amount: number, currency?: string): string;
  /** `130 tok/s` without the unit: whole. */
  rate(perSecond: number): string;
  /** `22 Nov 2026, 13:04:11.208`. */
  dateTime(unixNano: bigint): string;
  /** `22 Nov 2026, 13:04:11.208 GMT+1`: for panels. */
  zonedTime(unixNano: bigint): string;
  /** `13:04:11.208`, beside a whole date. */
  clockTime(unixNano: bigint): string;
}

const US = 1e3;
const MS = 1e6;
const S = 1e9;
const MIN = 60 * S;
const H = 60 * MIN;
/** Units of the time axis, the longest first; below a microsecond it is nanoseconds. */
const UNITS = [
  [H, 'h'],
  [MIN, 'm'],
  [S, ' s'],
  [MS, ' ms'],
  [US, ' µs'],
] as const;

/**
 * Locale and time zone come from the host's settings or a URL: what `Intl` does not know gives English and the reader's
 * zone, not an exception.
 */
export function createFormat(locale = 'en', timeZone?: string): Format {
  const zone =
    timeZone === undefined
      ? undefined
      : attempt(() => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone);
  return formatOf(attempt(() => Intl.getCanonicalLocales(locale)[0]) ?? 'en', zone);
}

let english: Format | undefined;

/** English and UTC, for what is read away from any page. Made when it is needed first, as making it takes a while. */
export const englishFormat = (): Format => (english ??= createFormat('en', 'UTC'));

/**
 * What `Intl` makes of a word from outside; undefined where it throws, as it does for locales, zones and currencies
 * that are none.
 */
function attempt<Made>(make: () => Made): Made | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** A unit is a short word: of what else a file calls a currency, this much is written. */
const CURRENCY_AT_MOST = 16;

/** What is made when it is needed first: each of `Intl`'s formats takes a while, and the first picture needs few. */
function whenAsked<Made>(make: () => Made): () => Made {
  let made: { readonly of: Made } | undefined;
  return () => (made ??= { of: make() }).of;
}

/** An amount whose currency is none of ISO 4217's, with the word that was recorded as its unit. */
function inWords(amount: string, currency: string): string {
  const word = Array.from(currency.slice(0, 100).trim().replace(/\s+/g, ' '));
  const written = visibleControls(word.slice(0, CURRENCY_AT_MOST).join(''));
  return `${amount} ${written}${word.length > CURRENCY_AT_MOST ? '…' : ''}`.trim();
}

/** What is as large as this is no amount that anybody counted: written as a power of ten, as a column has room for ten signs. */
const HUGE = 1e12;

/** The last instant that a Date can hold, in milliseconds (ECMA-262, time values). */
const LAST_DATE = 8_640_000_000_000_000n;

/** Amounts of one currency, by how much of them is written. */
type Money = Readonly<Record<'none' | 'whole' | 'part' | 'little' | 'tiny' | 'exact', (amount: number) => string>>;

function formatOf(locale: string, timeZone?: string): Format {
  const number = (digits: Intl.NumberFormatOptions) => whenAsked(() => new Intl.NumberFormat(locale, digits));
  const fixed = (digits: number) => number({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = number({ maximumFractionDigits: 0 });
  const one = fixed(1);
  const two = fixed(2);
  const upTo2 = number({ maximumFractionDigits: 2 });
  const upTo1 = number({ maximumFractionDigits: 1 });
  const upTo9 = number({ maximumFractionDigits: 9 });
  const power = number({ notation: 'scientific', maximumSignificantDigits: 3 });
  const count = (amount: number): string => (amount < HUGE ? whole : power)().format(amount);
  const twoDigits = number({ minimumIntegerDigits: 2, maximumFractionDigits: 0 });
  const currencies = new Map<string, Money>();
  const clock: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', ...clock };
  const date = whenAsked(() => new Intl.DateTimeFormat(locale, day));
  const zoned = whenAsked(() => new Intl.DateTimeFormat(locale, { ...day, timeZoneName: 'short' }));
  const timeOfDay = whenAsked(() => new Intl.DateTimeFormat(locale, clock));
  const instant = (unixNano: bigint, write: () => Intl.DateTimeFormat): string => {
    const time = unixNano / 1_000_000n;
    return time > LAST_DATE || time < -LAST_DATE ? `${unixNano} ns` : write().format(Number(time));
  };

  const moneyOf = (currency: string): Money => {
    const write = (digits: Intl.NumberFormatOptions): ((amount: number) => string) => {
      const named = whenAsked(() =>
        attempt(
          () =>
            new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }),
        ),
      );
      const plain = number(digits);
      return (amount) => named()?.format(amount) ?? inWords(plain().format(amount), currency);
    };
    const fraction = (digits: number): ((amount: number) => string) =>
      write({ minimumFractionDigits: digits, maximumFractionDigits: digits });
    return {
      none: fraction(0),
      whole: fraction(2),
      part: fraction(4),
      little: write({ maximumSignificantDigits: 2 }),
      tiny: write({ notation: 'scientific', maximumSignificantDigits: 2 }),
      exact: write({ maximumSignificantDigits: 9 }),
    };
  };
  const moneyFormats = (currency: string): Money => {
    let money = currencies.get(currency);
    if (!money) currencies.set(currency, (money = moneyOf(currency)));
    return money;
  };

  const milliseconds = (nanos: number): string => {
    const ms = nanos / MS;
    const coarse = ms < 99.95 ? upTo1 : whole;
    return `${(ms < 9.995 ? upTo2 : coarse)().format(ms)} ms`;
  };

  const money: Format['money'] = (amount, currency = 'USD') => {
    const { none, whole: cents, part, little, tiny } = moneyFormats(currency);
    const size = Math.abs(amount);
    if (amount === 0) return none(0);
    // What would be written as 0.0001 is, so that 0.0000996 is not longer than its neighbours.
    // A column has room for ten signs.
    if (size < 0.00000995) return tiny(amount);
    if (size < 0.0000995) return little(amount);
    if (size >= HUGE) return tiny(amount);
    return (size < 0.99995 ? part : cents)(amount);
  };

  return {
    duration(nanos) {
      if (Number.isNaN(nanos)) return '?';
      if (nanos === 0) return '0 ms';
      if (nanos < 999.5) return `${whole().format(nanos)} ns`;
      if (nanos < 999.5 * US) return `${whole().format(nanos / US)} µs`;
      if (nanos < 999.5 * MS) return milliseconds(nanos);
      if (nanos < 59.995 * S) return `${two().format(nanos / S)} s`;
      if (nanos < 59 * MIN + 59.5 * S) {
        const seconds = Math.round(nanos / S);
        return `${whole().format(Math.floor(seconds / 60))}m ${twoDigits().format(seconds % 60)}s`;
      }
      const minutes = Math.round(nanos / MIN);
      if (minutes >= 60_000) return `${whole().format(minutes / 60)}h`;
      return `${whole().format(Math.floor(minutes / 60))}h ${twoDigits().format(minutes % 60)}m`;
    },
    tick(nanos, step) {
      const [unit, name] = UNITS.find(([least]) => step >= least) ?? [1, ' ns'];
      return `${upTo9().format(nanos / unit)}${name}`;
    },
    tokens(tokens) {
      if (tokens < 1000) return whole().format(tokens);
      if (tokens < 99_950) return `${one().format(tokens / 1000)}k`;
      if (tokens < 999_500) return `${whole().format(tokens / 1000)}k`;
      return tokens < HUGE ? `${one().format(tokens / 1e6)}M` : power().format(tokens);
    },
    count,
    money,
    exactMoney(amount, currency = 'USD') {
      const short = money(amount, currency);
      const exact = moneyFormats(currency).exact(amount);
      return Math.abs(amount) < HUGE && exact.length > short.length ? exact : short;
    },
    rate: count,
    dateTime: (unixNano) => instant(unixNano, date),
    zonedTime: (unixNano) => instant(unixNano, zoned),
    clockTime: (unixNano) => instant(unixNano, timeOfDay),
  };
}
