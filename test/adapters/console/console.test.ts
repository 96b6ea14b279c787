import { describe, expect, it } from 'vitest';
import { detectFormat, parseTraces, readTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { redraw } from '../../model/redraw.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SECONDS = 1_795_369_953;
const [ROOT, CHILD] = ['21325a0539247f78', '29dfbc0624650669'];

/** What ConsoleSpanExporter of @opentelemetry/sdk-trace-base 2.12 prints (1.x: `parentId`). */
const printed = (id: string, more: object = {}): object => ({
  resource: { attributes: { 'service.name': 'x' } },
  instrumentationScope: { name: 'sc', version: '1.0' },
  traceId: TRACE,
  name: `op ${id.slice(0, 2)}`,
  id,
  kind: 0,
  timestamp: SECONDS * 1e6 + 676_000,
  duration: 474.504,
  attributes: { a: 1, l: ['x'] },
  status: { code: 0 },
  events: [],
  links: [],
  ...more,
});
const readable = (spanId: string, more: object = {}): object => ({
  name: `op ${spanId.slice(0, 2)}`,
  kind: 2,
  spanContext: { traceId: TRACE, spanId, traceFlags: 1 },
  startTime: [SECONDS, 676_000_000],
  endTime: [SECONDS, 676_474_504],
  attributes: { a: 1 },
  status: { code: 1 },
  events: [],
  links: [],
  resource: { attributes: { 'service.name': 'x' } },
  instrumentationScope: { name: 'sc' },
  ...more,
});
const python = (span_id: string, more: object = {}): object => ({
  name: `op ${span_id.slice(0, 2)}`,
  context: { trace_id: `0x${TRACE}`, span_id: `0x${span_id}`, trace_state: '[]' },
  kind: 'SpanKind.INTERNAL',
  parent_id: null,
  start_time: '2026-11-22T17:52:33.676000Z',
  end_time: '2026-11-22T17:52:33.676474Z',
  status: { status_code: 'UNSET' },
  attributes: { a: 1 },
  events: [],
  links: [],
  resource: { attributes: { 'service.name': 'x' }, schema_url: '' },
  ...more,
});

const firstOf = (document: object) => readTraces(document).traces[0]!.span(0);
const opened = (document: object) => firstOf(document).content() as SpanContent;
const codes = ({ diagnostics }: TraceSet) => diagnostics.map(({ code }) => code);

describe.each([
  [
    'JavaScript, printed by 2.x',
    printed(ROOT),
    printed(CHILD, { parentSpanContext: { traceId: TRACE, spanId: ROOT, traceFlags: 1 } }),
    0.9,
    0.474504,
  ],
  ['JavaScript, printed by 1.x', printed(ROOT), printed(CHILD, { parentId: ROOT }), 0.9, 0.474504],
  [
    'ReadableSpan of 2.x',
    readable(ROOT),
    readable(CHILD, { parentSpanContext: { traceId: TRACE, spanId: ROOT } }),
    0.9,
    0.474504,
  ],
  ['ReadableSpan of 1.x', readable(ROOT), readable(CHILD, { parentSpanId: ROOT }), 0.9, 0.474504],
  ['Python', python(ROOT), python(CHILD, { parent_id: `0x${ROOT}` }), 0.95, 0.474],
])('%s', (_, root, child, confidence, end) => {
  const [upper, lower] = [`op 21 0-${end}`, `  op 29 0-${end}`];

  it.each([
    ['a list', [root, child]],
    ['a list, child first', [child, root]],
  ])('%s', (__, document) => {
    expect(detectFormat(document)).toMatchObject({ format: 'console', confidence });
    const set = readTraces(document);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(set.diagnostics).toEqual([]);
    expect(set.traces.flatMap(redraw)).toEqual([upper, lower]);
    expect(set.traces[0]!.span(0)).toMatchObject({
      service: 'x',
      traceId: TRACE,
      spanId: ROOT,
      startUnixNano: BigInt(SECONDS) * 1_000_000_000n + 676_000_000n,
    });
  });

  it('one alone, and one behind the other in any layout', async () => {
    expect(readTraces(root).traces.flatMap(redraw)).toEqual([upper]);
    for (const indent of [undefined, 4])
      expect(
        (await parseTraces([child, root].map((each) => JSON.stringify(each, null, indent)).join('\n'))).traces.flatMap(
          redraw,
        ),
      ).toEqual([upper, lower]);
  });

  it('counts what is no span among them', () => {
    expect(readTraces([root, null, 7, 'x', child] as object[]).accounting).toEqual({
      entries: 5,
      shown: 2,
      merged: 0,
      skipped: 3,
    });
    expect(readTraces([root, root]).accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
  });

  it('is left as it was, keeps its records, and shows what can be read of a hostile one', () => {
    const input = deepFreeze([root, child]);
    expect((readTraces(input).traces[0]!.span(0).content() as SpanContent).raw[0]).toBe(root);
    const hostile = Object.defineProperty({ ...child }, 'attributes', {
      enumerable: true,
      get() {
        throw new Error('no entry');
      },
    });
    const set = readTraces([root, hostile]);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(set)).toContain('bad-attribute');
    for (const span of set.traces[0]!.spans()) void span.content();
  });
});

describe('kind and status', () => {
  it.each([
    [0, 'internal'],
    [1, 'server'],
    [2, 'client'],
    [3, 'producer'],
    [4, 'consumer'],
    [5, null],
    [-1, null],
    [0.5, null],
    ['CLIENT', 'client'],
    [null, null],
  ])('kind %o of the API is %s', (kind, otelKind) => {
    expect([firstOf(printed(ROOT, { kind })).otelKind, firstOf(readable(ROOT, { kind })).otelKind]).toEqual([
      otelKind,
      otelKind,
    ]);
  });

  it.each([
    ['SpanKind.CLIENT', 'client'],
    ['SpanKind.INTERNAL', 'internal'],
    ['SpanKind.OTHER', null],
  ])('%s of Python is %s', (kind, otelKind) => {
    expect(firstOf(python(ROOT, { kind })).otelKind).toBe(otelKind);
  });

  it('status is a number or a word, with a message', () => {
    expect(firstOf(printed(ROOT, { status: { code: 2, message: 'bad' } }))).toMatchObject({
      status: 'error',
      statusMessage: 'bad',
    });
    expect([firstOf(readable(ROOT)).status, firstOf(readable(ROOT, { status: undefined })).status]).toEqual([
      'ok',
      'unset',
    ]);
    expect(firstOf(python(ROOT, { status: { status_code: 'ERROR', description: 'bad' } }))).toMatchObject({
      status: 'error',
      statusMessage: 'bad',
    });
  });
});

describe('times', () => {
  it('of ReadableSpan may be missing or open', () => {
    expect(firstOf(readable(ROOT, { endTime: [0, 0] })).status).toBe('running');
    expect(firstOf(readable(ROOT, { endTime: undefined })).status).toBe('running');
    expect(firstOf(readable(ROOT, { startTime: undefined })).diagnostics.map(({ code }) => code)).toContain(
      'missing-start',
    );
    expect(firstOf(readable(ROOT, { startTime: 'x' })).diagnostics.map(({ code }) => code)).toContain('bad-timestamp');
  });

  it('of printed spans are exact to the nanosecond, and may be missing', () => {
    expect(firstOf(printed(ROOT))).toMatchObject({ endUnixNano: BigInt(SECONDS) * 1_000_000_000n + 676_474_504n });
    expect(firstOf(printed(ROOT, { duration: null })).status).toBe('running');
  });
});

describe('content', () => {
  const exception = { 'exception.type': 'Error', 'exception.message': 'boom' };

  it('has events, links, scope, resource and what else was said', () => {
    const record = printed(ROOT, {
      events: [{ name: 'exception', attributes: exception, time: [SECONDS, 676_000_100], droppedAttributesCount: 2 }],
      links: [{ context: { traceId: TRACE, spanId: CHILD, traceFlags: 1 }, attributes: { q: 1 } }],
      traceState: 'a=b',
      parentSpanContext: { spanId: CHILD, isRemote: true },
      custom: 7,
      _private: 8,
    });
    expect(opened(record)).toMatchObject({
      attributes: new Map<string, unknown>([
        ['a', 1],
        ['l', ['x']],
        ['console.custom', 7],
      ]),
      resource: new Map([['service.name', 'x']]),
      scope: { name: 'sc', version: '1.0' },
      traceState: 'a=b',
      remoteParent: true,
      events: [{ name: 'exception', time: 100, attributes: new Map(Object.entries(exception)), droppedAttributes: 2 }],
      links: [{ traceId: TRACE, spanId: CHILD, direction: 'out', attributes: new Map([['q', 1]]) }],
    });
  });

  it('of Python too', () => {
    const record = python(ROOT, {
      events: [{ name: 'exception', timestamp: '2026-11-22T17:52:33.676100Z', attributes: exception }],
      links: [{ context: { trace_id: `0x${TRACE}`, span_id: `0x${CHILD}`, trace_state: '[]' }, attributes: {} }],
      resource: { attributes: {}, schema_url: 'https://opentelemetry.io/schemas/1.30.0' },
    });
    const content = opened(record);
    expect(content).toMatchObject({
      events: [{ name: 'exception', time: 100_000 }],
      links: [{ traceId: TRACE, spanId: CHILD }],
      schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
    });
    expect([content.traceState, content.links[0]!.traceState]).toEqual([undefined, undefined]);
  });

  it('is found in the private fields of spans that were serialized from within the SDK', () => {
    const { spanContext, ...rest } = readable(ROOT) as { readonly spanContext: object };
    const inner = {
      ...rest,
      _spanContext: spanContext,
      _spanLimits: {},
      resource: { _rawAttributes: [['service.name', 'inner'], 7] },
      spanContext: () => spanContext,
    };
    expect(firstOf(inner).service).toBe('inner');
    expect(
      firstOf({
        ...inner,
        resource: { _attributes: { 'service.name': 'older' } },
        instrumentationScope: undefined,
        instrumentationLibrary: { name: 'lib' },
      }).service,
    ).toBe('older');
    expect([...opened(inner).attributes.keys()]).toEqual(['a']);
  });
});
