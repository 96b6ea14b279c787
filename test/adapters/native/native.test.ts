import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  native,
  otlp,
  parseTraces,
  readTraces,
  toNativeJson,
  type SpanContent,
  type TraceSet,
} from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';
import { dump, dumpContent } from '../../model/dump.ts';

/** As it goes over the wire. */
const written = (set: TraceSet): object => JSON.parse(JSON.stringify(toNativeJson(set))) as object;
const read = (document: object): TraceSet => readTraces(document, { adapters: [native] });
const fixtures = new URL('../../fixtures/', import.meta.url);
const recordings = ['otlp', 'langsmith', 'langfuse', 'phoenix', 'jaeger', 'console']
  .flatMap((format) => readdirSync(new URL(format, fixtures)).map((file) => `${format}/${file}`))
  .filter((file) => /\.jsonl?$/.test(file) && !file.endsWith('expected.json'));
const about = ({ format: _, diagnostics: __, accounting: ___, ...rest }: ReturnType<typeof dump>) => rest;

const withoutRaw = (set: TraceSet) =>
  dumpContent(set).map(({ scores, spans }) => ({ scores, spans: spans.map(({ raw: _, ...content }) => content) }));

/**
 * What a set is after it was written and read three times over, and what it was: to the letter, and so to the length.
 */
function thrice(set: TraceSet): { readonly is: readonly unknown[]; readonly was: readonly unknown[] } {
  // The record of a native span is the span itself, and gets what it left open.
  const held = set.format === 'native' ? withoutRaw : dumpContent;
  const first = written(set) as { readonly traces: unknown };
  const settled = { ...written(read(first)), traces: first.traces };
  const is: unknown[] = [];
  let again = set;
  for (let time = 0; time < 3; time += 1) {
    again = read(written(again));
    is.push([about(dump(again)), held(again), written(again)]);
  }
  const was = [about(dump(set)), held(set), settled];
  return { is, was: [was, was, was] };
}

