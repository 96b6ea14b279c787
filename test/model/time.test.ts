import { describe, expect, it } from 'vitest';
import { compareInstants, nanosBetween, readInstant, unixNano, type TimeUnit } from '../../src/model/time.ts';

/** 2026-11-22T14:51:56.728 and 1 ns in Unix nanoseconds. */
const NANOS = 1_795_359_116_728_000_001n;

const read = (value: unknown, unit?: TimeUnit) => {
  const instant = readInstant(value, unit);
  return typeof instant === 'string' ? instant : { unixNano: unixNano(instant), guessed: instant.guessed };
};
const exactly = (nanos: bigint) => ({ unixNano: nanos, guessed: false });
const guessing = (nanos: bigint) => ({ unixNano: nanos, guessed: true });

describe('readInstant', () => {
  it('keeps text and bigints exact to the nanosecond', () => {
    expect(read(String(NANOS))).toEqual(exactly(NANOS));
    expect(read(NANOS)).toEqual(exactly(NANOS));
    expect(read(` ${NANOS}\n`)).toEqual(exactly(NANOS));
    expect(read(`000${NANOS}`)).toEqual(exactly(NANOS));
    expect(read(String(NANOS + 1n))).toEqual(exactly(NANOS + 1n));
  });

  it('reads numbers as exactly as JSON.parse left them', () => {
    const rounded = JSON.parse(String(NANOS)) as number;
    expect(read(rounded)).toEqual(exactly(BigInt(rounded)));
    expect(BigInt(rounded)).not.toBe(NANOS);
  });

  it('reads pairs of seconds and nanoseconds, also as text', () => {
    expect(read([1_795_359_116, 728_000_001])).toEqual(exactly(NANOS));
    expect(read(['1795359116', '728000001'])).toEqual(exactly(NANOS));
  });

  it('reads ISO 8601 with any number of decimals and any zone', () => {
    expect(read('2026-11-22T14:51:56.728000001Z', 'iso')).toEqual(exactly(NANOS));
    expect(read('2026-11-22T14:51:56,728000001Z', 'iso')).toEqual(exactly(NANOS));
    expect(read('2026-11-22T16:51:56.728000001+02:00', 'iso')).toEqual(exactly(NANOS));
    expect(read('2026-11-22 14:51:56.728', 'iso')).toEqual(exactly(NANOS - 1n));
    expect(read('2026-11-22t14:51:56z', 'iso')).toEqual(exactly(1_795_359_116_000_000_000n));
    expect(read('2026-11-22T14:51:56.7280000019Z', 'iso')).toEqual(exactly(NANOS));
    expect(read(new Date('2026-11-22T14:51:56.728Z'))).toEqual(exactly(NANOS - 1n));
  });

  it('reads the units that it is given', () => {
    expect(read(1_795_359_116.5, 's')).toEqual(exactly(1_795_359_116_500_000_000n));
    expect(read('1795359116728', 'ms')).toEqual(exactly(NANOS - 1n));
    expect(read(1_795_359_116_728_000, 'us')).toEqual(exactly(NANOS - 1n));
  });

  it('keeps decimals in text exact', () => {
    expect(read('1795359116.728000001', 's')).toEqual(exactly(NANOS));
    expect(read('1795359116728.000001', 'ms')).toEqual(exactly(NANOS));
    expect(read('1795359116728000001.9')).toEqual(exactly(NANOS));
    expect(read('0.5', 's')).toEqual(exactly(500_000_000n));
    expect(read('0.0', 's')).toBe('missing');
  });

  it('guesses the unit of a count that is plausible in one other unit only, and says so', () => {
    expect(read('1795359116')).toEqual(guessing(1_795_359_116_000_000_000n));
    expect(read(1_795_359_116_728)).toEqual(guessing(NANOS - 1n));
    expect(read('1795359116728000')).toEqual(guessing(NANOS - 1n));
    expect(read('1795359116.5')).toEqual(guessing(1_795_359_116_500_000_000n));
    expect(read('2026-11-22T14:51:56.728Z', 'ns')).toEqual(guessing(NANOS - 1n));
  });

  it('takes a count that is plausible in no unit for the unit asked for', () => {
    expect(read('1500')).toEqual(exactly(1500n));
    expect(read('12345678')).toEqual(exactly(12_345_678n));
    expect(read(2_000_000_000_000_000_000_000, 'ns')).toEqual(exactly(2_000_000_000_000_000_000_000n));
  });

  it.each<readonly [unknown]>([
    [undefined],
    [null],
    [''],
    [0],
    [-0],
    ['0'],
    ['0000'],
    ['0000000000000000000'],
    [0n],
    [[0, 0]],
  ])('finds %o missing', (value) => {
    expect(read(value)).toBe('missing');
  });

  // Each in a list of its own, as `each` would spread the lists among them.
  it.each<readonly [unknown]>([
    ['yesterday'],
    ['-5'],
    [-5],
    [-5n],
    [Number.NaN],
    [Infinity],
    ['1e999'],
    [true],
    [{}],
    [[]],
    [[1]],
    [[1, 2, 3]],
    [['a', 'b']],
    [[1, 1e9]],
    [[1, -1]],
    [[1.5, 0]],
    ['2026-13-45T99:99:99Z'],
    ['2026-11-22'],
    ['1795359116728000001x'],
    [new Date(Number.NaN)],
    [{ toString: 1 }],
    [[{ toString: 1 }, 0]],
    ['9'.repeat(40)],
  ])('finds %o bad', (value) => {
    expect(read(value)).toBe('bad');
  });

  it('answers for a megabyte of digits and a bad end', () => {
    expect(read(`${'1'.repeat(1_000_000)}x`)).toBe('bad');
  });
});

describe('instants', () => {
  it('are compared and subtracted to the nanosecond', () => {
    const [early, late] = [readInstant(NANOS), readInstant(NANOS + 999_999_999n)];
    if (typeof early === 'string' || typeof late === 'string') throw new Error('expected instants');
    expect(nanosBetween(early, late)).toBe(999_999_999);
    expect(compareInstants(early, late)).toBeLessThan(0);
    expect(compareInstants(late, early)).toBeGreaterThan(0);
    expect(compareInstants(early, early)).toBe(0);
  });
});
