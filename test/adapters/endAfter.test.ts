import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endAfter } from '../../src/adapters/otel/endAfter.ts';
import { readInstant, unixNano } from '../../src/model/time.ts';

const nanos = (time: unknown): bigint | string => {
  const read = readInstant(time, 'us');
  return typeof read === 'string' ? read : unixNano(read);
};

describe('endAfter', () => {
  it.each([
    [1_795_369_953_676_000, 474.504, 1_795_369_953_676_474_504n],
    ['1795369953676000', '5', 1_795_369_953_676_005_000n],
    [1_795_369_953_999_999, 2, 1_795_369_954_000_001_000n],
    [1_795_369_953_676_000n, 0, 1_795_369_953_676_000_000n],
    [1_795_369_953_676_000, -1, 1_795_369_953_675_999_000n],
    [1_795_369_953_000_000, -1, 1_795_369_952_999_999_000n],
    ['2026-11-22T17:52:33.676Z', 1, 1_795_369_953_676_001_000n],
  ])('%o and %o µs', (start, length, end) => {
    expect(nanos(endAfter(start, length, 'us'))).toBe(end);
  });

  it.each([
    [null, 5],
    ['x', 5],
    [1_795_369_953_676_000, null],
    [1_795_369_953_676_000, undefined],
    [1_795_369_953_676_000, ''],
  ])('%o and %o is unknown', (start, length) => {
    expect(endAfter(start, length, 'us')).toBeUndefined();
  });

  it.each(['soon', {}, [1]])('a length that is %o is a bad time', (length) => {
    expect(nanos(endAfter(1_795_369_953_676_000, length, 'us'))).toBe('bad');
  });

  it('takes the length in the unit that the start turns out to be in', () => {
    expect(nanos(endAfter(1_795_369_953_676, 5, 'us'))).toBe(1_795_369_953_681_000_000n);
  });

  it('is exact for all whole microseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e15, max: 4e15 }), fc.nat(1e12), (start, length) => {
        expect(nanos(endAfter(start, length, 'us'))).toBe((BigInt(start) + BigInt(length)) * 1000n);
      }),
    );
  });
});
