import { describe, expect, it } from 'vitest';
import { detectFormat, readTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const START = 1_795_359_116_000_000_000n;
const span = (more: object = {}): object => ({
  traceId: TRACE,
  spanId: '00f067aa0ba902b7',
  name: 'step',
  startTimeUnixNano: String(START),
  endTimeUnixNano: String(START + 5n),
  ...more,
});
const document = (...spans: unknown[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const read = (...spans: unknown[]): TraceSet => readTraces(document(...spans));
const only = (more: object) => read(span(more)).traces[0]!.span(0);

describe('status and kind', () => {
  it.each([
    [0, 'unset'],
    [1, 'ok'],
    [2, 'error'],
    ['0', 'unset'],
    ['1', 'ok'],
    ['2', 'error'],
    ['STATUS_CODE_ERROR', 'error'],
    ['STATUS_CODE_OK', 'ok'],
    ['STATUS_CODE_UNSET', 'unset'],
    ['Error', 'error'],
    ['OK', 'ok'],
    [7, 'unset'],
    ['broken', 'unset'],
    [undefined, 'unset'],
    [null, 'unset'],
    [{ toString: 1 }, 'unset'],
  ])('status code %o is %s', (code, status) => {
    expect(only({ status: { code } }).status).toBe(status);
  });

  it.each([
    [0, null],
    [1, 'internal'],
    [2, 'server'],
    [3, 'client'],
    [4, 'producer'],
    [5, 'consumer'],
    ['3', 'client'],
    ['SPAN_KIND_CLIENT', 'client'],
    ['SPAN_KIND_UNSPECIFIED', null],
    ['client', 'client'],
    [6, null],
    [-1, null],
    [1.5, null],
    ['other', null],
    [undefined, null],
    [null, null],
    [[], null],
    [{ valueOf: 1 }, null],
  ])('kind %o is %s', (kind, otelKind) => {
    expect(only({ kind }).otelKind).toBe(otelKind);
  });

  it('keeps the message of a status', () => {
    expect(only({ status: { code: 2, message: 'no answer' } }).statusMessage).toBe('no answer');
    expect(only({ status: {} }).statusMessage).toBeNull();
  });
});

describe('what may be absent', () => {
  it('is: resource, scope, attributes, status, events, name, times', () => {
    const set = read({ traceId: TRACE, spanId: '0a' });
    expect(set.traces[0]!.span(0)).toMatchObject({
      name: '',
      kind: 'span',
      rawKind: null,
      status: 'running',
      service: null,
      usage: null,
      cost: null,
      model: null,
    });
    expect(set.traces[0]!.span(0).content()).toMatchObject({
      scope: null,
      events: [],
      links: [],
      input: null,
      output: null,
      messages: null,
      toolDefinitions: [],
    });
  });

  it.each([
    { resourceSpans: [] },
    { resourceSpans: [{}] },
    { resourceSpans: [null, { scopeSpans: [{}, null, { spans: null }] }] },
  ])('%j holds no spans, which is no error', (empty) => {
    const set = readTraces(empty);
    expect(set).toMatchObject({
      format: 'otlp',
      traces: [],
      accounting: { entries: 0, shown: 0, merged: 0, skipped: 0 },
    });
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['no-spans']);
  });

  it('counts what is no object among the spans as skipped', () => {
    const set = read(null, span(), 7, 'text', [], true);
    expect(set.accounting).toEqual({ entries: 6, shown: 1, merged: 0, skipped: 5 });
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'span-not-object', count: 5 }));
  });

  it('makes the same id for a span without one, and merges two that are equal', () => {
    const { traceId, ...nameless } = { ...span(), spanId: undefined } as Record<string, unknown>;
    const [once, twice] = [read({ ...nameless, traceId }), read({ ...nameless, traceId }, { traceId, ...nameless })];
    expect(twice.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    expect(twice.traces[0]!.span(0).key).toBe(once.traces[0]!.span(0).key);
    expect(once.diagnostics.map(({ code }) => code)).toEqual(['missing-span-id']);
  });
});

