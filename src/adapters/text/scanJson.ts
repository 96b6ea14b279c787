/** How far a text is JSON (RFC 8259) from a position on. Positions are indices of the text. */
export interface JsonScan {
  /** Behind the value; -1 where it breaks. */
  readonly end: number;
  /**
   * Where it breaks: at the first character that cannot stand there, or at the end of the text where that comes too
   * early.
   */
  readonly breakAt: number;
  /** Nothing is wrong but that the text ends. */
  readonly cutOff: boolean;
  /** Brackets that are open at the break, the outermost first. */
  readonly open: readonly number[];
  /** The last key read in each open bracket, as the position of its first quote; -1 in lists. */
  readonly keys: readonly number[];
  /** Up to here the text is JSON once the open brackets are closed and what is `bad` is replaced. */
  readonly closable: number;
  /** What stands where a value should and was passed over, in order. */
  readonly bad: readonly BadToken[];
}

/**
 * A stretch of the text, from `start` to before `end`, that is no value (`NaN`, `1 oops`, `"a "b" c"`, nothing at all),
 * or a comma too many.
 */
export interface BadToken {
  readonly start: number;
  readonly end: number;
  readonly breakAt: number;
  readonly comma: boolean;
}

/**
 * Deeper than any document is meant to be: beyond it the text counts as broken, so that a scan holds no more brackets
 * than this.
 */
const NESTING_AT_MOST = 1_000_000;

type Expected = 'value' | 'item' | 'key' | 'first key' | 'colon' | 'comma';