describe('a trace written and read', () => {
  it.each(recordings)('is as it was: %s', async (file) => {
    const { is, was } = thrice(await parseTraces(readFileSync(new URL(file, fixtures))));
    expect(is).toEqual(was);
  });

  it('keeps orphans, circles, repeats and missing times', () => {
    const trace = drawTrace(`
      root           0------------100
        open                   80-
        no start     ?---------60
        lost         20-30             parent=nobody
        again        10-40             id=root
      self           5--6              parent=self
    `);
    const { is, was } = thrice({
      format: 'otlp',
      traces: [trace],
      diagnostics: [],
      accounting: { entries: 6, shown: 6, merged: 0, skipped: 0 },
    });
    expect(is).toEqual(was);
  });

  it('is as it was, whatever tree it is, in whatever order it came', () => {
    const time = fc.constantFrom(
      undefined,
      '0',
      '-5',
      '1',
      '1795359116000000000',
      '1795359116000000001',
      '1795359117000000000',
      '99999999999999999999',
    );
    const sourceTime = fc.constantFrom(
      undefined,
      '0',
      5,
      '1',
      '1795359116000000000',
      '1795359116000000001',
      1795359117000,
      '99999999999999999999',
    );
    const spanOf = (times: typeof time | typeof sourceTime) =>
      fc.record({
        traceId: fc.constantFrom('1'.repeat(32), '2'.repeat(32)),
        spanId: fc.constantFrom('a', 'b', '0a', 'c'.repeat(16)),
        parentSpanId: fc.constantFrom(undefined, 'a', 'b', 'nobody'),
        name: fc.constantFrom('x', 'y'),
        kind: fc.constantFrom(0, 1, 2, 3),
        startTimeUnixNano: times,
        endTimeUnixNano: times,
        attributes: fc.constantFrom(
          [],
          [{ key: 'llm.token_count.prompt', value: { intValue: '5' } }],
          [{ key: 'k', value: { doubleValue: 1 } }],
        ),
        events: fc.array(fc.record({ name: fc.constantFrom('e', 'f'), timeUnixNano: times }), { maxLength: 2 }),
      });
    fc.assert(
      fc.property(fc.array(spanOf(sourceTime), { maxLength: 12 }), fc.nat(), (spans, turn) => {
        const readSpans = (list: readonly object[]) =>
          readTraces(JSON.parse(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: list }] }] })) as object, {
            adapters: [otlp],
          });
        const one = readSpans(spans);
        const other = readSpans(spans.map((_, at) => spans[(at + turn) % spans.length]!).reverse());
        expect(dump(other)).toEqual(dump(one));
        expect(written(other)).toEqual(written(one));
        const { is, was } = thrice(one);
        expect(is).toEqual(was);
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.array(spanOf(time), { maxLength: 8 }), (spans) => {
        const { is, was } = thrice(
          read({
            format: 'spanwise/1',
            traces: [
              {
                traceId: 't',
                spans: spans.map(({ startTimeUnixNano, endTimeUnixNano, attributes: _, ...span }) => ({
                  ...span,
                  startUnixNano: startTimeUnixNano,
                  endUnixNano: endTimeUnixNano,
                })),
              },
            ],
          }),
        );
        expect(is).toEqual(was);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the order in which old tracers counted runs that began together', () => {
    const at = {
      trace_id: 'r',
      run_type: 'chain',
      start_time: '2026-11-22T12:00:00.000Z',
      end_time: '2026-11-22T12:00:01.000Z',
    };
    const set = readTraces([
      { ...at, id: 'r', name: 'root', execution_order: 1 },
      { ...at, id: 'b', name: 'second', parent_run_id: 'r', execution_order: 2 },
      { ...at, id: 'a', name: 'third', parent_run_id: 'r', execution_order: 3 },
    ]);
    expect(Array.from(set.traces[0]!.spans(), ({ name }) => name)).toEqual(['root', 'second', 'third']);
    const { is, was } = thrice(set);
    expect(is).toEqual(was);
  });

  it('says once what was missing when it was first written, and how much', () => {
    const set = {
      ...read({ format: 'spanwise/1', traces: [{ traceId: 't', spans: [{ spanId: 's' }] }] }),
      diagnostics: [{ code: 'bad-line', severity: 'warning' as const, message: 'A line is bad.', count: 7 }],
    };
    const { is, was } = thrice(set);
    expect(is).toEqual(was);
    expect(read(written(read(written(set)))).diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'partial-page',
        message: 'When this file was written: A line is bad.',
        count: 7,
      }),
    );
  });

  it('keeps a child with its parent where another span has the id of that', () => {
    // Of two that are equal in all but content, the one whose content sorts first has the children, wherever it stands
    // in the tree.
    const at = {
      startTimeUnixNano: '1795359116000000000',
      endTimeUnixNano: '1795359116000000001',
      traceId: '1'.repeat(32),
    };
    for (const name of ['m', 'n', 'o', 'p']) {
      const { is, was } = thrice(
        readTraces(
          {
            resourceSpans: [
              {
                scopeSpans: [
                  {
                    spans: [
                      { ...at, spanId: 'root', name: 'root' },
                      { ...at, spanId: 'twin', name: 'first' },
                      { ...at, spanId: 'twin', parentSpanId: 'root', name },
                      { ...at, spanId: 'child', parentSpanId: 'twin', name: 'child' },
                    ],
                  },
                ],
              },
            ],
          },
          { adapters: [otlp] },
        ),
      );
      expect(is).toEqual(was);
    }
  });

  it('keeps the moments of events before and at the epoch, and far from all spans to the nanosecond', () => {
    const set = read({
      format: 'spanwise/1',
      traces: [
        {
          traceId: 't',
          spans: [
            {
              spanId: 's',
              startUnixNano: '1795359116000000001',
              endUnixNano: '1795359116000000002',
              events: ['-1', '0', '1', '123456789', '1795359116000000003', null].map((timeUnixNano) => ({
                name: 'e',
                timeUnixNano,
              })),
            },
          ],
        },
      ],
    });
    const { is, was } = thrice(set);
    expect(is).toEqual(was);
    const { events } = (written(set) as { traces: [{ spans: [{ events: { timeUnixNano: string | null }[] }] }] })
      .traces[0].spans[0];
    expect(events.map(({ timeUnixNano }) => timeUnixNano)).toEqual([
      '-1',
      '0',
      '1',
      '123456789',
      '1795359116000000003',
      null,
    ]);
  });
});

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const isValid = ajv.compile(
  JSON.parse(
    readFileSync(new URL('../../../src/adapters/native/spanwise-1.schema.json', import.meta.url), 'utf8'),
  ) as object,
);

describe('the schema', () => {
  it('holds for every recording that is written', async () => {
    for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.jsonl'))) {
      isValid(written(await parseTraces(readFileSync(new URL(file, fixtures)))));
      expect(isValid.errors).toBeNull();
    }
  });

  it('refuses what the reader could not make sense of', () => {
    expect(isValid({ format: 'spanwise/2', traces: [] })).toBe(false);
    expect(isValid({ format: 'spanwise/1', traces: [{ traceId: 't', spans: [{ name: 'no id' }] }] })).toBe(false);
    expect(
      isValid({ format: 'spanwise/1', traces: [{ traceId: 't', spans: [{ spanId: 's', startUnixNano: 5 }] }] }),
    ).toBe(false);
  });
});

