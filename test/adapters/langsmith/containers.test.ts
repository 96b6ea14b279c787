import { describe, expect, it } from 'vitest';
import { langsmith } from '../../../src/adapters/langsmith/langsmith.ts';
import { otlp } from '../../../src/adapters/otlp/otlp.ts';
import { detectFormat } from '../../../src/core.ts';
import { dump } from '../../model/dump.ts';
import { CHILD, codes, contentOf, GRANDCHILD, lines, outline, parse, read, ROOT, run, spansOf, START } from './run.ts';

/**
 *     answer  |==============================|   0 … 3000 ms
 *       plan    |=======|                      100 … 900
 *         look    |===|                        200 … 500
 */
const root = run();
const child = run({
  id: CHILD,
  name: 'plan',
  run_type: 'llm',
  parent_run_id: ROOT,
  trace_id: ROOT,
  start_time: START + 100,
  end_time: START + 900,
});
const grandchild = run({
  id: GRANDCHILD,
  name: 'look',
  run_type: 'tool',
  parent_run_id: CHILD,
  trace_id: ROOT,
  start_time: START + 200,
  end_time: START + 500,
});
const flat = [root, child, grandchild];
const nested = {
  ...root,
  child_runs: [{ ...child, parent_run_id: null, child_runs: [{ ...grandchild, parent_run_id: undefined }] }],
};
const OUTLINE = 'answer\n  plan\n    look';

describe('whole runs under one id', () => {
  it('that contradict each other are both shown; states of one run, and parts in a batch, are joined', () => {
    const other = { ...root, name: 'another' };
    expect(read([root, other]).accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(read([root, other]))).toEqual({ 'duplicate-span-id': 2 });
    expect(dump(read([other, root]))).toEqual(dump(read([root, other])));
    expect(read([root, { ...root, end_time: null, outputs: null }]).accounting).toEqual({
      entries: 2,
      shown: 1,
      merged: 1,
      skipped: 0,
    });
    expect(read({ post: [root], patch: [{ ...other, outputs: { a: 1 } }] }).accounting).toEqual({
      entries: 2,
      shown: 1,
      merged: 1,
      skipped: 0,
    });
  });
});

