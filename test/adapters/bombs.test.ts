import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseTraces, TraceInputError, type ParseOptions, type TraceInput } from '../../src/core.ts';
import { unpackGzip } from '../../src/adapters/text/unpackGzip.ts';

const MB = 2 ** 20;

/** Packs `piece` over and over without ever holding it unpacked. */
async function packed(piece: string | Uint8Array, times: number, end = ''): Promise<Uint8Array<ArrayBuffer>> {
  const gzip = createGzip({ level: 9 });
  const chunks: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  for (let at = 0; at < times; at += 1)
    if (!gzip.write(piece))
      await new Promise((drained) => {
        gzip.once('drain', drained);
      });
  await new Promise<void>((ended) => {
    gzip.on('end', ended);
    gzip.end(end);
  });
  return new Uint8Array(Buffer.concat(chunks));
}

const refusal = async (input: TraceInput, options?: ParseOptions): Promise<TraceInputError> => {
  const error: unknown = await parseTraces(input, options).then(
    () => 'was read',
    (reason: unknown) => reason,
  );
  if (error instanceof TraceInputError) return error;
  throw new Error(String(error));
};

/** How much of what is packed is unpacked before it is refused. */
async function unpackedBytes(
  bytes: Uint8Array,
  size: number | undefined,
  anyRatio: boolean,
): Promise<{ readonly length: number; readonly code: string | null }> {
  async function* source(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
  }
  let length = 0;
  try {
    for await (const chunk of unpackGzip(source(), size, anyRatio, undefined)) length += chunk.length;
    return { length, code: null };
  } catch (error) {
    return { length, code: (error as TraceInputError).code };
  }
}

const run = '{"id":"r","trace_id":"r","run_type":"llm","name":"r","start_time":"2026-09-21T00:00:00Z"}';

describe('gzip that unpacks to far more than it is', () => {
  it('stops where it passes 64 MB and 200 times its size', async () => {
    const objects = await packed('{},'.repeat(MB / 2), 80, run);
    expect(objects.length).toBeLessThan(0.2 * MB);
    for (const input of [objects, new Blob([objects]), new Blob([objects]).stream(), new Response(objects)]) {
      expect(await refusal(input)).toMatchObject({
        code: 'too-large',
        message: expect.stringMatching(/200 times its size/) as string,
      });
    }
    const { length, code } = await unpackedBytes(objects, objects.length, false);
    expect(code).toBe('too-large');
    // The engine hands out pieces of some 64 KB.
    expect(length).toBeGreaterThan(63 * MB);
    expect(length).toBeLessThanOrEqual(64 * MB);
  });

  it('goes on where it is no more than 200 times its size, or the host has said how much it accepts', async () => {
    const bytes = await packed(new Uint8Array(MB), 70);
    expect(await unpackedBytes(bytes, bytes.length, false)).toMatchObject({ code: 'too-large' });
    expect(await unpackedBytes(bytes, bytes.length, true)).toEqual({ length: 70 * MB, code: null });
    expect(await unpackedBytes(bytes, MB, false)).toEqual({ length: 70 * MB, code: null });
  });

  it('is read up to the host’s own limit, and refused beyond it', async () => {
    const spaces = await packed(' '.repeat(MB), 66, run);
    expect(await refusal(spaces)).toMatchObject({ code: 'too-large' });
    expect((await parseTraces(spaces, { limits: { bytes: 67 * MB } })).accounting).toMatchObject({
      entries: 1,
      shown: 1,
    });
    expect(await refusal(spaces, { limits: { bytes: 65 * MB } })).toMatchObject({ code: 'too-large' });
  });

  it('and holds no text is refused by its first bytes', async () => {
    const zeros = await packed(new Uint8Array(MB), 300);
    for (const input of [zeros, new Blob([zeros]).stream()])
      expect(await refusal(input)).toMatchObject({
        code: 'bad-encoding',
        message: expect.stringMatching(/binary data/) as string,
      });
  });
});

describe('text that comes in pieces', () => {
  const pieces = (bytes: Uint8Array, size: number): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(at, (at += size)));
      },
    });
  };
  const name = 'ä€😀\uFFFDz';
  const text = run.replace('"name":"r"', `"name":"${name}"`);
  const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text.replace('\uFFFD', '')}`, 'utf16le'));

  it.each([1, 2, 3, 5, 7, 64])(
    'of %i bytes is the same text, and a replacement character that was written is no fault',
    async (size) => {
      for (const [bytes, expected] of [
        [new TextEncoder().encode(text), name],
        [new TextEncoder().encode(`\uFEFF${text}`), name],
        [utf16, name.replace('\uFFFD', '')],
        [new Uint8Array(gzipSync(text)), name],
      ] as const) {
        const { traces, diagnostics } = await parseTraces(pieces(bytes, size));
        expect([traces[0]!.span(0).name, diagnostics.filter(({ code }) => code === 'bad-encoding')]).toEqual([
          expected,
          [],
        ]);
      }
    },
  );

  it.each([1, 2, 3, 5, 7, 1000])('of %i bytes that are no UTF-8 is reported', async (size) => {
    const bytes = new TextEncoder().encode(text);
    // Cut within the third character.
    const at = bytes.indexOf(0xf0);
    const broken = new Uint8Array([...bytes.subarray(0, at + 2), ...bytes.subarray(at + 4)]);
    expect((await parseTraces(pieces(broken, size))).diagnostics).toContainEqual(
      expect.objectContaining({ code: 'bad-encoding' }),
    );
  });
});