describe('a document by hand', () => {
  const one = (span: object, trace: object = {}) =>
    read({ format: 'spanwise/1', traces: [{ traceId: 't', ...trace, spans: [{ spanId: 's', ...span }] }] });
  const first = (span: object) => one(span).traces[0]!.span(0);

  it('needs nothing but ids', () => {
    const set = one({});
    expect(set.accounting).toEqual({ entries: 1, shown: 1, merged: 0, skipped: 0 });
    expect(set.traces[0]!.span(0)).toMatchObject({
      key: 't/s',
      name: '',
      kind: 'span',
      status: 'running',
      usage: null,
      cost: null,
    });
    expect(set.diagnostics.map(({ code }) => code).sort()).toEqual(['missing-end', 'missing-start']);
  });

  it('says outright what the attributes would say otherwise', () => {
    const span = first({
      name: 'ask',
      kind: 'llm',
      status: 'warning',
      model: 'm',
      provider: 'p',
      service: 'web',
      startUnixNano: '1795359116000000001',
      endUnixNano: '2026-11-22T12:00:00Z',
      firstToken: 5,
      usage: { input: 10, output: 4 },
      cost: { total: 0.5 },
      attributes: { 'openinference.span.kind': 'TOOL', 'llm.model_name': 'other', 'llm.token_count.prompt': 99 },
    });
    expect(span).toMatchObject({
      name: 'ask',
      kind: 'llm',
      status: 'warning',
      model: 'm',
      provider: 'p',
      service: 'web',
      startUnixNano: 1795359116000000001n,
      firstToken: 5,
      usage: { input: 10, output: 4, total: 14, cacheRead: null },
      cost: { total: 0.5, currency: 'USD', origin: 'reported' },
    });
  });

  it('never guesses a unit: a nanosecond is a nanosecond', () => {
    expect(first({ startUnixNano: '2000000000', endUnixNano: '2000000005' })).toMatchObject({
      startUnixNano: 2_000_000_000n,
      duration: 5,
      diagnostics: [],
    });
  });

  it('gives content in the shapes of the contract, and leaves out what has another', () => {
    const content = first({
      input: 'hello',
      output: { answer: 42 },
      parameters: { temperature: 0 },
      tool: { name: 'find', arguments: { q: 1 } },
      toolDefinitions: [{ name: 'find' }, 7],
      promptTemplate: { template: 'Say {x}', variables: { x: 1 } },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', text: 'hi' }, { type: 'hologram', beam: 1 }, 'loose'] }, null],
        output: 'nothing',
      },
      documents: { query: 'q', output: [{ id: 'd', content: 'text', score: 0.5, scoreKind: 'similarity' }] },
      embeddings: [{ dimensions: 2, vector: [1, 2] }, { vector: ['x'] }],
    }).content() as SpanContent;
    expect(content).toMatchObject({
      input: { text: 'hello', mimeType: 'text/plain' },
      output: { text: '{"answer":42}', mimeType: 'application/json' },
      parameters: { temperature: 0 },
      tool: { name: 'find', arguments: { q: 1 } },
      toolDefinitions: [{ name: 'find' }],
      messages: {
        input: [
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'hi' },
              { type: 'unknown', value: { type: 'hologram', beam: 1 } },
            ],
          },
        ],
        output: [],
      },
      documents: { query: 'q', input: [], output: [{ id: 'd', content: 'text', score: 0.5, scoreKind: 'similarity' }] },
      promptTemplate: { template: 'Say {x}', variables: { x: 1 } },
    });
    expect(content.embeddings.map(({ vector }) => vector())).toEqual([[1, 2], null]);
  });

  it('keeps fields that it does not know where they were', () => {
    const document = {
      format: 'spanwise/1',
      traces: [
        {
          traceId: 't',
          spans: [
            {
              spanId: 's',
              name: 'a',
              'x-mine': { deep: [1, '2'] },
              input: 'hello',
              messages: { input: [], output: [{ role: 'assistant', parts: [] }] },
            },
          ],
        },
      ],
    };
    const [span] = (written(read(document)) as typeof document).traces[0]!.spans;
    expect(span).toMatchObject(
      document.traces[0]!.spans[0]!.input === 'hello'
        ? { spanId: 's', name: 'a', 'x-mine': { deep: [1, '2'] }, messages: { output: [{ role: 'assistant' }] } }
        : {},
    );
    expect(span).not.toHaveProperty('raw');
  });

  it('reads whatever stands in its fields, and counts every entry', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({
              spanId: fc.jsonValue(),
              parentSpanId: fc.jsonValue(),
              name: fc.jsonValue(),
              kind: fc.jsonValue(),
              startUnixNano: fc.jsonValue(),
              usage: fc.jsonValue(),
              cost: fc.jsonValue(),
              messages: fc.jsonValue(),
              events: fc.jsonValue(),
              links: fc.jsonValue(),
              resource: fc.jsonValue(),
              scope: fc.jsonValue(),
              raw: fc.jsonValue(),
              repairs: fc.jsonValue(),
              attributes: fc.jsonValue(),
              scores: fc.jsonValue(),
            }),
          ),
        ),
        fc.jsonValue(),
        (spans, any) => {
          const set = read({
            format: 'spanwise/1',
            traces: [{ traceId: any, spans, resources: any, scores: any, metadata: any, tags: any }, any],
            diagnostics: any,
          });
          const { entries, shown, merged, skipped } = set.accounting;
          expect([entries, shown + merged + skipped]).toEqual([spans.length, spans.length]);
          for (const trace of set.traces) for (const span of trace.spans()) expect(span.content()).toBeDefined();
          expect(dump(read(written(set))).traces).toEqual(dump(set).traces);
        },
      ),
      { numRuns: 300 },
    );
  });
});
