import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectFormat, parseTraces, readTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';
import { drawDocument } from '../../model/drawTrace.ts';
import { dump } from '../../model/dump.ts';
import { redraw } from '../../model/redraw.ts';

const document = drawDocument(`
  agent          0----------100
    llm plan       10-40          in=10 out=5 model=gpt-4.1
    tool search ✗     40--90
`);
const DRAWN = ['agent 0-100', '  llm plan 10-40', '  tool search ✗ 40-90'];
const { resourceSpans } = document;
const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
const text = JSON.stringify(document);
const lines = ({ traces }: TraceSet): readonly string[] => traces.flatMap(redraw);
const codes = ({ diagnostics }: TraceSet) => Object.fromEntries(diagnostics.map(({ code, count }) => [code, count]));

/** The same document as protobuf's printers write it on request; attribute keys are data and stay. */
const snake = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    each === null || typeof each !== 'object' || Array.isArray(each)
      ? each
      : Object.fromEntries(
          Object.entries(each).map(([key, inner]) => [
            key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
            inner,
          ]),
        ),
  );
const legacy = {
  resourceSpans: resourceSpans.map(({ resource, scopeSpans }) => ({
    resource,
    instrumentationLibrarySpans: scopeSpans.map(({ scope, ...rest }) => ({ instrumentationLibrary: scope, ...rest })),
  })),
};

describe('wrappings of OTLP', () => {
  const halves = [
    drawDocument('agent 0-100'),
    {
      resourceSpans: resourceSpans.map((entry) => ({
        ...entry,
        scopeSpans: entry.scopeSpans.map((each) => ({ ...each, spans: each.spans.slice(1) })),
      })),
    },
  ];
  it.each([
    ['an envelope', document],
    ['a list of envelopes', halves],
    ['Tempo v1', { batches: resourceSpans }],
    ['Tempo v2', { trace: document, metrics: {} }],
    ['Jaeger v3', { result: document }],
    ['a list of entries of resourceSpans', resourceSpans],
    ['an entry of resourceSpans', resourceSpans[0]],
    ['an entry of scopeSpans', resourceSpans[0]!.scopeSpans[0]],
    ['a list of spans', spans],
    ['spans in an object', { spans }],
    ['lists of one without brackets', { resourceSpans: { resource: {}, scopeSpans: { spans } } }],
    ['names before OTLP 0.19', legacy],
    ['snake_case', snake(document)],
    ['snake_case before OTLP 0.19', snake(legacy)],
    ['snake_case in Tempo v2', snake({ trace: document })],
  ])('%s', (_, wrapped) => {
    expect(detectFormat(wrapped)).toMatchObject({ format: 'otlp' });
    const set = readTraces(wrapped as object);
    expect(lines(set)).toEqual(DRAWN);
    expect(set.diagnostics).toEqual([]);
    expect(set.traces[0]!.span(1)).toMatchObject({ kind: 'llm', model: 'gpt-4.1', usage: { input: 10, output: 5 } });
  });

  it.each([
    ['one behind the other', JSON.stringify(halves[0]) + JSON.stringify(halves[1])],
    ['on lines', halves.map((half) => JSON.stringify(half)).join('\n')],
    ['on indented lines', halves.map((half) => `   ${JSON.stringify(half)}`).join('\n')],
    ['on lines that end in commas', halves.map((half) => JSON.stringify(half)).join(',\n')],
    ['laid out over lines', halves.map((half) => JSON.stringify(half, null, 2)).join('\n')],
    ['laid out and one behind the other', halves.map((half) => JSON.stringify(half, null, '\t')).join('')],
    ['wrapped, as Jaeger streams them', halves.map((half) => JSON.stringify({ result: half })).join('\n')],
    ['spans on lines', spans.map((span) => JSON.stringify(span)).join('\n')],
    ['behind a guard', `)]}'\n${text}`],
    ['behind a byte order mark and a guard', `\uFEFF)]}',\n${text}`],
  ])('several documents %s', async (_, joined) => {
    const set = await parseTraces(joined);
    expect(lines(set)).toEqual(DRAWN);
    expect(set.diagnostics).toEqual([]);
  });

  it('never touches the keys of attributes', () => {
    const attributes = [
      { key: 'string_value', value: { string_value: 'a' } },
      {
        key: 'startTimeUnixNano',
        value: { kvlist_value: { values: [{ key: 'intValue', value: { int_value: '7' } }] } },
      },
      {
        key: 'l',
        value: { array_value: { values: [{ bool_value: true }, { double_value: 'NaN' }, { bytes_value: 'AQI=' }] } },
      },
    ];
    const set = readTraces({
      resource_spans: [{ scope_spans: [{ spans: [{ trace_id: '01', span_id: '02', attributes }] }] }],
    });
    expect((set.traces[0]!.span(0).content() as SpanContent).attributes).toEqual(
      new Map<string, unknown>([
        ['string_value', 'a'],
        ['startTimeUnixNano', { intValue: 7 }],
        ['l', [true, Number.NaN, Uint8Array.of(1, 2)]],
      ]),
    );
  });

  it('skips and counts lines of logs and metrics', async () => {
    const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'up' } }] }] }] });
    const set = await parseTraces([logs, '', text, '{"resourceMetrics":[]}', logs, '  '].join('\n'));
    expect(lines(set)).toEqual(DRAWN);
    expect(set.accounting).toEqual({ entries: 3, shown: 3, merged: 0, skipped: 0 });
    expect(set.diagnostics).toMatchObject([
      { code: 'mixed-format', count: 1, message: 'OTLP metrics are not shown; they were left out.' },
      { code: 'mixed-format', count: 2, message: 'Log records that name no span of the input were left out.' },
    ]);
  });

  it('says of a file of logs what it is', async () => {
    const set = await parseTraces('{"resourceLogs":[]}\n{"resourceLogs":[]}');
    expect(set).toMatchObject({ format: 'otlp', traces: [] });
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'no-spans', message: 'This is otlp, but it holds no spans.' }),
    );
    const record = { traceId: '01', spanId: '02', body: { stringValue: 'up' } };
    await expect(parseTraces({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })).rejects.toThrow(
      'it is log records, which are shown as events of the spans that they name',
    );
  });

  it.each([
    [{ trace: document, status: 'PARTIAL' }],
    [{ trace: document, status: 1 }],
    [{ ...document, nextPageToken: 'x' }],
    [{ result: document, has_more: true }],
  ])('reports what says that there is more', (wrapped) => {
    const set = readTraces(wrapped);
    expect(lines(set)).toEqual(DRAWN);
    expect(codes(set)).toEqual({ 'partial-page': 1 });
  });

  it.each([[{ trace: document, status: 'COMPLETE' }], [{ ...document, nextPageToken: '', hasMore: false }]])(
    'and reports nothing of what is whole',
    (wrapped) => {
      expect(codes(readTraces(wrapped))).toEqual({});
    },
  );

  it('counts what stands among bare spans', () => {
    const set = readTraces([...spans, null, 7, 'x', {}]);
    expect(set.accounting).toEqual({ entries: 7, shown: 4, merged: 0, skipped: 3 });
  });

  it('counts a list of spans that is none', () => {
    expect(readTraces({ resourceSpans: [{ scopeSpans: [{ spans: 'text' }, { spans: 7 }] }] }).accounting).toEqual({
      entries: 2,
      shown: 0,
      merged: 0,
      skipped: 2,
    });
  });

  it.each([
    { data: [{ traceID: 'a', spans: [{ traceID: 'a', spanID: 'b' }], processes: {} }] },
    [{ id: 'a', trace_id: 'b', run_type: 'llm' }],
    { id: 't', observations: [{ id: 'o', traceId: 't' }] },
    { trace: { id: 't' }, observations: [] },
  ])('leaves %j to other formats', (other) => {
    expect(detectFormat(other)?.format).not.toBe('otlp');
  });
});

