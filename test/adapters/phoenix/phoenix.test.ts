import { describe, expect, it } from 'vitest';
import { detectFormat, ledger, parseTraces, readTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { redraw } from '../../model/redraw.ts';

const TRACE = 'db755c920c2f22b1f2bc264b82ea08f8';
const [ROOT, CHILD] = ['4a19d5a1d99c6c00', 'c0d2aea6ba080146'];
const START = '2026-11-22T13:20:48.305000+00:00';
const END = '2026-11-22T13:20:48.405000+00:00';
const START_MS = Date.parse(START);

/** A span of the REST API. */
const rest = (span_id: string, parent_id: string | null, more: object = {}): object => ({
  id: `node-${span_id.slice(0, 2)}`,
  name: `op ${span_id.slice(0, 2)}`,
  context: { trace_id: TRACE, span_id },
  span_kind: 'LLM',
  parent_id,
  start_time: START,
  end_time: END,
  status_code: 'OK',
  status_message: '',
  attributes: {},
  events: [],
  ...more,
});
/** A row of a dataframe. */
const row = (span_id: string, parent_id: string | null, more: object = {}): Record<string, unknown> => ({
  name: `op ${span_id.slice(0, 2)}`,
  span_kind: 'LLM',
  parent_id,
  start_time: START_MS,
  end_time: START_MS + 100,
  status_code: 'OK',
  status_message: '',
  events: [],
  'context.span_id': span_id,
  'context.trace_id': TRACE,
  ...more,
});
/** A span of GraphQL. */
const node = (spanId: string, parentId: string | null, more: object = {}): object => ({
  id: 'U3Bhbg',
  spanId,
  parentId,
  name: `op ${spanId.slice(0, 2)}`,
  spanKind: 'llm',
  statusCode: 'OK',
  startTime: START,
  latencyMs: 100,
  context: { spanId, traceId: TRACE },
  ...more,
});
const byColumn = (rows: readonly Record<string, unknown>[], label = (i: number) => String(i)): object =>
  Object.fromEntries(
    Object.keys(rows[0]!).map((column) => [
      column,
      Object.fromEntries(rows.map((each, i) => [label(i), each[column]])),
    ]),
  );

const firstOf = (document: object) => readTraces(document).traces[0]!.span(0);
const opened = (attributes: unknown, more: object = {}) =>
  firstOf(rest(ROOT, null, { attributes, ...more })).content() as SpanContent;
const codes = ({ diagnostics }: TraceSet) => diagnostics.map(({ code }) => code);
const tree = ['op 4a 0-100', '  op c0 0-100'];

describe('containers', () => {
  const spans = [rest(CHILD, ROOT), rest(ROOT, null)];
  const rows = [row(CHILD, ROOT), row(ROOT, null)];
  const { 'context.span_id': _, ...withoutId } = row(CHILD, ROOT);
  const { 'context.span_id': __, ...rootWithoutId } = row(ROOT, null);

  it.each([
    ['a page', { data: spans, next_cursor: null }, 0.95],
    ['spans', spans, 0.95],
    ['pages', [{ data: [spans[0]], next_cursor: null }, { data: [spans[1]] }], 0.7],
    ['rows of a dataframe', rows, 0.95],
    ['columns', byColumn(rows), 0.9],
    ['a list of one table', [byColumn(rows)], 0.9],
    ['a list of lists', [rows], 0.95],
    ['columns by span id', byColumn([withoutId, rootWithoutId], (i) => [CHILD, ROOT][i]!), 0.9],
    ['rows by label', { a: rows[0], b: rows[1] }, 0.9],
    [
      'columns, index and data',
      { columns: Object.keys(rows[0]!), index: [0, 1], data: rows.map((each) => Object.values(each)) },
      0.9,
    ],
    ['a table with a schema', { schema: { fields: [] }, data: rows }, 0.95],
    [
      'nodes of GraphQL',
      { data: { project: { spans: { edges: [{ node: node(CHILD, ROOT) }, { node: node(ROOT, null) }] } } } },
      0.7,
    ],
    ['spans of GraphQL', { data: { spans: [node(CHILD, ROOT), node(ROOT, null)] } }, 0.7],
    [
      'a span with descendants',
      { data: { node: node(ROOT, null, { descendants: { edges: [{ node: node(CHILD, ROOT) }] } }) } },
      0.7,
    ],
  ])('%s', (___, document, confidence) => {
    expect(detectFormat(document)).toMatchObject({ format: 'phoenix', confidence });
    const set = readTraces(document);
    expect([set.accounting, set.diagnostics]).toEqual([{ entries: 2, shown: 2, merged: 0, skipped: 0 }, []]);
    expect(set.traces.flatMap(redraw)).toEqual(tree);
    expect(set.traces[0]!.span(1)).toMatchObject({ kind: 'llm', status: 'ok', traceId: TRACE, spanId: CHILD });
  });

  it('lines, one row each', async () => {
    expect((await parseTraces(rows.map((each) => JSON.stringify(each)).join('\n'))).traces.flatMap(redraw)).toEqual(
      tree,
    );
  });

  it('a span alone, and a page whose spans are those of OTLP', () => {
    expect(readTraces(rest(ROOT, null)).traces.flatMap(redraw)).toEqual(['op 4a 0-100']);
    const span = {
      trace_id: TRACE,
      span_id: ROOT,
      name: 'o',
      kind: 'SPAN_KIND_INTERNAL',
      start_time_unix_nano: '1795359116000000000',
      end_time_unix_nano: '1795359116000000005',
      attributes: [{ key: 'openinference.span.kind', value: { string_value: 'TOOL' } }],
      status: { code: 1 },
    };
    expect(readTraces({ data: [span], next_cursor: null }).traces[0]!.span(0)).toMatchObject({
      kind: 'tool',
      otelKind: 'internal',
      status: 'ok',
      duration: 5,
    });
  });

  it('say that there is more', () => {
    expect(codes(readTraces({ data: spans, next_cursor: 'abc' }))).toEqual(['partial-page']);
    expect(
      codes(
        readTraces({
          data: { node: { spans: { pageInfo: { hasNextPage: true }, edges: [{ node: node(ROOT, null) }] } } },
        }),
      ),
    ).toEqual(['partial-page']);
    expect(codes(readTraces({ data: [], next_cursor: null }))).toEqual(['no-spans']);
  });

  it('count what is no span', () => {
    expect(readTraces({ data: [null, ...spans, 7, 'x', []] }).accounting).toEqual({
      entries: 6,
      shown: 2,
      merged: 0,
      skipped: 4,
    });
    expect(readTraces([...spans, rest(ROOT, null), null] as object[]).accounting).toEqual({
      entries: 4,
      shown: 2,
      merged: 1,
      skipped: 1,
    });
  });
});

describe('spans', () => {
  it('of the first versions have UUIDs, local times, and their kind in the attributes', () => {
    const ids = { trace_id: 'dc4ed3c1-4a2b-4c6d-9d5e-0d6a1d7b2c3f', span_id: '9a2f5c1e-7b3d-4e8a-b6c4-1f2e3d4c5b6a' };
    const set = readTraces(
      rest(ROOT, null, {
        context: ids,
        span_kind: 'SPAN_KIND_INTERNAL',
        start_time: '2023-09-07 12:54:47.293922-06:00',
        end_time: '2023-09-07T12:54:49.322066-06:00',
        attributes: { 'openinference.span.kind': 'CHAIN' },
      }),
    );
    expect(set.diagnostics).toEqual([]);
    expect(set.traces[0]!.span(0)).toMatchObject({
      kind: 'chain',
      otelKind: 'internal',
      duration: 2_028_144_000,
      spanId: ids.span_id,
      traceId: ids.trace_id.replaceAll('-', ''),
    });
  });

  it('keep the recorded word where the kind is unknown', () => {
    expect(firstOf(rest(ROOT, null, { span_kind: 'UNKNOWN' }))).toMatchObject({ kind: 'span', rawKind: 'UNKNOWN' });
    expect(
      firstOf(rest(ROOT, null, { span_kind: 'UNKNOWN', attributes: { 'openinference.span.kind': 'TOOL' } })),
    ).toMatchObject({ kind: 'tool' });
  });

  it('without an end are open, and say what went wrong', () => {
    expect(firstOf(rest(ROOT, null, { end_time: null })).status).toBe('running');
    expect(
      firstOf(
        rest(ROOT, null, {
          status_code: 'ERROR',
          status_message: 'no answer',
          events: [{ name: 'exception', timestamp: START, attributes: { 'exception.type': 'E' } }],
        }),
      ),
    ).toMatchObject({ status: 'error', statusMessage: 'no answer' });
  });

  it('have events with times', () => {
    expect(opened({}, { events: [{ name: 'e', timestamp: END, attributes: { a: 1 } }] }).events).toEqual([
      { name: 'e', time: 1e8, attributes: new Map([['a', 1]]) },
    ]);
    expect(
      (firstOf(row(ROOT, null, { events: [{ name: 'e', timestamp: START_MS + 5 }] })).content() as SpanContent).events,
    ).toMatchObject([{ time: 5e6 }]);
    expect(
      (
        firstOf(
          node(ROOT, null, { events: [{ name: 'exception', message: 'boom', timestamp: START }] }),
        ).content() as SpanContent
      ).events[0]!.attributes.get('exception.message'),
    ).toBe('boom');
  });

  it('find their trace by their parents where the table lacks the column', () => {
    const [child, root] = [row(CHILD, ROOT), row(ROOT, null)].map(({ 'context.trace_id': _, ...others }) => others);
    expect(readTraces([child!, root!]).traces.flatMap(redraw)).toEqual(tree);
  });

  it('keep what else is recorded, and sums over spans below count nothing', () => {
    const set = readTraces([
      row(ROOT, null, {
        cumulative_llm_token_count_prompt: 900,
        'attributes.llm.token_count.prompt': 3,
        latency_ms: null,
        note: 'n',
      }),
    ]);
    const { attributes } = set.traces[0]!.span(0).content() as SpanContent;
    expect([
      attributes.get('phoenix.cumulative_llm_token_count_prompt'),
      attributes.get('phoenix.note'),
      attributes.has('phoenix.latency_ms'),
    ]).toEqual([900, 'n', false]);
    expect(ledger(set.traces[0]!).total.usage.total).toBe(3);
  });

  it('of GraphQL have tokens, cost, input and output of their own', () => {
    const own = {
      tokenCountPrompt: 3,
      tokenCountCompletion: 2,
      tokenCountTotal: 5,
      cumulativeTokenCountTotal: 99,
      costSummary: { total: { cost: 0.5, tokens: 5 }, prompt: { cost: 0.2 }, completion: { cost: 0.3 } },
      input: { value: '{"q":1}', mimeType: 'json' },
      output: { value: 'a', mimeType: 'text' },
    };
    const span = firstOf(node(ROOT, null, own));
    expect(span).toMatchObject({ usage: { input: 3, output: 2, total: 5 }, cost: { total: 0.5 } });
    const content = span.content() as SpanContent;
    expect([
      content.input!.text,
      content.input!.mimeType,
      content.output!.text,
      content.attributes.get('phoenix.cumulativeTokenCountTotal'),
    ]).toEqual(['{"q":1}', 'application/json', 'a', 99]);
  });
});

describe('attributes', () => {
  const nested = {
    llm: {
      model_name: 'm',
      token_count: { prompt: 3, completion: 2 },
      input_messages: [{ message: { role: 'user', content: 'hi' } }],
      output_messages: [
        {
          message: {
            role: 'assistant',
            tool_calls: [{ tool_call: { function: { name: 'f', arguments: '{"x":1}' } } }],
          },
        },
      ],
      invocation_parameters: '{"t":0}',
    },
    metadata: { team: { name: 'a' } },
    input: { value: 'q', mime_type: 'text/plain' },
    session: { id: 's' },
    tag: { tags: ['x'] },
    retrieval: { documents: [{ document: { id: 'd', content: 'text', score: 0.5, metadata: { page: 1 } } }] },
  };
  const halfNested = {
    'llm.model_name': 'm',
    'llm.token_count.prompt': 3,
    'llm.token_count.completion': 2,
    'llm.input_messages': [{ 'message.role': 'user', 'message.content': 'hi' }],
    'llm.output_messages': [
      {
        'message.role': 'assistant',
        'message.tool_calls': [{ 'tool_call.function.name': 'f', 'tool_call.function.arguments': '{"x":1}' }],
      },
    ],
    'llm.invocation_parameters': '{"t":0}',
    metadata: { team: { name: 'a' } },
    'input.value': 'q',
    'input.mime_type': 'text/plain',
    'session.id': 's',
    'tag.tags': ['x'],
    'retrieval.documents': [
      { 'document.id': 'd', 'document.content': 'text', 'document.score': 0.5, 'document.metadata': { page: 1 } },
    ],
  };
  const flat = {
    'llm.model_name': 'm',
    'llm.token_count.prompt': 3,
    'llm.token_count.completion': 2,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': 'hi',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'f',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"x":1}',
    'llm.invocation_parameters': '{"t":0}',
    metadata: '{"team":{"name":"a"}}',
    'input.value': 'q',
    'input.mime_type': 'text/plain',
    'session.id': 's',
    'tag.tags': ['x'],
    'retrieval.documents.0.document.id': 'd',
    'retrieval.documents.0.document.content': 'text',
    'retrieval.documents.0.document.score': 0.5,
    'retrieval.documents.0.document.metadata': '{"page":1}',
  };
  const prefixed = (attributes: object) =>
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`attributes.${key}`, value as unknown]));

  it.each([
    ['flat', rest(ROOT, null, { attributes: flat })],
    ['half-nested', rest(ROOT, null, { attributes: halfNested })],
    ['nested', rest(ROOT, null, { attributes: nested })],
    ['one JSON text', rest(ROOT, null, { attributes: JSON.stringify(nested) })],
    ['columns', row(ROOT, null, prefixed(halfNested))],
    ['columns of nested objects', row(ROOT, null, prefixed(nested))],
    [
      'a list as in OTLP',
      rest(ROOT, null, { attributes: Object.entries(flat).map(([key, value]) => ({ key, value })) }),
    ],
  ])('%s mean the same', (_, document) => {
    const [trace] = readTraces(document).traces;
    expect(trace).toMatchObject({ sessionId: 's', tags: ['x'], metadata: { team: { name: 'a' } } });
    expect(trace!.span(0)).toMatchObject({ model: 'm', usage: { input: 3, output: 2 } });
    const { messages, documents, input, parameters } = trace!.span(0).content() as SpanContent;
    expect({ messages, documents, input: input!.text, parameters }).toEqual({
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', text: 'hi' }] }],
        output: [{ role: 'assistant', parts: [{ type: 'toolCall', name: 'f', arguments: { x: 1 } }] }],
      },
      documents: {
        query: 'q',
        input: [],
        output: [{ id: 'd', content: 'text', score: 0.5, scoreKind: 'similarity', metadata: { page: 1 } }],
      },
      input: 'q',
      parameters: { t: 0 },
    });
  });

  it('keep values by reference, empty objects, and names of Object', () => {
    const vector = [1, 2];
    const { attributes } = opened({
      embedding: { embeddings: vector },
      empty: {},
      absent: null,
      constructor: { name: 'c' },
    });
    expect([...attributes].filter(([key]) => !key.startsWith('phoenix.') && key !== 'openinference.span.kind')).toEqual(
      [
        ['embedding.embeddings', vector],
        ['empty', {}],
        ['constructor.name', 'c'],
      ],
    );
    expect(attributes.get('embedding.embeddings')).toBe(vector);
    expect(opened(JSON.parse('{"__proto__":{"x":1}}')).attributes.get('__proto__.x')).toBe(1);
  });

  it('nested beyond measure are read to a depth and then kept whole, and circles end', () => {
    const deep: Record<string, unknown> = {};
    let at = deep;
    for (let i = 0; i < 10_000; i += 1) at = at['a'] = {} as Record<string, unknown>;
    expect(opened(deep).attributes.size).toBe(3);
    const circle: Record<string, unknown> = { x: 1 };
    circle['self'] = circle;
    expect(opened(circle).attributes.get('x')).toBe(1);
  });

  it.each([
    ['text', 'plain'],
    ['a number', 7],
    ['broken JSON', '{"llm":'],
  ])('that are %s leave the span in place', (_, attributes) => {
    expect(readTraces(rest(ROOT, null, { attributes })).accounting.shown).toBe(1);
  });
});

