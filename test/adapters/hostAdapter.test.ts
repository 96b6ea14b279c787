import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  detectFormat,
  readTraces,
  type Score,
  type SpanContent,
  type SpanRecord,
  type TraceAdapter,
  type TraceSet,
} from '../../src/core.ts';
import { dump, dumpContent } from '../model/dump.ts';

type Entry = Partial<SpanRecord> | { readonly score: Score };

/** A format of a host: `{ steps: [...] }`, each step a record as it is. */
const steps: TraceAdapter = {
  name: 'steps',
  detect: (document) =>
    Array.isArray((document as { steps?: unknown } | null)?.steps) ? { confidence: 1, reason: 'has steps' } : null,
  read(document, sink) {
    for (const step of (document as { readonly steps: readonly Entry[] }).steps) {
      if ('score' in step) sink.score(step.score);
      else sink.span({ attributes: new Map(), source: step, timeUnit: 'ms', traceId: 't', spanId: undefined, ...step });
    }
  },
};

const read = (...entries: readonly Entry[]): TraceSet => readTraces({ steps: entries }, { adapters: [steps] });
const T0 = 1_795_359_116_000;
const span = (spanId: string, more: Partial<SpanRecord> = {}): Partial<SpanRecord> => ({
  spanId,
  name: spanId,
  start: T0,
  end: T0 + 10,
  ...more,
});
const score = (name: string, level: Score['target']['level'], key: string): Score => ({
  name,
  value: 1,
  label: null,
  comment: null,
  source: 'human',
  target: { level, key },
});
const contentOf = (set: TraceSet, key: string): SpanContent =>
  set.traces
    .map((trace) => trace.find(key))
    .find(Boolean)!
    .content() as SpanContent;

describe('an adapter of the host', () => {
  it('is asked, and named', () => {
    expect(detectFormat({ steps: [] }, [steps])).toEqual({ format: 'steps', confidence: 1, reason: 'has steps' });
    expect(read(span('a')).format).toBe('steps');
  });

  it('gives plain values in a Map: what looks like an AnyValue is what it looks like', () => {
    const value = { stringValue: 'x', values: [], empty: {} };
    const set = read(
      span('a', {
        attributes: new Map<string, unknown>([
          ['odd', value],
          ['empty', {}],
          ['openinference.span.kind', 'LLM'],
          ['llm.token_count.total', 7],
        ]),
      }),
    );
    expect(contentOf(set, 'a').attributes.get('odd')).toBe(value);
    expect(contentOf(set, 'a').attributes.get('empty')).toEqual({});
    expect(set.traces[0]!.span(0)).toMatchObject({ kind: 'llm', usage: { total: 7 } });
  });

  it('may say outright what attributes say otherwise, and read more when content is opened', () => {
    const set = read(
      span('a', {
        attributes: new Map([['openinference.span.kind', 'LLM']]),
        reported: { kind: 'span', model: 'm' },
        service: 's',
        content: () => ({ traceState: 'a=1' }),
      }),
    );
    expect(set.traces[0]!.span(0)).toMatchObject({ kind: 'span', model: 'm', service: 's' });
    expect(contentOf(set, 'a').traceState).toBe('a=1');
  });

  it('names fields that hold other records, which are no part of this one', () => {
    const source = { id: 1, children: [{ id: 2 }] };
    expect(contentOf(read(span('a', { source, inner: ['children'] })), 'a').raw).toEqual([{ id: 1 }]);
  });
});

