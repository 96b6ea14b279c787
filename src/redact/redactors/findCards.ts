import type { Range } from '../types.ts';

/** What the numbers of a network begin with, and how many digits they have. */
const NETWORKS: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)\d+$/, // Mastercard; 16 digits, see below
  /^3[47]\d{13}$/, // American Express
  /^(?:6011|64[4-9]|65)\d{12,15}$/, // Discover
  /^3(?:0[0-5]|[689])\d{11,16}$/, // Diners Club
  /^35(?:2[89]|[3-8])\d{12,15}$/, // JCB
  /^62\d{14,17}$/, // UnionPay
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}$/, // Maestro
];
const MASTERCARD = NETWORKS[1]!;

interface Group {
  readonly start: number;
  readonly end: number;
}

/** Numbers of payment cards: in one group of digits or in several, with the same sign between them. */
export function findCards(text: string): readonly Range[] {
  const ranges: Range[] = [];
  // 13 digits need as much text, and a number of few digits is not worth a closer look.
  if (text.length < 13 || !/\d{3}[ -]?\d{3}/.test(text)) return ranges;
  // A card may have other numbers beside it, so each group may be its first one. No card has more than six.
  let near: Group[] = [];
  for (const found of text.matchAll(/\d{3,}/g)) {
    const group = { start: found.index, end: found.index + found[0].length };
    if (found[0].length > 19 || !standsAlone(text, group)) near = [];
    else near = [...(near.length > 0 && isSeparator(text, near.at(-1)!.end, group.start) ? near.slice(-5) : []), group];
    for (let first = 0; first < near.length; first += 1) {
      const { start } = near[first]!;
      const run = text.slice(start, group.end);
      if (run.length < 13 || (run.includes(' ') && run.includes('-')) || !isCard(run.replaceAll(/\D/g, ''))) continue;
      ranges.push([start, group.end]);
      break;
    }
  }
  return ranges;
}

/** Not part of a word, of a decimal or of a number with thousands. */
const standsAlone = (text: string, { start, end }: Group): boolean =>
  !/\w|\./.test(text.slice(Math.max(0, start - 1), start)) &&
  !/\d,$/.test(text.slice(Math.max(0, start - 2), start)) &&
  !/^(?:\w|[.,]\d)/.test(text.slice(end, end + 2));

const isSeparator = (text: string, from: number, to: number): boolean =>
  to === from + 1 && (text[from] === ' ' || text[from] === '-');

function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  return (
    NETWORKS.some((network) => network.test(digits) && (network !== MASTERCARD || digits.length === 16)) &&
    hasCheckDigit(digits)
  );
}

/** Luhn's: every second digit from the right counts double, and the sum ends in 0. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at -= 1, twice = !twice) {
    const digit = Number(digits[at]) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