describe('containers', () => {
  it.each<[string, unknown]>([
    ['a list', flat],
    ['a list in another order', flat.toReversed()],
    ['child_runs', nested],
    ['a list of one tree', [nested]],
    ['a page of the API', { runs: flat, cursors: { next: null, prev: 'x' } }],
    ['a batch', { post: flat, patch: [] }],
    ['a list of batches', [{ post: [root] }, { post: [grandchild, child], patch: null }]],
    ['a list of pages', [flat.slice(0, 1), flat.slice(1)]],
    ['requests', flat.map((body) => ({ method: 'POST', url: 'https://example.com/runs', body: JSON.stringify(body) }))],
    ['a batch request', { method: 'POST', path: '/api/v1/runs/batch', body: { post: flat } }],
    [
      'serialized objects',
      flat.map((kwargs) => ({ lc: 1, type: 'constructor', id: ['langchain', 'tracers', 'Run'], kwargs })),
    ],
  ])('%s holds the same three runs', (_, document) => {
    const set = read(document);
    expect(outline(set)).toBe(OUTLINE);
    expect(set.accounting).toEqual({ entries: 3, shown: 3, merged: 0, skipped: 0 });
    expect(set).toMatchObject({ format: 'langsmith', traces: [{ key: ROOT, name: 'answer' }], diagnostics: [] });
    expect(detectFormat(document, [otlp, langsmith])).toMatchObject({ format: 'langsmith' });
  });

  it('lines, each a document, in any order', async () => {
    const set = await parse(lines(flat.toReversed()));
    expect(dump(set)).toEqual(dump(read(flat)));
  });

  it('both nested and flat are each run once', () => {
    const set = read([nested, child, grandchild]);
    expect(outline(set)).toBe(OUTLINE);
    expect(set.accounting).toEqual({ entries: 5, shown: 3, merged: 2, skipped: 0 });
  });

  it('objects in memory that hold each other in circles', () => {
    const [parent, inner]: Record<string, unknown>[] = [
      run({ client: { apiKey: 'secret' } }),
      run({ id: CHILD, name: 'plan' }),
    ];
    Object.assign(inner!, { parent_run: parent });
    Object.assign(parent!, { child_runs: [inner, parent] });
    for (const document of [parent, [inner, parent]]) {
      const set = read(document);
      expect(outline(set)).toBe('answer\n  plan');
      expect(set.accounting).toMatchObject({ entries: 2, shown: 2 });
      expect([...contentOf(spansOf(set)[0]!).attributes.keys()].filter((key) => key.includes('client'))).toEqual([]);
    }
  });

  it('rows of a table, whose structures are JSON text', () => {
    const text = (value: unknown) => JSON.stringify(value);
    const set = read([
      run({
        run_type: 'llm',
        start_time: '2024-06-10 06:13:20.000000',
        end_time: '2024-06-10 06:13:23+00',
        inputs: text({ messages: [{ role: 'user', content: 'hi' }] }),
        outputs: text({ usage_metadata: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } }),
        extra: text({ metadata: { thread_id: 't', ls_model_name: 'm' } }),
        tags: '["a","b"]',
        events: text([{ name: 'new_token', time: '2024-06-10T06:13:21Z' }]),
        feedback_stats: text({ good: { n: 2, avg: 0.5 } }),
        total_cost: '0.0042',
      }),
    ]);
    const [span] = spansOf(set);
    expect(span).toMatchObject({
      model: 'm',
      usage: { total: 7 },
      cost: { total: 0.0042 },
      duration: 3e9,
      firstToken: 1e9,
      scores: [{ name: 'good', value: 0.5 }],
    });
    expect(set.traces[0]).toMatchObject({ tags: ['a', 'b'], sessionId: 't' });
    expect(contentOf(span!).messages!.input[0]!.parts).toEqual([{ type: 'text', text: 'hi' }]);
    expect(set.diagnostics).toEqual([]);
  });

  it('a page says that there are more', () => {
    expect(codes(read({ runs: flat, cursors: { next: 'abc' } }))).toEqual({ 'partial-page': 1 });
    expect(codes(read({ runs: [], cursors: { next: null } }))).toEqual({ 'no-spans': 1 });
  });
});

describe('post and patch', () => {
  const begun = run({
    end_time: undefined,
    trace_id: ROOT,
    dotted_order: `20240610T061320000000Z${ROOT}`,
    outputs: {},
    extra: { metadata: { a: 1, b: 1 } },
  });
  const done = { end_time: START + 3000, outputs: { a: 'Hello' }, extra: { metadata: { b: 2 } }, error: null };

  it.each<[string, unknown]>([
    ['by id', { post: [begun], patch: [{ id: ROOT, ...done }] }],
    ['by dotted order', { post: [begun], patch: [{ dotted_order: begun['dotted_order'], ...done }] }],
    ['by their place', { post: [begun], patch: [done] }],
    [
      'by the address',
      [
        { method: 'PATCH', url: `https://example.com/runs/${ROOT}`, body: done },
        { method: 'POST', url: 'https://example.com/runs', body: begun },
      ],
    ],
    ['over several batches', [{ patch: [{ id: ROOT, ...done }] }, { post: [begun] }]],
    [
      'as two records of one list',
      [{ ...begun, ...done, outputs: { a: 'Hello' }, extra: { metadata: { a: 1, b: 2 } } }, begun],
    ],
  ])('are one run, found %s', (_, document) => {
    const set = read(document);
    expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    expect(set.diagnostics).toEqual([]);
    const [span] = spansOf(set);
    expect(span).toMatchObject({
      traceId: ROOT,
      spanId: ROOT,
      name: 'answer',
      kind: 'chain',
      status: 'ok',
      duration: 3e9,
    });
    const { attributes, output, raw } = contentOf(span!);
    expect([attributes.get('langsmith.metadata.a'), attributes.get('langsmith.metadata.b')]).toEqual([1, 2]);
    expect([output!.text, raw.length]).toEqual(['{"a":"Hello"}', 2]);
  });

  it('an update alone is shown with what it tells', () => {
    const set = read({
      post: [],
      patch: [{ dotted_order: `20240610T061320000000Z${ROOT}.20240610T061320100000Z${CHILD}`, end_time: START + 900 }],
    });
    expect(spansOf(set)[0]).toMatchObject({
      traceId: ROOT,
      spanId: CHILD,
      parentSpanId: ROOT,
      startUnixNano: 1_718_000_000_100_000_000n,
      duration: 800_000_000,
    });
    expect(
      read({ post: [], patch: [{ id: ROOT, end_time: START, outputs: {} }, { end_time: START }, {}] }).accounting,
    ).toMatchObject({ entries: 3, shown: 3 });
  });

  it('an update that repeats no type still knows it: a chain does not claim the tokens of a message it passed on', () => {
    const message = { content: 'x', usage_metadata: { input_tokens: 5, output_tokens: 5, total_tokens: 10 } };
    expect(
      spansOf(read({ post: [begun], patch: [{ ...done, id: ROOT, outputs: { output: message } }] }))[0]!.usage,
    ).toBeNull();
  });

  it('an error stays, whatever is recorded later', () => {
    expect(
      spansOf(
        read({
          post: [begun],
          patch: [
            { id: ROOT, error: 'Boom' },
            { id: ROOT, end_time: START + 5 },
          ],
        }),
      )[0],
    ).toMatchObject({ status: 'error', statusMessage: 'Boom' });
  });
});

