import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  auditContent,
  parseTraces,
  readTraces,
  redactors,
  toNativeJson,
  toOtlpJson,
  TraceInputError,
  type NativeDocument,
  type RedactRule,
  type SpanContent,
  type TraceSet,
} from '../../src/core.ts';
import { toJson } from '../../src/conventions/toJson.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { dump, dumpContent } from '../model/dump.ts';

const folder = new URL('../fixtures/', import.meta.url);
const files = ['otlp', 'langsmith', 'langfuse', 'phoenix', 'jaeger', 'console'].flatMap((format) =>
  readdirSync(new URL(`${format}/`, folder))
    .filter((file) => /\.jsonl?$/.test(file) && file !== 'expected.json')
    .map((file) => `${format}/${file}`),
);
const documentsOf = (file: string): readonly object[] => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return file.endsWith('.jsonl')
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object)
    : [JSON.parse(text) as object];
};

/** Plain data with every text in it changed, JSON within texts included. Test data is not deep. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? inJson(value, change) : change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, change)]));
}
const inJson = (text: string, change: (text: string) => string): string => {
  try {
    return JSON.stringify(withTexts(JSON.parse(text) as unknown, change));
  } catch {
    return change(text);
  }
};

/** Everything that a reader, a search, a copy, an export or a log could get hold of. */
async function allThatIsSaid(set: TraceSet): Promise<string> {
  return toJson([
    dump(set),
    dumpContent(set),
    set.diagnostics,
    await auditContent(set),
    toNativeJson(set),
    toOtlpJson(set),
  ]);
}
const read = (documents: readonly object[], redact: readonly RedactRule[]): TraceSet =>
  readTraces(documents.length === 1 ? documents[0]! : documents, { redact });

describe.each(files)('%s', (file) => {
  const documents = documentsOf(file);
  const secret = 'jo.martens@secret.example';

  it('gives away no secret that stands in every text of it', async () => {
    // Words by which formats are told apart stay, or there would be nothing to read.
    const structural =
      /^(?:SPAN_KIND_|STATUS_CODE_|SpanKind\.|CHILD_OF|FOLLOWS_FROM|string$|bool$|int64$|float64$|binary$|[A-Z]+$|[a-z]+-(?:create|update)$|llm$|chain$|tool$|prompt$|parser$|retriever$|embedding$|\d|0x|[0-9a-f-]{16,36}$)/;
    const planted = documents.map(
      (document) => withTexts(document, (text) => (structural.test(text) ? text : `${text} ${secret}`)) as object,
    );
    const set = read(planted, [redactors.email]);
    const plain = read(documents, []);
    expect(set.accounting).toEqual(plain.accounting);
    expect(set.traces.map(({ spanCount }) => spanCount)).toEqual(plain.traces.map(({ spanCount }) => spanCount));
    const said = await allThatIsSaid(set);
    expect(said).not.toContain('secret.example');
    expect(said).toContain('⟦email·1⟧');
    expect(set.diagnostics.map(({ code }) => code)).toContain('redacted');
  });

  it('gives away no secret in its ids, and keeps its structure', async () => {
    const planted = JSON.parse(
      JSON.stringify(documents).replaceAll(
        /"([0-9a-f]{16}|0x[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22})"/g,
        '"$1@secret.example"',
      ),
    ) as object[];
    const set = read(planted, [redactors.email]);
    expect(await allThatIsSaid(set)).not.toContain('secret.example');
    const shape = ({ traces }: TraceSet): readonly string[] =>
      traces.flatMap((trace) => Array.from(trace.spans(), ({ depth, name }) => `${depth} ${name}`)).sort();
    expect(shape(set)).toEqual(shape(read(planted, [])));
  });

  it('is read as it is where rules find nothing', () => {
    const never: RedactRule = { name: 'never', value: /\u{1F9A5}{9}/u };
    expect(dump(read(documents, [never]))).toEqual(dump(read(documents, [])));
    expect(dumpContent(read(documents, [never]))).toEqual(dumpContent(read(documents, [])));
  });
});

