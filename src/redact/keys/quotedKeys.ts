import { quoteEnd } from './jsonTokens.ts';
import { PAIR_NAMES, type KeyContext } from './keyContext.ts';

/**
 * A value that a key names, in a text that is no JSON as a whole. Its kind: a text, as between quotes; one with the
 * escapes of forms; words without quotes; a single word or number where JSON would have one. `quote` is what stands
 * around texts there.
 */
export interface KeyedValue {
  readonly start: number;
  readonly end: number;
  readonly context: KeyContext;
  readonly kind: 'text' | 'form' | 'bare' | 'word';
  readonly quote: string;
  readonly escaped: boolean;
}

/** The longest key that is looked for. */
const LONGEST = 200;
/** `'key':` and `"key":`, as in JSON that was cut off and in what Python prints, and `'key' =>`. */
const KEY_ENDS = /(["'])\s{0,8}(?::|=>)/g;
const BEFORE_VALUE = /\s*(?:\/\*[^*]{0,200}\*\/\s*)?(?:[bBrRuUfF]{1,2}(?=["']))?/y;
const BARE = /[^\s,()[\]{}"'`]+/y;
const ARGUMENT = /^[A-Za-z_]\w{0,99}=/;
const NO_VALUE = /^(?:true|false|null|none|undefined)$/i;
/** `"key": "password", "type": "string", "value":`, read from behind the first colon. */
const PAIR =
  /\s{0,8}(["'])([^"'\\]{1,200})\1\s{0,8},\s{0,8}(?:(["']?)v?[tT]ype\3\s{0,8}:\s{0,8}(["'])\w{1,20}\4\s{0,8},\s{0,8})?(["']?)(?:value|values|v|vStr)\5\s{0,8}:/y;
/** `('password',` and, in a list of lists, `['password',`. */
const TUPLE = /([([])\s{0,8}(["'])([^"'\\]{1,200})\2\s{0,8},\s{0,8}[bBrRuU]{0,2}(?=["'])/g;

/**
 * Finds keys in quotes by where they end, looking back for their quote, so that an apostrophe or a lost quote before
 * them does no harm; then takes the value, or all values of the object or list, that follows. Only keys that say
 * something (`context.under`) count.
 */
export function quotedKeys(text: string, context: KeyContext, visit: (value: KeyedValue) => void): void {
  if (!/["']/.test(text)) return;
  // What is visited may be searched in turn, with the same expression, so its place is kept here.
  for (let next = 0; ;) {
    KEY_ENDS.lastIndex = next;
    const found = KEY_ENDS.exec(text);
    if (!found) break;
    next = KEY_ENDS.lastIndex;
    const quote = found[1]!;
    const key = quotedBefore(text, quote, found.index);
    let below = key === null ? context : context.under(key);
    const paired = below === context && key !== null && PAIR_NAMES.includes(key) ? pairedValue(text, next) : null;
    if (paired) {
      below = context.under(paired.name);
      next = paired.at;
    }
    if (below !== context) next = readValue(text, next, below, quote, visit);
  }
  tuples(text, context, visit);
}

/** The name that this pair gives to its value, and where that begins. */
export function pairedValue(text: string, from: number): { readonly name: string; readonly at: number } | null {
  PAIR.lastIndex = from;
  const found = PAIR.exec(text);
  return found ? { name: found[2]!, at: PAIR.lastIndex } : null;
}

/** Pairs as Python and headers write them. A list of two texts that stands alone is no pair. */
function tuples(text: string, context: KeyContext, visit: (value: KeyedValue) => void): void {
  for (let next = 0; ;) {
    TUPLE.lastIndex = next;
    const found = TUPLE.exec(text);
    if (!found) return;
    next = found.index + 1;
    const below = context.under(found[3]!);
    if (
      below === context ||
      (found[1] === '[' && !/[[(,]\s{0,8}$/.test(text.slice(Math.max(0, found.index - 9), found.index)))
    )
      continue;
    const start = TUPLE.lastIndex + 1;
    const quote = text[start - 1]!;
    const { end, escaped } = quoteEnd(text, start, quote.charCodeAt(0));
    if (end < text.length && !/^.\s{0,8},?\s{0,8}[)\]]/s.test(text.slice(end, end + 20))) continue;
    if (end > start) visit({ start, end, context: below, kind: 'text', quote, escaped });
    next = end + 1;
  }
}

/**
 * What stands between the quote at this place and the one before it; null for a quote that is escaped, which is read
 * when it is not.
 */
function quotedBefore(text: string, quote: string, end: number): string | null {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(Math.max(0, end - 20), end))) return null;
  const near = text.slice(Math.max(0, end - LONGEST), end);
  const from = near.lastIndexOf(quote);
  return from < 0 ? null : near.slice(from + 1);
}

/** Reads the value at this place, and gives the place behind it. */
export function readValue(
  text: string,
  from: number,
  context: KeyContext,
  quote: string,
  visit: (value: KeyedValue) => void,
): number {
  let depth = 0;
  let at = from;
  for (let more = true; more && at < text.length; more = depth > 0) {
    BEFORE_VALUE.lastIndex = at;
    BEFORE_VALUE.test(text);
    at = Math.max(at, BEFORE_VALUE.lastIndex);
    const char = text[at];
    if (char === '"' || char === "'" || char === '`') {
      const { end, escaped } = quoteEnd(text, at + 1, char.charCodeAt(0));
      const isKey = depth > 0 && /^["']\s{0,8}(?::|=>)/.test(text.slice(end, end + 10));
      if (!isKey && end > at + 1) visit({ start: at + 1, end, context, kind: 'text', quote: char, escaped });
      at = end + 1;
    } else if (char === '{' || char === '[' || char === '(') {
      depth += 1;
      at += 1;
    } else if (char === '}' || char === ']' || char === ')') {
      depth -= 1;
      at += 1;
    } else if (char === ',' || (char === ':' && depth > 0)) {
      at += 1;
    } else if (char !== undefined) {
      BARE.lastIndex = at;
      BARE.test(text);
      const end = BARE.lastIndex;
      if (text[end] === '(') {
        // `SecretStr('…')`: the name of what was called is none of its values.
        depth += 1;
        at = end + 1;
        continue;
      }
      // `Password(value='x')`: nor is the name of an argument.
      if (depth > 0) at += ARGUMENT.exec(text.slice(at, end))?.[0].length ?? 0;
      if (at < end && !NO_VALUE.test(text.slice(at, end)))
        visit({ start: at, end, context, kind: 'word', quote, escaped: false });
      at = end;
    }
  }
  return at;
}
