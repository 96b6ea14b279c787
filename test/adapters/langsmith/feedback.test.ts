import { describe, expect, it } from 'vitest';
import { CHILD, codes, lines, only, parse, read, ROOT, run, spansOf } from './run.ts';

const feedback = (more: object = {}) => ({
  id: 'f1',
  run_id: ROOT,
  trace_id: ROOT,
  key: 'good',
  score: 0.5,
  value: null,
  comment: 'nice',
  correction: null,
  feedback_source: { type: 'app' },
  created_at: '2024-06-10T00:00:00',
  ...more,
});
const expected = {
  name: 'good',
  value: 0.5,
  label: null,
  comment: 'nice',
  source: 'human',
  target: { level: 'span', key: `${ROOT}/${ROOT}` },
  metadata: { id: 'f1', created_at: '2024-06-10T00:00:00' },
};

describe('feedback', () => {
  it.each<[string, unknown]>([
    ['in a list', [feedback(), run()]],
    ['without its trace', [run(), feedback({ trace_id: null })]],
    ['beside runs', { runs: [run()], feedback: [feedback()] }],
    ['on its run', run({ feedback: [feedback({ run_id: undefined })] })],
    ['as a request', [run(), { method: 'POST', url: 'https://example.com/feedback', body: feedback() }]],
    ['twice', [run({ feedback: [feedback()] }), feedback()]],
  ])('%s is a score of its run', (_, document) => {
    const set = read(document);
    expect(spansOf(set)[0]!.scores).toEqual([expected]);
    expect(set.accounting).toMatchObject({ entries: 1, shown: 1 });
    expect(set.diagnostics).toEqual([]);
  });

  it('on lines of its own, in any order', async () => {
    for (const documents of [
      [run(), feedback()],
      [feedback(), run()],
      [run(), { feedback: [feedback()] }],
    ])
      expect(spansOf(await parse(lines(documents)))[0]!.scores).toEqual([expected]);
  });

  it.each([
    ['app', 'human'],
    ['model', 'llm'],
    ['auto_eval', 'llm'],
    ['api', 'api'],
    ['other', 'unknown'],
    [7, 'unknown'],
    [null, 'unknown'],
  ])('from %s comes from %s', (type, source) => {
    expect(spansOf(read([run(), feedback({ feedback_source: { type } })]))[0]!.scores[0]!.source).toBe(source);
  });

  it.each<[object, object]>([
    [{ score: true }, { value: 1, label: null }],
    [{ score: false }, { value: 0 }],
    [
      { score: null, value: 'red' },
      { value: null, label: 'red' },
    ],
    [
      { score: 1, value: 'red' },
      { value: 1, label: 'red' },
    ],
    [
      { score: null, value: 3 },
      { value: 3, label: null },
    ],
    [
      { score: null, value: { a: 1 } },
      { value: null, label: null, metadata: expect.objectContaining({ value: { a: 1 } }) as object },
    ],
    [{ score: '0.25' }, { value: 0.25 }],
    [{ score: {} }, { value: null }],
    [
      { correction: { answer: 'Oslo' }, feedback_source: { type: 'model', metadata: { __run: { run_id: 'e' } } } },
      {
        metadata: expect.objectContaining({
          correction: { answer: 'Oslo' },
          feedback_source: { type: 'model', metadata: { __run: { run_id: 'e' } } },
        }) as object,
      },
    ],
    [{ source_run_id: 'e' }, { metadata: expect.objectContaining({ source_run_id: 'e' }) as object }],
  ])('%j', (more, score) => {
    expect(spansOf(read([run(), feedback(more)]))[0]!.scores[0]).toMatchObject(score);
  });

  it('on a trace, or on what is not there, is not lost', () => {
    expect(read([run(), feedback({ run_id: null })]).traces[0]!.scores).toMatchObject([
      { target: { level: 'trace', key: ROOT } },
    ]);
    expect(codes(read([run(), feedback({ run_id: 'elsewhere', trace_id: null })]))).toEqual({
      'missing-score-target': 1,
    });
    expect(codes(read([run(), feedback({ run_id: null, trace_id: null, session_id: 'project' })]))).toEqual({
      'missing-score-target': 1,
    });
    expect(codes(read(feedback()))).toMatchObject({ 'no-spans': 1 });
  });

  it.each([7, null, 'text', { key: {} }, {}])('%j among feedback is named', (entry) => {
    expect(codes(read({ runs: [run()], feedback: [entry, feedback()] }))).toEqual({ 'mixed-format': 1 });
  });
});

describe('feedback_stats', () => {
  const stats = {
    good: { n: 4, avg: 0.75, values: {}, comments: [] },
    tone: { n: 2, avg: null, values: { warm: 2 } },
    style: { n: 2, avg: null, values: { a: 1, b: 1 } },
    none: null,
  };

  it('are one score for each key', () => {
    const target = { level: 'span', key: ROOT };
    const scores = only({ feedback_stats: stats }).scores.map(({ target: { level }, ...score }) => ({
      ...score,
      level,
    }));
    expect(scores).toHaveLength(3);
    expect(scores).toEqual(
      expect.arrayContaining([
        {
          name: 'good',
          value: 0.75,
          label: null,
          comment: null,
          source: 'unknown',
          level: target.level,
          metadata: { n: 4 },
        },
        {
          name: 'tone',
          value: null,
          label: 'warm',
          comment: null,
          source: 'unknown',
          level: 'span',
          metadata: { n: 2, values: { warm: 2 } },
        },
        {
          name: 'style',
          value: null,
          label: null,
          comment: null,
          source: 'unknown',
          level: 'span',
          metadata: { n: 2, values: { a: 1, b: 1 } },
        },
      ]),
    );
  });

  it('yield to the feedback itself, in whatever order both come', () => {
    const runs = [
      run({ trace_id: ROOT, feedback_stats: stats }),
      run({ id: CHILD, trace_id: ROOT, parent_run_id: ROOT, feedback_stats: { good: { n: 1, avg: 1 } } }),
    ];
    for (const document of [[...runs, feedback()], [feedback(), ...runs], { runs, feedback: [feedback()] }]) {
      const [first, second] = spansOf(read(document));
      expect(first!.scores.map(({ name, value }) => [name, value]).toSorted()).toEqual([
        ['good', 0.5],
        ['style', null],
        ['tone', null],
      ]);
      expect(second!.scores).toMatchObject([{ name: 'good', value: 1 }]);
    }
  });

  it.each([7, 'x', [], { a: 7 }, { a: [] }, { a: {} }])('%j are none', (value) => {
    expect(only({ feedback_stats: value }).scores).toEqual([]);
  });
});