describe('a rule', () => {
  const span = (attributes: object, more: object = {}) => ({
    resourceSpans: [
      {
        resource: { attributes: [] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
                spanId: '00f067aa0ba902b7',
                name: 'a',
                startTimeUnixNano: '1795359116000000000',
                endTimeUnixNano: '1795359117000000000',
                attributes: Object.entries(attributes).map(([key, value]) => ({
                  key,
                  value: { stringValue: value as string },
                })),
                ...more,
              },
            ],
          },
        ],
      },
    ],
  });
  const contentOf = (set: TraceSet): SpanContent => set.traces[0]!.span(0).content() as SpanContent;

  it('for a key hides the value wherever else it stands: in prose, in other JSON, in names', async () => {
    const set = readTraces(
      span(
        { 'input.value': '{"login":{"password":"hunter2-xyz"}}', note: 'she said hunter2-xyz twice: hunter2-xyz' },
        {
          name: 'login hunter2-xyz',
          status: { code: 2, message: 'bad hunter2-xyz' },
          events: [{ name: 'try hunter2-xyz' }],
        },
      ),
      { redact: [{ name: 'password', key: /password/i }] },
    );
    expect(await allThatIsSaid(set)).not.toContain('hunter2');
    expect(contentOf(set).attributes.get('input.value')).toBe('{"login":{"password":"⟦password·1⟧"}}');
    expect(contentOf(set).attributes.get('note')).toBe('she said ⟦password·1⟧ twice: ⟦password·1⟧');
    expect(set.traces[0]!.span(0).name).toBe('login ⟦password·1⟧');
  });

  it('does not take the words of formats and schemas for secrets', () => {
    const schema = '{"type":"object","properties":{"customer":{"type":"string","description":"Who asks"}}}';
    const set = readTraces(
      span({
        'llm.tools.0.tool.json_schema': schema,
        customer: 'Jo Martens',
        'llm.model_name': 'm',
        'openinference.span.kind': 'LLM',
        plain: 'a string of words',
      }),
      { redact: [{ name: 'masked', key: /customer/ }] },
    );
    const { kind, model } = set.traces[0]!.span(0);
    expect([kind, model]).toEqual(['llm', 'm']);
    expect(contentOf(set).attributes.get('plain')).toBe('a string of words');
    expect(contentOf(set).attributes.get('customer')).toMatch(/^⟦masked·\d⟧$/);
  });

  it('finds a kind that the data made up, and leaves those that we know', async () => {
    const [trace] = (toNativeJson(readTraces(drawDocument('a 0-1 kind=llm'))) as NativeDocument).traces;
    const kinds = (kind: string, redact: readonly RedactRule[]) =>
      readTraces({ format: 'spanwise/1', traces: [{ ...trace, spans: [{ ...trace!.spans[0], kind }] }] }, { redact });
    const own = kinds('call to jo@example.com', [redactors.email]);
    expect(own.traces[0]!.span(0).kind).toBe('call to ⟦email·1⟧');
    expect(await allThatIsSaid(own)).not.toContain('jo@example.com');
    expect(kinds('llm', [{ name: 'x', value: /l+m/ }]).traces[0]!.span(0).kind).toBe('llm');
  });

  it('holds over all inputs together', async () => {
    const [first, second] = [
      span({ password: 'hunter2-xyz' }),
      span({ note: 'hunter2-xyz' }, { spanId: '00f067aa0ba902b8' }),
    ];
    const set = await parseTraces([JSON.stringify(second), JSON.stringify(first)], {
      redact: [{ name: 'password', key: /^password$/ }],
    });
    expect(await allThatIsSaid(set)).not.toContain('hunter2');
  });

  it('tells the host, and nobody else, what the marks stand for', () => {
    const secretsFound: unknown[] = [];
    readTraces(span({ note: 'jo@example.com and al@example.com' }), {
      redact: [redactors.email],
      onMasked: (secrets) => secretsFound.push(...secrets),
    });
    expect(secretsFound).toEqual([
      { id: 'email·1', rule: 'email', text: 'jo@example.com' },
      { id: 'email·2', rule: 'email', text: 'al@example.com' },
    ]);
  });

  it('leaves input of no format unnamed', async () => {
    const redact = [redactors.email];
    const refused = async (input: string): Promise<string> =>
      parseTraces(input, { redact }).then(
        () => 'read',
        (error: unknown) => `${(error as TraceInputError).code} ${(error as Error).message}`,
      );
    for (const input of [
      '{"jo@example.com": 1}',
      'jo@example.com',
      '{"a":"jo@example.com"',
      '<jo@example.com>',
      'name,mail\njo,jo@example.com',
    ])
      expect(await refused(input)).not.toMatch(/^read$|jo@example/);
    const lines = await parseTraces(`${JSON.stringify(drawDocument('a 0-1'))}\n{"jo@example.com": tru}\n`, { redact });
    expect(JSON.stringify(lines.diagnostics)).not.toContain('jo@');
    expect(lines.diagnostics.map(({ code }) => code)).toContain('bad-token');
  });

  it('never writes to what the host gave', () => {
    const document = span({ note: 'jo@example.com' });
    const before = structuredClone(document);
    readTraces(document, { redact: [redactors.email] });
    expect(document).toEqual(before);
  });

  it('that is wrong is said before anything is read, and hides nothing by being passed over', async () => {
    const document = drawDocument('a 0-1');
    for (const redact of [redactors, [{ name: 'x' }], [{ name: 'x', key: 'password' }], [undefined]] as never[]) {
      expect(() => readTraces(document, { redact })).toThrow(
        expect.objectContaining({ name: 'TraceInputError', code: 'bad-rule' }),
      );
      await expect(parseTraces('no trace', { redact })).rejects.toMatchObject({ code: 'bad-rule' });
    }
    expect(readTraces(document, { redact: null as never }).traces).toHaveLength(1);
  });

  it('and a host that fails are reported, and nothing is shown for it', async () => {
    const fail = (): never => {
      throw new Error('no jo@example.com');
    };
    const set = readTraces(span({ note: 'jo@example.com' }), {
      redact: [{ name: 'x', value: (text) => (text.includes('@') ? fail() : []) }],
      onMasked: fail,
    });
    expect(contentOf(set).attributes.get('note')).toBe('⟦x·1⟧');
    expect(set.diagnostics.map(({ code, count }) => `${code} ${count}`)).toEqual(
      expect.arrayContaining(['redact-rule-failed 1', 'on-masked-failed 1']),
    );
    expect(await allThatIsSaid(set)).not.toContain('jo@');
  });

  it('leaves out what errors of others say', async () => {
    const redact = [{ name: 'p', key: /password/ }];
    const adapter = {
      name: 'h',
      detect: () => ({ confidence: 1, reason: 'h' }),
      read() {
        throw new Error('cannot load hunter2-xyz');
      },
    };
    expect(readTraces({}, { adapters: [adapter], redact }).diagnostics[0]!.message).toBe(
      'A part of the input could not be read as h and was left out.',
    );
    expect(readTraces({}, { adapters: [adapter] }).diagnostics[0]!.message).toContain('hunter2-xyz');
    const stream = new ReadableStream<Uint8Array>({
      pull() {
        throw new Error('GET /?mail=hunter2-xyz');
      },
    });
    await expect(parseTraces(stream, { redact })).rejects.toMatchObject({
      message: 'The input could not be read to its end: the source failed.',
    });
  });
});

