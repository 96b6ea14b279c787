import type { Range } from '../types.ts';

/** A country code, then groups of digits. Points and spaces together are decimals in a row. */
const INTERNATIONAL =
  /(?<![\w+.)])(?:\+|00(?=[1-9]\d{0,2}[ (/-]))[1-9](?:(?:[ ./-]?\(?|\)[ ./-]?)\d){6,14}(?![\w-]|[.,:]\d)/g;
/** Three, three and four digits, with a sign between them that numbers in a list do not have. */
const NORTH_AMERICAN =
  /(?<![\w.+-]|\d[ ])(?:1[ .-])?(?:\([2-9]\d{2}\)[ -]?[2-9]\d{2}[ .-]|[2-9]\d{2}([.-])[2-9]\d{2}\1)\d{4}(?![\w-]|[.,:]\d)/g;
/** A 0, the code of a place or network, and the rest in groups. */
const TRUNK =
  /(?<![\w.+-]|\d[ :,/])(?:\(0[1-9]\d{0,4}\)[ ]?|0[1-9]\d{0,4}[ /-])\d{2,9}(?:[ -]\d{2,9}){0,4}(?![\w-]|[ .,:/]\d)/g;

/** Telephone numbers that are written as such: with their country code, or in groups. */
export function findPhones(text: string): readonly Range[] {
  // Nearly all texts have none of the signs, and to see that is far cheaper.
  const ranges: Range[] = [];
  if (text.length < 7) return ranges;
  if (text.includes('+') || text.includes('00'))
    collect(text, INTERNATIONAL, ranges, (found) => !(found.includes('.') && found.includes(' ')));
  if (/\d{3}[ .-]\d{4}/.test(text)) collect(text, NORTH_AMERICAN, ranges, () => true);
  if (/0[1-9]\d{0,4}[ )/-]/.test(text))
    collect(text, TRUNK, ranges, (found) => digitsIn(found) >= 9 && digitsIn(found) <= 13 && !DATE.test(found));
  return ranges;
}

/** Day, month and year; month and year with a time. */
const DATE = /^0\d[/ -]\d{2}[/ -](?:19|20)\d{2}|^0\d[/ -](?:19|20)\d{2}/;

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;

function collect(text: string, pattern: RegExp, ranges: Range[], isPhone: (found: string) => boolean): void {
  for (const found of text.matchAll(pattern))
    if (isPhone(found[0])) ranges.push([found.index, found.index + found[0].length]);
}
