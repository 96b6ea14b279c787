import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import {
  createTraceStream,
  parseTraces,
  toNativeJson,
  type Score,
  type SpanContent,
  type SpanRecord,
  type Trace,
  type TraceAdapter,
  type TraceSet,
} from '../../../src/core.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
import type { LogRecord } from '../../../src/adapters/types.ts';

const BEGINNING = 1_795_359_116_000n;

interface Drawn {
  readonly id: number;
  readonly parent?: number;
  readonly trace?: string;
  readonly start: number;
  readonly end?: number;
  readonly name?: string;
}

/** A document of OpenTelemetry; times in milliseconds. */
const otlp = (...spans: readonly Drawn[]) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: spans.map(({ id, parent, trace = 'a', start, end, name = `span ${id}` }) => ({
            traceId: trace.padStart(32, '0'),
            spanId: idOf(id),
            ...(parent === undefined ? {} : { parentSpanId: idOf(parent) }),
            name,
            startTimeUnixNano: nano(start),
            ...(end === undefined ? {} : { endTimeUnixNano: nano(end) }),
          })),
        },
      ],
    },
  ],
});
const idOf = (id: number): string => id.toString(16).padStart(16, '0');
const nano = (ms: number): string => String((BEGINNING + BigInt(ms)) * 1_000_000n);

const run = (id: string, fields: object) => ({
  id,
  trace_id: 'r',
  dotted_order: `20261122T101010000000Z${id}`,
  run_type: 'chain',
  name: 'run',
  ...fields,
});

const rows = (trace: Trace | undefined): readonly string[] =>
  Array.from(trace?.spans() ?? [], ({ name, depth, status }) => `${'  '.repeat(depth)}${name} ${status}`);
const codes = (set: TraceSet): readonly string[] => set.diagnostics.map(({ code }) => code).sort();

/** A format whose documents hand over what they hold. */
const judged: TraceAdapter = {
  name: 'judged',
  detect: () => ({ confidence: 1, reason: 'all are' }),
  read(document, sink) {
    const { spans = [], scores = [], logs = [] } = document as Judged;
    for (const each of spans) sink.span(each);
    for (const each of scores) sink.score(each);
    for (const each of logs) sink.logRecord(each);
  },
};
interface Judged {
  readonly spans?: readonly SpanRecord[];
  readonly scores?: readonly Score[];
  readonly logs?: readonly LogRecord[];
}
const stepOf = (trace: number, at: number): SpanRecord => ({
  traceId: `t${trace}`,
  spanId: idOf(10 * trace + at),
  parentSpanId: at === 0 ? null : idOf(10 * trace),
  name: 'step',
  start: nano(10 * trace + at),
  end: nano(10 * trace + 9 - at),
  attributes: {},
  source: { trace, at },
});
/** Of a trace, of a span by its trace, and of a span alone. */
const scoresOf = (trace: number): readonly Score[] =>
  [`t${trace}`, `t${trace}/${idOf(10 * trace + 1)}`, idOf(10 * trace + 1)].map((key, at) => ({
    name: `score ${at}`,
    value: at,
    label: null,
    comment: null,
    source: 'human',
    target: { level: at === 0 ? 'trace' : 'span', key },
  }));
/** Of the trace and of its second span. */
const scoreCounts = (trace: Trace): readonly number[] => [
  trace.scores.length,
  (trace.content(1) as SpanContent).scores.length,
];
const logOf = (trace: number): LogRecord => ({
  traceId: `t${trace}`,
  spanId: idOf(10 * trace + 1),
  body: 'said',
  attributes: {},
  source: { trace },
});

/** Appends each batch, and compares what comes of it with reading all at once. */
async function streamed(batches: readonly object[]) {
  const stream = createTraceStream();
  const looks: TraceSet[] = [];
  for (const batch of batches) {
    await stream.append(batch);
    looks.push(stream.snapshot());
  }
  const atOnce = await parseTraces(batches.map((batch) => JSON.stringify(batch)).join('\n'));
  expect(toNativeJson(stream.snapshot())).toEqual(toNativeJson(atOnce));
  expect(stream.snapshot().accounting).toEqual(atOnce.accounting);
  return { stream, looks };
}