describe('identity', () => {
  it('never mixes equal span ids of two traces', () => {
    const set = read(span(), span({ traceId: '5bf92f3577b34da6a3ce929d0e0e4736' }));
    expect(set.traces.map(({ key, spanCount }) => [key, spanCount])).toEqual([
      [TRACE, 1],
      ['5bf92f3577b34da6a3ce929d0e0e4736', 1],
    ]);
  });

  it('joins one trace out of several documents and forms of its id', () => {
    const set = readTraces([
      document(span({ parentSpanId: '0B' })),
      document(span({ traceId: TRACE.toUpperCase(), spanId: '000000000000000b', name: 'root' })),
    ]);
    expect(set.traces).toHaveLength(1);
    expect(set.traces[0]!.span(1).parent!.name).toBe('root');
  });

  it('groups equal diagnostics of several traces', () => {
    const set = read(
      span({ endTimeUnixNano: '0' }),
      span({ traceId: '5bf92f3577b34da6a3ce929d0e0e4736', endTimeUnixNano: 0 }),
    );
    expect(set.diagnostics).toMatchObject([
      {
        code: 'missing-end',
        severity: 'info',
        count: 2,
        keys: [set.traces[0]!.span(0).key, set.traces[1]!.span(0).key].sort(),
      },
    ]);
  });
});

describe('content', () => {
  const content = (more: object, resource?: object, scope?: object): SpanContent =>
    readTraces({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span(more)] }] }] })
      .traces[0]!.span(0)
      .content() as SpanContent;

  it('has resource, scope, events from the start of the trace, links, and the record as given', () => {
    const attributes = [{ key: 'a', value: { stringValue: 'x' } }];
    const record = {
      attributes,
      events: [{ name: 'e', timeUnixNano: String(START + 3n), attributes }, null],
      links: [{ traceId: TRACE, spanId: '0c', attributes }],
      custom: 'kept',
    };
    const opened = content(
      record,
      { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
      { name: 'tracer', version: '1.2' },
    );
    const map = new Map([['a', 'x']]);
    expect(opened).toMatchObject({
      attributes: map,
      resource: new Map([['service.name', 'api']]),
      scope: { name: 'tracer', version: '1.2', attributes: new Map() },
      events: [{ name: 'e', time: 3, attributes: map }],
      links: [{ traceId: TRACE, spanId: '0c', direction: 'out', attributes: map }],
      raw: [{ custom: 'kept' }],
    });
  });

  it('reads frozen input and leaves it as it was', () => {
    const input = document(
      span({ attributes: [{ key: 'input.value', value: { stringValue: 'x' } }], events: [{ name: 'e' }] }),
      null,
      span({ name: 'other' }),
    );
    const before = structuredClone(input);
    const trace = readTraces(deepFreeze(input)).traces[0]!;
    for (const each of trace.spans()) void each.content();
    expect(input).toEqual(before);
  });

  it('lets an open trace end at the last event known', () => {
    expect(
      read(
        span({
          endTimeUnixNano: '0',
          events: [{ timeUnixNano: String(START + 70n) }, { timeUnixNano: String(START + 90n) }, { timeUnixNano: 'x' }],
        }),
      ).traces[0]!.end,
    ).toBe(90);
  });
});

describe('detectFormat', () => {
  it('looks at structure', () => {
    expect(detectFormat(document())).toEqual({ format: 'otlp', confidence: 1, reason: 'has resourceSpans' });
    expect(detectFormat([document(), document()])).toMatchObject({ format: 'otlp' });
    for (const other of [null, 7, 'resourceSpans', [], {}, { resourceSpans: {} }, [null]])
      expect(detectFormat(other)).toBeNull();
  });
});

describe('readTraces', () => {
  it('reads what it knows out of a mixed list and reports the rest', () => {
    const set = readTraces([{ other: 1 }, document(span()), 'text' as unknown as object]);
    expect(set.accounting.shown).toBe(1);
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'mixed-format', count: 2 }));
  });

  it('stops at the limit of spans and counts what is left out', () => {
    const set = readTraces(document(span({ spanId: '0a' }), span({ spanId: '0b' }), null, span({ spanId: '0c' })), {
      limits: { spans: 2 },
    });
    expect(set.accounting).toEqual({ entries: 4, shown: 2, merged: 0, skipped: 2 });
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'limit-dropped', count: 1 }));
  });

  it.each([
    [{ spans: 1, other: 2 }, 'an object with "spans", "other"'],
    [{}, 'an empty object; GitHub Copilot Chat wrote such in place of its spans before its exporter was mended'],
    [[], 'an empty list'],
    [[1, 2], 'a list of which the first entry is a number'],
  ])('says what %j looks like', (input, looks) => {
    expect(() => readTraces(input)).toThrow(
      expect.objectContaining({
        name: 'TraceInputError',
        code: 'unknown-format',
        message: expect.stringContaining(
          `it is ${looks}. Accepted formats: native (spanwise’s own JSON), otlp`,
        ) as string,
      }) as Error,
    );
  });

  it('refuses a format that it does not know', () => {
    expect(() => readTraces(document(), { format: 'zipkin' })).toThrow('“zipkin”');
  });
});