const samples = new URL('../../../../shared/samples/', import.meta.url);
const present = existsSync(samples);
if (!present)
  console.info('otlpEnvelope.test: skipped in part, there is no folder of sample exports beside this project');

describe.skipIf(!present)('wrappings in exports of other programs', () => {
  const read = (file: string): Promise<TraceSet> => parseTraces(readFileSync(new URL(file, samples)));

  it('batches of Tempo', async () => {
    const set = await read('otlp-wrappers/tempo-batches.json');
    expect(codes(set)).toMatchObject({ 'missing-parent': 1 });
    expect(set.traces[0]!.span(0)).toMatchObject({ service: 'my.service', depth: 0 });
  });

  it('several resources and scopes with links and events', async () => {
    const set = await read('otlp-wrappers/jaeger-otel-fixture.otlp.json');
    const contents = set.traces.flatMap((trace) => Array.from(trace.spans(), (span) => span.content() as SpanContent));
    expect([
      set.traces.length,
      contents.length,
      contents.flatMap(({ events }) => events).length,
      contents.flatMap(({ links }) => links).filter(({ direction }) => direction === 'out').length,
    ]).toEqual([2, 4, 8, 8]);
  });

  it('names before OTLP 0.19 read as today’s do', async () => {
    const [older, today] = await Promise.all([
      read('otlp-wrappers/instrumentation-library-spans.json'),
      read('microservices/multiservice.otlp.json'),
    ]);
    expect(dump(older)).toEqual(dump(today));
    expect(older.accounting.shown).toBe(15);
  });
});
