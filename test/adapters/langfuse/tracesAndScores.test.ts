import { describe, expect, it } from 'vitest';
import { at, codes, contentOf, observation, read, TRACE } from './read.ts';

const trace = { id: TRACE, timestamp: at(0), name: 'support', sessionId: 's' };

describe('a trace', () => {
  it('tells of itself beside its observations, and is none', () => {
    const set = read({
      trace: {
        ...trace,
        version: '1',
        environment: 'prod',
        bookmarked: false,
        input: { q: 1 },
        output: 'o',
        htmlPath: '/t',
        metadata: '{"input":"mine"}',
        latency: 3,
        totalCost: 1,
        projectId: 'p',
        createdAt: at(0),
      },
      observations: [observation('a', { name: 'first' })],
    });
    expect(set.traces[0]!.spanCount).toBe(1);
    expect(set.traces[0]).toMatchObject({ name: 'support' });
    expect(set.traces[0]!.metadata).toEqual({
      version: '1',
      environment: 'prod',
      bookmarked: false,
      input: 'mine',
      'langfuse.trace.input': { q: 1 },
      output: 'o',
      htmlPath: '/t',
    });
  });

  it('stands for itself where no observation is there', () => {
    const set = read({
      data: [
        { ...trace, latency: 2.5, totalCost: 0.25, input: 'q', output: 'a', observations: [], scores: [], tags: [] },
        { ...trace, id: 'other', timestamp: at(5), latency: null },
      ],
    });
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    const [first, second] = set.traces.map((each) => each.span(0));
    expect(first).toMatchObject({
      name: 'support',
      kind: 'span',
      status: 'unset',
      duration: 2.5e9,
      cost: { total: 0.25 },
    });
    expect(contentOf(first!)).toMatchObject({ input: { text: 'q' }, output: { text: 'a' } });
    expect(second).toMatchObject({ status: 'running', traceId: 'other' });
    expect(codes(set)).toEqual(['missing-end']);
  });

  it('does not, where its observations come in another document', () => {
    for (const documents of [
      [[trace], [observation('a')]],
      [[observation('a')], [trace]],
    ])
      expect(read(...documents).traces[0]).toMatchObject({ spanCount: 1, name: 'support', sessionId: 's' });
  });

  it('without an id has that of its observations', () => {
    const set = read({ trace: { name: 'support' }, observations: [observation('a')] });
    expect(set.traces).toHaveLength(1);
    expect(set.traces[0]).toMatchObject({ traceId: TRACE, name: 'support' });
  });

  it('may have several roots', () => {
    expect(read({ trace, observations: ['a', 'b', 'c'].map((id) => observation(id)) }).traces[0]!.spanCount).toBe(3);
  });
});

describe('scores', () => {
  const score = (more: object) => ({
    id: 'sc',
    traceId: TRACE,
    name: 'quality',
    source: 'API',
    dataType: 'NUMERIC',
    value: 0.5,
    ...more,
  });
  const traceWith = (more: object) =>
    read({ ...trace, observations: [observation('a')], scores: [score(more)] }).traces[0]!;
  const first = (more: object) => traceWith(more).scores[0]!;

  it('are about a trace, an observation or a session', () => {
    expect(traceWith({}).scores).toMatchObject([
      { name: 'quality', value: 0.5, target: { level: 'trace', key: TRACE } },
    ]);
    expect(contentOf(traceWith({ observationId: 'a' }).span(0)).scores).toMatchObject([
      { name: 'quality', target: { level: 'span', key: `${TRACE}/a` } },
    ]);
    expect(traceWith({ observationId: 'a' }).scores).toEqual([]);
    expect(read([trace, observation('a')], [score({ traceId: null, sessionId: 's' })]).traces[0]!.scores).toMatchObject(
      [{ target: { level: 'session', key: 's' } }],
    );
  });

  it('inside a trace need not name it', () => {
    expect(traceWith({ traceId: undefined }).scores).toHaveLength(1);
    expect(contentOf(traceWith({ traceId: undefined, observationId: 'a' }).span(0)).scores).toHaveLength(1);
  });

  it.each([
    ['a number', { value: 0.5 }, 0.5, null],
    ['a number as text', { value: '0.5' }, 0.5, null],
    ['a truth', { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }, 1, 'True'],
    ['a truth as JSON', { dataType: 'BOOLEAN', value: false }, 0, 'False'],
    ['a category', { dataType: 'CATEGORICAL', value: 2, stringValue: 'polite' }, 2, 'polite'],
    ['a category as it is sent', { dataType: undefined, value: 'polite' }, null, 'polite'],
    ['a text', { dataType: 'TEXT', value: 0, stringValue: 'Well done.' }, null, 'Well done.'],
    [
      'a correction',
      { dataType: 'CORRECTION', value: 0, longStringValue: 'Better.', stringValue: null },
      null,
      'Better.',
    ],
    ['a correction of structure', { dataType: 'CORRECTION', value: null, stringValue: { a: 1 } }, null, '{"a":1}'],
    ['nothing', { value: null }, null, null],
  ])('are %s', (_, fields, value, label) => {
    expect(first(fields)).toMatchObject({ value, label });
  });

  it.each([
    ['API', 'api'],
    ['EVAL', 'llm'],
    ['ANNOTATION', 'human'],
    ['other', 'unknown'],
    [null, 'unknown'],
  ])('of %s come from %s', (source, expected) => {
    expect(first({ source }).source).toBe(expected);
  });

  it('keep who said so and when', () => {
    expect(
      first({
        comment: 'good',
        configId: 'c',
        authorUserId: 'u',
        timestamp: at(9),
        queueId: null,
        projectId: 'p',
        metadata: { run: 7, id: 'mine' },
      }),
    ).toMatchObject({
      comment: 'good',
      metadata: {
        id: 'sc',
        dataType: 'NUMERIC',
        configId: 'c',
        authorUserId: 'u',
        timestamp: at(9),
        run: 7,
        'metadata.id': 'mine',
      },
    });
  });

  it('that come twice are one, by their id', () => {
    expect(
      read({
        trace: { ...trace, scores: [score({ updatedAt: at(1) })] },
        observations: [observation('a')],
        scores: [score({ updatedAt: at(2), value: 0.9, queueId: 'q' })],
      }).traces[0]!.scores,
    ).toMatchObject([{ value: 0.9 }]);
    expect(read([observation('a')], [score({})], [score({})]).traces[0]!.scores).toHaveLength(1);
    expect(read([observation('a')], [score({}), score({ id: 'sc2' })]).traces[0]!.scores).toHaveLength(2);
  });

  it('are read from batches and lists', () => {
    const event = {
      id: 'e',
      type: 'score-create',
      timestamp: at(0),
      body: { id: 'sc', traceId: TRACE, name: 'quality', value: 1 },
    };
    expect(read({ batch: [event] }, [observation('a')]).traces[0]!.scores).toMatchObject([{ value: 1, source: 'api' }]);
    expect(
      read({ data: [score({ trace: { userId: 'u' } })], meta: { totalItems: 1 } }, [observation('a')]).traces[0]!
        .scores,
    ).toMatchObject([{ value: 0.5 }]);
  });

  it('without what they are about are reported', () => {
    expect(codes(read([observation('a')], [score({ traceId: 'lost' })]))).toEqual(['missing-score-target']);
  });
});
