import { readdirSync, readFileSync } from 'node:fs';
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
    [3_599_940e9, '999h 59m'],
    [100_000_020e9, '27,778h'],
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

it('writes what is beyond counting as a power of ten, so that it stays in its column', () => {
  for (const write of [format.tokens, format.count, format.rate]) expect(write(1e308)).toBe('1E308');
  expect([format.tokens(999e9), format.tokens(Infinity)]).toEqual(['999,000.0M', '∞']);
  expect([format.money(1e300), format.exactMoney(1e300)]).toEqual(['$1E300', '$1E300']);
});

it('never writes a small cost as nothing', () => {
  expect([0, 0.00001, 0.0063, 0.99996, 1204.5].map((cost) => format.money(cost))).toEqual([
    '$0',
    '$0.00001',
    '$0.0063',
    '$1.00',
    '$1,204.50',
  ]);
  expect([0.00009375, 0.0000996, 0.0001, -0.00009375, 1.234e-9].map((cost) => format.money(cost))).toEqual([
    '$0.000094',
    '$0.0001',
    '$0.0001',
    '-$0.000094',
    '$1.2E-9',
  ]);
  expect(format.money(2, 'EUR')).toBe('€2.00');
});

it('writes all of a cost where there is room', () => {
  expect([0, 0.00009375, 0.0063, 0.00634125, 1.5, 1204.5, 0.1 + 0.2].map((cost) => format.exactMoney(cost))).toEqual([
    '$0',
    '$0.00009375',
    '$0.0063',
    '$0.00634125',
    '$1.50',
    '$1,204.50',
    '$0.3000',
  ]);
});

it('gives an axis one unit', () => {
  expect([0, 2e9, 12e9].map((time) => format.tick(time, 2e9))).toEqual(['0 s', '2 s', '12 s']);
  expect(format.tick(1.5e6, 5e5)).toBe('1,500 µs');
  expect(format.tick(1_000_000_010, 10)).toBe('1,000,000,010 ns');
});

it('writes dates with milliseconds', () => {
  expect(format.dateTime(1_732_280_651_208_000_000n)).toBe('Nov 22, 2024, 13:04:11.208');
});

describe('what Intl does not know', () => {
  it.each([
    ['$', '1.50 $'],
    ['credits', '1.50 credits'],
    ['', '1.50'],
    ['  ', '1.50'],
    ['US\nDollar', '1.50 US Dollar'],
    ['a\u202eb', '1.50 a⟨U+202E⟩b'],
    ['x'.repeat(40), `1.50 ${'x'.repeat(16)}…`],
    ['😀'.repeat(40), `1.50 ${'😀'.repeat(16)}…`],
    ['constructor', '1.50 constructor'],
    ['__proto__', '1.50 __proto__'],
    ['eur', '€1.50'],
  ])('as a currency is the unit: %j', (currency, text) => expect(format.money(1.5, currency)).toBe(text));

  it('is never written as nothing either', () => {
    expect([0, 0.00002, 0.0063].map((cost) => format.money(cost, '$'))).toEqual(['0 $', '0.00002 $', '0.0063 $']);
  });

  it.each(['', 'de_DE', '-', 'constructor', 'x'.repeat(1000), null as unknown as string, 5 as unknown as string])(
    'as a locale or a zone is not asked: %j',
    (word) => {
      for (const made of [createFormat(word), createFormat(word, word), createFormat('en', word)]) {
        expect(made.count(9412)).toBe('9,412');
        expect(made.dateTime(0n)).toMatch(/19(?:69|70)/);
      }
    },
  );

  it('keeps a good locale beside a bad zone, and the other way round', () => {
    expect(createFormat('de', 'Nowhere/Land').count(9412)).toBe('9.412');
    expect(createFormat('de_DE', 'UTC').dateTime(0n)).toBe(format.dateTime(0n));
  });

  it('is asked in one place: all others write English', () => {
    const src = new URL('../src/', import.meta.url);
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && file !== 'format.ts',
    );
    const asks = files.flatMap((file) =>
      [
        ...readFileSync(new URL(file, src), 'utf8').matchAll(
          /(?:new Intl\.\w+|Intl\.\w+|\.toLocale\w+)\((?!'en'[,)])[^)]*/g,
        ),
      ].map(([text]) => `${file}: ${text}`),
    );
    expect(asks).toEqual([]);
  });
});