describe('what is no run', () => {
  it('among runs is skipped and counted', () => {
    const set = read({ runs: [null, 7, 'text', [], root] });
    expect(set.accounting).toEqual({ entries: 5, shown: 1, merged: 0, skipped: 4 });
    expect(codes(set)).toEqual({ 'span-not-object': 4 });
    expect(read({ ...root, child_runs: [null, child] }).accounting).toEqual({
      entries: 3,
      shown: 2,
      merged: 0,
      skipped: 1,
    });
  });

  it('in a list is named', () => {
    const set = read([
      root,
      { other: 1 },
      { method: 'GET', url: 'https://example.com/info', body: null },
      { method: 'GET', url: 'https://example.com/sessions', body: '{}' },
    ]);
    expect(codes(set)).toEqual({ 'mixed-format': 3 });
    expect(set.accounting).toMatchObject({ shown: 1 });
  });

  it('in child_runs or in their stead harms nothing', () => {
    for (const childRuns of [7, 'x', {}, '{}', null, [[]]])
      expect(spansOf(read({ ...root, child_runs: childRuns }))).toHaveLength(1);
  });
});

describe('detection', () => {
  it.each<[unknown, number]>([
    [root, 0.95],
    [[root], 0.95],
    [[null, 7, root], 0.95],
    [[[root]], 0.95],
    [{ runs: [root] }, 0.95],
    [{ post: [root] }, 0.95],
    [{ post: [], patch: [{ id: ROOT, outputs: {} }] }, 0.95],
    [{ post: [], patch: [] }, 0.7],
    [{ runs: [], cursors: {} }, 0.7],
    [{ run_type: 'llm', dotted_order: 'x' }, 0.8],
    [{ dotted_order: 'x', trace_id: ROOT, end_time: 1 }, 0.6],
    [{ runs: [{ dotted_order: 'x', trace_id: ROOT }] }, 0.6],
    [{ run_id: ROOT, key: 'good', score: 1 }, 0.4],
    [{ feedback: [{ run_id: ROOT, key: 'good', value: 'x' }] }, 0.4],
  ])('%j', (document, confidence) => {
    expect(langsmith.detect(document)).toMatchObject({ confidence });
  });

  it.each<unknown>([
    null,
    7,
    'run_type',
    [],
    {},
    { run_type: 'llm' },
    { run_type: 7, id: 'x' },
    { post: 'x' },
    { id: 'o', traceId: 't', type: 'GENERATION', startTime: '2024-01-01T00:00:00Z' },
    { data: [{ id: 's', traceId: 't', name: 'score' }] },
    { resourceSpans: [] },
    { traceId: 'a', spanId: 'b' },
    { key: 'x', value: 1 },
    [[[root]]],
    { choices: [] },
  ])('%j is none', (document) => {
    expect(langsmith.detect(document)).toBeNull();
  });
});
