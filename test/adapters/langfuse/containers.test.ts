import { describe, expect, it } from 'vitest';
import { langfuseExport } from '../../../src/adapters/langfuse/langfuse.ts';
import { detectFormat, parseTraces } from '../../../src/core.ts';
import { otlp } from '../../../src/adapters/otlp/otlp.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { dump } from '../../model/dump.ts';
import { at, codes, contentOf, observation, outline, read, TRACE } from './read.ts';

/*
 *   0        50       100
 *   ask ────────────────      AGENT
 *   ├ search ──────           TOOL
 *   └          answer ──      GENERATION
 */
const observations = [
  observation('ask', { type: 'AGENT' }),
  observation('search', {
    type: 'TOOL',
    parentObservationId: 'ask',
    endTime: at(50),
    input: { q: 'refund' },
    output: 'found',
  }),
  observation('answer', {
    type: 'GENERATION',
    parentObservationId: 'ask',
    startTime: at(50),
    model: 'gpt-4o',
    usageDetails: { input: 10, output: 5, total: 15 },
    costDetails: { total: 0.01 },
  }),
];
const TREE = ['ask', '·search', '·answer'];
const trace = {
  id: TRACE,
  timestamp: at(0),
  name: 'support',
  sessionId: 's',
  userId: 'u',
  tags: ['b', 'a'],
  metadata: { plan: 'team' },
  release: '1.2',
  public: true,
};
const TYPES: Readonly<Record<string, string>> = { ask: 'agent', search: 'tool', answer: 'generation' };
const create = (body: Readonly<Record<string, unknown>>) => ({
  id: `event-${String(body['id'])}`,
  type: `${TYPES[String(body['id'])]}-create`,
  timestamp: at(200),
  body,
});
const batch = {
  batch: [{ id: 'event-0', type: 'trace-create', timestamp: at(200), body: trace }, ...observations.map(create)],
};

const forms: Readonly<Record<string, readonly object[]>> = {
  'a download': [{ trace, observations }],
  'a trace of the API': [{ ...trace, observations, scores: [] }],
  'pages of two lists': [
    { data: [trace], meta: { page: 1, totalItems: 1, totalPages: 1 } },
    { data: observations, meta: { page: 1, totalItems: 3, totalPages: 1 } },
  ],
  'a list and a trace': [observations, trace],
  'one list of all': [[trace, ...observations]],
  lines: [...observations, trace],
  'a batch': [batch],
  'events, line by line': batch.batch,
  'two batches in disorder': [{ batch: batch.batch.slice(2) }, { batch: batch.batch.slice(0, 2) }],
  'a session with its traces, and a list of observations': [
    { id: 's', createdAt: at(0), traces: [trace] },
    { observations },
  ],
};

describe('containers', () => {
  const expected = dump(read(...forms['a download']!));

  it('hold a tree, and what is said of its trace', () => {
    const set = read(...forms['a download']!);
    expect(outline(set)).toEqual(TREE);
    expect(set.accounting).toEqual({ entries: 3, shown: 3, merged: 0, skipped: 0 });
    expect(set.diagnostics).toEqual([]);
    expect(set.traces[0]).toMatchObject({
      traceId: TRACE,
      name: 'support',
      sessionId: 's',
      userId: 'u',
      tags: ['a', 'b'],
      metadata: { plan: 'team', release: '1.2', public: true },
    });
  });

  it.each(Object.keys(forms))('%s says the same', (form) => {
    expect(dump(read(...forms[form]!))).toEqual(expected);
    expect(dump(read(...forms[form]!.toReversed()))).toEqual(expected);
    expect(dump(read(forms[form]!))).toEqual(expected);
  });

  it('JSONL says the same', async () => {
    const text = [...observations, trace].map((line) => JSON.stringify(line)).join('\n');
    expect(dump(await parseTraces(text, { adapters: [langfuseExport] }))).toEqual(expected);
  });

  it('read frozen input and leave it as it was', () => {
    const before = structuredClone(batch);
    const set = read(deepFreeze(structuredClone(before)));
    for (const span of set.traces[0]!.spans()) void span.content();
    expect(batch).toEqual(before);
  });
});

