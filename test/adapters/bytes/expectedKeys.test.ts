import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExpectedKeys } from '../../../src/adapters/bytes/expectedKeys.ts';
import { JsonBytes, NotScanned } from '../../../src/adapters/bytes/jsonBytes.ts';
import { KnownWords } from '../../../src/adapters/bytes/knownWords.ts';

const WORDS = ['traceId', 'spanId', 'name', 'a', 'ab'];
const END = 0x7d;
const bytesOf = (text: string): JsonBytes => new JsonBytes(new TextEncoder().encode(text));

/** Which word each key is, object after object. */
function wordsIn(text: string): readonly number[] {
  const json = bytesOf(text);
  const keys = new ExpectedKeys(json, new KnownWords(WORDS));
  const words: number[] = [];
  for (let at = 0; at < json.bytes.length; at += 1) {
    keys.begin();
    at += 1;
    while (json.bytes[at] !== END) {
      at = keys.pass(at);
      words.push(keys.word);
      at = json.skipComma(json.skipValue(at), END);
    }
  }
  return words;
}

const key = fc.oneof(
  fc.constantFrom(...WORDS, 'abc', 'nam\\u0065', 'größe', ''),
  fc.nat(150).map((number) => `key${number}`),
);
type Field = readonly [key: string, colon: string, value: string];
const field: fc.Arbitrary<Field> = fc.tuple(
  key,
  fc.constantFrom(':', ' :', ': ', '\n:\t'),
  fc.constantFrom('1', '"x"', '{"name":2}'),
);
const objects = fc.array(fc.tuple(fc.array(field, { maxLength: 9 }), fc.integer({ min: 1, max: 3 })), {
  maxLength: 40,
});

it('says of every key what looking it up alone says, whatever came before it', () => {
  fc.assert(
    fc.property(objects, (some) => {
      const all = some.flatMap(([fields, times]) => Array.from({ length: times }, () => fields));
      const text = all.map((fields) => `{${fields.map(([name, colon, value]) => `"${name}"${colon}${value}`).join()}}`);
      expect(wordsIn(text.join(''))).toEqual(all.flat().map(([name]) => WORDS.indexOf(name)));
    }),
  );
});

it('what is expected and does not come is no key', () => {
  const json = bytesOf('{"name":1}{"name"1}{"nam');
  const keys = new ExpectedKeys(json, new KnownWords(WORDS));
  expect([keys.pass(1), keys.word]).toEqual([8, 2]);
  for (const at of [11, 20]) {
    keys.begin();
    expect(() => keys.pass(at)).toThrow(NotScanned);
  }
});
