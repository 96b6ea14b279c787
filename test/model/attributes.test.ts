import { describe, expect, it } from 'vitest';
import { amount, attributeMap, attributeValue, textOf } from '../../src/model/attributes.ts';
import { deepFreeze } from './deepFreeze.ts';

const entry = (key: unknown, value: unknown) => ({ key, value });

describe('attributeValue', () => {
  it.each([
    ['text', { stringValue: 'a' }, 'a'],
    ['empty text', { stringValue: '' }, ''],
    ['an integer as text', { intValue: '42' }, 42],
    ['an integer as number', { intValue: 42 }, 42],
    ['the largest int64, exact', { intValue: '9223372036854775807' }, 9_223_372_036_854_775_807n],
    ['the smallest int64, exact', { intValue: '-9223372036854775808' }, -9_223_372_036_854_775_808n],
    ['the first integer a double cannot hold', { intValue: '9007199254740993' }, 9_007_199_254_740_993n],
    ['an integer that is none', { intValue: 'many' }, 'many'],
    ['an empty integer, which is not zero', { intValue: '' }, ''],
    ['a double', { doubleValue: 0.25 }, 0.25],
    ['a double as text', { doubleValue: '0.25' }, 0.25],
    ['NaN', { doubleValue: 'NaN' }, Number.NaN],
    ['infinity', { doubleValue: 'Infinity' }, Infinity],
    ['minus infinity', { doubleValue: '-Infinity' }, -Infinity],
    ['true', { boolValue: true }, true],
    ['false', { boolValue: false }, false],
    ['bytes', { bytesValue: 'AQL/' }, Uint8Array.of(1, 2, 255)],
    ['bytes that are not base64', { bytesValue: '*' }, '*'],
    ['a list', { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }, {}] } }, ['a', 1, null]],
    ['the empty value', {}, null],
    ['an empty list', { arrayValue: { values: [] } }, []],
    ['an empty list, values left out', { arrayValue: {} }, []],
    [
      'a map',
      {
        kvlistValue: {
          values: [entry('a', { intValue: 1 }), entry('b', { arrayValue: { values: [{ boolValue: true }] } })],
        },
      },
      { a: 1, b: [true] },
    ],
    ['an empty map', { kvlistValue: {} }, {}],
    ['plain text', 'a', 'a'],
    ['a plain number', 1.5, 1.5],
    ['a plain list', ['a', 1, [true]], ['a', 1, [true]]],
    ['a plain map', { a: { b: 'c' } }, { a: { b: 'c' } }],
    ['null', null, null],
    ['nothing', undefined, null],
  ])('reads %s', (_, recorded, value) => {
    const read = attributeValue(recorded);
    expect(typeof read === 'object' && read !== null && !(read instanceof Uint8Array) ? plain(read) : read).toEqual(
      value,
    );
  });

  it('keeps keys that mean something to JavaScript as ordinary keys', () => {
    const map = attributeValue({
      kvlistValue: { values: [entry('__proto__', { stringValue: 'x' }), entry('constructor', { stringValue: 'y' })] },
    }) as Record<string, unknown>;
    expect(Object.entries(map).sort()).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('reads a list nested 100,000 deep', () => {
    let value: unknown = { stringValue: 'core' };
    for (let depth = 0; depth < 100_000; depth += 1) value = { arrayValue: { values: [value] } };
    let read = attributeValue(value);
    for (let depth = 0; depth < 100_000; depth += 1) read = (read as readonly [string])[0];
    expect(read).toBe('core');
  });

  it('opens circles of host objects', () => {
    const circle: Record<string, unknown> = { name: 'c' };
    circle['self'] = circle;
    circle['twice'] = [{ shared: 1 }, { shared: 1 }];
    expect(plain(attributeValue(circle))).toEqual({ name: 'c', self: null, twice: [{ shared: 1 }, { shared: 1 }] });
  });

  it('shows an object that stands in two places in both', () => {
    const shared = { a: 1 };
    expect(plain(attributeValue([shared, shared]))).toEqual([{ a: 1 }, { a: 1 }]);
  });
});

describe('attributeMap', () => {
  it('reads the list of OTLP and a plain map alike', () => {
    const map = new Map<string, unknown>([
      ['a', 'x'],
      ['b', 2],
    ]);
    expect(attributeMap([entry('a', { stringValue: 'x' }), entry('b', { intValue: '2' })])).toEqual(map);
    expect(attributeMap({ a: 'x', b: 2 })).toEqual(map);
  });

  it('gives the last of equal keys, null for a missing value, and passes over entries without a key', () => {
    const list = [
      entry('a', { stringValue: 'first' }),
      entry('a', { stringValue: 'last' }),
      { key: 'empty' },
      entry(7, { stringValue: 'x' }),
      null,
      'text',
      { value: {} },
    ];
    expect(attributeMap(list)).toEqual(
      new Map([
        ['a', 'last'],
        ['empty', null],
      ]),
    );
  });

  it('holds `__proto__` as a key', () => {
    expect(attributeMap(JSON.parse('{"__proto__": "x", "toString": "y"}'))).toEqual(
      new Map([
        ['__proto__', 'x'],
        ['toString', 'y'],
      ]),
    );
  });

  it.each([undefined, null, 'text', 7, true])('is empty for %o', (attributes) => {
    expect(attributeMap(attributes).size).toBe(0);
  });

  it('leaves frozen input as it was', () => {
    const list = deepFreeze([
      entry('a', { arrayValue: { values: [{ stringValue: 'x' }] } }),
      entry('b', { kvlistValue: { values: [entry('c', {})] } }),
    ]);
    const before = JSON.stringify(list);
    attributeMap(list);
    expect(JSON.stringify(list)).toBe(before);
  });
});

describe('amount and textOf', () => {
  it('read numbers in any form and never invent one', () => {
    expect([5, '5', ' 5 ', 5n, '5e2', 0].map(amount)).toEqual([5, 5, 5, 5, 500, 0]);
    expect(['', ' ', 'five', Number.NaN, Infinity, null, undefined, [5], {}, true].map(amount)).toEqual(
      Array.from({ length: 10 }, () => null),
    );
  });

  it('read text of scalars only', () => {
    expect(['a', 1, true, 1n].map(textOf)).toEqual(['a', '1', 'true', '1']);
    expect(['', null, undefined, [], {}].map(textOf)).toEqual([null, null, null, null, null]);
  });
});

/** Decoded maps have no prototype; `toEqual` looks past that but not within lists of them on failure messages. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
