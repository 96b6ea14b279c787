import { describe, expect, it } from 'vitest';
import { buildTrace, readTraces, type SpanEntry, type TraceSet } from '../../src/core.ts';
import { drawDocument, DRAWING_EPOCH, drawTrace } from './drawTrace.ts';
import { redraw } from './redraw.ts';

const read = (drawing: string): TraceSet => readTraces(drawDocument(drawing));
const codes = (set: TraceSet) => Object.fromEntries(set.diagnostics.map(({ code, count }) => [code, count]));
const columns = (drawing: string) => {
  const { parent, subtreeEnd, depth } = drawTrace(drawing).columns;
  return { parent: [...parent], subtreeEnd: [...subtreeEnd], depth: [...depth] };
};

describe('order', () => {
  it('numbers spans in pre-order, children by start', () => {
    const drawing = `
      root        0----------100
        b            40----90
          d            60-80
          c          45-55
        a          10-30
    `;
    expect(redraw(drawTrace(drawing))).toEqual(['root 0-100', '  a 10-30', '  b 40-90', '    c 45-55', '    d 60-80']);
    expect(columns(drawing)).toEqual({ parent: [-1, 0, 0, 2, 2], subtreeEnd: [5, 2, 5, 4, 5], depth: [0, 1, 1, 2, 2] });
  });

  it('settles equal starts by end, open last, then by id', () => {
    expect(
      redraw(
        drawTrace(`
      root   0--100
        open 10-
        long 10-50
        b    10-20  id=z
        a    10-20  id=y
    `),
      ),
    ).toEqual(['root 0-100', '  a 10-20', '  b 10-20', '  long 10-50', '  open 10-']);
  });

  it('shows several roots in order of start', () => {
    const trace = drawTrace(`
      late    50-60
      early    0-10
        child  1-2
    `);
    expect(redraw(trace)).toEqual(['early 0-10', '  child 1-2', 'late 50-60']);
    expect(trace.name).toBe('early');
  });
});

describe('links that lead nowhere', () => {
  it('shows an orphan as a root with its subtree, marked, and keeps the id of the missing parent', () => {
    const set = read(`
      root    0----100
        a      10-40
      lost       20-30  parent=nobody
        below    22-25
    `);
    expect(redraw(set.traces[0]!)).toEqual(['root 0-100', '  a 10-40', 'lost 20-30 missing-parent', '  below 22-25']);
    expect(set.traces[0]!.span(2).parentSpanId).toMatch(/^6e6f626f6479/);
    expect(codes(set)).toEqual({ 'missing-parent': 1 });
  });

  it('names the trace after the first root whose parent is not missing', () => {
    expect(
      drawTrace(`
      lost   0-10   parent=nobody
      root   5-100
    `).name,
    ).toBe('root');
  });

  it('makes a span that names itself a root', () => {
    expect(
      redraw(
        drawTrace(`
      self  0-10  parent=self
        a   1-2
    `),
      ),
    ).toEqual(['self 0-10 self-parent', '  a 1-2']);
  });

  it('opens a circle at its first span and keeps what hangs on it', () => {
    const set = read(`
      c    10-20  parent=b
      b  0----30  parent=a
        leaf 2-4
      a   5-15    parent=c
    `);
    expect(redraw(set.traces[0]!)).toEqual(['b 0-30 parent-cycle', '  leaf 2-4', '  c 10-20', '    a 5-15']);
    expect(codes(set)).toEqual({ 'parent-cycle': 1 });
  });

  it('finds parents by id whether or not leading zeros were printed', () => {
    const document = (parentSpanId: string) => ({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                { traceId: '01', spanId: '000000000000000a', name: 'root' },
                { traceId: '01', spanId: 'b', parentSpanId, name: 'child' },
              ],
            },
          ],
        },
      ],
    });
    expect(redraw(readTraces(document('a')).traces[0]!)).toEqual(['root 0- missing-start', '  child 0- missing-start']);
  });
});

