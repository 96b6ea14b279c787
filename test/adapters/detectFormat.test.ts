import { describe, expect, it } from 'vitest';
import { defaultAdapters, detectFormat, otlp, parseTraces, readTraces, type TraceInput } from '../../src/core.ts';
import { allFormats } from '../../src/formats.ts';
import { unknownFormat } from '../../src/adapters/formats/unknownFormat.ts';
import { consoleDump } from '../../src/adapters/console/console.ts';
import { jaeger } from '../../src/adapters/jaeger/jaeger.ts';
import { phoenix } from '../../src/adapters/phoenix/phoenix.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

const otlpSpan = { traceId: TRACE, spanId: SPAN, name: 'o', startTimeUnixNano: '1795359116000000000' };
const otlpDocument = { resourceSpans: [{ scopeSpans: [{ spans: [otlpSpan] }] }] };
const jaegerTrace = { traceID: TRACE, spans: [{ traceID: TRACE, spanID: SPAN, operationName: 'j' }], processes: {} };
const phoenixSpan = {
  name: 'p',
  context: { trace_id: TRACE, span_id: SPAN },
  span_kind: 'LLM',
  parent_id: null,
  start_time: '2026-11-22T13:20:48Z',
  status_code: 'OK',
  attributes: {},
};
const pythonSpan = {
  name: 'c',
  context: { trace_id: `0x${TRACE}`, span_id: `0x${SPAN}` },
  kind: 'SpanKind.CLIENT',
  parent_id: null,
  start_time: '2026-11-22T13:20:48Z',
  status: { status_code: 'UNSET' },
  attributes: {},
};
const printedSpan = {
  traceId: TRACE,
  id: SPAN,
  name: 'c',
  kind: 0,
  timestamp: 1_795_359_116_000_000,
  duration: 5,
  instrumentationScope: { name: 's' },
  attributes: {},
};
const zipkinSpan = {
  traceId: TRACE,
  id: SPAN,
  name: 'z',
  kind: 'CLIENT',
  timestamp: 1_795_359_116_000_000,
  duration: 5,
  localEndpoint: { serviceName: 'a' },
  tags: {},
};
const langsmithRun = {
  id: 'a',
  trace_id: 'a',
  run_type: 'llm',
  name: 'l',
  start_time: '2026-11-22T13:20:48Z',
  inputs: {},
  parent_run_id: null,
  child_runs: [],
};
const observation = { id: 'o', traceId: 't', type: 'GENERATION', name: 'l', startTime: '2026-11-22T13:20:48Z' };
const mlflowTrace = {
  info: { trace_id: 'tr-1', request_id: 'tr-1' },
  data: {
    spans: [
      {
        name: 'm',
        context: { trace_id: '0x1', span_id: '0x2' },
        parent_id: null,
        start_time: 1,
        end_time: 2,
        status_code: 'OK',
        attributes: {},
      },
    ],
  },
};

