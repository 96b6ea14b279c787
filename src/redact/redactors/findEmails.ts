import { endsPassword } from '../findCredentials.ts';
import type { Range } from '../types.ts';

const LOCAL = /[\p{L}\p{N}._+'-]/u;
/** Labels with a dot between them; the last one is letters, or letters of another script as `xn--…`. */
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,10}(?:xn--[a-z0-9]{2,59}|\p{L}{2,63})(?!\p{L})/uy;

/**
 * E-mail addresses. Looks left and right of each @, and what it looks at ends at the next one: no letter is seen more
 * than twice.
 */
export function findEmails(text: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && LOCAL.test(text[start - 1]!)) start -= 1;
    while (start < at && EDGE.test(text[start]!)) start += 1;
    if (start === at) continue;
    DOMAIN.lastIndex = at + 1;
    if (DOMAIN.test(text) && !endsPassword(text, start, at)) ranges.push([start, DOMAIN.lastIndex]);
  }
  return ranges;
}

/** What may stand before an address, and no address begins with. */
const EDGE = /[.'-]/;