describe('repeated ids', () => {
  it('merges identical spans', () => {
    const document = drawDocument('root 0-10');
    const set = readTraces([document, structuredClone(document)]);
    expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    expect(codes(set)).toEqual({ 'duplicate-span': 1 });
  });

  it('replaces a running span by its finished version, whichever comes first', () => {
    const [running, finished] = [drawDocument('step 5-'), drawDocument('step 5-9')];
    for (const order of [
      [running, finished],
      [finished, running],
    ]) {
      const set = readTraces(order);
      expect(redraw(set.traces[0]!)).toEqual(['step 0-4']);
      expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    }
  });

  it('keeps a running span that started at another time', () => {
    expect(readTraces([drawDocument('step 5-'), drawDocument('step 6-9')]).accounting).toEqual({
      entries: 2,
      shown: 2,
      merged: 0,
      skipped: 0,
    });
  });

  it('shows different spans of one id, each under its own key, children at the first', () => {
    const set = read(`
      root      0--------100
        first    10-20
          child   12-13
        second      30-40   id=first
        third         50-60 id=first
    `);
    const trace = set.traces[0]!;
    const id = trace.span(1).spanId;
    expect(Array.from(trace.spans(), ({ name, key }) => [name, key.replace(trace.key, '')])).toEqual([
      ['root', '/0000000000000001'],
      ['first', `/${id}`],
      ['child', '/0000000000000003'],
      ['second', `/${id}#2`],
      ['third', `/${id}#3`],
    ]);
    expect(trace.find(`${trace.key}/${id}#3`)?.name).toBe('third');
    expect(trace.find(id)?.name).toBe('first');
    expect(codes(set)).toEqual({ 'duplicate-span-id': 3 });
  });

  it('steps over a span whose own id looks like the second key of another', () => {
    const spans = ['x', 'x', 'x#2'].map((spanId, i) => ({
      traceId: 't',
      spanId,
      name: `s${i}`,
      startTimeUnixNano: String(DRAWING_EPOCH + BigInt(i)),
    }));
    const keys = Array.from(
      readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!.spans(),
      ({ key }) => key,
    );
    expect(keys).toEqual(['t/x', 't/x#3', 't/x#2']);
  });

  it('gives the children of a client and a server of one id to the server', () => {
    const span = (name: string, kind: number, start: bigint, more: object = {}) => ({
      traceId: '01',
      spanId: '0a',
      name,
      kind,
      startTimeUnixNano: String(DRAWING_EPOCH + start),
      ...more,
    });
    const spans = [
      span('client', 3, 0n),
      span('server', 2, 5n),
      span('child', 1, 7n, { spanId: '0b', parentSpanId: '0a' }),
    ];
    const trace = readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
    expect(trace.find('0b')!.parent!.name).toBe('server');
  });

  it('answers for 100,000 different spans of one id', () => {
    const spans = Array.from({ length: 100_000 }, (_, i) => ({ traceId: '01', spanId: '0a', name: `s${i}` }));
    expect(readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).accounting).toEqual({
      entries: 100_000,
      shown: 100_000,
      merged: 0,
      skipped: 0,
    });
  });
});

