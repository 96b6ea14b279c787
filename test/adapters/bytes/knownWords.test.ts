import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownWords } from '../../../src/adapters/bytes/knownWords.ts';
import { KNOWN_BEGINNINGS, KNOWN_KEYS } from '../../../src/conventions/readEnvelope.ts';

const known = new KnownWords(KNOWN_KEYS);
const beginnings = new KnownWords(KNOWN_BEGINNINGS);
const find = (words: KnownWords, text: string): number => {
  const bytes = new TextEncoder().encode(`"${text}"`);
  return words.find(bytes, 1, bytes.length - 1);
};
const begins = (text: string): boolean => beginnings.beginsAt(new TextEncoder().encode(text), 0);

it('each word is found by its own number', () => {
  expect(known.list).toEqual([...new Set(KNOWN_KEYS)]);
  for (const [number, word] of known.list.entries()) expect(find(known, word)).toBe(number);
  for (const begin of KNOWN_BEGINNINGS)
    expect([begins(begin), begins(`${begin}x`), begins(begin.slice(1))]).toEqual([true, true, false]);
});

it('nothing else is', () => {
  const near = fc
    .tuple(fc.constantFrom(...known.list), fc.nat(60), fc.string({ maxLength: 2 }))
    .map(([word, at, put]) => word.slice(0, at) + put + word.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      expect(find(known, text)).toBe(known.list.indexOf(text));
      expect(begins(text)).toBe(KNOWN_BEGINNINGS.some((begin) => text.startsWith(begin)));
    }),
  );
  expect(find(new KnownWords([]), 'a')).toBe(-1);
});