describe('detectFormat', () => {
  it.each([
    ['otlp', otlpDocument],
    ['otlp', [otlpDocument]],
    ['otlp', otlpSpan],
    ['otlp', [otlpSpan]],
    ['otlp', { trace: otlpDocument }],
    ['otlp', { result: otlpDocument }],
    ['otlp', { batches: otlpDocument.resourceSpans }],
    ['otlp', { resourceLogs: [] }],
    ['otlp', { trace_id: TRACE, span_id: SPAN, start_time_unix_nano: '1' }],
    ['jaeger', { data: [jaegerTrace], total: 0, limit: 0, offset: 0, errors: null }],
    ['jaeger', jaegerTrace],
    ['jaeger', { data: jaegerTrace }],
    ['jaeger', [jaegerTrace]],
    ['jaeger', jaegerTrace.spans],
    ['jaeger', { data: [], total: 0, limit: 0, offset: 0, errors: null }],
    ['jaeger', { data: [null, jaegerTrace] }],
    ['jaeger', { traceID: TRACE, spans: [], processes: {} }],
    ['phoenix', { data: [phoenixSpan], next_cursor: null }],
    ['phoenix', phoenixSpan],
    ['phoenix', [phoenixSpan]],
    ['phoenix', { data: [], next_cursor: null }],
    ['phoenix', [{ 'context.span_id': SPAN, name: 'p' }]],
    ['phoenix', { 'context.span_id': { 0: SPAN } }],
    ['phoenix', { data: [{ trace_id: TRACE, span_id: SPAN, start_time_unix_nano: '1' }], next_cursor: null }],
    ['phoenix', { data: [{ span_id: SPAN, name: 'a', annotator_kind: 'LLM', result: { score: 1 } }] }],
    ['phoenix', { trace_id: TRACE, span_id: SPAN, name: 'a', annotator_kind: 'LLM', result: {} }],
    ['phoenix', { ...phoenixSpan, span_kind: 'SPAN_KIND_INTERNAL' }],
    [
      'phoenix',
      { data: { node: { spans: { edges: [{ node: { spanId: SPAN, traceId: TRACE, spanKind: 'llm' } }] } } } },
    ],
    ['openai-agents', { object: 'trace.span', id: 's', trace_id: 't', span_data: { type: 'agent' } }],
    ['openai-agents', { data: [{ object: 'trace', id: 't', workflow_name: 'w' }] }],
    ['console', pythonSpan],
    ['console', [pythonSpan]],
    ['console', { ...pythonSpan, kind: 'CLIENT' }],
    ['console', printedSpan],
    ['console', [null, printedSpan]],
    [
      'console',
      { name: 'r', spanContext: { traceId: TRACE, spanId: SPAN }, startTime: [1795359116, 0], attributes: {} },
    ],
  ])('%s: %j', (format, document) => {
    const found = detectFormat(document)!;
    expect(found).toMatchObject({ format, reason: expect.any(String) as string });
    expect(found.confidence).toBeGreaterThan(0);
    expect(found.confidence).toBeLessThanOrEqual(1);
    // The host may force it as well.
    expect(readTraces(document, { format }).format).toBe(format);
  });

  it.each([
    langsmithRun,
    [langsmithRun],
    { runs: [langsmithRun], cursors: {} },
    { post: [langsmithRun], patch: [] },
    { run_id: 'a', trace_id: 'a', key: 'k', score: 1 },
    { trace: { id: 't', name: 'n' }, observations: [observation] },
    { id: 't', observations: [observation], scores: [] },
    { data: [observation], meta: {} },
    { data: [{ id: 't', name: 'n', timestamp: '2026-11-22T13:20:48Z' }], meta: { page: 1 } },
    { batch: [{ id: 'e', type: 'span-create', timestamp: '', body: observation }] },
    {
      id: 's',
      traceId: 't',
      observationId: 'o',
      name: 'score',
      value: 1,
      source: 'API',
      dataType: 'NUMERIC',
      timestamp: '2026-11-22T13:20:48Z',
    },
    otlpDocument,
    { trace: otlpDocument },
    zipkinSpan,
    mlflowTrace,
    { name: 'x', version: '1' },
    null,
    7,
    'x',
    [],
    {},
    [[]],
    { data: null },
    { data: [] },
    { data: [7] },
    { spans: [] },
    { traceEvents: [] },
    { label: { a: 1 }, score: { a: 1 } },
  ])('leaves %j to others', (document) => {
    expect([phoenix, jaeger, consoleDump].map((adapter) => adapter.detect(document))).toEqual([null, null, null]);
  });

  it('never throws', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('no entry');
        },
        has() {
          throw new Error('no entry');
        },
        ownKeys() {
          throw new Error('no entry');
        },
      },
    );
    for (const document of [
      proxy,
      hostile,
      [proxy, hostile],
      { data: [hostile] },
      { data: hostile },
      { spans: hostile },
    ])
      expect(detectFormat(document)).toBeNull();
  });

  it('looks at few entries of a long list', () => {
    const entries = Array.from({ length: 200_000 }, () => ({ name: 'x' }));
    const seen = new Set<string | symbol>();
    const list = new Proxy(entries, {
      get(target, key) {
        seen.add(key);
        return Reflect.get(target, key) as unknown;
      },
    });
    expect(detectFormat({ data: list })).toBeNull();
    expect(seen).toContain('0');
    expect(seen.size).toBeLessThan(200);
  });
});

describe('a format whose reader is fetched', () => {
  it.each([
    ['zipkin', zipkinSpan],
    ['zipkin', [zipkinSpan]],
    ['zipkin', [[zipkinSpan]]],
    ['mlflow', mlflowTrace],
  ])('%s is found by its signs, read by parseTraces, and named by readTraces: %j', async (format, document) => {
    expect(detectFormat(document)).toMatchObject({ format });
    expect(await parseTraces(JSON.stringify(document))).toMatchObject({ format, accounting: { shown: 1 } });
    expect(() => readTraces(document)).toThrow(
      `it is of the format ${format}, which was not asked for; parseTraces reads it`,
    );
    expect(readTraces(document, { adapters: allFormats })).toMatchObject({ format, accounting: { shown: 1 } });
  });
});

