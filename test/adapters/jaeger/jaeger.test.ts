import { describe, expect, it } from 'vitest';
import { detectFormat, ledger, readTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { redraw } from '../../model/redraw.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const START = 1_795_359_116_000_000;
const span = (spanID: string, more: object = {}): object => ({
  traceID: TRACE,
  spanID,
  operationName: `op ${spanID}`,
  references: [],
  startTime: START,
  duration: 5000,
  tags: [],
  logs: [],
  processID: 'p1',
  warnings: null,
  ...more,
});
const childOf = (spanID: string, traceID = TRACE) => ({ refType: 'CHILD_OF', traceID, spanID });
const followsFrom = (spanID: string, traceID = TRACE) => ({ refType: 'FOLLOWS_FROM', traceID, spanID });
const tag = (key: string, value: unknown, type = 'string') => ({ key, type, value });
const trace = (spans: unknown, more: object = {}): object => ({
  traceID: TRACE,
  spans,
  processes: { p1: { serviceName: 'api', tags: [tag('ip', '10.0.0.1')] } },
  warnings: null,
  ...more,
});
const answer = (...traces: unknown[]): object => ({ data: traces, total: 0, limit: 0, offset: 0, errors: null });

const read = (...spans: unknown[]): TraceSet => readTraces(trace(spans));
const only = (more: object) => read(span('0a', more)).traces[0]!.span(0);
const opened = (more: object) => only(more).content() as SpanContent;
const codes = ({ diagnostics }: TraceSet) => diagnostics.map(({ code }) => code);

describe('containers', () => {
  const spans = [span('0a'), span('0b', { references: [childOf('0a')] })];

  it.each([
    ['an answer of the API', answer(trace(spans)), 1],
    ['an answer with one trace', { data: trace(spans) }, 1],
    ['a trace', trace(spans), 1],
    ['several traces', [trace(spans)], 1],
    ['several answers', [answer(trace(spans)), answer(trace([]))], 1],
    ['a trace without processes', { traceID: TRACE, spans }, 0.9],
    ['spans in data', { data: spans }, 0.9],
    ['spans alone', spans, 0.9],
  ])('%s', (_, document, confidence) => {
    expect(detectFormat(document)).toMatchObject({ format: 'jaeger', confidence });
    const set = readTraces(document);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(set.traces.flatMap(redraw)).toEqual(['op 0a 0-5', '  op 0b 0-5']);
  });

  it('an answer without traces is empty, and says why', () => {
    const set = readTraces({
      data: null,
      total: 0,
      limit: 0,
      offset: 0,
      errors: [{ code: 404, msg: 'trace not found' }],
    });
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'no-spans', message: expect.stringContaining('lists errors') as string }),
    );
    expect(codes(readTraces(answer()))).toEqual(['no-spans']);
  });

  it('a page says that there is more', () => {
    expect(codes(readTraces({ ...answer(trace(spans)), total: 20 }))).toContain('partial-page');
    expect(codes(readTraces({ ...answer(trace(spans)), total: 21, offset: 20 }))).not.toContain('partial-page');
  });

  it('of spans and traces with something else among them skip or report it', () => {
    expect(read(null, span('0a'), 7, 'x', []).accounting).toEqual({ entries: 5, shown: 1, merged: 0, skipped: 4 });
    expect(codes(readTraces(answer(null, trace(spans), { junk: 1 })))).toEqual(['mixed-format']);
    expect(readTraces([span('0a'), null, 7] as object[]).accounting).toEqual({
      entries: 3,
      shown: 1,
      merged: 0,
      skipped: 2,
    });
  });

  it('keep what else a trace says', () => {
    expect(readTraces(trace(spans, { warnings: ['clock adjusted'], processes: {} })).traces[0]!.metadata).toEqual({
      'jaeger.warnings': ['clock adjusted'],
    });
  });
});

