import { contentHash } from '../../model/hash.ts';

const HEX = /^[0-9a-f]+$/;

/**
 * Ids as OTLP asks for them: 32 digits of a trace, 16 of a span. What has another form (a UUID of LangSmith, a word)
 * gets digits that depend on nothing but the id, so that parents and links in other files still meet; 16 digits of a
 * longer id are worked out from all of it.
 */
export function writtenId(id: string, digits: 16 | 32): string {
  const plain = id.toLowerCase().replaceAll('-', '');
  if (HEX.test(plain) && plain.length <= digits) return plain.padStart(digits, '0');
  let made = '';
  for (let part = 0; made.length < digits; part += 1)
    made += contentHash(`${part}:${id}`).toString(16).padStart(13, '0').slice(-12);
  return made.slice(0, digits);
}
