import type { Range } from '../types.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** Four octets, no more; not behind `v`, and not a version as in `Chrome/120.0.0.0`. */
const V4 = new RegExp(`(?<![\\w.]|[A-Za-z]/|\\d[-+])${OCTET}(?:\\.${OCTET}){3}(?![\\w]|\\.\\d|[-+][A-Za-z])`, 'g');
const VERSION_WORD = /(?:version|ver\.?|release|build)["']?[ :=]{0,3}["']?$/i;
/** All that could be one of version 6. */
const V6 = /(?<![\w:.])(?=[\da-fA-F]{0,4}:)[\da-fA-F:]{2,45}(?:\.\d{1,3}){0,3}(?![\w])/g;

/** Addresses of the Internet protocol. */
export function findIps(text: string): readonly Range[] {
  const ranges: Range[] = [];
  if (/:[\da-fA-F]{0,4}:/.test(text)) {
    for (const found of text.matchAll(V6)) {
      const length = v6Length(found[0]);
      if (length > 0) ranges.push([found.index, found.index + length]);
    }
  }
  if (/\d\.\d{1,3}\.\d/.test(text)) {
    // `::ffff:192.0.2.1` is one address.
    const ends = new Set(ranges.map(([, end]) => end));
    for (const found of text.matchAll(V4)) {
      const end = found.index + found[0].length;
      if (!ends.has(end) && !VERSION_WORD.test(text.slice(Math.max(0, found.index - 12), found.index)))
        ranges.push([found.index, end]);
    }
  }
  return ranges;
}

/**
 * How much of it is an address of version 6: eight groups, or fewer around one `::`. Short ones like `1::2` are slices
 * or names in code.
 */
function v6Length(found: string): number {
  const address = found.replace(/(?<!:):$/, '');
  const tail = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (found.includes('.') && !tail) return 0;
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || !groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group) || group === tail)) return 0;
  const count = groups.length + (tail ? 1 : 0);
  if (halves.length === 1) return count === 8 ? address.length : 0;
  const isTold = address === '::1' || (/\d/.test(address) && groups.some((group) => group.length > 2));
  return count < 8 && isTold ? address.length : 0;
}