describe('parents', () => {
  const parentOf = (more: object) => opened(more) && only(more).parentSpanId;

  it.each([
    [
      'the first CHILD_OF of the trace',
      { references: [followsFrom('01'), childOf('02', 'ff'), childOf('03'), childOf('04')] },
      '03',
    ],
    [
      'else the first FOLLOWS_FROM of the trace',
      { references: [followsFrom('01', 'ff'), followsFrom('02'), followsFrom('03')] },
      '02',
    ],
    ['else parentSpanID', { references: [childOf('01', 'ff')], parentSpanID: '09' }, '09'],
    ['nothing', { references: [childOf('01', 'ff')] }, null],
    ['nothing where nothing is said', { references: null }, null],
    [
      'found under an id without its zeros',
      { traceID: '00000000000000000000000000abc123', references: [childOf('01', 'abc123')] },
      '01',
    ],
    ['that of a reference without a type', { references: [{ traceID: TRACE, spanID: '01' }] }, '01'],
    ['not what is no reference', { references: [null, 7, {}, childOf('')], parentSpanID: '0c' }, '0c'],
  ])('%s', (_, more, parent) => {
    expect(parentOf(more)).toBe(parent);
  });

  it('leave the other references as links', () => {
    const { links } = opened({ references: [followsFrom('01', 'ff'), childOf('02'), childOf('03'), { spanID: '04' }] });
    expect(
      links.map(({ traceId, spanId, attributes }) => [traceId, spanId, attributes.get('opentracing.ref_type')]),
    ).toEqual([
      ['ff', '01', 'follows_from'],
      [TRACE, '03', 'child_of'],
      [TRACE, '04', 'child_of'],
    ]);
  });
});

describe('tags', () => {
  it.each([
    ['string', 'x', 'x'],
    ['string', '1', '1'],
    ['bool', true, true],
    ['bool', 'true', true],
    ['bool', 'yes', 'yes'],
    ['int64', 7, 7],
    ['int64', '7', 7],
    ['int64', '9007199254740993', 9_007_199_254_740_993n],
    ['int64', '-9223372036854775808', -9_223_372_036_854_775_808n],
    ['int64', 'seven', 'seven'],
    ['float64', '1.5', 1.5],
    ['float64', 'NaN', Number.NaN],
    ['float64', '+Inf', Infinity],
    ['float64', '-Inf', -Infinity],
    ['float64', '', ''],
    ['binary', 'AQI=', Uint8Array.of(1, 2)],
    ['binary', '*', '*'],
    [undefined, 'x', 'x'],
    ['string', null, null],
    ['string', { a: 1 }, { a: 1 }],
  ])('of type %s: %o is %o', (type, value, meant) => {
    expect(opened({ tags: [{ key: 'k', type, value }] }).attributes.get('k')).toEqual(meant);
  });

  it('tell status, its message, kind and scope', () => {
    expect(only({ tags: [tag('error', true, 'bool')] }).status).toBe('error');
    expect(only({ tags: [tag('error', 'true')] }).status).toBe('error');
    expect(only({ tags: [tag('error', false, 'bool'), tag('otel.status_code', 'OK')] }).status).toBe('ok');
    expect(
      only({ tags: [tag('otel.status_code', 'ERROR'), tag('otel.status_description', 'no answer')] }),
    ).toMatchObject({ status: 'error', statusMessage: 'no answer' });
    expect(only({ tags: [tag('span.kind', 'client')] }).otelKind).toBe('client');
    expect(opened({ tags: [tag('otel.scope.name', 'lib'), tag('otel.scope.version', '1.2')] }).scope).toMatchObject({
      name: 'lib',
      version: '1.2',
    });
    expect(opened({ tags: [tag('otel.library.name', 'old')] }).scope).toMatchObject({ name: 'old' });
    expect(opened({}).scope).toBeNull();
  });

  it('mean what attributes mean', () => {
    const set = read(
      span('0a', {
        tags: [
          tag('gen_ai.operation.name', 'chat'),
          tag('gen_ai.response.model', 'm'),
          tag('gen_ai.usage.input_tokens', '30', 'int64'),
          tag('gen_ai.usage.output_tokens', 5, 'int64'),
        ],
      }),
    );
    expect(set.traces[0]!.span(0)).toMatchObject({ kind: 'llm', model: 'm' });
    expect(ledger(set.traces[0]!).total.usage).toMatchObject({ input: 30, output: 5, total: 35 });
  });

  it('without a key are reported, in plain objects are read, and names of Object are names', () => {
    const set = read(span('0a', { tags: [null, {}, tag('__proto__', 'x'), tag('a', 1)] }));
    expect(set.diagnostics).toMatchObject([{ code: 'bad-attribute', count: 1 }]);
    expect([...(set.traces[0]!.span(0).content() as SpanContent).attributes]).toEqual([
      ['__proto__', 'x'],
      ['a', 1],
    ]);
    expect(opened({ tags: { b: 2 } }).attributes.get('b')).toBe(2);
  });
});

