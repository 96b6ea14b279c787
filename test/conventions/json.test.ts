import { describe, expect, it } from 'vitest';
import { parsed, payload, toJson } from '../../src/conventions/json.ts';

describe('JSON in attributes', () => {
  it('keeps whole numbers that a double would round as their digits', () => {
    expect(
      parsed('{"id":12345678901234567890,"small":12,"text":"12345678901234567890","list":[-9007199254740993]}'),
    ).toEqual({ id: '12345678901234567890', small: 12, text: '12345678901234567890', list: ['-9007199254740993'] });
    expect(payload('{"id":12345678901234567890}')!.json()).toEqual({ id: '12345678901234567890' });
  });

  it('leaves fractions and exponents numbers', () => {
    expect(parsed('[0.1234567890123456789, 1e30, 1234567890123456.5]')).toEqual([
      0.12345678901234568, 1e30, 1234567890123456.5,
    ]);
  });

  it('writes bytes as hexadecimal, at any depth', () => {
    const bytes = Uint8Array.from([0, 0, 48, 57]);
    expect(toJson({ blob: bytes })).toBe('{"blob":"0x00003039"}');
    let deep: unknown = bytes;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(toJson(deep)).toContain('"0x00003039"');
    expect(payload(bytes)!.text).toBe('"0x00003039"');
  });

  it('takes what is no JSON as it is', () => {
    expect(parsed('{"id":12345678901234567890')).toBe('{"id":12345678901234567890');
  });
});
