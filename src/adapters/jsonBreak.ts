const WHITE = new Set([' ', '\t', '\n', '\r']);
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = 'value' | 'item' | 'key' | 'first key' | 'colon' | 'comma';

/**
 * The position at which a text stops being JSON (RFC 8259), its length where it ends too early. Engines name the place in their own
 * words or not at all; this says the same everywhere. For texts that `JSON.parse` has refused.
 */
export function jsonBreak(text: string): number {
  const open: ('{' | '[')[] = [];
  let expect = 'value' as Expected;
  let at = 0;
  for (;;) {
    while (WHITE.has(text[at]!)) at += 1;
    const char = text[at];
    if (char === undefined) return at;
    const container = open.at(-1);
    if (expect === 'comma') {
      if (container === undefined) return at;
      if (char === ',') expect = container === '{' ? 'key' : 'value';
      else if (char === (container === '{' ? '}' : ']')) open.pop();
      else return at;
      at += 1;
    } else if (expect === 'colon') {
      if (char !== ':') return at;
      expect = 'value';
      at += 1;
    } else if ((expect === 'item' && char === ']') || (expect === 'first key' && char === '}')) {
      open.pop();
      expect = 'comma';
      at += 1;
    } else if (char === '"') {
      const end = stringEnd(text, at);
      if (text[end] !== '"') return end;
      expect = expect === 'key' || expect === 'first key' ? 'colon' : 'comma';
      at = end + 1;
    } else if (expect === 'key' || expect === 'first key') {
      return at;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expect = char === '{' ? 'first key' : 'item';
      at += 1;
    } else {
      const length = matchLength(WORD, text, at);
      if (length === 0) return at;
      expect = 'comma';
      at += length;
    }
  }
}

/** Where the string that begins at `at` closes, or breaks. */
function stringEnd(text: string, at: number): number {
  for (let end = at + 1; ; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 34 || code < 32 || Number.isNaN(code)) return end;
    if (code !== 92) continue;
    const length = matchLength(ESCAPE, text, end);
    if (length === 0) return end;
    end += length - 1;
  }
}

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
