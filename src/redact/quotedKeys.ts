import { quoteEnd } from './jsonTokens.ts';
import type { KeyContext } from './keyContext.ts';

/** A value that a key names, in a text that is no JSON as a whole: what stands between quotes, or a bare word or number. */
export interface KeyedValue { readonly start: number; readonly end: number; readonly context: KeyContext; readonly quoted: boolean; readonly quote: string; readonly escaped: boolean }

/** The longest key that is looked for. */
const LONGEST = 200;
/** `'key':` and `"key":`, as in JSON that was cut off and in what Python prints; `key='…'` and `key: "…"`. */
const KEY_ENDS = /(["'])\s{0,8}:|(?<![\w$.-])([A-Za-z_$][\w$.-]{0,99})\s{0,8}[:=](?=\s{0,8}[bru]?["'])/g;
const BEFORE_VALUE = /\s*(?:[bBrRuUfF]{1,2}(?=["']))?/y;
const BARE = /[^\s,()[\]{}"']+/y;
const NO_VALUE = /^(?:true|false|null|none|undefined)$/i;

/**
 * Finds keys by where they end, looking back for their quote, so that an apostrophe or a lost quote before them does no harm; then takes the
 * value, or all values of the object or list, that follows. Only keys that say something (`context.under`) count.
 */
export function quotedKeys(text: string, context: KeyContext, visit: (value: KeyedValue) => void): void {
  if (!/["']/.test(text)) return;
  // What is visited may be searched in turn, with the same expression, so its place is kept here.
  for (let next = 0; ;) {
    KEY_ENDS.lastIndex = next;
    const found = KEY_ENDS.exec(text);
    if (!found) return;
    next = KEY_ENDS.lastIndex;
    const [, quote, name] = found;
    const key = quote ? quotedBefore(text, quote, found.index) : name!;
    const below = key === null ? context : context.under(key);
    if (below !== context) next = readValue(text, next, below, quote ?? '"', visit);
  }
}

/** What stands between the quote at this place and the one before it; null for a quote that is escaped, which is read when it is not. */
function quotedBefore(text: string, quote: string, end: number): string | null {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(Math.max(0, end - 20), end))) return null;
  const near = text.slice(Math.max(0, end - LONGEST), end);
  const from = near.lastIndexOf(quote);
  return from < 0 ? null : near.slice(from + 1);
}

/** Reads the value at this place, and gives the place behind it. */
function readValue(text: string, from: number, context: KeyContext, quote: string, visit: (value: KeyedValue) => void): number {
  let depth = 0;
  let at = from;
  for (let more = true; more && at < text.length; more = depth > 0) {
    BEFORE_VALUE.lastIndex = at;
    BEFORE_VALUE.test(text);
    at = Math.max(at, BEFORE_VALUE.lastIndex);
    const char = text[at];
    if (char === '"' || char === "'") {
      const { end, escaped } = quoteEnd(text, at + 1, char.charCodeAt(0));
      const isKey = depth > 0 && /^["']\s{0,8}:/.test(text.slice(end, end + 10));
      if (!isKey && end > at + 1) visit({ start: at + 1, end, context, quoted: true, quote: char, escaped });
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
      if (!NO_VALUE.test(text.slice(at, end))) visit({ start: at, end, context, quoted: false, quote, escaped: false });
      at = end;
    }
  }
  return at;
}
