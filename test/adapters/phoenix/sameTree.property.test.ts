import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, TraceInputError, type TraceSet } from '../../../src/core.ts';
import { DRAWING_EPOCH, drawDocument, drawSpans, type DrawnSpan } from '../../model/drawTrace.ts';

const TRACE = '4f7bec97fa07f3475f37e1d4f4fdf0a3';
const seconds = Number(DRAWING_EPOCH / 1_000_000_000n);
const epochMs = seconds * 1000;

/** What the drawing's words are as attributes. */
const attributes = ({ name, facts }: DrawnSpan): Record<string, unknown> => ({
  'openinference.span.kind': (facts['kind'] ?? name.split(' ')[0]!).toUpperCase(),
  ...(facts['model'] === undefined ? {} : { 'llm.model_name': facts['model'] }),
  ...(facts['in'] === undefined ? {} : { 'llm.token_count.prompt': Number(facts['in']) }),
  ...(facts['out'] === undefined ? {} : { 'llm.token_count.completion': Number(facts['out']) }),
  ...(facts['cost'] === undefined ? {} : { 'llm.cost.total': Number(facts['cost']) }),
});
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(epochMs + ms).toISOString());

/** The same drawing in each format. */
const WRITERS: Readonly<Record<string, (spans: readonly DrawnSpan[]) => object>> = {
  'a page of Phoenix': (spans) => ({ data: spans.map((span) => phoenixSpan(span)), next_cursor: null }),
  'a dataframe of Phoenix': (spans) =>
    spans.map((span) => {
      const { context, attributes: own, start_time: _, end_time: __, ...rest } = phoenixSpan(span);
      return {
        ...rest,
        'context.trace_id': context.trace_id,
        'context.span_id': context.span_id,
        start_time: span.start === null ? null : epochMs + span.start,
        end_time: span.end === null ? null : epochMs + span.end,
        ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`attributes.${key}`, value])),
      };
    }),
  Jaeger: (spans) => ({
    data: [
      {
        traceID: TRACE,
        processes: { p1: { serviceName: '', tags: [] } },
        spans: spans.map((span) => ({
          traceID: TRACE,
          spanID: span.spanId,
          operationName: span.name,
          references:
            span.parentSpanId === null ? [] : [{ refType: 'CHILD_OF', traceID: TRACE, spanID: span.parentSpanId }],
          processID: 'p1',
          logs: [],
          ...(span.start === null ? {} : { startTime: (epochMs + span.start) * 1000 }),
          ...(span.start === null || span.end === null ? {} : { duration: (span.end - span.start) * 1000 }),
          tags: [
            ...Object.entries(attributes(span)).map(([key, value]) => ({
              key,
              type: typeof value === 'string' ? 'string' : 'float64',
              value,
            })),
            ...(span.error ? [{ key: 'error', type: 'bool', value: true }] : []),
          ],
        })),
      },
    ],
  }),
  'the console of JavaScript': (spans) =>
    spans.map((span) => ({
      traceId: TRACE,
      id: span.spanId,
      parentId: span.parentSpanId ?? undefined,
      name: span.name,
      kind: 0,
      timestamp: span.start === null ? null : (epochMs + span.start) * 1000,
      duration: span.start === null || span.end === null ? null : (span.end - span.start) * 1000,
      attributes: attributes(span),
      status: { code: span.error ? 2 : 0 },
      events: [],
      links: [],
      resource: { attributes: {} },
    })),
  'the console of Python': (spans) =>
    spans.map((span) => ({
      name: span.name,
      context: { trace_id: `0x${TRACE}`, span_id: `0x${span.spanId}`, trace_state: '[]' },
      kind: 'SpanKind.INTERNAL',
      parent_id: span.parentSpanId === null ? null : `0x${span.parentSpanId}`,
      start_time: iso(span.start),
      end_time: iso(span.end),
      status: { status_code: span.error ? 'ERROR' : 'UNSET' },
      attributes: attributes(span),
      events: [],
      links: [],
      resource: { attributes: {}, schema_url: '' },
    })),
};

const phoenixSpan = (span: DrawnSpan) => ({
  id: 'x',
  name: span.name,
  context: { trace_id: TRACE, span_id: span.spanId },
  span_kind: 'UNKNOWN',
  parent_id: span.parentSpanId,
  start_time: iso(span.start),
  end_time: iso(span.end),
  status_code: span.error ? 'ERROR' : 'UNSET',
  status_message: '',
  attributes: attributes(span),
  events: [],
});

const shape = ({ traces, accounting }: TraceSet) => [
  accounting,
  traces.map((trace) =>
    Array.from(trace.spans(), ({ key, depth, name, kind, status, start, end, model, usage, cost, parentSpanId }) => ({
      key,
      depth,
      name,
      kind,
      status,
      start,
      end,
      model,
      usage,
      cost,
      parentSpanId,
    })),
  ),
];

