import { PAIR_NAMES, type KeyContext } from './keyContext.ts';
import { pairedValue, readValue, type KeyedValue } from './quotedKeys.ts';
import { ownValue } from '../../model/ownValue.ts';

const SEPARATOR = /[:=]/g;
const QUOTED = /\s{0,8}[bBrRuUfF]{0,2}["'`]/y;
const CALL = /[\w.$]{1,100}\(/y;
/** Never into what ends a line or a quote around it, where these are written with escapes. */
const WITHIN = `(?!\\\\{1,9}["'\`nr])`;
/** To the end of the line. */
const LINE = new RegExp(`(?:${WITHIN}[^\\r\\n])+`, 'y');
/** To the quote that the key stands in. */
const TO_QUOTE: Readonly<Record<string, RegExp>> = {
  '"': new RegExp(`(?:${WITHIN}[^\\r\\n"])+`, 'y'),
  "'": new RegExp(`(?:${WITHIN}[^\\r\\n'])+`, 'y'),
  '`': new RegExp(`(?:${WITHIN}[^\\r\\n\`])+`, 'y'),
};
/** To the next field of what is in brackets. */
const FIELD = new RegExp(`(?:(?!\\s{1,8}[\\w.$-]{1,50}[=:])${WITHIN}[^,;)}\\]\\r\\n"'\`])+`, 'y');
/** To the next space, or the next field of a form. */
const FORM = new RegExp(`(?:(?!&[\\w.$%[\\]-]{1,100}=)${WITHIN}[^\\s"'\`<>])+`, 'y');
const WORD = new RegExp(`(?:${WITHIN}[^\\s"'\`<>,;)}\\]])+`, 'y');

const LINE_START = /(?:^|[\r\n])[ \t]{0,80}(?:(?:[-*+>#<|]|\d{1,3}[.)]|export|set|ENV)[ \t]{1,4}){0,3}[*_]{0,3}$/;

/**
 * Values of keys without quotes. Before `=`: in queries and forms, in settings and command lines, among the arguments
 * of a call. Before `:` only where that is the look of a header or field, which prose has not: at the start of a line
 * or of a quote, in brackets, or with no space behind it. Values go to the end of what they stand in.
 */
export function bareKeys(text: string, context: KeyContext, visit: (value: KeyedValue) => void): void {
  for (let next = 0; ;) {
    SEPARATOR.lastIndex = next;
    const found = SEPARATOR.exec(text);
    if (!found) return;
    const at = found.index;
    const sign = text[at]!;
    const twice = text[at + 1] === sign || (sign === ':' && text[at + 1] === '=');
    next = at + (twice ? 2 : 1);
    const key = twice && sign === '=' ? null : keyBefore(text, at);
    if (!key || (twice && text[at + 1] === ':')) continue;
    let below = context.under(key.name);
    if (sign === '=' && text[next] === '>') next += 1;
    if (below === context && PAIR_NAMES.includes(key.name)) {
      const paired = pairedValue(text, next);
      if (paired) {
        below = context.under(paired.name);
        next = paired.at;
      }
      if (below !== context) next = readValue(text, next, below, '"', visit);
    } else if (below !== context) {
      next = valueAt(text, next, { ...key, sign: twice ? '=' : sign }, below, visit);
    }
  }
}

interface Key {
  readonly name: string;
  readonly start: number;
  readonly spaced: boolean;
}

/** The name that ends at this place, also the last one of `user[password]`. */
function keyBefore(text: string, at: number): Key | null {
  let end = at;
  while (end > 0 && at - end < 8 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  const spaced = end < at;
  if (text[end - 1] === ']') {
    const found = /\[([\w$.-]{1,99})\]$/.exec(text.slice(Math.max(0, end - 101), end));
    return found ? { name: found[1]!, start: end - found[0].length, spaced } : null;
  }
  let start = end;
  while (start > 0 && end - start < 101 && isPart(text.charCodeAt(start - 1))) start -= 1;
  if (end - start > 100) return null;
  const name = text.slice(start, end).replace(/^[^A-Za-z_$]+/, '');
  return name === '' ? null : { name, start: end - name.length, spaced };
}

/** Letters without accents, digits and `_$.-`. */
const isPart = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 97 && unit <= 122) ||
  unit === 95 ||
  unit === 36 ||
  unit === 46 ||
  unit === 45;

/** Visits the value behind a key, and gives the place behind it. */
function valueAt(
  text: string,
  from: number,
  { start, spaced, sign }: Key & { readonly sign: string },
  context: KeyContext,
  visit: (value: KeyedValue) => void,
): number {
  if (test(QUOTED, text, from)) return readValue(text, from, context, '"', visit);
  let at = from;
  while (at < text.length && at - from < 12 && ' \t*_'.includes(text[at]!)) at += 1;
  const first = text[at];
  if (
    first === undefined ||
    first === '\n' ||
    first === '\r' ||
    (first === '\\' && /^\\{1,9}["'`nr]/.test(text.slice(at, at + 11)))
  )
    return from;
  const isSpaced = spaced || at > from;
  if (sign === '=' && (first === '[' || first === '{' || (!isSpaced && test(CALL, text, at))))
    return readValue(text, at, context, '', visit);
  const extent = extentOf(text, start, sign, isSpaced);
  if (!extent || !test(extent, text, at)) return from;
  const end = trimmed(text, at, extent.lastIndex, extent);
  const value = text.slice(at, end);
  if (!NO_VALUE.test(value))
    visit({
      start: at,
      end,
      context,
      kind: extent === FORM && /[%+]/.test(value) ? 'form' : 'bare',
      quote: '',
      escaped: false,
    });
  return extent.lastIndex;
}

function extentOf(text: string, start: number, sign: string, isSpaced: boolean): RegExp | undefined {
  const before = text[start - 1];
  const near = (start > 120 ? 'x' : '') + text.slice(Math.max(0, start - 120), start);
  const starts = LINE_START.test(near);
  const quote = before === undefined ? undefined : ownValue(TO_QUOTE, before);
  const isField = !starts && opensBefore(text, start);
  if (sign === '=' && isField) return FIELD;
  if (sign === '=' && !isSpaced) return FORM;
  if (sign === '=') return starts ? LINE : undefined;
  if (quote) return quote;
  if (starts) return LINE;
  if (isField) return isSpaced ? FIELD : WORD;
  return !isSpaced && before !== undefined && /[\s?&,;|(]/.test(before) ? WORD : undefined;
}

/** Whether a key stands first in brackets, or behind a comma in them. */
function opensBefore(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && start - at < 80 && /\s/.test(text[at]!)) at -= 1;
  const sign = text[at];
  if (sign === '{' || sign === '(' || sign === '[') return true;
  return (sign === ',' || sign === ';') && /[([{][^)\]}]*$/.test(text.slice(Math.max(0, at - 500), at));
}

/** Signs that stand behind a value rather than in it, by its extent. */
const TRAILING: ReadonlyMap<RegExp, string> = new Map([
  [LINE, ',; \t'],
  [FORM, ')]}>,.;:!?'],
  [WORD, ')]}>,.;:!?'],
]);

/** Without the signs that stand behind a value rather than in it. */
function trimmed(text: string, start: number, end: number, extent: RegExp): number {
  const signs = TRAILING.get(extent) ?? ' \t';
  let last = end;
  while (last > start + 1 && signs.includes(text[last - 1]!)) last -= 1;
  return last;
}

function test(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

const NO_VALUE = /^(?:true|false|null|none|undefined|nil)$/i;