describe('records of one span', () => {
  const post = span('a', {
    onDuplicate: 'merge',
    end: undefined,
    attributes: new Map([
      ['x', 1],
      ['y', 1],
    ]),
    revision: 0,
  });
  const patch: Partial<SpanRecord> = {
    spanId: 'a',
    onDuplicate: 'merge',
    end: T0 + 50,
    status: 'error',
    statusMessage: 'no',
    attributes: new Map([['y', 2]]),
    revision: 1,
  };

  it('become one, the later revision first, field by field, in any order', () => {
    for (const set of [
      read(post, patch),
      read(patch, post),
      readTraces([{ steps: [patch] }, { steps: [post] }], { adapters: [steps] }),
    ]) {
      expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
      expect(set.traces[0]!.span(0)).toMatchObject({ name: 'a', duration: 50e6, status: 'error', statusMessage: 'no' });
      expect(contentOf(set, 'a').attributes).toEqual(
        new Map([
          ['x', 1],
          ['y', 2],
        ]),
      );
      expect(contentOf(set, 'a').raw).toHaveLength(2);
    }
  });

  it('count as repeats where they are equal, and stay apart where nobody asks to join them', () => {
    expect(read(post, { ...post }).diagnostics.map(({ code }) => code)).toContain('duplicate-span');
    expect(read(span('a'), span('a', { name: 'b' })).accounting).toMatchObject({ shown: 2, merged: 0 });
  });
});

describe('records without a trace id', () => {
  it('belong to the trace of the root above them, in any order', () => {
    const entries = [
      span('root', { traceId: undefined }),
      span('kid', { traceId: undefined, parentSpanId: 'root' }),
      span('grandkid', { traceId: undefined, parentSpanId: 'kid' }),
      span('other', { traceId: undefined }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 4 }), (order) => {
        expect(
          read(...order)
            .traces.map((trace) => [trace.traceId, trace.spanCount])
            .sort(),
        ).toEqual([
          ['other', 1],
          ['root', 3],
        ]);
      }),
    );
  });

  it('go with a known trace, stay together below a parent that is missing, and end in a circle', () => {
    expect(
      read(
        span('root', { traceId: 'T' }),
        span('kid', { traceId: undefined, parentSpanId: 'root', onDuplicate: 'merge' }),
        span('root', { traceId: 'T', onDuplicate: 'merge' }),
      ).traces.map(({ traceId, spanCount }) => [traceId, spanCount]),
    ).toEqual([['T', 3]]);
    expect(
      read(
        span('a', { traceId: undefined, parentSpanId: 'gone' }),
        span('b', { traceId: undefined, parentSpanId: 'gone' }),
      ).traces.map(({ traceId, spanCount }) => [traceId, spanCount]),
    ).toEqual([['gone', 2]]);
    expect(
      read(
        span('a', { traceId: undefined, parentSpanId: 'b' }),
        span('b', { traceId: undefined, parentSpanId: 'a' }),
      ).traces.map(({ spanCount }) => spanCount),
    ).toEqual([2]);
  });

  it('are found in a chain of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      span(`s${at}`, { traceId: undefined, ...(at === 0 ? {} : { parentSpanId: `s${at - 1}` }) }),
    );
    expect(read(...chain.toReversed()).traces.map(({ traceId, spanCount }) => [traceId, spanCount])).toEqual([
      ['s0', 20_000],
    ]);
  });
});

describe('a record that stands in for its trace', () => {
  const whole = span('t', { standIn: true, name: 'whole' });
  it('is shown where nothing else is', () =>
    expect(read(whole)).toMatchObject({ accounting: { entries: 1, shown: 1 }, traces: [{ name: 'whole' }] }));
  it('is not there where a span is, in any order', () => {
    for (const set of [read(whole, span('a')), read(span('a'), whole)])
      expect(set).toMatchObject({ accounting: { entries: 1, shown: 1 }, traces: [{ name: 'a', spanCount: 1 }] });
  });
});