const drawing = drawSpans(`
  agent           0------------100   in=30 out=5
    llm plan       10-40             in=10 out=5 model=gpt-4.1 cost=0.5
    tool search ✗      40----90
      retriever r      41-42
    chain open               80-
    chain lost     20-30             parent=nobody
`);

describe.each(Object.entries(WRITERS))('a drawing written as %s', (_, write) => {
  it('is the trace that OTLP makes of it', () => {
    expect(shape(readTraces(write(drawing)))).toEqual(shape(readTraces(drawDocument(drawing))));
  });

  it('is the same in any order', () => {
    const whole = shape(readTraces(write(drawing)));
    fc.assert(
      fc.property(fc.shuffledSubarray([...drawing], { minLength: drawing.length }), (shuffled) => {
        expect(shape(readTraces(write(shuffled)))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('is read or refused whatever is put in its places, nothing is lost, and it is not changed', () => {
    const any = fc.oneof(
      { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<unknown>(
          null,
          0,
          -1,
          '',
          'x',
          [],
          {},
          '1795359116728000001',
          1e308,
          [null],
          { __proto__: null },
          '0x',
          'LLM',
          '[{"a":1}]',
        ),
      },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), any), { maxLength: 6 }), (changes) => {
        const document = JSON.parse(JSON.stringify(write(drawing))) as object;
        for (const [place, value] of changes) mutate(document, place, JSON.parse(JSON.stringify(value)));
        const before = JSON.stringify(document);
        try {
          const {
            accounting: { entries, shown, merged, skipped },
            traces,
          } = readTraces(document);
          expect(shown + merged + skipped).toBe(entries);
          expect(traces.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(shown);
          for (const trace of traces) for (const span of trace.spans()) void span.content();
        } catch (error) {
          if (!(error instanceof TraceInputError)) throw error;
        }
        expect(JSON.stringify(document)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no span to a part that throws when looked at, wherever in a span it lies', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (place, getter) => {
        const document = JSON.parse(JSON.stringify(write(drawing))) as object;
        const spans = spansOf(document);
        bite(spans[place % spans.length]!, Math.floor(place / spans.length), getter);
        const {
          accounting: { entries, shown, merged, skipped },
          traces,
        } = readTraces(document);
        expect([entries, shown + merged + skipped]).toEqual([drawing.length, drawing.length]);
        for (const trace of traces) for (const span of trace.spans()) void span.content();
      }),
      { numRuns: 300 },
    );
  });

  it('of a hundred thousand nested spans is read', () => {
    const deep = Array.from({ length: 100_000 }, (__, i): DrawnSpan => ({
      name: 'chain',
      spanId: (i + 1).toString(16).padStart(16, '0'),
      parentSpanId: i === 0 ? null : i.toString(16).padStart(16, '0'),
      start: i,
      end: 200_000 - i,
      error: false,
      facts: {},
    }));
    const { traces, accounting } = readTraces(write(deep));
    expect(accounting).toEqual({ entries: 100_000, shown: 100_000, merged: 0, skipped: 0 });
    expect(traces[0]!.span(99_999).depth).toBe(99_999);
  });
});

const spansOf = (document: object): readonly object[] => {
  const data = Array.isArray(document)
    ? (document as object[])
    : (document as { readonly data: readonly object[] }).data;
  return data.flatMap((each) => ('spans' in each ? (each.spans as object[]) : [each]));
};

/** All places of a document: the object or list, and the key. */
function placesOf(root: object): readonly (readonly [holder: object, key: string])[] {
  const places: (readonly [object, string])[] = [];
  const open: object[] = [root];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const key of Object.keys(at)) {
      places.push([at, key]);
      const inner = (at as Record<string, unknown>)[key];
      if (inner !== null && typeof inner === 'object') open.push(inner);
    }
  }
  return places;
}

/** Puts a value in one of all places of a document. */
function mutate(root: object, place: number, value: unknown): void {
  const places = placesOf(root);
  const [holder, key] = places[place % places.length] ?? [];
  if (holder) (holder as Record<string, unknown>)[key!] = value;
}

/** Makes one place of a span throw: when it is read, or when what it holds is looked at. */
function bite(span: object, place: number, getter: boolean): void {
  const places = placesOf(span);
  const [holder, key] = places[place % places.length]!;
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  Object.defineProperty(
    holder,
    key,
    getter
      ? {
          enumerable: true,
          get() {
            throw new Error('no entry');
          },
        }
      : { enumerable: true, value: proxy },
  );
}
