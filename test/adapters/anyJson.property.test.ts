import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditContent,
  ledger,
  parseTraces,
  readTraces,
  selfTime,
  TraceInputError,
  type TraceSet,
} from '../../src/core.ts';

/** Words that the readers look for, as keys and as values, among any others. */
const KEYS = [
  'resourceSpans',
  'scopeSpans',
  'spans',
  'resource',
  'scope',
  'traceId',
  'spanId',
  'parentSpanId',
  'name',
  'kind',
  'status',
  'code',
  'message',
  'attributes',
  'key',
  'value',
  'events',
  'links',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'timeUnixNano',
  'stringValue',
  'intValue',
  'doubleValue',
  'boolValue',
  'bytesValue',
  'arrayValue',
  'kvlistValue',
  'values',
  'toString',
  'valueOf',
  '__proto__',
  'resource_spans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentationLibrary',
  'batches',
  'trace',
  'result',
  'trace_id',
  'span_id',
  'start_time_unix_nano',
  'string_value',
  'array_value',
  'kvlist_value',
  'resourceLogs',
  'nextPageToken',
  'flags',
  'droppedAttributesCount',
  'traceState',
  'schemaUrl',
  'openinference.span.kind',
  'gen_ai.operation.name',
  'gen_ai.input.messages',
  'gen_ai.tool.definitions',
  'llm.input_messages.0.message.content',
  'llm.token_count.prompt',
  'llm.cost.total',
  'tag.tags',
  'metadata',
  'input.value',
  'service.name',
  'gen_ai.request.model',
  'llm.input_messages.1.message.contents.0.message_content.type',
  'retrieval.documents.0.document.score',
];
const anyKey = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() });
const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.constantFrom(
    'LLM',
    'chat',
    '0',
    '',
    '1795359116728000001',
    '-1',
    'NaN',
    '[{"role":{"toString":1},"parts":[[{"valueOf":1}]]}]',
    '{"__proto__":{"x":1}}',
    '4f7bec97fa07f347',
    1e308,
    1_795_359_116_728,
  ),
);
const { any: anyValue } = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('any'), { maxKeys: 8 }),
  ),
}));

/** Any JSON where attributes, spans and envelopes stand, so that the readers get past the door. */
const anySpanLike = fc.oneof(
  anyValue,
  fc.dictionary(anyKey, anyValue, { maxKeys: 12 }),
  fc.record(
    {
      traceId: anyValue,
      spanId: anyValue,
      startTimeUnixNano: anyValue,
      endTimeUnixNano: anyValue,
      status: anyValue,
      kind: anyValue,
      events: anyValue,
      links: anyValue,
      attributes: fc.oneof(
        anyValue,
        fc.dictionary(anyKey, anyValue),
        fc.array(fc.record({ key: anyKey, value: anyValue }), { maxLength: 6 }),
      ),
    },
    { requiredKeys: [] },
  ),
);
const anyEnvelope = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: anyValue,
      scopeSpans: fc.array(fc.record({ scope: anyValue, spans: fc.array(anySpanLike, { maxLength: 6 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
});
const anyDocument = fc
  .oneof(
    anyValue,
    anyEnvelope,
    fc.array(anySpanLike, { maxLength: 4 }),
    fc.record(
      {
        batches: anyValue,
        trace: fc.oneof(anyEnvelope, anyValue),
        result: fc.oneof(anyEnvelope, anyValue),
        status: anyValue,
      },
      { requiredKeys: [] },
    ),
    fc.array(fc.oneof(anyEnvelope, anyValue), { maxLength: 3 }),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Asks for everything that a viewer would ask for. */
function answersAll({ traces, accounting, diagnostics }: TraceSet): true {
  expect(accounting.shown + accounting.merged + accounting.skipped).toBe(accounting.entries);
  expect(traces.reduce((sum, trace) => sum + trace.spanCount, 0)).toBe(accounting.shown);
  for (const diagnostic of diagnostics) expect(diagnostic.count).toBeGreaterThan(0);
  for (const trace of traces) {
    expect(ledger(trace).conflicts).toBeInstanceOf(Array);
    expect(selfTime(trace)).toHaveLength(trace.spanCount);
    for (const span of trace.spans()) {
      expect(trace.find(span.key)!.index).toBe(span.index);
      expect([span.startUnixNano, span.endUnixNano].every((time) => time === null || typeof time === 'bigint')).toBe(
        true,
      );
      expect(span.content()).toHaveProperty('attributes');
    }
  }
  return true;
}

/** The one error that readers may throw; any other is thrown on. */
function refused(error: unknown): null {
  if (error instanceof TraceInputError) return null;
  throw error;
}

describe('any JSON', () => {
  it('is read, or refused with a TraceInputError, and is not changed', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const before = JSON.stringify(document);
        try {
          expect(answersAll(readTraces(document as object))).toBe(true);
        } catch (error) {
          refused(error);
        }
        expect(JSON.stringify(document)).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('and any text are parsed, or rejected with a TraceInputError', async () => {
    const anyText = fc.oneof(
      fc.string(),
      anyDocument.map((document) => JSON.stringify(document)),
      fc
        .array(fc.oneof(anyEnvelope, anyValue), { maxLength: 4 })
        .map((list) => list.map((each) => JSON.stringify(each)).join('\n')),
    );
    const cut = fc
      .tuple(anyText, fc.nat(200))
      .map(([text, off]) => (off % 3 === 0 ? text.slice(0, -off || undefined) : text));
    await fc.assert(
      fc.asyncProperty(cut, async (text) => {
        const set = await parseTraces(text).catch(refused);
        expect(set === null || answersAll(set)).toBe(true);
        for (const { count, keys } of set ? await auditContent(set) : [])
          expect(count).toBeGreaterThanOrEqual(keys!.length);
      }),
      { numRuns: 500 },
    );
  });
});
