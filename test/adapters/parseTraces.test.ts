import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseTraces, type ParseOptions, type TraceInput } from '../../src/core.ts';
import { createDiagnosticLog } from '../../src/model/diagnostics.ts';
import { jsonBody } from '../../src/adapters/text/jsonBody.ts';
import { splitDocuments } from '../../src/adapters/text/splitDocuments.ts';
import { jsonBreak } from '../../src/adapters/text/scanJson.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { redraw } from '../model/redraw.ts';

const document = drawDocument('root 0-100\n  a 10-40');
const [root, child] = [drawDocument('root 0-100'), drawDocument('b 20-30 parent=x')];
const text = JSON.stringify(document);
const bytes = new TextEncoder().encode(text);

const lines = async (input: TraceInput | readonly TraceInput[], options?: ParseOptions) =>
  (await parseTraces(input, options)).traces.flatMap(redraw);
const failure = (input: TraceInput, options?: ParseOptions) =>
  parseTraces(input, options).then(
    () => {
      throw new Error('was read');
    },
    (error: unknown) => error,
  );
const stream = (...chunks: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
const utf16 = (mark: readonly number[]) =>
  Uint8Array.from([
    ...mark,
    ...Array.from(text).flatMap((char) => (mark[0] === 0xff ? [char.charCodeAt(0), 0] : [0, char.charCodeAt(0)])),
  ]);

describe('inputs', () => {
  it.each([
    ['text', text],
    ['text behind white space', `\n  ${text}\n`],
    ['text behind a byte order mark', `\uFEFF${text}`],
    ['bytes', bytes],
    ['bytes behind a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes])],
    ['an ArrayBuffer', bytes.buffer],
    ['UTF-16, little end first', utf16([0xff, 0xfe])],
    ['UTF-16, big end first', utf16([0xfe, 0xff])],
    ['UTF-16 without a mark', utf16([0xff, 0xfe]).slice(2)],
    ['UTF-16 without a mark, big end first', utf16([0xfe, 0xff]).slice(2)],
    ['gzip', new Uint8Array(gzipSync(text))],
    ['a file', new Blob([text])],
    ['a file of gzip', new Blob([new Uint8Array(gzipSync(text))])],
    ['a response', new Response(text)],
    ['a stream cut within a character', stream(bytes.slice(0, 7), bytes.slice(7))],
    ['a document', document],
    ['a list of documents', [document]],
    ['a list of texts', [text]],
  ] as readonly [string, TraceInput][])('%s', async (_, input) => {
    expect(await lines(input)).toEqual(['root 0-100', '  a 10-40']);
  });

  it('keeps a character that two chunks share', async () => {
    const named = new TextEncoder().encode(JSON.stringify(drawDocument('é 0-1')));
    const cut = named.indexOf(0xc3) + 1;
    expect(await lines(stream(named.slice(0, cut), named.slice(cut)))).toEqual(['é 0-1']);
  });

  it('shows bytes that are no UTF-8 as replaced, and says so', async () => {
    const broken = Uint8Array.from(bytes);
    broken[text.indexOf('root')] = 0xff;
    const set = await parseTraces(broken);
    expect(set.traces.flatMap(redraw)).toEqual(['\uFFFDoot 0-100', '  a 10-40']);
    expect(set.diagnostics).toMatchObject([{ code: 'bad-encoding', severity: 'warning', count: 1 }]);
    expect((await parseTraces(new TextEncoder().encode(text.replace('root', '\uFFFDoot')))).diagnostics).toEqual([]);
  });

  it('joins spans of one trace out of several inputs of any kind', async () => {
    const set = await parseTraces([JSON.stringify(root), new Blob([JSON.stringify(child)])]);
    expect(set.traces).toHaveLength(1);
    expect(set.accounting.entries).toBe(2);
  });

  it('shows what can be read of several inputs, and says what cannot', async () => {
    const set = await parseTraces([JSON.stringify(root), '{ broken', new Blob(['']), JSON.stringify(child)]);
    expect(set.accounting.shown).toBe(2);
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'not-json',
        severity: 'error',
        message: expect.stringContaining('Input 2 was left out.') as string,
      }),
    );
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'empty-input', severity: 'error' }));
    expect(await parseTraces(['{ broken', '']).catch((error: unknown) => error)).toMatchObject({ code: 'not-json' });
  });

  it('tells how far it is', async () => {
    const phases: { readonly phase: string; readonly bytes: number; readonly totalBytes?: number }[] = [];
    await parseTraces(new Blob([text]), { onProgress: (progress) => phases.push(progress) });
    expect([...new Set(phases.map(({ phase }) => phase))]).toEqual(['read', 'parse', 'build', 'ready']);
    expect(phases.filter(({ phase }) => phase === 'read').at(-1)).toMatchObject({
      bytes: bytes.length,
      totalBytes: bytes.length,
    });
    expect(phases.at(-1)).toMatchObject({ bytes: bytes.length, spans: 2 });
  });

  it('tells which share of the work is done: it rises from 0 to 1, over several inputs as over one', async () => {
    const sharesOf = async (input: TraceInput | readonly TraceInput[]): Promise<readonly (number | null)[]> => {
      const shares: (number | null)[] = [];
      await parseTraces(input, { onProgress: ({ share }) => shares.push(share) });
      return shares;
    };
    for (const input of [new Blob([text]), text, bytes, [text, new Blob([text])], [text, '', bytes]]) {
      const shares = await sharesOf(input);
      expect(shares).not.toContain(null);
      expect(shares).toEqual([...shares].sort((a, b) => a! - b!));
      expect(shares.at(-1)).toBe(1);
      expect(new Set(shares).size).toBeGreaterThan(2);
    }
  });

  it('does not guess where a source does not say how long it is', async () => {
    const reports: { readonly phase: string; readonly share: number | null; readonly totalBytes?: number }[] = [];
    await parseTraces(new Blob([text]).stream(), { onProgress: (progress) => reports.push(progress) });
    expect(reports[0]).toMatchObject({ phase: 'read', share: null });
    expect(reports[0]).not.toHaveProperty('totalBytes');
    // What has arrived in full has a length.
    expect(reports.find(({ phase }) => phase === 'parse')).toMatchObject({ share: 0.4, totalBytes: bytes.length });
  });

  it('knows how far into a text each of its documents goes', () => {
    const two = `\uFEFF ${text}\n${text} ${text}`;
    const found = [...splitDocuments(two, jsonBody(two), createDiagnosticLog(), false)];
    const [first, second, third] = [2, 3, 4].map((skipped, place) => skipped + text.length * (place + 1));
    expect(found.map(({ end }) => end)).toEqual([first, second, third]);
    expect(third).toBe(two.length);
  });
});