const [QUOTE, BACKSLASH, COMMA, COLON, LIST, LIST_END, OBJECT, OBJECT_END] = Array.from('"\\,:[]{}', (char) =>
  char.charCodeAt(0),
);
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BEGUN_WORD = /(?:t(?:ru?)?|f(?:al?s?)?|n(?:ul?)?|-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][+-]?\d*)?)$/y;
const IN_NUMBER = /[\w.+-]/;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const BEGUN_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/y;
/** What ends a string or needs a look: quote, backslash, control characters. */
// oxlint-disable-next-line no-control-regex
const STRING_STOP = /["\\\u0000-\u001f]/g;

/**
 * Reads one value without building it, in one pass and without recursion: for texts that `JSON.parse` has refused as a
 * whole. What is bad in the place of a value is passed over up to the next comma or bracket, on its line only: what
 * follows may be sound. Keys, colons and brackets must be right, and objects be there, or the text is something other
 * than JSON.
 */
export function scanJson(text: string, from: number): JsonScan {
  const open: number[] = [];
  const keys: number[] = [];
  let expect = 'value' as Expected;
  let inObject = false;
  let closable = from;
  let at = from;
  const bad: BadToken[] = [];
  let firstBreak: JsonScan | null = null;
  let hasObject = false;
  /** Of the last value, where that was text, a number or a word. */
  let scalarStart = -1;
  let comma = -1;
  const broken = (breakAt: number, cutOff = breakAt === text.length): JsonScan =>
    hasObject || !firstBreak
      ? { end: -1, breakAt: cutOff ? text.length : breakAt, cutOff, open, keys, closable, bad }
      : firstBreak;
  /**
   * Goes on behind a value that began at `start` and is none, where its end can be found from `behind` on; or without
   * the comma at `start`.
   */
  const passOver = (start: number, breakAt: number, behind = start, isComma = false): boolean => {
    if (open.length === 0) return false;
    const end = isComma ? start + 1 : badEnd(text, behind);
    if (end === -1) return false;
    firstBreak ??= { end: -1, breakAt, cutOff: false, open: [...open], keys: [...keys], closable, bad: [] };
    bad.push({ start, end, breakAt, comma: isComma });
    closable = at = Math.max(end, at);
    scalarStart = -1;
    expect = 'comma';
    return true;
  };
  for (;;) {
    let code = text.charCodeAt(at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt((at += 1));
    if (at >= text.length) return broken(at);
    if (expect === 'colon') {
      if (code !== COLON) return broken(at);
      expect = 'value';
      at += 1;
      continue;
    }
    const isExtraComma =
      comma !== -1 && (expect === 'key' ? code === OBJECT_END : expect === 'value' && !inObject && code === LIST_END);
    if (isExtraComma && passOver(comma, at, at, true)) comma = -1;
    const closes = code === (inObject ? OBJECT_END : LIST_END) && open.length > 0;
    if (closes && (expect === 'comma' || expect === 'item' || expect === 'first key')) {
      open.pop();
      keys.pop();
      scalarStart = -1;
      at += 1;
      inObject = text.charCodeAt(open.at(-1) ?? -1) === OBJECT;
    } else if (expect === 'comma') {
      if (code !== COMMA) {
        // What follows a value on its line is a part of it.
        if (scalarStart !== -1 && !text.slice(closable, at).includes('\n') && passOver(scalarStart, at, at)) continue;
        return broken(at);
      }
      comma = at;
      expect = inObject ? 'key' : 'value';
      at += 1;
      continue;
    } else if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (text.charCodeAt(end) !== QUOTE) {
        const isCutOff = end === text.length || matchLength(BEGUN_ESCAPE, text, end) > 0;
        if (!isCutOff && expect !== 'key' && expect !== 'first key' && passOver(at, end)) continue;
        return broken(end, isCutOff);
      }
      if (expect === 'key' || expect === 'first key') {
        keys[keys.length - 1] = at;
        expect = 'colon';
        at = end + 1;
        continue;
      }
      scalarStart = at;
      at = end + 1;
    } else if (expect === 'key' || expect === 'first key') {
      return broken(at);
    } else if (code === OBJECT || code === LIST) {
      if (open.length === NESTING_AT_MOST) return broken(at);
      inObject = code === OBJECT;
      hasObject ||= inObject;
      expect = inObject ? 'first key' : 'item';
      open.push(at);
      keys.push(-1);
      closable = at += 1;
      continue;
    } else {
      const length = matchLength(WORD, text, at);
      if (length === 0 || IN_NUMBER.test(text[at + length] ?? '')) {
        const isCutOff = matchLength(BEGUN_WORD, text, at) > 0;
        if (!isCutOff && passOver(at, at + length)) continue;
        return broken(at + length, isCutOff);
      }
      scalarStart = at;
      at += length;
      // The last digits of a number may be missing.
      if (at === text.length && open.length > 0) return broken(at);
    }
    if (open.length === 0)
      return hasObject || !firstBreak
        ? { end: at, breakAt: -1, cutOff: false, open, keys, closable: at, bad }
        : firstBreak;
    closable = at;
    expect = 'comma';
  }
}

/**
 * The position at which a text that `JSON.parse` refuses stops being JSON. Engines name the place in their own words or
 * not at all.
 */
export function jsonBreak(text: string): number {
  const { end, breakAt, bad } = scanJson(text, 0);
  if (end === -1 || bad.length > 0) return bad[0]?.breakAt ?? breakAt;
  return end + /^[ \t\n\r]*/.exec(text.slice(end))![0].length;
}

const STOP_IN_BAD = /[",[\]{}\n]/g;
const STRING_ON_LINE = /"(?:[^"\\\n]|\\[^\n])*"/y;
const ENDS_BAD = /[ \t\n\r]*[,\]}]/y;

/** Where what is bad ends: before the next comma or bracket that is not within it; -1 where its line ends first. */
function badEnd(text: string, from: number): number {
  let depth = 0;
  for (STOP_IN_BAD.lastIndex = from; ;) {
    const at = STOP_IN_BAD.exec(text)?.index ?? -1;
    if (at === -1) return -1;
    const char = text[at]!;
    if (char === '\n') return depth === 0 && matchLength(ENDS_BAD, text, at) > 0 ? at : -1;
    if (char === '"') {
      const length = matchLength(STRING_ON_LINE, text, at);
      if (length === 0) return -1;
      STOP_IN_BAD.lastIndex = at + length;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (depth === 0) {
      return at;
    } else if (char !== ',') {
      depth -= 1;
    }
  }
}

/** Where the string that begins at `at` closes, or breaks. */
function stringEnd(text: string, at: number): number {
  for (STRING_STOP.lastIndex = at + 1; ;) {
    const end = STRING_STOP.exec(text)?.index ?? text.length;
    const length = text.charCodeAt(end) === BACKSLASH ? matchLength(ESCAPE, text, end) : 0;
    if (length === 0) return end;
    STRING_STOP.lastIndex = end + length;
  }
}

/** How much of a text a sticky expression matches at a place. */
export function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
