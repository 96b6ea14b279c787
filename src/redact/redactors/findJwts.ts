import type { Range } from '../types.ts';

/**
 * A header in base64url, which begins with `{"`, then two parts of a signed token or four of an encrypted one; the last
 * may be cut off.
 */
const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,3}/g;

/** JSON web tokens. */
export function findJwts(text: string): readonly Range[] {
  if (!text.includes('eyJ')) return [];
  return Array.from(text.matchAll(JWT), (found) => [found.index, found.index + found[0].replace(/\.+$/, '').length]);
}
