import { canonicalJson } from './canonicalJson.ts';

/** `unknown` where only masked values could tell: a mask hides whether the secret is the same. */
export type TextEquality = 'equal' | 'different' | 'unknown';

const VOLATILE: readonly RegExp[] = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^(?=.*\d)[0-9a-f]{12,}$/i,
  /^(?:call|toolu|chatcmpl|msg|run|req|resp|fc|rs|gen|lc_run|span|trace)[_-]+[\w-]{6,}$/,
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?$/,
  /^1\d{9}(?:\d{3}){0,3}(?:\.\d+)?$/,
];
const LONGEST = 80;

/**
 * Equal but for ids and times that each run makes anew, and, in JSON, for the order of keys. Stops at the first true
 * difference.
 */
export function textEquality(a: string, b: string): TextEquality {
  const isMasked = a.includes('⟦') || b.includes('⟦');
  if (a === b) return isMasked ? 'unknown' : 'equal';
  let atA = 0;
  let atB = 0;
  let masks = false;
  while (atA < a.length && atB < b.length) {
    if (a.charCodeAt(atA) === b.charCodeAt(atB)) {
      atA += 1;
      atB += 1;
      continue;
    }
    const wordA = wordAround(a, atA);
    const wordB = wordAround(b, atB);
    masks ||= isMask(wordA.text) || isMask(wordB.text);
    if (
      !isMask(wordA.text) &&
      !isMask(wordB.text) &&
      !VOLATILE.some((form) => form.test(wordA.text) && form.test(wordB.text))
    )
      return reordered(a, b);
    atA = wordA.end;
    atB = wordB.end;
  }
  if (atA < a.length || atB < b.length) return reordered(a, b);
  return masks || isMasked ? 'unknown' : 'equal';
}

const isMask = (word: string): boolean => word.startsWith('⟦') && word.endsWith('⟧');
const isPartOfWord = (code: number): boolean =>
  (code >= 48 && code <= 58) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 45 ||
  code === 46 ||
  code === 95 ||
  code === 43 ||
  code === 0x27e6 ||
  code === 0x27e7 ||
  code === 0xb7;

/** The word that a place is in; a long one is cut, and so is none of those that change. */
function wordAround(text: string, at: number): { readonly text: string; readonly end: number } {
  let start = at;
  let end = at;
  while (start > 0 && at - start < LONGEST && isPartOfWord(text.charCodeAt(start - 1))) start -= 1;
  while (end < text.length && end - at < LONGEST && isPartOfWord(text.charCodeAt(end))) end += 1;
  // What ends a sentence is no part of its last word.
  while (end > at && (text.charCodeAt(end - 1) === 46 || text.charCodeAt(end - 1) === 58)) end -= 1;
  return { text: text.slice(start, end), end: Math.max(end, at + 1) };
}

/** Keys in another order leave the length as it is. */
function reordered(a: string, b: string): TextEquality {
  if (a.length !== b.length || !/^\s*[{[]/.test(a)) return 'different';
  try {
    return canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b)) ? 'equal' : 'different';
  } catch {
    return 'different';
  }
}