describe('a stream', () => {
  it('shows children before their parents, and says that these have not come', async () => {
    const { stream, looks } = await streamed([
      otlp({ id: 3, parent: 2, start: 20, end: 30 }),
      otlp({ id: 2, parent: 1, start: 10, end: 40 }),
      otlp({ id: 1, start: 0, end: 50 }),
    ]);
    expect(looks.map(({ traces }) => rows(traces[0]))).toEqual([
      ['span 3 unset'],
      ['span 2 unset', '  span 3 unset'],
      ['span 1 unset', '  span 2 unset', '    span 3 unset'],
    ]);
    expect(looks.map((set) => codes(set))).toEqual([['missing-parent'], ['missing-parent'], []]);
    expect(looks.map(({ traces }) => [traces[0]!.live, traces[0]!.version])).toEqual([
      [true, 1],
      [true, 2],
      [true, 3],
    ]);
    stream.close();
    expect(stream.snapshot().traces[0]).toMatchObject({ live: false, version: 4 });
  });

  it('takes up what is told of a span after its end', async () => {
    const { looks } = await streamed([
      { post: [run('x', { start_time: '2026-11-22T10:10:10Z' })] },
      { patch: [run('x', { end_time: '2026-11-22T10:10:12Z', outputs: { answer: 'yes' } })] },
      { patch: [run('x', { extra: { metadata: { session_id: 'late' } }, tags: ['late'] })] },
    ]);
    expect(looks.map(({ traces }) => rows(traces[0]))).toEqual([['run running'], ['run ok'], ['run ok']]);
    expect(looks.map(({ traces }) => traces[0]!.sessionId)).toEqual([undefined, undefined, 'late']);
  });

  it('shows a span that ran as finished when its end comes, whichever comes first', async () => {
    const open = otlp({ id: 1, start: 0 });
    const over = otlp({ id: 1, start: 0, end: 9 });
    for (const batches of [
      [open, over],
      [over, open],
    ]) {
      const { stream } = await streamed(batches);
      expect(rows(stream.snapshot().traces[0])).toEqual(['span 1 unset']);
    }
  });

  it('counts once what is delivered twice: the trace stays the same object', async () => {
    const batch = otlp({ id: 1, start: 0, end: 9 }, { id: 2, parent: 1, start: 1, end: 2 });
    const { looks } = await streamed([batch, batch, batch]);
    expect(looks[2]!.traces[0]).toBe(looks[0]!.traces[0]);
    expect(looks[2]!.accounting).toEqual({ entries: 6, shown: 2, merged: 4, skipped: 0 });
    expect(looks[2]!.diagnostics).toMatchObject([{ code: 'duplicate-span', count: 4 }]);
  });

  it('opens a circle that closes late', async () => {
    const { looks } = await streamed([
      otlp({ id: 1, parent: 3, start: 0, end: 9 }),
      otlp({ id: 2, parent: 1, start: 1, end: 8 }),
      otlp({ id: 3, parent: 2, start: 2, end: 7 }),
      otlp({ id: 4, parent: 3, start: 3, end: 4 }),
    ]);
    expect(codes(looks[2]!)).toEqual(['parent-cycle']);
    expect(rows(looks[3]!.traces[0])).toHaveLength(4);
  });

  it('leaves traces alone that nothing came for', async () => {
    const { looks } = await streamed([
      otlp({ id: 1, trace: 'a', start: 0, end: 9 }, { id: 1, trace: 'b', start: 1, end: 9 }),
      otlp({ id: 2, trace: 'b', parent: 1, start: 2, end: 3 }),
      otlp({ id: 2, trace: 'a', parent: 1, start: 2, end: 3 }),
    ]);
    const [first, second, third] = looks.map(({ traces }) => traces);
    expect(second![0]).toBe(first![0]);
    expect(second![1]).not.toBe(first![1]);
    expect(third![1]).toBe(second![1]);
    expect(third!.map(({ version }) => version)).toEqual([2, 2]);
  });

  it('reports batches that cannot be read by their number, and goes on', async () => {
    const stream = createTraceStream();
    await stream.append('{"resourceSpans": nonsense');
    await stream.append(otlp({ id: 1, start: 0, end: 9 }));
    await stream.append('');
    await stream.append({ weather: 'fine' });
    await stream.append(new Uint8Array([0xff, 0xfe, 0x00]));
    await stream.append(`${JSON.stringify(otlp({ id: 2, parent: 1, start: 1, end: 2 }))}\nnonsense\n{}`);
    const set = stream.snapshot();
    expect(rows(set.traces[0])).toEqual(['span 1 unset', '  span 2 unset']);
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'bad-line', line: 2, message: expect.stringMatching(/^Batch 6: /) }),
    );
    const messages = set.diagnostics.map(({ message }) => message).join('\n');
    for (const number of [1, 3, 4, 5]) expect(messages).toContain(`Batch ${number} `);
    expect(messages).not.toMatch(/Batch [26] was/);
  });

  it('keeps apart what a restarted producer records under ids that it has used before', async () => {
    const { looks } = await streamed([
      otlp({ id: 1, start: 0, end: 9 }, { id: 2, parent: 1, start: 1, end: 2 }),
      otlp({ id: 1, start: 100, end: 109, name: 'again' }, { id: 3, parent: 1, start: 101, end: 102 }),
    ]);
    expect(rows(looks[1]!.traces[0])).toHaveLength(4);
    expect(codes(looks[1]!)).toContain('duplicate-span-id');
  });

  it('shows a clock that goes back where it says, and moves the origin', async () => {
    const { looks } = await streamed([
      otlp({ id: 1, start: 500, end: 900 }),
      otlp({ id: 2, parent: 1, start: 100, end: 700 }),
      otlp({ id: 3, parent: 1, start: 800, end: 300 }),
    ]);
    const origins = looks.map(({ traces }) => traces[0]!.originUnixNano / 1_000_000n - BEGINNING);
    expect(origins).toEqual([500n, 100n, 100n]);
    expect(looks[2]!.traces[0]!.find(idOf(1))!.start).toBe(400e6);
    expect(codes(looks[2]!)).toContain('end-before-start');
  });

  it('never ends what has no end: it runs while the stream is open, and lacks its end when it is closed', async () => {
    const { stream } = await streamed([
      otlp({ id: 1, start: 0, end: 5 }, { id: 2, parent: 1, start: 1 }),
      otlp({ id: 3, parent: 2, start: 90, end: 99 }),
    ]);
    expect(rows(stream.snapshot().traces[0])).toEqual(['span 1 unset', '  span 2 running', '    span 3 unset']);
    expect(stream.snapshot().traces[0]!.end).toBe(99e6);
    stream.close();
    const { live, end } = stream.snapshot().traces[0]!;
    expect([live, end]).toEqual([false, 99e6]);
    expect(codes(stream.snapshot())).toContain('missing-end');
  });

  it('reads what was given before it was closed, and no more', async () => {
    const stream = createTraceStream();
    const reading = stream.append(otlp({ id: 1, start: 0, end: 5 }));
    stream.close();
    await stream.append(otlp({ id: 2, start: 0, end: 5 }));
    await reading;
    const set = stream.snapshot();
    expect(set.traces.map((trace) => [trace.spanCount, trace.live])).toEqual([[1, false]]);
    expect(codes(set)).toEqual(['stream-closed']);
  });

  it('keeps as many spans as the host allows, takes up what comes for these, and says what it left out', async () => {
    const stream = createTraceStream({ limits: { spans: 2 } });
    await stream.append(otlp({ id: 1, start: 0 }, { id: 2, parent: 1, start: 1, end: 2 }));
    await stream.append(otlp({ id: 3, parent: 1, start: 3, end: 4 }, { id: 1, start: 0, end: 9 }));
    const set = stream.snapshot();
    expect(rows(set.traces[0])).toEqual(['span 1 unset', '  span 2 unset']);
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'limit-dropped', count: 1, message: expect.stringContaining('at most 2 spans') }),
    );
    const { entries, shown, merged, skipped } = set.accounting;
    expect(shown + merged + skipped).toBe(entries);
  });

  describe.each([
    ['that grows', {}],
    ['that is made anew', { redact: [{ name: 'secret', key: /^password$/ }] }],
  ])('%s', (_, options) => {
    const pair = (trace: string, id: number, end: { readonly end?: number } = { end: id + 9 }) =>
      otlp({ id: id + 1, trace, parent: id, start: id + 1, end: id + 2 }, { id, trace, start: id, ...end });
    const names = ({ traces }: TraceSet) => traces.map(({ traceId, spanCount }) => `${traceId.at(-1)} ${spanCount}`);

    it('lets go of the traces that are over, the oldest first, then of those that are not, and says so', async () => {
      const stream = createTraceStream({ ...options, limits: { spans: 6 } });
      const looks: string[][] = [];
      const append = async (batch: object) => {
        await stream.append(batch);
        looks.push(names(stream.snapshot()));
      };
      await append(pair('a', 10, {}));
      await append(pair('b', 20));
      await append(pair('c', 30));
      await append(pair('d', 40));
      await append(pair('e', 50, {}));
      await append(pair('f', 60, {}));
      await append(pair('7', 70, {}));
      // What comes too late for a trace that was let go brings it not back.
      await append(otlp({ id: 32, trace: 'c', parent: 30, start: 33, end: 34 }));
      expect(looks.slice(2)).toEqual([
        ['a 2', 'b 2', 'c 2'],
        ['a 2', 'c 2', 'd 2'],
        ['a 2', 'd 2', 'e 2'],
        ['a 2', 'e 2', 'f 2'],
        ['e 2', 'f 2', '7 2'],
        ['e 2', 'f 2', '7 2'],
      ]);
      const { accounting, diagnostics } = stream.snapshot();
      expect(accounting).toEqual({ entries: 15, shown: 6, merged: 0, skipped: 9 });
      expect(
        diagnostics.filter(({ code }) => code === 'limit-dropped').map(({ count, message }) => [count, message]),
      ).toEqual([
        [8, 'The host keeps at most 6 spans: the oldest traces were let go, those that were over first.'],
        [1, 'The host keeps at most 6 spans; spans of traces that had been let go were left out.'],
      ]);
    });

    it('holds nothing of what it let go, however long it goes on', async () => {
      const stream = createTraceStream({ ...options, limits: { spans: 6 } });
      const sources: WeakRef<object>[] = [];
      for (let trace = 0; trace < 40; trace += 1) {
        const batch = pair(`${trace}`, 100 * (trace + 1));
        sources.push(new WeakRef(batch.resourceSpans[0]!.scopeSpans[0]!.spans[0]!));
        await stream.append(batch);
        stream.snapshot();
      }
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      collectGarbage();
      expect(stream.snapshot().traces).toHaveLength(3);
      // The engine may hold on to one or two more.
      expect(sources.filter((source) => source.deref()).length).toBeLessThan(8);
    });

    it('lets scores go with the trace they are about, and counts them', async () => {
      const stream = createTraceStream({ ...options, adapters: [judged], limits: { spans: 6 } });
      const told: WeakRef<object>[] = [];
      for (let trace = 0; trace < 40; trace += 1) {
        const batch = { spans: [stepOf(trace, 0), stepOf(trace, 1)], scores: scoresOf(trace) };
        for (const each of batch.scores) told.push(new WeakRef(each));
        await stream.append(batch);
        stream.snapshot();
      }
      // What is said too late of a trace that was let go brings nothing back.
      await stream.append({ scores: scoresOf(3).slice(0, 2) });
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      collectGarbage();
      const { traces, diagnostics } = stream.snapshot();
      expect(traces.map(scoreCounts)).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);
      expect(diagnostics.map(({ code, count, message }) => `${count} ${code}: ${message.split('spans: ')[1]}`)).toEqual(
        [
          '111 limit-dropped: scores of traces that were let go went with them.',
          '74 limit-dropped: the oldest traces were let go, those that were over first.',
          '2 limit-dropped: scores of traces that had been let go were left out.',
        ],
      );
      expect(told.filter((each) => each.deref()).length).toBeLessThan(20);
    });

    it('keeps no more scores of what never comes than spans, the newest', async () => {
      const stream = createTraceStream({ ...options, adapters: [judged], limits: { spans: 6 } });
      const count = 30;
      for (let trace = 0; trace < count; trace += 1) await stream.append({ scores: scoresOf(trace) });
      await stream.append({ spans: [stepOf(count - 1, 0), stepOf(count - 1, 1)] });
      const { traces, diagnostics } = stream.snapshot();
      expect(traces.map(scoreCounts)).toEqual([[1, 2]]);
      const counts = (code: string) => diagnostics.filter((each) => each.code === code).map((each) => each.count);
      // Of 90 scores 12 name one of six traces, 6 a span alone; three have found theirs.
      expect(counts('missing-score-target')).toEqual([15]);
      expect(counts('limit-dropped').reduce((sum, each) => sum + each, 0)).toBe(72);
    });
  });

  it('lets log records go with their trace, and is as quick to tell of what is new as what it keeps is small', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const stream = createTraceStream({ adapters: [judged], limits: { spans: 6 } });
      const told: WeakRef<object>[] = [];
      let shown = 0;
      stream.subscribe(() => {
        shown += 1;
        stream.snapshot();
      });
      for (let trace = 0; trace < 200; trace += 1) {
        const batch = { spans: [stepOf(trace, 0), stepOf(trace, 1)], logs: [logOf(trace)] };
        told.push(new WeakRef(batch.logs[0]!));
        const arrival = stream.append(batch);
        await vi.advanceTimersByTimeAsync(16);
        await arrival;
      }
      expect(shown).toBeGreaterThan(180);
      await stream.append({ logs: [logOf(3)] });
      await vi.advanceTimersByTimeAsync(16);
      collectGarbage();
      expect(stream.snapshot().traces.map((trace) => (trace.content(1) as SpanContent).events.length)).toEqual([
        1, 1, 1,
      ]);
      expect(told.filter((each) => each.deref()).length).toBeLessThan(20);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets a trace for which something comes again count as new', async () => {
    const spans = (trace: string, id: number) => otlp({ id, trace, start: id, end: id + 1 });
    const stream = createTraceStream({ limits: { spans: 2 } });
    for (const batch of [spans('a', 1), spans('b', 2), spans('a', 1), spans('c', 3)]) await stream.append(batch);
    expect(stream.snapshot().traces.map(({ traceId }) => traceId.at(-1))).toEqual(['a', 'c']);
    expect(stream.snapshot().accounting).toEqual({ entries: 4, shown: 2, merged: 1, skipped: 1 });
  });

  it('masks what rules find, also what came before the secret was known', async () => {
    const secret = { name: 'secret', key: /^password$/ };
    const spans = (value: object, id: number) => {
      const document = otlp({ id, start: id, end: 9 });
      const [span] = document.resourceSpans[0]!.scopeSpans[0]!.spans;
      Object.assign(span!, { attributes: [value] });
      return document;
    };
    const stream = createTraceStream({ redact: [secret] });
    await stream.append(spans({ key: 'said', value: { stringValue: 'it is hunter2-hunter2' } }, 1));
    await stream.append(spans({ key: 'password', value: { stringValue: 'hunter2-hunter2' } }, 2));
    expect(JSON.stringify(toNativeJson(stream.snapshot()))).not.toContain('hunter2');
  });

  it('tells of sessions that are read anew the less often the longer they are', async () => {
    let reads = 0;
    const lines: TraceAdapter = {
      name: 'lines',
      detect: () => ({ confidence: 1, reason: 'all are' }),
      read: () => {},
      readAll(documents, sink) {
        for (const { document } of documents) {
          reads += 1;
          const { id } = document as { id: number };
          sink.span({
            traceId: 'a',
            spanId: idOf(id),
            start: nano(id),
            end: nano(id + 1),
            source: document as object,
            attributes: {},
          });
        }
      },
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const stream = createTraceStream({ adapters: [lines] });
      let shown = 0;
      let looks = 0;
      stream.subscribe(() => {
        looks += 1;
        shown = stream.snapshot().traces[0]!.spanCount;
      });
      const count = 400;
      for (let id = 1; id <= count; id += 1) {
        const arrival = stream.append({ id });
        await vi.advanceTimersByTimeAsync(20);
        await arrival;
      }
      // At each line: 80,000.
      expect(reads).toBeLessThan(5 * 20 * count + 9 * count);
      expect(looks).toBeGreaterThan(100);
      await vi.advanceTimersByTimeAsync(count / 5);
      expect(shown).toBe(count);
      // Much that comes at once is shown at once, and so is the end.
      await Promise.all(Array.from({ length: 200 }, (_, at) => stream.append({ id: count + 1 + at })));
      await vi.advanceTimersByTimeAsync(16);
      expect(shown).toBe(count + 200);
      await stream.append({ id: 9999 });
      stream.close();
      await vi.advanceTimersByTimeAsync(16);
      expect(shown).toBe(count + 201);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells its listeners once of many batches, until they leave', async () => {
    const stream = createTraceStream();
    let calls = 0;
    const leave = stream.subscribe(() => (calls += 1));
    await Promise.all([1, 2, 3].map((id) => stream.append(otlp({ id, start: id, end: 9 }))));
    expect(stream.snapshot()).toBe(stream.snapshot());
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(4);
    leave();
    const before = calls;
    await stream.append(otlp({ id: 4, start: 4, end: 9 }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(calls).toBe(before);
  });

  it('says so when a masking rule is wrong, and shows nothing unmasked', async () => {
    const stream = createTraceStream({ redact: [{ name: 'x', value: 'text' as never }] });
    await stream.append(otlp({ id: 1, start: 1, end: 9 }));
    const { traces, diagnostics } = stream.snapshot();
    expect(traces).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'bad-rule', message: expect.stringContaining('“x”') as string }]);
  });

  it.each([0, 1])('keeps what announces nothing and has the id of another span, in order %s', async (first) => {
    const times = { startTimeUnixNano: '1795855538000000000', endTimeUnixNano: '1795855539000000000' };
    const shared = { traceId: '1'.repeat(32), spanId: '0000000000000008', ...times };
    const pending = [{ key: 'logfire.span_type', value: { stringValue: 'pending_span' } }];
    const documents = [
      { resourceSpans: [{ scopeSpans: [{ spans: [{ ...shared, name: 'real' }] }] }] },
      { resourceSpans: [{ scopeSpans: [{ spans: [{ ...shared, name: 'announced', attributes: pending }] }] }] },
    ];
    const stream = createTraceStream();
    await stream.append(documents[first]!);
    await stream.append(documents[1 - first]!);
    stream.close();
    const atOnce = await parseTraces(documents.map((document) => JSON.stringify(document)).join('\n'));
    expect(toNativeJson(stream.snapshot())).toEqual(toNativeJson(atOnce));
  });

  it('builds a chain of 100,000 that arrives from its leaf', { timeout: 120_000 }, async () => {
    const length = 100_000;
    const stream = createTraceStream();
    for (let last = length; last > 0; last -= 5000) {
      const spans: Drawn[] = [];
      for (let id = last; id > last - 5000; id -= 1)
        spans.push({ id, ...(id === 1 ? {} : { parent: id - 1 }), start: id, end: 2 * length - id });
      await stream.append(otlp(...spans));
      expect(stream.snapshot().traces[0]!.columns.depth.at(-1)).toBe(length - last + 4999);
    }
    const [trace] = stream.snapshot().traces;
    expect([trace!.spanCount, trace!.span(length - 1).depth, trace!.span(0).name]).toEqual([
      length,
      length - 1,
      'span 1',
    ]);
  });
});