describe('several formats', () => {
  const documents = [otlpDocument, { data: [jaegerTrace] }, { data: [phoenixSpan] }, pythonSpan, printedSpan];

  it('in one list or text are read each with its own adapter, in any order', async () => {
    for (const order of [documents, documents.toReversed()]) {
      for (const set of [
        readTraces(order),
        await parseTraces(order.map((each) => JSON.stringify(each)).join('\n')),
        await parseTraces([JSON.stringify(order), '{"junk":1}']),
      ]) {
        expect(set.format).toBe('mixed');
        expect(set.accounting.entries).toBe(5);
        expect(set.traces.map(({ traceId }) => traceId)).toEqual([TRACE]);
      }
    }
  });
});

describe('what is no trace', () => {
  const refusal = async (input: TraceInput): Promise<{ readonly code: string; readonly message: string }> =>
    parseTraces(input).then(
      () => {
        throw new Error('was read');
      },
      (error: unknown) => error as { code: string; message: string },
    );

  it.each([
    ['Chrome trace', { traceEvents: [] }],
    ['Chrome trace', [{ ph: 'X', ts: 1 }]],
    ['HAR', { log: { entries: [] } }],
    ['answer of a chat model', { id: 'x', choices: [], usage: {} }],
    ['chat messages', [{ role: 'user', content: 'hi' }]],
    ['chat messages', { messages: [{ role: 'user', content: 'hi' }] }],
    ['search results', { traces: [{ traceID: 'a', rootServiceName: 'b' }] }],
    ['failed or refused', { error: 'not found' }],
    ['failed or refused', { detail: 'Not authenticated' }],
    ['encoded twice', JSON.stringify(JSON.stringify(otlpDocument))],
    ['an object with "name", "version", "scripts"', { name: 'x', version: '1', scripts: {} }],
    ['a list', [1, 2]],
    ['a string', '"x"'],
    ['a number', '7'],
  ])('%s: %j', async (words, document) => {
    const { code, message } = await refusal(typeof document === 'string' ? document : JSON.stringify(document));
    expect(code).toBe('unknown-format');
    expect(message).toContain(words);
    for (const { name } of defaultAdapters) expect(message.split('Accepted formats: ')[1]).toContain(name);
    expect(message).toContain('jaeger (Jaeger UI and API JSON)');
  });

  it.each([
    ['HTML', '<!doctype html><p>x'],
    ['HTML or XML', '<svg/>'],
    ['JSON.stringify gives JSON', `{\n  resource: { attributes: { 'service.name': 'x' } },\n  traceId: 'a' }`],
    ['JSON.stringify gives JSON', `[ { traceId: 'a' } ]`],
    ['json.dumps gives JSON', `{'name': 'x', 'context': None}`],
    ['CSV', 'id,name,start_time\n1,a,2026\n'],
    ['CSV', 'id;"the name"\n1;a\n'],
    ['YAML', 'traces:\n  - id: 1\n'],
    ['Parquet', 'PAR1\u0015\u0004'],
  ])('text that looks like %s', async (words, text) => {
    const { code, message } = await refusal(text);
    expect(code).toBe('not-json');
    expect(message).toContain(words);
    expect(message).toContain('OTLP');
  });

  it.each([
    ['protobuf', [0x0a, 0x9b, 0x01, 0x0a, 0x12, 0x0a, 0x10]],
    ['binary', [0, 0, 1, 0x9b, 0x0a, 0x12]],
    ['Parquet', [0x50, 0x41, 0x52, 0x31]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['zip', [0x50, 0x4b, 3, 4]],
  ])('bytes that look like %s', async (words, bytes) => {
    const { code, message } = await refusal(Uint8Array.from(bytes));
    expect(code).toBe('bad-encoding');
    expect(message).toContain(words);
    expect(message).toContain('OTLP');
  });

  it('but OTLP is empty, and says what it holds instead', async () => {
    const { diagnostics } = await parseTraces('{"resourceMetrics":[]}');
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: 'no-spans', message: expect.stringContaining('metrics') as string }),
    );
  });

  it('is named with the adapters that the host has chosen', () => {
    expect(
      unknownFormat({ document: {}, adapters: [otlp, { name: 'own', detect: () => null, read: () => {} }] }, {})
        .message,
    ).toMatch(/Accepted formats: otlp \(OpenTelemetry OTLP JSON\), own\.$/);
  });

  it('is described without a word of it where the host hides content', () => {
    const options = { redact: [{ name: 'email' }] };
    expect(unknownFormat({ document: { 'alice@example.com': 1 }, adapters: [otlp] }, options).message).toContain(
      'it is an object. Accepted',
    );
    expect(unknownFormat({ document: { 'alice@example.com': 1 }, adapters: [otlp] }, {}).message).toContain('alice');
    expect(
      unknownFormat({ document: { error: 'alice@example.com' }, adapters: [otlp] }, options).message,
    ).not.toContain('alice');
  });
});