describe('stopping', () => {
  it('happens before anything is read', async () => {
    for (const input of [text, document, new Blob([text])])
      await expect(parseTraces(input, { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
  });

  it.each(['read', 'parse', 'build'])('happens after “%s”', async (wanted) => {
    const controller = new AbortController();
    const reading = parseTraces(new Blob([text]), {
      signal: controller.signal,
      onProgress({ phase }) {
        if (phase === wanted) controller.abort(new Error('left'));
      },
    });
    await expect(reading).rejects.toThrow('left');
  });

  it('happens while a stream says nothing, even one that never confirms', async () => {
    const controller = new AbortController();
    const silent = new ReadableStream<Uint8Array>({
      start: (inner) => inner.enqueue(bytes.slice(0, 9)),
      cancel: () => new Promise(() => {}),
    });
    const reading = parseTraces(silent, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('left')));
    await expect(reading).rejects.toThrow('left');
  });

  it('happens between lines', async () => {
    const controller = new AbortController();
    const many = Array.from({ length: 20_000 }, () => text).join('\n');
    const reading = parseTraces(many, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('left')));
    await expect(reading).rejects.toThrow('left');
  });
});

describe('JSON Lines', () => {
  const [first, second] = [drawDocument('one 0-1', 'a1'), drawDocument('two 2-3', 'b2')].map((each) =>
    JSON.stringify(each),
  );

  it('reads a document per line, whatever ends the lines', async () => {
    expect(await lines(`${first}\n${second}\n`)).toEqual(['one 0-1', 'two 0-1']);
    expect(await lines(`\uFEFF${first}\r\n\r\n${second}`)).toEqual(['one 0-1', 'two 0-1']);
  });

  it('leaves out a bad line and names it', async () => {
    const set = await parseTraces(`${first}\n{ not json\n${second}\n`);
    expect(set.traces).toHaveLength(2);
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'bad-line', line: 2, severity: 'warning' }));
  });

  it('says of a bad last line that the file may be cut off', async () => {
    const { diagnostics } = await parseTraces(`${first}\n${second!.slice(0, -5)}`);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: 'bad-line', line: 2, message: expect.stringContaining('cut off') as string }),
    );
  });

  it('names the line of a document of another format', async () => {
    const { diagnostics } = await parseTraces(`${first}\n{"other":1}\n`);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'mixed-format', line: 2 }));
  });
});