describe('scores', () => {
  const annotation = (more: object): object => ({
    id: 'a1',
    name: 'correct',
    annotator_kind: 'HUMAN',
    result: { label: 'yes', score: 1, explanation: 'is' },
    metadata: { by: 'x' },
    identifier: 'i',
    span_id: CHILD,
    ...more,
  });
  const page = { data: [rest(ROOT, null), rest(CHILD, ROOT)] };
  const target = { level: 'span', key: `${TRACE}/${CHILD}` };
  const correct = { name: 'correct', value: 1, label: 'yes', comment: 'is', source: 'human' };

  it.each([
    ['before the spans', [{ data: [annotation({})] }, page]],
    ['behind them', [page, { data: [annotation({})], next_cursor: null }]],
    ['among them', [rest(ROOT, null), annotation({}), rest(CHILD, ROOT)]],
    ['alone, in a line of their own', [annotation({}), page]],
  ])('%s come to the span they name', async (_, documents) => {
    for (const set of [
      readTraces(documents as object[]),
      await parseTraces(documents.map((each) => JSON.stringify(each)).join('\n')),
    ]) {
      expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
      expect(set.traces[0]!.span(1).scores).toMatchObject([{ ...correct, metadata: { by: 'x', identifier: 'i' } }]);
    }
  });

  it('stand within spans too', () => {
    const set = readTraces(
      node(CHILD, null, {
        spanAnnotations: [{ name: 'correct', annotatorKind: 'LLM', label: 'yes', score: 1, explanation: 'is' }],
        documentEvaluations: [{ name: 'relevance', documentPosition: 2, score: 0.5 }],
      }),
    );
    expect(set.traces[0]!.span(0).scores).toMatchObject([
      { ...correct, source: 'llm', target },
      { name: 'relevance', value: 0.5, label: null, source: 'unknown', metadata: { document_position: 2 } },
    ]);
  });

  it('are about documents, traces and sessions too', () => {
    const set = readTraces([
      page,
      {
        data: [
          annotation({ document_position: 1, metadata: null, identifier: '' }),
          annotation({ span_id: undefined, trace_id: TRACE }),
          annotation({ span_id: undefined, session_id: 's' }),
        ],
      },
    ]);
    expect(set.traces[0]!.span(1).scores).toMatchObject([{ metadata: { document_position: 1 } }]);
    expect(set.traces[0]!.scores).toMatchObject([{ ...correct, target: { level: 'trace', key: TRACE } }]);
    expect(codes(set)).toContain('missing-score-target');
  });

  it.each([
    ['rows', [{ 'context.span_id': CHILD, label: 'factual', score: 1, explanation: 'e' }]],
    ['columns', { 'context.span_id': { 0: CHILD }, label: { 0: 'factual' }, score: { 0: 1 } }],
    ['columns by span id', { label: { [CHILD]: 'factual' }, score: { [CHILD]: 1 } }],
    ['rows by span id', { [CHILD]: { label: 'factual', score: 1 } }],
    [
      'rows of a table of annotations',
      [{ span_id: CHILD, annotation_name: 'evaluation', 'result.label': 'factual', 'result.score': 1 }],
    ],
  ])('of evaluation tables, in %s', (_, table) => {
    const set = readTraces([page, ...(Array.isArray(table) ? (table as object[]) : [table])]);
    expect(set.accounting.entries).toBe(2);
    expect(set.traces[0]!.span(1).scores).toMatchObject([{ name: 'evaluation', value: 1, label: 'factual' }]);
  });

  it('of evaluation columns', () => {
    const set = readTraces([
      row(ROOT, null, {
        'eval.Hallucination.label': 'factual',
        'eval.Hallucination.score': 0,
        'eval.Q&A v1.2.explanation': 'why',
        'eval.Empty.score': null,
      }),
    ]);
    expect(set.traces[0]!.span(0).scores).toMatchObject([
      { name: 'Hallucination', value: 0, label: 'factual', comment: null },
      { name: 'Q&A v1.2', value: null, label: null, comment: 'why' },
    ]);
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
    const set = readTraces({
      data: [
        rest(ROOT, null),
        proxy,
        throwing('name', rest(CHILD, ROOT)),
        throwing('attributes', rest('0c', ROOT)),
        rest('0d', ROOT, { attributes: { llm: throwing('x', {}) } }),
        rest('0e', ROOT, { start_time: [throwing('x', {})] }),
      ],
    });
    expect(set.accounting).toEqual({ entries: 6, shown: 5, merged: 0, skipped: 1 });
    for (const each of set.traces[0]!.spans()) void each.content();
  });

  it('in an annotation leaves the rest', () => {
    const set = readTraces([
      rest(ROOT, null),
      throwing('result', { span_id: ROOT, annotator_kind: 'LLM', name: 'x' }),
      { span_id: ROOT, annotator_kind: 'LLM', name: 'y', result: { score: 1 } },
    ]);
    expect(set.traces[0]!.span(0).scores).toMatchObject([{ name: 'y' }]);
  });

  it('that is frozen stays as it was', () => {
    const input = {
      data: [
        rest(ROOT, null, {
          attributes: { llm: { input_messages: [{ message: { role: 'user' } }] } },
          events: [{ name: 'e', timestamp: START }],
        }),
        null,
      ],
      next_cursor: 'x',
    };
    const before = JSON.stringify(input);
    for (const each of readTraces(deepFreeze(input)).traces[0]!.spans()) void each.content();
    expect(JSON.stringify(input)).toBe(before);
  });
});