describe('logs', () => {
  const fields = (...list: object[]) => ({ logs: [{ timestamp: START + 1000, fields: list }] });

  it('are events, named by their event or message', () => {
    expect(opened(fields(tag('event', 'cache miss'), tag('key', 'k'))).events).toEqual([
      { name: 'cache miss', time: 1e6, attributes: new Map([['key', 'k']]) },
    ]);
    expect(opened(fields(tag('message', 'hello'), tag('level', 'info'))).events).toMatchObject([
      { name: 'hello', attributes: new Map([['level', 'info']]) },
    ]);
    expect(opened(fields(tag('level', 'info'))).events).toMatchObject([{ name: 'log' }]);
    expect(
      opened({ logs: [null, {}, { timestamp: 'x', fields: null }] }).events.map(({ name, time }) => [name, time]),
    ).toEqual([
      ['log', Number.NaN],
      ['log', Number.NaN],
    ]);
  });

  it('of exceptions are exceptions, also in the words of OpenTracing', () => {
    const exception = opened(
      fields(tag('event', 'exception'), tag('exception.type', 'E'), tag('exception.message', 'no')),
    );
    expect(exception.events).toMatchObject([
      {
        name: 'exception',
        attributes: new Map([
          ['exception.type', 'E'],
          ['exception.message', 'no'],
        ]),
      },
    ]);
    const error = opened(
      fields(tag('event', 'error'), tag('error.kind', 'E'), tag('message', 'no'), tag('stack', 'at f')),
    ).events[0]!;
    expect([
      error.name,
      error.attributes.get('exception.type'),
      error.attributes.get('exception.message'),
      error.attributes.get('exception.stacktrace'),
      error.attributes.get('stack'),
    ]).toEqual(['exception', 'E', 'no', 'at f', 'at f']);
  });
});

describe('times', () => {
  it.each([
    [START, 5, 5000],
    [String(START), '5', 5000],
    [START, 0, 0],
    [START, 2.5, 2500],
    [BigInt(START), 5, 5000],
    [START, 44_000_000, 44e9],
    ['2026-11-22T15:31:56.000001Z', 5, 5000],
    [START, undefined, Number.NaN],
    [START, null, Number.NaN],
    [START, 'soon', Number.NaN],
    [START, {}, Number.NaN],
  ])('start %o and length %o make %o ns', (startTime, duration, length) => {
    expect(only({ startTime, duration }).duration).toBe(length);
  });

  it('are exact to the microsecond and reported where they cannot be read', () => {
    expect(only({ startTime: START + 1, duration: 1 })).toMatchObject({
      startUnixNano: BigInt(START + 1) * 1000n,
      endUnixNano: BigInt(START + 2) * 1000n,
    });
    expect(only({ startTime: START, duration: 'soon' }).diagnostics.map(({ code }) => code)).toContain('bad-timestamp');
    expect(only({ startTime: START, duration: -5 }).diagnostics.map(({ code }) => code)).toContain('end-before-start');
    // Milliseconds in place of microseconds.
    expect(only({ startTime: START / 1000, duration: 5 })).toMatchObject({ duration: 5e6 });
  });
});