describe('inputs that cannot be read', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['a byte order mark', '\uFEFF'],
    ['no bytes', new Uint8Array()],
    ['an empty file', new Blob([])],
  ] as readonly [string, TraceInput][])('%s is empty', async (_, input) => {
    expect(await failure(input)).toMatchObject({
      name: 'TraceInputError',
      code: 'empty-input',
      message: 'The input is empty.',
    });
  });

  it('that are not JSON are refused with the place', async () => {
    expect(await failure('\n  {\n  "resourceSpans": [}\n')).toMatchObject({
      name: 'TraceInputError',
      code: 'not-json',
      line: 3,
      position: 25,
      message: expect.stringContaining(
        'The input is not JSON. It breaks at line 3, column 21 (position 25). Traces are read from JSON',
      ) as string,
    });
    expect(await failure('{"resourceSpans": [')).toMatchObject({
      code: 'not-json',
      line: 1,
      position: 19,
      message: expect.stringContaining('ends too early') as string,
    });
    expect(await failure('<html>')).toMatchObject({
      code: 'not-json',
      line: 1,
      position: 0,
      message: expect.stringContaining('HTML') as string,
    });
    expect(await failure('PK\u0003\u0004')).toMatchObject({
      code: 'not-json',
      message: expect.stringContaining('zip') as string,
    });
  });

  it('that are of no known format are refused with what they look like', async () => {
    expect(await failure('{"name":"x","version":"1"}')).toMatchObject({
      code: 'unknown-format',
      message: expect.stringMatching(/an object with "name", "version".*otlp/) as string,
    });
    expect(await failure('null')).toMatchObject({
      code: 'unknown-format',
      message: expect.stringContaining('it is null') as string,
    });
    expect(await failure('7')).toMatchObject({
      code: 'unknown-format',
      message: expect.stringContaining('a number') as string,
    });
  });

  it('that look like gzip and are not, or are too large when unpacked, are refused', async () => {
    expect(await failure(Uint8Array.of(0x1f, 0x8b, 1, 2, 3))).toMatchObject({ code: 'bad-encoding' });
    expect(await failure(bytes, { limits: { bytes: 10 } })).toMatchObject({ code: 'too-large' });
    expect(
      await failure(new Uint8Array(gzipSync(' '.repeat(100_000) + text)), { limits: { bytes: 50_000 } }),
    ).toMatchObject({ code: 'too-large' });
    expect(await failure(stream(bytes, bytes), { limits: { bytes: bytes.length } })).toMatchObject({
      code: 'too-large',
    });
  });

  it('that no text comes from are refused by name', async () => {
    expect(await failure(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1))).toMatchObject({
      code: 'bad-encoding',
      message: expect.stringContaining('zstd') as string,
    });
    expect(await failure(new TextEncoder().encode('PAR1…'))).toMatchObject({
      code: 'bad-encoding',
      message: expect.stringContaining('Parquet') as string,
    });
    expect(await failure(Uint8Array.of(0x50, 0x4b, 3, 4))).toMatchObject({
      code: 'bad-encoding',
      message: expect.stringContaining('zip') as string,
    });
  });

  it('that fail on the way, are being read already, or give no bytes are refused', async () => {
    expect(
      await failure(
        new ReadableStream({
          pull() {
            throw new Error('line cut');
          },
        }),
      ),
    ).toMatchObject({ name: 'TraceInputError', message: expect.stringContaining('line cut') as string });
    const taken = stream(bytes);
    taken.getReader();
    expect(await failure(taken)).toMatchObject({ name: 'TraceInputError' });
    expect(
      await failure(
        new ReadableStream<unknown>({
          start(controller) {
            controller.enqueue('text');
          },
        }) as ReadableStream<Uint8Array>,
      ),
    ).toMatchObject({ code: 'bad-encoding' });
  });

  it('that are larger than accepted are refused as text too', async () => {
    expect(await failure(text, { limits: { bytes: 10 } })).toMatchObject({ code: 'too-large' });
  });

  it('that are an answer of failure say so', async () => {
    expect(await failure(new Response('no', { status: 404 }))).toMatchObject({
      code: 'empty-input',
      message: expect.stringContaining('404') as string,
    });
  });
});

describe('jsonBreak', () => {
  it.each([
    ['{"a": [}', 7],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{a:1}', 1],
    ['"a\nb"', 2],
    ['"a\\x"', 2],
    ['"\\u12"', 1],
    ['tru', 3],
    ['01', 1],
    ['{}}', 2],
    ['1 2', 2],
    ['[', 1],
    ['{"a"', 4],
    ['"abc', 4],
    ['"abc\\"', 4 + 2],
    ['{"a":1', 6],
    ["{'a':1}", 1],
    ['[-]', 1],
    ['[1.]', 2],
    ['', 0],
  ])('%j breaks at %i', (broken, position) => {
    expect(() => JSON.parse(broken) as unknown).toThrow(SyntaxError);
    expect(jsonBreak(broken)).toBe(position);
  });

  it('finds the place behind 100,000 brackets', () => {
    expect(jsonBreak('['.repeat(100_000))).toBe(100_000);
  });
});
