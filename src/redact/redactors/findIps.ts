import type { Range } from '../types.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** Four octets, no more; not behind `v`, and not a version as in `Chrome/120.0.0.0`. */
const V4 = new RegExp(`(?<![\\w.]|[A-Za-z]/|\\d[-+])${OCTET}(?:\\.${OCTET}){3}(?![\\w]|\\.\\d|[-+][A-Za-z])`, 'g');
/** Words that number versions and parts of documents, also several of them: `sections 4.3.2.1 and 4.3.2.2`. */
const NUMBERED = new RegExp(
  '(?:version|ver\\.?|release|build|chrome|edge|firefox|safari|opera|section|sect?\\.|chapter|chap\\.|clause|paragraph|para\\.|article|art\\.|appendix|annex|part|' +
    'figure|fig\\.|table|step|item|rule|requirement|req\\.?|heading|example|kapitel|abschnitt|ziffer)s?["\']?[ :=\\u00a0]{0,3}["\']?' +
    '(?:\\d{1,3}(?:\\.\\d{1,3}){1,6}(?:, ?(?:and |or )?| ?[-–&] ?| (?:and|or|to|through|und|bis) )){0,3}$|§{1,2} ?$',
  'i',
);
/**
 * All that could be one of version 6: a word of its own, with a name and a colon before it or not (`addr:2001:db8::1`).
 */
const V6 = /(?<![\w:.])(?:\w{0,40}[g-z_]\w{0,40}:)?(?=[\da-fA-F]{0,4}:)([\da-fA-F:]{2,50}(?:\.\d{1,3}){0,3})(?![\w])/gi;

/** Addresses of the Internet protocol. */
export function findIps(text: string): readonly Range[] {
  const ranges: Range[] = [];
  if (/:[\da-fA-F]{0,4}:/.test(text)) {
    for (const found of text.matchAll(V6)) {
      const end = found.index + found[0].length;
      const address = v6In(found[1]!);
      if (address) ranges.push([end - found[1]!.length + address[0], end - found[1]!.length + address[1]]);
    }
  }
  if (/\d\.\d{1,3}\.\d/.test(text)) {
    // `::ffff:192.0.2.1` is one address.
    const ends = new Set(ranges.map(([, end]) => end));
    for (const found of text.matchAll(V4)) {
      const end = found.index + found[0].length;
      if (!ends.has(end) && !NUMBERED.test(text.slice(Math.max(0, found.index - 70), found.index)))
        ranges.push([found.index, end]);
    }
  }
  return ranges;
}

/**
 * Where in it an address of version 6 stands; behind a word of letters that digits have too (`face:`), if it is none
 * with that.
 */
function v6In(found: string): Range | null {
  const length = v6Length(found);
  if (length > 0) return [0, length];
  const name = /^[a-f]+:(?!:)|^:(?=::|[\da-f]{1,4}:)/i.exec(found)?.[0].length;
  if (name === undefined) return null;
  const rest = v6Length(found.slice(name));
  return rest > 0 ? [name, name + rest] : null;
}

/**
 * Of the space that is given to networks, hosts of this one, groups, and addresses of version 4. `face::b00c` is a name
 * in code.
 */
const GIVEN = /^(?:[23][\da-f]{3}|f[cd][\da-f]{2}|fe[89ab][\da-f]|ff[\da-f]{2}|0{0,2}64|0?100)$/i;

/** How much of it is an address of version 6: eight groups, or fewer around one `::`. */
function v6Length(found: string): number {
  const address = found.replace(/(?<!:):$/, '');
  const tail = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (found.includes('.') && !tail) return 0;
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || !groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group) || group === tail)) return 0;
  const count = groups.length + (tail ? 1 : 0);
  // Eight pairs of digits are the number of a device, or a fingerprint.
  if (halves.length === 1) return count === 8 && !groups.every((group) => group.length === 2) ? address.length : 0;
  const isMarked =
    address === '::1' ||
    /^::ffff:/i.test(address) ||
    (halves[0] !== '' && GIVEN.test(groups[0]!) && /\d/.test(address));
  return count < 8 && isMarked ? address.length : 0;
}