describe('what else a span says', () => {
  it('is kept: warnings, flags, unknown fields, and the record as given', () => {
    const record = span('0a', { warnings: ['skew'], flags: 1, startTimeMillis: 7 });
    const { attributes, raw } = readTraces(trace([record]))
      .traces[0]!.span(0)
      .content() as SpanContent;
    expect([...attributes]).toEqual([
      ['jaeger.warnings', ['skew']],
      ['jaeger.flags', 1],
      ['jaeger.startTimeMillis', 7],
    ]);
    expect(raw).toEqual([record]);
    expect(raw[0]).toBe(record);
  });

  it('is its process: service and tags, named or within the span', () => {
    expect(only({}).service).toBe('api');
    expect([...opened({}).resource]).toEqual([
      ['ip', '10.0.0.1'],
      ['service.name', 'api'],
    ]);
    expect(only({ processID: undefined, process: { serviceName: 'own', tags: [] } }).service).toBe('own');
    expect([
      only({ processID: 'p9' }).service,
      only({ processID: '__proto__' }).service,
      readTraces({ traceID: TRACE, spans: [span('0a')] }).traces[0]!.span(0).service,
    ]).toEqual([null, null, null]);
  });
});

describe('spans of one id', () => {
  it('that are equal are one, and both are shown where they differ, as client and server may', () => {
    expect(read(span('0a'), span('0a')).accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    const set = read(
      span('0a', { tags: [tag('span.kind', 'client')] }),
      span('0a', { tags: [tag('span.kind', 'server')] }),
    );
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(set)).toContain('duplicate-span-id');
  });

  it('of traces with long and short ids belong together', () => {
    const set = readTraces([
      trace([span('0a', { traceID: '5af7183fb1d4cf5f' })], { traceID: '5af7183fb1d4cf5f' }),
      trace([
        span('0b', { traceID: '00000000000000005af7183fb1d4cf5f', references: [childOf('0a', '5af7183fb1d4cf5f')] }),
      ]),
    ]);
    expect(set.traces.flatMap(redraw)).toEqual(['op 0a 0-5', '  op 0b 0-5']);
  });
});

describe('hostile input', () => {
  const throwing = (field: string, more: object): object =>
    Object.defineProperty({ ...more }, field, {
      enumerable: true,
      get() {
        throw new Error('no entry');
      },
    });

  it('leaves its neighbours in place and loses no entry', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const set = read(
      span('0a'),
      proxy,
      throwing('operationName', span('0b')),
      throwing('tags', span('0c')),
      span('0d', { tags: [throwing('value', { key: 'x' })] }),
      span('0e', {
        startTime: Object.defineProperty([1, 2], 0, {
          get() {
            throw new Error('no');
          },
        }),
      }),
    );
    expect(set.accounting).toEqual({ entries: 6, shown: 5, merged: 0, skipped: 1 });
    for (const each of set.traces[0]!.spans()) void each.content();
  });

  it('in a trace, its processes or a list leaves the rest', () => {
    expect(
      readTraces([throwing('warnings', trace([span('0a')])), throwing('processes', trace([span('0b')]))]).accounting
        .shown,
    ).toBe(2);
    expect(readTraces(trace([span('0a')], { processes: throwing('p1', {}) })).accounting.shown).toBe(1);
    expect(readTraces(answer(trace([span('0a')]), throwing('spans', {}), null)).accounting.shown).toBe(1);
  });

  it('that is frozen stays as it was', () => {
    const input = answer(
      trace([
        span('0a', {
          references: [childOf('0b')],
          tags: [tag('a', 1)],
          logs: [{ timestamp: START, fields: [tag('event', 'e')] }],
        }),
      ]),
    );
    const before = JSON.stringify(input);
    for (const each of readTraces(deepFreeze(input)).traces[0]!.spans()) void each.content();
    expect(JSON.stringify(input)).toBe(before);
  });
});
