import { ownValue } from '../../model/ownValue.ts';

/**
 * A text without (some of) its escapes. The unit at `i` of it was written at `starts[i]` … `starts[i + 1]` of the
 * original.
 */
export interface Decoded {
  readonly text: string;
  readonly starts: ArrayLike<number>;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
/** Escapes of JSON, of JavaScript and of Python. */
const BACKSLASH = /\\(?:["'\\/bfnrtv]|u[\da-fA-F]{4}|x[\da-fA-F]{2}|U[\da-fA-F]{8})/g;
/** The same, or bytes as they stand in URLs. Those are read as UTF-8 and taken as they are where they are none. */
const ANY = new RegExp(`${BACKSLASH.source}|(?:%[\\da-fA-F]{2})+`, 'g');
const SOME = new RegExp(ANY.source);

/** Whether there is anything to decode. */
export const hasEscapes = (text: string): boolean => (text.includes('\\') || text.includes('%')) && SOME.test(text);

/** The body of a text in quotes, as JSON, JavaScript and Python mean it. */
export const decodeQuoted = (text: string): Decoded => decode(text, BACKSLASH);

/** One level of escapes taken away, wherever they stand. */
export const decodeOnce = (text: string): Decoded => decode(text, ANY);

function decode(text: string, escapes: RegExp): Decoded {
  const starts = new Uint32Array(text.length + 1);
  let decoded = '';
  let copied = 0;
  const copyTo = (end: number): void => {
    for (let at = copied, to = decoded.length; at < end; at += 1, to += 1) starts[to] = at;
    decoded += text.slice(copied, end);
  };
  for (const found of text.matchAll(escapes)) {
    const [escape] = found;
    copyTo(found.index);
    copied = found.index + escape.length;
    if (escape.startsWith('%')) {
      decoded += percentDecoded(escape, found.index, starts, decoded.length);
    } else {
      const char = ownValue(SIMPLE, escape[1]!) ?? unitsOf(Number.parseInt(escape.slice(2), 16));
      for (let unit = 0; unit < char.length; unit += 1) starts[decoded.length + unit] = found.index;
      decoded += char;
    }
  }
  copyTo(text.length);
  starts[decoded.length] = text.length;
  return { text: decoded, starts: starts.subarray(0, decoded.length + 1) };
}

const unitsOf = (point: number): string => (point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point));

function percentDecoded(escape: string, from: number, starts: Uint32Array, to: number): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(escape);
  } catch {
    for (let unit = 0; unit < escape.length; unit += 1) starts[to + unit] = from + unit;
    return escape;
  }
  let at = from;
  for (let unit = 0; unit < decoded.length; unit += 1) {
    starts[to + unit] = at;
    const code = decoded.charCodeAt(unit);
    at += 3 * bytesOf(code);
  }
  return decoded;
}

/** Bytes of a unit in UTF-8. Both halves of a pair are written together: none for the first, four for the second. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit >= 0xd800 && unit < 0xdc00) return 0;
  return unit >= 0xdc00 && unit < 0xe000 ? 4 : 3;
}

const HEX = /^[\da-fA-F]+$/;

/**
 * All levels at once: what is decoded and forms an escape with what stands before it is decoded again, as if by one
 * look at the end of what is written so far. One pass, however deep; escapes of single units only.
 */
export function decodeFully(text: string): Decoded {
  const units: string[] = [];
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    units.push(text[at]!);
    starts.push(at);
    for (let width = escapeAtEnd(units); width > 0; width = escapeAtEnd(units)) {
      const escape = units.splice(units.length - width).join('');
      const char = escape.startsWith('%')
        ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
        : (ownValue(SIMPLE, escape[1]!) ?? String.fromCharCode(Number.parseInt(escape.slice(2), 16)));
      units.push(char);
      starts.length = units.length;
    }
  }
  starts.push(text.length);
  return { text: units.join(''), starts };
}

/** How many units at the end are an escape; 0 = none. */
function escapeAtEnd(units: readonly string[]): number {
  const { length } = units;
  const last = units[length - 1]!;
  if (units[length - 2] === '\\' && ownValue(SIMPLE, last) !== undefined) return 2;
  if (!HEX.test(last)) return 0;
  if (units[length - 3] === '%' && HEX.test(units[length - 2]!)) return 3;
  if (units[length - 4] === '\\' && units[length - 3] === 'x' && HEX.test(units[length - 2]!)) return 4;
  if (units[length - 6] === '\\' && units[length - 5] === 'u' && HEX.test(units.slice(-4).join(''))) return 6;
  return 0;
}
