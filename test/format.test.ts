import { describe, expect, it } from 'vitest';
import { createFormat } from '../src/format.ts';

const format = createFormat('en', 'UTC');

describe('durations', () => {
  it.each([
    [480, '480 ns'],
    [812_000, '812 µs'],
    [8_250_000, '8.25 ms'],
    [45e6, '45 ms'],
    [678e6, '678 ms'],
    [1e9, '1.00 s'],
    [12.84e9, '12.84 s'],
    [247e9, '4m 07s'],
    [7500e9, '2h 05m'],
    [0, '0 ms'],
    [Number.NaN, '?'],
  ])('%d ns is %s', (nanos, text) => expect(format.duration(nanos)).toBe(text));

  it('rounds first and chooses the unit after', () => {
    expect(format.duration(999.6e6)).toBe('1.00 s');
    expect(format.duration(59.996e9)).toBe('1m 00s');
    expect(format.duration(999_600)).toBe('1 ms');
    expect(format.duration(9.996e6)).toBe('10 ms');
    expect(format.duration(3599.6e9)).toBe('1h 00m');
  });
});

it('writes tokens short in rows and whole in panels', () => {
  expect([38, 999, 9_700, 99_949, 99_950, 412_300, 1_234_000].map(format.tokens)).toEqual([
    '38',
    '999',
    '9.7k',
    '99.9k',
    '100k',
    '412k',
    '1.2M',
  ]);
  expect(format.count(9412)).toBe('9,412');
});

it('never writes a small cost as nothing', () => {
  expect([0, 0.00001, 0.0063, 0.99996, 1204.5].map((cost) => format.money(cost))).toEqual([
    '$0',
    '<$0.0001',
    '$0.0063',
    '$1.00',
    '$1,204.50',
  ]);
  expect(format.money(2, 'EUR')).toBe('€2.00');
});

it('gives an axis one unit', () => {
  expect([0, 2e9, 12e9].map((time) => format.tick(time, 2e9))).toEqual(['0 s', '2 s', '12 s']);
  expect(format.tick(1.5e6, 5e5)).toBe('1,500 µs');
  expect(format.tick(1_000_000_010, 10)).toBe('1,000,000,010 ns');
});

it('writes dates with milliseconds', () => {
  expect(format.dateTime(1_732_280_651_208_000_000n)).toBe('Nov 22, 2024, 13:04:11.208');
});
