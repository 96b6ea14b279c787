import { SPAN_FLAGS } from '../../model/codes.ts';

/** An id in one form; null = none. `bad` = not of the form that OpenTelemetry asks for, kept as it is. */
export interface OtelId {
  readonly id: string | null;
  readonly bad: boolean;
}

const NONE: OtelId = { id: null, bad: false };
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * A trace id (32 digits) or span id (16 digits) as lower-case hexadecimal. The specification asks for hexadecimal in
 * either case; generic protobuf printers write base64, others `0x…` or a UUID with dashes. Empty and all-zero ids mean
 * "none".
 */
export function otelId(value: unknown, digits: 16 | 32): OtelId {
  if (value === undefined || value === null || value === '') return NONE;
  if (typeof value !== 'string') return { id: typeof value === 'object' ? null : String(value), bad: true };
  if (value.length === digits) {
    const known = hexForm(value);
    if (known !== 'other') return known === 'zero' ? NONE : { id: value, bad: false };
  }
  const plain = value.trim().replace(/^0x/i, '').toLowerCase();
  const hex = plain.length === 36 ? plain.replaceAll('-', '') : withoutXRay(plain);
  const form = hex !== '' && hex.length <= digits ? hexForm(hex) : 'other';
  if (form !== 'other') return form === 'zero' ? NONE : { id: hex, bad: false };
  const decoded = fromBase64(value.trim(), digits);
  if (decoded !== null) return hexForm(decoded) === 'zero' ? NONE : { id: decoded, bad: false };
  return { id: value, bad: true };
}

/** Whether it is an id as the specification asks for it, and not the one that means "none". */
export const isOtelId = (value: unknown, digits: 16 | 32): value is string =>
  typeof value === 'string' && value.length === digits && hexForm(value) === 'hex';

/** AWS X-Ray writes the same 32 digits as `1-8-24`. */
const withoutXRay = (id: string): string =>
  id.length === 35 ? id.replace(/^1-([\da-f]{8})-([\da-f]{24})$/, '$1$2') : id;

/** What is wrong with the ids of a span, as bits of `SPAN_FLAGS`. */
export const idFlags = (traceId: OtelId, spanId: OtelId, parent: OtelId): number =>
  flagOfIds(traceId.bad || spanId.bad || parent.bad);

/** `bad` = one of the ids of a span is no id. */
export const flagOfIds = (bad: boolean): number => (bad ? SPAN_FLAGS['bad-id'] : 0);

/** Lower-case hexadecimal, all zeros, or anything else. A loop, because every span has three ids. */
function hexForm(text: string): 'hex' | 'zero' | 'other' {
  let zero = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return 'other';
    zero &&= code === 48;
  }
  return zero ? 'zero' : 'hex';
}

/** 8 bytes make 12 characters of base64, 16 bytes 24, padding included. */
function fromBase64(text: string, digits: 16 | 32): string | null {
  const length = digits === 16 ? 12 : 24;
  if (
    text.padEnd(length, '=').length !== length ||
    text.replace(/=+$/, '').length !== (digits === 16 ? 11 : 22) ||
    !BASE64.test(text)
  )
    return null;
  try {
    return Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0).toString(16).padStart(2, '0'),
    ).join('');
  } catch {
    return null;
  }
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * Reads an id of Phoenix: OpenTelemetry's, or the UUID of a span of its first versions, which is longer than a span id
 * may be and stays as it is.
 */
export const otelIdOrUuid = (value: unknown, digits: 16 | 32): OtelId =>
  digits === 16 && typeof value === 'string' && UUID.test(value)
    ? { id: value.toLowerCase(), bad: false }
    : otelId(value, digits);
