import { looksRandom } from './looksRandom.ts';
import type { Range } from './types.ts';

/** A scheme of HTTP, and the word behind it. */
const SCHEME = /\b(bearer|basic|token|apikey|api-key)\s{1,4}([A-Za-z0-9._~+/-]{4,}={0,2})/gi;
const HEADER =
  /authorization(?:["'`\]]|\\{1,9}["'])?[ \t]{0,4}(?:=>|[:=,])[ \t]{0,4}(?:[bBrRuU]?["'`[]|\\{1,9}["']){0,2}$/i;
/** What stands behind a credential, and not behind a word of a sentence. */
const ENDS = /^(?:$|["'`\\,;<>)\]}|&\r\n]|[ \t]{1,8}(?:$|[\r\n\\|&>-]))/;
/** What documentation writes in the place of one. */
const PLACEHOLDER =
  /^(?:(?:access|api|auth|bearer|jwt|your|my)[._-]?)*(?:token|key|jwt|credentials?|here)$|^your[._-]|^[x.*-]+$/i;

/** What is sent to be let in: behind `Bearer` and `Basic`, and passwords in addresses. */
export function findCredentials(text: string, ranges: Range[]): void {
  if (/bearer|basic|authorization/i.test(text)) findInSchemes(text, ranges);
  findInAddresses(text, ranges);
}

function findInSchemes(text: string, ranges: Range[]): void {
  for (const found of text.matchAll(SCHEME)) {
    const [whole, scheme, credential] = found as unknown as readonly [string, string, string];
    const end = found.index + whole.length;
    if (isCredential(scheme.toLowerCase(), credential) || isSent(text, found.index, end, credential))
      ranges.push([end - credential.length, end]);
  }
}

/** By its looks alone, wherever it stands. */
function isCredential(scheme: string, credential: string): boolean {
  if (scheme === 'basic') return isNameAndPassword(credential);
  return (
    scheme === 'bearer' &&
    credential.length >= 8 &&
    (/\d/.test(credential) || credential.split(/[^A-Za-z]/).some((part) => looksRandom(part)))
  );
}

/**
 * Behind the name of the header, or all that a text says: `Bearer authentication` is two words, so that alone it is to
 * be longer.
 */
function isSent(text: string, start: number, end: number, credential: string): boolean {
  if (PLACEHOLDER.test(credential)) return false;
  if (start === 0 && end === text.length) return /^[A-Za-z0-9]{16,}=*$/.test(credential);
  return HEADER.test(text.slice(Math.max(0, start - 60), start)) && ENDS.test(text.slice(end, end + 10));
}

/** Base64 of `name:password`. */
function isNameAndPassword(base64: string): boolean {
  // Asked first, because what throws takes its time.
  if (base64.replace(/=+$/, '').length % 4 === 1) return false;
  try {
    const bytes = Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    return /^[^:\p{Cc}]*:\P{Cc}*$/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** The longest part of an address before its host that is looked at. */
const LONGEST = 300;
const AUTHORITY = /[^\s"'`<>|\\]{0,300}/y;
/** Behind the colon: a port, a variable, or stars in the place of what was left out. */
const NO_PASSWORD = /^(?:\d{1,5}[,;)\]].*|\$\{.*|\$\(.*|\$\w+|\{.*\}|%\w+%|%\(\w+\)s|\[.*\]|[x.*•_-]+|⟦.*)$/i;
const NO_PASSWORD_WITH_SLASH = /^(?:\d{0,5}[/?#,;)\]]|[${%[*⟦])/;

/** The password of `postgres://user:password@host`; of a name alone, one that is a token. */
function findInAddresses(text: string, ranges: Range[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const password = passwordIn(text, at + 3);
    if (password) ranges.push(password);
  }
}

function passwordIn(text: string, start: number): Range | null {
  AUTHORITY.lastIndex = start;
  const all = AUTHORITY.exec(text)![0];
  const authority = /^[^/?#]*/.exec(all)![0];
  const colon = authority.indexOf(':');
  const sign = authority.lastIndexOf('@');
  if (sign < 0) {
    // A slash in a password should have been written as %2F, and often is not.
    const later =
      colon < 0 || all[0] === '[' || NO_PASSWORD_WITH_SLASH.test(all.slice(colon + 1)) ? -1 : all.indexOf('@', colon);
    return later < 0 ? null : [start + colon + 1, start + later];
  }
  if (colon < 0 || colon > sign) return isToken(authority.slice(0, sign)) ? [start, start + sign] : null;
  const password = authority.slice(colon + 1, sign);
  return password === '' || NO_PASSWORD.test(password) ? null : [start + colon + 1, start + sign];
}

const isToken = (name: string): boolean => /^[A-Za-z0-9_]{20,}$/.test(name) && looksRandom(name);

/** Whether what looks like an e-mail address, with its @ at `at`, is the end of a password and the host behind it. */
export function endsPassword(text: string, start: number, at: number): boolean {
  const from = Math.max(0, at - LONGEST);
  const scheme = text.slice(from, at).lastIndexOf('://');
  const password = scheme < 0 ? null : passwordIn(text, from + scheme + 3);
  return password !== null && start >= password[0] && at === password[1];
}