describe('a trace that repeats its observations', () => {
  const trimmed = observations.map(({ input: _, output: __, ...rest }) => ({ ...rest, input: null, metadata: '{}' }));

  it('is merged with them: the fuller wins', () => {
    const set = read({ trace: { ...trace, observations: trimmed }, observations });
    expect(set.accounting).toEqual({ entries: 6, shown: 3, merged: 3, skipped: 0 });
    expect(outline(set)).toEqual(TREE);
    expect(contentOf(set.traces[0]!.find('search')!)).toMatchObject({
      input: { text: '{"q":"refund"}' },
      tool: { name: 'search', arguments: { q: 'refund' }, result: 'found' },
    });
  });

  it('may hold nothing but their ids', () => {
    const set = read([{ ...trace, observations: ['ask', 'search'], scores: ['score-1'] }]);
    expect(set.accounting).toEqual({ entries: 1, shown: 1, merged: 0, skipped: 0 });
    expect(outline(set)).toEqual(['support']);
  });
});

describe('pages', () => {
  const page = (meta: object) => codes(read({ data: observations, meta }));

  it('tell of others', () => {
    expect(page({ page: 1, limit: 3, totalItems: 9, totalPages: 3 })).toEqual(['partial-page']);
    expect(page({ cursor: 'next' })).toEqual(['partial-page']);
    expect(page({ page: 1, totalItems: 3, totalPages: 1, cursor: null })).toEqual([]);
  });

  it('that are all there are complete', () => {
    expect(
      codes(
        read(
          [observations.slice(0, 1), observations.slice(1)].map((data, index) => ({
            data,
            meta: { page: index + 1, limit: 2, totalItems: 3, totalPages: 2 },
          })),
        ),
      ),
    ).toEqual([]);
  });

  it('may be empty', () => {
    expect(codes(read({ data: [], meta: { page: 1, limit: 50, totalItems: 0, totalPages: 0 } }))).toEqual(['no-spans']);
  });
});

