import type { Range } from '../types.ts';

/** How a number of a country begins. */
const COUNTRY = String.raw`(?<![\w+.)])(?:\+|00(?=[1-9]\d{0,2}[ (/-]))`;
/**
 * A country code, then groups of digits with spaces, hyphens, slashes and brackets, or with points alone: mixed, they
 * are decimals in a row.
 */
const INTERNATIONAL = new RegExp(
  String.raw`${COUNTRY}[1-9](?:(?:(?:[ /-]?\(?|\)[ /-]?)\d){6,14}|(?:\.?\d){6,14})(?![\w-]|\.\d)`,
  'g',
);
/** A country code, then groups with points: three of them, or a place in brackets. */
const POINTED = new RegExp(
  String.raw`${COUNTRY}[1-9]\d{0,2} ?(?:\(0?\d{1,4}\)[ .]?\d{2,5}\.\d{2,5}|\d{1,4}(?:\.\d{2,5}){2,5})(?![\w-]|\.\d)`,
  'g',
);
/**
 * Three, three and four digits, not behind the code of a country, with a sign between them that numbers in a list do
 * not have.
 */
const NORTH_AMERICAN =
  /(?<![\w.+-]|(?:\+|\b00)\d{1,3} )(?:1[ .-])?(?:\([2-9]\d{2}\)[ -]?[2-9]\d{2}[ .-]|[2-9]\d{2}([.-])[2-9]\d{2}\1)\d{4}(?![\w-]|\.\d)/g;
/** A 0, the code of a place or network, and the rest in groups. */
const TRUNK =
  /(?<![\w.+-]|\d[ :,/])(?:\(0[1-9]\d{0,4}\)[ ]?|0[1-9]\d{0,4}[ /-])\d{2,9}(?:[ -]\d{2,9}){0,4}(?![\w-]|[ .,:/]\d)/g;
/**
 * The same, so written that it may stand between other numbers: the code in brackets, or long enough, and then one
 * group.
 */
const TRUNK_IN_TWO =
  /(?<![\w.+-]|(?:\+|\b00)\d{1,3} )(?:\(0[1-9]\d{0,4}\)[ ]?\d{3,9}(?:[ -]\d{2,9}){0,3}|(?<!\d[ :,/])0[1-9]\d{1,4}[ /-]\d{5,9})(?![\w-]|\.\d)/g;

/** Telephone numbers that are written as such: with their country code, or in groups. */
export function findPhones(text: string): readonly Range[] {
  // Nearly all texts have none of the signs, and to see that is far cheaper.
  const ranges: Range[] = [];
  if (text.length < 7) return ranges;
  const collect = (pattern: RegExp, isPhone: (found: string, after: string) => boolean): void => {
    for (const found of text.matchAll(pattern)) {
      const end = found.index + found[0].length;
      if (isPhone(found[0], text.slice(end, end + 14))) ranges.push([found.index, end]);
    }
  };
  if (text.includes('+') || text.includes('00')) {
    collect(INTERNATIONAL, (found, after) => !isAmount(found, after));
    collect(POINTED, (found, after) => !isAmount(found, after) && digitsIn(found) >= 8 && digitsIn(found) <= 15);
  }
  if (/\d{3}[ .-]\d{4}/.test(text)) collect(NORTH_AMERICAN, (_, after) => !isMeasured(after));
  if (/0[1-9]\d{0,4}[ )/-]/.test(text)) {
    const isTrunk = (found: string, after: string): boolean =>
      digitsIn(found) >= 9 && digitsIn(found) <= 13 && !DATE.test(found) && !isMeasured(after);
    collect(TRUNK, isTrunk);
    collect(TRUNK_IN_TWO, isTrunk);
  }
  return ranges;
}

/** Day, month and year; month and year with a time. */
const DATE = /^0\d[/ -]\d{2}[/ -](?:19|20)\d{2}|^0\d[/ -](?:19|20)\d{2}/;

/**
 * Thousands set apart by points; with more digits behind a comma or colon, a number with decimals if it is short, or
 * has its thousands set apart.
 */
const isAmount = (found: string, after: string): boolean =>
  /^\+\d{1,3}(?:\.\d{3}){2}$/.test(found) ||
  (/^[,:]\d/.test(after) && (/^\+\d{1,3}(?: \d{3})+$/.test(found) || /^\+\d{1,9}$/.test(found)));

/**
 * Units of time, data, length, weight, money and calls. Single letters mean other things behind a number that is
 * called.
 */
const UNIT =
  /^[ \u00a0]?(?:%|°|€|£|\$|(?:ns|µs|μs|us|ms|s|sec|secs|seconds?|mins?|minutes|hours|hrs|days|[kmgt]i?b|bytes|bits|[kmg]bps|[kmgt]?hz|km|cm|mm|kg|mg|kw|kwh|px|em|rem|tokens|calls|requests|rps|qps|rpm|tps|usd|eur|gbp)(?![\w-]))/i;
const isMeasured = (after: string): boolean => UNIT.test(after);

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;
