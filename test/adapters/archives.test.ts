import { describe, expect, it } from 'vitest';
import { parseTraces } from '../../src/core.ts';
import { dump } from '../model/dump.ts';
import { evalArchive, inspectFiles, storedZstd, zip } from '../fixtures/generate/inspect.ts';

const line =
  '{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","name":"a","startTimeUnixNano":"1795359116000000000"}\n';
const refusal = (input: Uint8Array): Promise<string> =>
  parseTraces(input).then(
    () => 'was read',
    (error: unknown) => (error as { readonly code: string }).code,
  );

describe('an archive', () => {
  it.each([0, 8, 93])('packed by method %i is read as its files are', async (method) => {
    const set = await parseTraces(evalArchive(method));
    expect(dump(set)).toEqual(dump(await parseTraces(inspectFiles[0]!.texts[0]!)));
    expect(set.diagnostics).toEqual([]);
  });

  it('of any JSON is read, and what is none of it is reported', async () => {
    const set = await parseTraces(
      zip([
        ['a/x.jsonl', line, 8],
        ['a/notes.txt', 'hello', 8],
        ['b.json', line, 0],
      ]),
    );
    expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['mixed-format', 'duplicate-span', 'missing-end']);
  });

  it('that is cut off, empty of JSON, or says less than it holds is refused', async () => {
    const whole = evalArchive(8);
    expect(await refusal(whole.subarray(0, whole.length - 40))).toBe('bad-encoding');
    expect(await refusal(zip([['a.txt', 'x', 0]]))).toBe('bad-encoding');
    expect(await refusal(zip([['a.json', `[${'0,'.repeat(5000)}0]`, 8]], 100))).toBe('too-large');
    expect(await refusal(zip([]))).toBe('bad-encoding');
  });

  it('respects the limit of bytes', async () => {
    const limited = parseTraces(evalArchive(8), { limits: { bytes: 4000 } });
    await expect(limited).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('zstd', () => {
  it('is unpacked', async () => {
    const set = await parseTraces(storedZstd(Buffer.from(line.repeat(2000))));
    expect(set.accounting.shown).toBe(1);
  });
  it('that breaks is refused', async () => {
    const whole = storedZstd(Buffer.from(line.repeat(2000)));
    expect(await refusal(whole.subarray(0, 5000))).toBe('bad-encoding');
    expect(await refusal(Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]))).toBe('bad-encoding');
  });
});