describe('ingestion', () => {
  const event = (type: string, millis: number, body: object) => ({
    id: `${type}-${millis}`,
    type,
    timestamp: at(millis),
    body,
  });

  it('joins what is recorded of one observation, the later over the earlier', () => {
    const events = [
      event('generation-create', 0, {
        id: 'g',
        traceId: TRACE,
        name: 'call',
        startTime: at(0),
        model: 'gpt-4o',
        metadata: { step: 1 },
        usage: { input: 1, output: 1, unit: 'TOKENS' },
      }),
      event('generation-update', 9, {
        id: 'g',
        output: 'done',
        endTime: at(80),
        metadata: { done: true },
        usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15 },
      }),
      event('generation-update', 5, { id: 'g', output: 'half', completionStartTime: at(30) }),
    ];
    for (const documents of [
      [{ batch: events }],
      [{ batch: events.toReversed() }],
      events.map((each) => ({ batch: [each] })),
      [events],
    ]) {
      const set = read(...documents);
      expect(set.accounting).toEqual({ entries: 3, shown: 1, merged: 2, skipped: 0 });
      const span = set.traces[0]!.span(0);
      expect(span).toMatchObject({
        name: 'call',
        kind: 'llm',
        status: 'unset',
        duration: 80e6,
        firstToken: 30e6,
        usage: { input: 10, output: 5, total: 15 },
      });
      expect(contentOf(span)).toMatchObject({ output: { text: 'done' } });
      expect(contentOf(span).raw).toHaveLength(3);
      expect(contentOf(span).attributes.get('langfuse.observation.metadata.step')).toBe(1);
      expect(contentOf(span).attributes.get('langfuse.observation.metadata.done')).toBe(true);
    }
  });

  it('an update at the moment of the creation comes after it, and keeps its type', () => {
    const set = read({
      batch: [
        event('span-update', 0, { id: 'a', traceId: TRACE, name: 'new', endTime: at(1) }),
        event('agent-create', 0, { id: 'a', traceId: TRACE, name: 'old', startTime: at(0) }),
      ],
    });
    expect(set.traces[0]!.span(0)).toMatchObject({ name: 'new', kind: 'agent' });
  });

  it('what was created without a start began when that was said', () => {
    expect(
      read({ batch: [event('event-create', 7, { id: 'a', traceId: TRACE, name: 'e' })] }).traces[0]!.span(0),
    ).toMatchObject({
      kind: 'event',
      status: 'unset',
      duration: 0,
      startUnixNano: BigInt(Date.parse(at(7))) * 1_000_000n,
    });
  });

  it('the old form names the type in the body', () => {
    expect(
      read({
        batch: [event('observation-create', 7, { id: 'a', traceId: TRACE, type: 'GENERATION', startTime: at(0) })],
      }).traces[0]!.span(0).kind,
    ).toBe('llm');
  });

  it('of a trace, the later word counts; it began when it was first recorded', () => {
    const [first, second] = [
      event('trace-create', 0, { id: TRACE, name: 'old', userId: 'u', tags: ['a'], metadata: { x: 1, y: 1 } }),
      event('trace-create', 9, { id: TRACE, name: 'new', tags: ['b'], metadata: { y: 2 }, output: 'o' }),
    ];
    for (const both of [
      [first, second],
      [second, first],
    ]) {
      const set = read({ batch: both });
      expect(set.traces[0]).toMatchObject({
        name: 'new',
        userId: 'u',
        tags: ['a', 'b'],
        metadata: { x: 1, y: 2, output: 'o' },
        originUnixNano: BigInt(Date.parse(at(0))) * 1_000_000n,
      });
      expect(set.accounting).toEqual({ entries: 1, shown: 1, merged: 0, skipped: 0 });
    }
  });

  it('tells of logs and other things, which are no spans', () => {
    const set = read({
      batch: [
        event('sdk-log', 0, { log: 'x' }),
        event('dataset-create', 0, {}),
        event('span-create', 0, { id: 'a', traceId: TRACE }),
      ],
    });
    expect(set.diagnostics.filter(({ code }) => code === 'mixed-format').map(({ message }) => message)[0]).toMatch(
      /sdk-log/,
    );
    expect(set.accounting).toEqual({ entries: 1, shown: 1, merged: 0, skipped: 0 });
  });
});

describe('other spellings of the fields', () => {
  const snake = {
    id: 'a',
    trace_id: TRACE,
    type: 'GENERATION',
    start_time: '2026-09-21 14:00:00.000000',
    end_time: '2026-09-21 14:00:00.100000',
    parent_observation_id: null,
    provided_model_name: 'gpt-4o',
    usage_details: '{"input":10,"output":5,"total":15}',
    status_message: 'm',
    level: 'ERROR',
  };
  const table = {
    ID: 'a',
    'Trace ID': TRACE,
    Type: 'GENERATION',
    'Start Time': at(0),
    'End Time': at(100),
    'Parent Observation ID': '',
    Model: 'gpt-4o',
    'Input Tokens': '10',
    'Output Tokens': '5',
    'Total Tokens': '15',
    'Status Message': 'm',
    Level: 'ERROR',
    'My Column': 'x',
  };

  it.each([
    ['a bucket', snake],
    ['a table', table],
  ])('as %s has them', (_, row) => {
    const set = read([row]);
    expect(set.traces[0]!.span(0)).toMatchObject({
      traceId: TRACE,
      spanId: 'a',
      kind: 'llm',
      model: 'gpt-4o',
      status: 'error',
      statusMessage: 'm',
      duration: 100e6,
      usage: { input: 10, output: 5, total: 15 },
    });
    expect(contentOf(set.traces[0]!.span(0)).raw[0]).toBe(row);
  });

  it('keeps columns that nobody knows', () => {
    expect(contentOf(read([table]).traces[0]!.span(0)).attributes.get('langfuse.observation.My Column')).toBe('x');
  });

  it('traces and scores as a bucket has them', () => {
    const set = read(
      [
        {
          id: TRACE,
          timestamp: at(0),
          name: 't',
          user_id: 'u',
          session_id: 's',
          tags: '["x"]',
          metadata: '{"a":1}',
          bookmarked: false,
        },
      ],
      [
        {
          id: 'sc',
          trace_id: TRACE,
          observation_id: '',
          name: 'good',
          value: '0.5',
          string_value: '',
          data_type: 'NUMERIC',
          source: 'EVAL',
          timestamp: at(0),
        },
      ],
    );
    expect(set.traces[0]).toMatchObject({
      name: 't',
      userId: 'u',
      sessionId: 's',
      tags: ['x'],
      metadata: { a: 1 },
      scores: [{ name: 'good', value: 0.5, label: null, source: 'llm' }],
    });
  });
});