describe('scores', () => {
  const names = (scores: readonly Score[]): readonly string[] =>
    scores.map(({ name, target }) => `${name} → ${target.level} ${target.key}`);

  it('find their span, trace and session, whichever comes first', () => {
    const entries = [
      score('part', 'span', 't/a'),
      score('bare', 'span', 'a'),
      score('whole', 'trace', 't'),
      score('talk', 'session', 's'),
      span('a', { attributes: new Map([['session.id', 's']]) }),
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          entries.map((entry) => ('target' in entry ? { score: entry } : entry)),
          { minLength: 5 },
        ),
        (order) => {
          const {
            traces: [trace],
            diagnostics,
          } = read(...order);
          expect(names(trace!.scores)).toEqual(['talk → session s', 'whole → trace t']);
          expect(names(trace!.span(0).scores)).toEqual(['bare → span t/a', 'part → span t/a']);
          expect((trace!.span(0).content() as SpanContent).scores).toEqual(trace!.span(0).scores);
          expect(diagnostics).toEqual([]);
        },
      ),
    );
  });

  it('are reported once, however often they come', () => {
    expect(
      read(span('a'), { score: score('x', 'span', 'a') }, { score: score('x', 'span', 'a') }).traces[0]!.span(0).scores,
    ).toHaveLength(1);
  });

  it('about what is not there stay with the trace they name, or are reported', () => {
    const set = read(span('a'), { score: score('lost', 'span', 't/gone') }, { score: score('nowhere', 'trace', 'u') });
    expect(names(set.traces[0]!.scores)).toEqual(['lost → span t/gone']);
    expect(set.diagnostics).toMatchObject([{ code: 'missing-score-target', count: 1 }]);
  });

  const EVALUATOR = {
    'openinference.span.kind': 'EVALUATOR',
    'evaluations.0.evaluation.name': 'faithful',
    'evaluations.0.evaluation.score': 0.5,
    'trace.evaluations.0.evaluation.name': 'solved',
    'session.evaluations.0.evaluation.name': 'calm',
  };

  it('of an evaluator with one link are about the linked span and its trace', () => {
    const set = read(
      span('judge', {
        traceId: 'j',
        attributes: new Map<string, unknown>(Object.entries(EVALUATOR)),
        links: [{ traceId: 't', spanId: 'a' }],
      }),
      span('a', { attributes: new Map([['session.id', 's']]) }),
    );
    const [judged, judge] = ['t', 'j'].map((id) => set.traces.find(({ traceId }) => traceId === id)!);
    expect(names(judged!.span(0).scores)).toEqual(['faithful → span t/a']);
    expect(names(judged!.scores)).toEqual(['solved → trace t']);
    expect(names(judge!.span(0).scores)).toEqual([]);
    expect(names(judge!.scores)).toEqual(['calm → session ']);
  });

  it('of an evaluator without a link are its own, and its trace’s', () => {
    const {
      traces: [trace],
    } = read(
      span('judge', { attributes: new Map<string, unknown>([...Object.entries(EVALUATOR), ['session.id', 's']]) }),
    );
    expect(names(trace!.span(0).scores)).toEqual(['faithful → span t/judge']);
    expect(names(trace!.scores)).toEqual(['calm → session s', 'solved → trace t']);
  });
});

describe('links', () => {
  it('are seen from both ends, also across traces, once each', () => {
    const set = read(
      span('a', {
        links: [
          { traceId: 't', spanId: 'b', attributes: new Map([['why', 'retry']]) },
          { traceId: 'u', spanId: 'c' },
        ],
      }),
      span('b'),
      span('c', { traceId: 'u' }),
      span('d', { links: [{ traceId: 'x', spanId: 'gone' }] }),
    );
    const linksOf = (id: string) =>
      contentOf(set, id).links.map(({ direction, traceId, spanId }) => `${direction} ${traceId}/${spanId}`);
    expect(['a', 'b', 'c', 'd'].map(linksOf)).toEqual([['out t/b', 'out u/c'], ['in t/a'], ['in t/a'], ['out x/gone']]);
    expect(contentOf(set, 'b').links[0]!.attributes).toEqual(new Map([['why', 'retry']]));
  });
});

it('gives the same whatever the order of what it gives', () => {
  const entries: readonly Entry[] = [
    span('a'),
    span('b', { parentSpanId: 'a', onDuplicate: 'merge' }),
    { spanId: 'b', status: 'error', onDuplicate: 'merge', revision: 1 },
    span('c', { traceId: undefined, parentSpanId: 'z' }),
    { score: score('x', 'span', 'b') },
    span('e', { links: [{ traceId: 't', spanId: 'a' }] }),
  ];
  const [first] = [read(...entries)];
  fc.assert(
    fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), (order) => {
      const set = read(...order);
      expect(dump(set)).toEqual(dump(first!));
      expect(dumpContent(set)).toEqual(dumpContent(first!));
    }),
  );
});