describe('missing and impossible times', () => {
  it('places a span without start at its parent, and invents no duration', () => {
    const trace = drawTrace(`
      root      0------100
        b        20-60
          lost    ?--50
        a        10-15
    `);
    expect(redraw(trace)).toEqual(['root 0-100', '  a 10-15', '  b 20-60', '    lost 20-50 missing-start']);
    expect(trace.span(3)).toMatchObject({
      startUnixNano: null,
      endUnixNano: DRAWING_EPOCH + 50_000_000n,
      duration: Number.NaN,
    });
  });

  it('calls a span without end running, unless it failed', () => {
    const trace = drawTrace(`
      root      0-100
        open     10-
        broke ✗  20-
    `);
    expect(Array.from(trace.spans(), ({ status }) => status)).toEqual(['unset', 'running', 'error']);
    expect(trace.span(1)).toMatchObject({ end: Number.NaN, duration: Number.NaN, endUnixNano: null });
    expect(trace.end).toBe(100e6);
  });

  it('draws an end before the start with no length and keeps the recorded value', () => {
    const trace = drawTrace(`
      root    0-100
        back   60-40
    `);
    expect(redraw(trace)).toEqual(['root 0-100', '  back 60-60 end-before-start']);
    expect(trace.span(1)).toMatchObject({ duration: 0, endUnixNano: DRAWING_EPOCH + 40_000_000n });
  });

  it('keeps times exact that lie too far apart for a double', () => {
    const spans = [
      ['01', '1000000000000000001'],
      ['02', '1795359116000000003'],
    ].map(([spanId, time]) => ({ traceId: '01', spanId, startTimeUnixNano: time, endTimeUnixNano: time }));
    const trace = readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
    expect(Array.from(trace.spans(), ({ startUnixNano, endUnixNano }) => [startUnixNano, endUnixNano])).toEqual([
      [1_000_000_000_000_000_001n, 1_000_000_000_000_000_001n],
      [1_795_359_116_000_000_003n, 1_795_359_116_000_000_003n],
    ]);
  });

  it('shows spans without any time', () => {
    expect(redraw(drawTrace('root ?-\n  a ?-'))).toEqual(['root 0- missing-start', '  a 0- missing-start']);
  });
});

describe('span views', () => {
  const trace = drawTrace(`
    root     0-----100
      a       10-40
        a1     11-12
        a2     13-14
      b       50-60
  `);

  it('count children and descendants', () => {
    expect(Array.from(trace.spans(), ({ childCount, descendantCount }) => [childCount, descendantCount])).toEqual([
      [2, 4],
      [2, 2],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(trace.span(2).parent!.parent).toMatchObject({ name: 'root', parent: null, parentSpanId: null });
  });

  it('are found by key and by id', () => {
    const { key, spanId } = trace.span(4);
    expect(key).toBe(`${trace.traceId}/${spanId}`);
    expect([trace.find(key)?.name, trace.find(spanId)?.name, trace.find('nothing'), trace.find('')]).toEqual([
      'b',
      'b',
      undefined,
      undefined,
    ]);
  });

  it.each([null, undefined, 7, {}])('are not found by %j, which is no id', (nothing) => {
    expect(trace.find(nothing as never)).toBeUndefined();
  });

  it('are refused outside the trace', () => {
    for (const index of [-1, 5, 0.5, Number.NaN]) expect(() => trace.span(index)).toThrow(RangeError);
  });
});

describe('buildTrace itself', () => {
  it('takes entries that hosts make, merges repeats and reports', () => {
    const content = {
      hash: () => 1,
      decode: () => {
        throw new Error('not looked at');
      },
    };
    const entry: SpanEntry = {
      spanId: 'a',
      parentSpanId: 'z',
      name: 'step',
      start: null,
      end: null,
      kind: 'tool',
      rawKind: null,
      otelKind: null,
      status: 'ok',
      statusMessage: 'fine',
      service: null,
      model: null,
      provider: null,
      amounts: null,
      flags: 0,
      content,
    };
    const { trace, diagnostics } = buildTrace('t', [entry, { ...entry }]);
    expect(
      Array.from(trace.spans(), ({ key, kind, statusMessage, parentSpanId }) => ({
        key,
        kind,
        statusMessage,
        parentSpanId,
      })),
    ).toEqual([{ key: 't/a', kind: 'tool', statusMessage: 'fine', parentSpanId: 'z' }]);
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      'duplicate-span',
      'missing-end',
      'missing-parent',
      'missing-start',
    ]);
  });

  it('makes an empty trace of nothing', () => {
    expect(buildTrace('t', []).trace).toMatchObject({ spanCount: 0, name: '', end: 0 });
  });
});