describe('what is not to be read', () => {
  it('is counted among observations', () => {
    const set = read({ trace, observations: [null, 7, 'x', [], observations[0]] });
    expect(set.accounting).toEqual({ entries: 5, shown: 1, merged: 0, skipped: 4 });
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'span-not-object', count: 4 }));
  });

  it('is named elsewhere', () => {
    expect(codes(read({ data: [trace, null, { other: 1 }] }))).toEqual(['mixed-format', 'missing-end']);
  });

  it('an observation is shown however little it says', () => {
    const set = read({ trace, observations: [{}, { name: 'x' }] });
    expect(set.accounting).toMatchObject({ entries: 2, shown: 2 });
    expect(set.traces).toHaveLength(1);
  });
});

describe('detect', () => {
  const sure = (document: unknown): number => detectFormat(document, [langfuseExport])?.confidence ?? 0;

  it('looks at structure', () => {
    expect(sure({ trace, observations: [] })).toBe(1);
    for (const document of [
      batch,
      batch.batch,
      { ...trace, observations },
      observations,
      observations[0],
      { data: observations },
    ])
      expect(sure(document)).toBeGreaterThanOrEqual(0.9);
    for (const document of [trace, [trace], { data: [trace] }, { trace }, { data: [], meta: { totalItems: 0 } }])
      expect(sure(document)).toBeGreaterThanOrEqual(0.6);
  });

  it.each([
    ['Tempo', { trace: { resourceSpans: [] } }],
    ['Jaeger', { data: [{ traceID: 'a', spans: [{ traceID: 'a', spanID: 'b', startTime: 1 }], processes: {} }] }],
    [
      'Phoenix',
      {
        data: [
          {
            id: 'x',
            name: 's',
            context: { trace_id: 'a', span_id: 'b' },
            span_kind: 'LLM',
            parent_id: null,
            start_time: at(0),
            end_time: at(1),
          },
        ],
        next_cursor: null,
      },
    ],
    [
      'LangSmith',
      [{ id: 'a', trace_id: 'a', run_type: 'chain', name: 'r', start_time: at(0), parent_run_id: null, tags: [] }],
    ],
    ['a span of OpenTelemetry', [{ traceId: 'a', spanId: 'b', name: 's', startTimeUnixNano: '1', type: 'SPAN' }]],
    ['a dump of the console', { traceId: 'a', id: 'b', timestamp: 1, duration: 2, instrumentationScope: {} }],
    ['Zipkin', [{ traceId: 'a', id: 'b', timestamp: 1, duration: 2, localEndpoint: {} }]],
    ['nothing', [null, 7, {}, []]],
    ['other batches', { batch: [{ type: 'track', timestamp: at(0) }] }],
  ])('leaves %s to others', (_, document) => {
    expect(sure(document)).toBe(0);
  });

  it('is less sure of a trace than the adapter whose it is', () => {
    expect(detectFormat({ resourceSpans: [], observations: [] }, [langfuseExport, otlp])).toMatchObject({
      format: 'otlp',
    });
  });
});
