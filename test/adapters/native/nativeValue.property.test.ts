import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeValue, encodeValue } from '../../../src/adapters/native/nativeValue.ts';

const key = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', '$bigint', '$number', '$bytes', '$object', '0', '1'),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.bigInt(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, -0),
    fc.uint8Array(),
    fc.array(tie('any')),
    fc.array(fc.tuple(key, tie('any'))).map((entries) => Object.fromEntries(entries) as unknown),
  ),
})).any;

it('gives every value back that JSON cannot hold', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(given))))).toEqual(given);
    }),
  );
});

it('keeps the order of keys, and takes what only looks like a marked value as it stands', () => {
  expect(Object.keys(encodeValue({ b: 1, a: { d: 1, c: 2 } }) as object)).toEqual(['b', 'a']);
  for (const odd of [
    { $bigint: 'x' },
    { $number: 'one' },
    { $bytes: '*' },
    { $object: [1] },
    { $bigint: '1', more: 1 },
  ])
    expect(decodeValue(odd)).toEqual(odd);
});

it('walks what is nested deeper than any stack, and ends where an object is inside itself', () => {
  let deep: unknown = 'end';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  let at: unknown = encodeValue(deep);
  while (Array.isArray(at)) [at] = at as unknown[];
  expect(at).toBe('end');
  const circle: Record<string, unknown> = { a: 1 };
  circle['self'] = circle;
  expect(encodeValue({ circle })).toEqual({ circle: { a: 1, self: null } });
});