describe('a rule for keys', () => {
  const run = {
    id: 'b7a1a9a0-0000-4000-8000-000000000001',
    trace_id: 'b7a1a9a0-0000-4000-8000-000000000001',
    name: 'r',
    run_type: 'chain',
    start_time: 1795359116000,
    end_time: 1795359117000,
    inputs: {},
    outputs: {},
    dotted_order: '20261122T145156000000Zb7a1a9a0-0000-4000-8000-000000000001',
  };
  const scores = [
    {
      id: 's1',
      name: 'quality',
      value: 424242,
      traceId: 't1',
      observationId: 'o1',
      source: 'API',
      dataType: 'NUMERIC',
    },
    {
      id: 's2',
      name: 'mood',
      stringValue: 'bad',
      comment: 'bad',
      traceId: 't1',
      observationId: 'o1',
      source: 'ANNOTATION',
      dataType: 'CATEGORICAL',
      metadata: { pin: 12 },
    },
    { id: 's3', name: 'kind', value: 3, traceId: 't1', source: 'EVAL', dataType: 'NUMERIC' },
  ];
  const observation = {
    id: 'o1',
    traceId: 't1',
    type: 'GENERATION',
    name: 'g',
    startTime: '2026-11-22T18:04:24.794Z',
    endTime: '2026-11-22T18:04:25.794Z',
    model: 'gpt-4o',
    usageDetails: { input: 424242, output: 10 },
    metadata: { pin: 4711, cvv: '737', account: 424242, who: 'assistant' },
    input: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'yo' },
    ],
  };
  const trace = { id: 't1', name: 't', timestamp: '2026-11-22T18:04:24.794Z', observations: [observation], scores };
  const scoresOf = (set: TraceSet) =>
    set.traces.flatMap((each) => [...each.scores, ...Array.from(each.spans()).flatMap((one) => one.scores)]);

  it('holds for what adapters put behind a prefix', async () => {
    const redact = [{ name: 'm', key: /^(?:pin|cvv)$/ }];
    for (const extra of [
      { metadata: { pin: 4711, cvv: '737' } },
      JSON.stringify({ metadata: { pin: 4711, cvv: '737' } }),
    ]) {
      const said = await allThatIsSaid(readTraces({ ...run, extra }, { redact }));
      expect(said).not.toMatch(/(?<![\w])(?:4711|737)(?![\w])/);
    }
    const said = await allThatIsSaid(readTraces(trace, { redact }));
    expect(said).not.toMatch(/(?<![\w])(?:4711|737)(?![\w])/);
  });

  it('holds for the records behind scores', () => {
    expect(
      scoresOf(readTraces(trace, { redact: [{ name: 'm', key: /stringValue/ }] })).find(({ name }) => name === 'mood'),
    ).toMatchObject({ label: '⟦m·1⟧', comment: '⟦m·1⟧', value: null });
    expect(
      scoresOf(
        readTraces(
          { runs: [run], feedback: [{ id: 'f', run_id: run.id, key: 'k', score: 0.5, value: 'bad' }] },
          { redact: [{ name: 'm', key: /^(?:score|value)$/ }] },
        ),
      ),
    ).toMatchObject([{ name: 'k', value: null, label: expect.stringContaining('⟦m·') }]);
    const annotated = {
      name: 'a',
      context: { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7' },
      start_time: '2026-11-22T18:04:24.794Z',
      end_time: '2026-11-22T18:04:25.794Z',
      span_kind: 'LLM',
      attributes: {},
    };
    expect(
      scoresOf(
        readTraces(
          [
            annotated,
            { span_id: '00f067aa0ba902b7', name: 'k', annotator_kind: 'HUMAN', result: { label: 'bad', score: 1 } },
          ],
          { redact: [{ name: 'm', key: /label/ }] },
        ),
      ),
    ).toMatchObject([{ label: '⟦m·1⟧', value: 1 }]);
  });

  it.each([
    /key/i,
    /score/i,
    /target/i,
    /level/i,
    /source/i,
    /name/i,
    /value/i,
    /usage/i,
    /metadata/i,
    /tags/i,
    /status/i,
    /kind/i,
    /total/i,
    /./,
  ])('%s loses no score and changes no type', (key) => {
    const plain = readTraces(trace);
    for (const document of [trace, JSON.parse(JSON.stringify(toNativeJson(plain))) as object]) {
      const set = readTraces(document, { redact: [{ name: 'm', key }] });
      const found = scoresOf(set);
      expect(found).toHaveLength(3);
      for (const { value, source, target } of found)
        expect([
          value === null || typeof value === 'number',
          ['human', 'llm', 'api', 'unknown'].includes(source),
          ['span', 'trace'].includes(target.level),
          typeof target.key,
        ]).toEqual([true, true, true, 'string']);
      for (const one of set.traces.flatMap((each) => Array.from(each.spans())))
        for (const amount of Object.values({ ...one.usage, other: null, ...one.cost?.parts }))
          expect(amount === null || typeof amount === 'number').toBe(true);
    }
  });

  it('makes numbers that are secrets unknown, and leaves words of formats what they are', () => {
    const set = readTraces(trace, { redact: [{ name: 'm', key: /account|who/ }] });
    const one = Array.from(set.traces[0]!.spans()).find(({ spanId }) => spanId === 'o1')!;
    expect(one.usage?.input ?? null).toBeNull();
    expect(scoresOf(set).find(({ name }) => name === 'quality')!.value).toBeNull();
    expect((one.content() as SpanContent).messages?.input.map(({ role }) => role)).toEqual(['user', 'assistant']);
    const native = toNativeJson(readTraces(trace)) as object;
    const again = Array.from(readTraces(native, { redact: [{ name: 'm', value: /424242/ }] }).traces[0]!.spans()).find(
      ({ spanId }) => spanId === 'o1',
    )!;
    expect(again.usage).toMatchObject({ input: null, output: 10 });
  });

  it('reads what was masked before, and takes nobody for somebody else', async () => {
    const first = readTraces(
      { ...run, inputs: { a: 'jo@example.com', b: 'al@example.com' } },
      { redact: [redactors.email] },
    );
    const set = readTraces(
      [
        toNativeJson(first),
        { ...run, id: 'b7a1a9a0-0000-4000-8000-000000000002', parent_run_id: run.id, inputs: { a: 'ed@example.com' } },
      ],
      { redact: [redactors.email] },
    );
    const said = await allThatIsSaid(set);
    expect(said).not.toMatch(/⟦email·[12]⟧/);
    expect(new Set(said.match(/⟦email·\d⟧/g)).size).toBe(3);
  });
});
