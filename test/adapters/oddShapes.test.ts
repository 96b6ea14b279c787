import { describe, expect, it } from 'vitest';
import { auditContent, readTraces, type TraceSet } from '../../src/core.ts';

/** One small document per format, in which every list that matters stands. */
const T = '1795359116000000000';
const ISO = '2026-11-22T12:00:00.000Z';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const DOCUMENTS: Readonly<Record<string, object>> = {
  native: {
    format: 'spanwise/1',
    diagnostics: [{ code: 'bad-line', message: 'A line.' }],
    traces: [
      {
        traceId: 't',
        tags: ['a'],
        metadata: { tier: 'gold' },
        scores: [{ name: 'good', value: 1 }],
        resources: [{ attributes: { 'service.name': 'web' } }],
        scopes: [{ name: 'lib' }],
        spans: [
          {
            spanId: 'a',
            resource: 0,
            scope: 0,
            startUnixNano: T,
            endUnixNano: T,
            events: [{ name: 'e' }],
            links: [{ traceId: 'x', spanId: 'y' }],
            scores: [{ name: 'fine', value: 1 }],
          },
        ],
      },
    ],
  },
  otlp: {
    resourceSpans: [
      {
        resource: { attributes: [] },
        scopeSpans: [
          {
            scope: { name: 'lib' },
            spans: [
              {
                traceId: TRACE,
                spanId: '00f067aa0ba902b7',
                name: 'a',
                startTimeUnixNano: T,
                endTimeUnixNano: T,
                attributes: [{ key: 'k', value: { stringValue: 'v' } }],
                events: [{ name: 'e' }],
                links: [{ traceId: TRACE, spanId: '00f067aa0ba902b8' }],
              },
            ],
          },
        ],
      },
    ],
  },
  langsmith: {
    runs: [
      {
        id: 'a',
        trace_id: 'a',
        run_type: 'chain',
        name: 'a',
        start_time: ISO,
        end_time: ISO,
        events: [{ name: 'e', time: ISO }],
        feedback: [{ key: 'good', score: 1 }],
        child_runs: [{ id: 'b', trace_id: 'a', run_type: 'tool', name: 'b', start_time: ISO, end_time: ISO }],
      },
    ],
    feedback: [{ key: 'fine', run_id: 'a', trace_id: 'a', score: 1 }],
  },
  langfuse: {
    trace: {
      id: 't',
      timestamp: ISO,
      name: 't',
      sessionId: 's',
      tags: ['x'],
      scores: [{ id: '1', name: 'good', value: 1, dataType: 'NUMERIC', source: 'API', traceId: 't' }],
    },
    observations: [{ id: 'a', traceId: 't', type: 'SPAN', name: 'a', startTime: ISO, endTime: ISO }],
    scores: [{ id: '2', name: 'fine', value: 1, dataType: 'NUMERIC', source: 'API', traceId: 't' }],
  },
  phoenix: {
    data: [
      {
        name: 'a',
        span_kind: 'CHAIN',
        parent_id: null,
        start_time: ISO,
        end_time: ISO,
        status_code: 'OK',
        context: { trace_id: TRACE, span_id: '00f067aa0ba902b7' },
        attributes: {},
        events: [{ name: 'e', timestamp: ISO }],
        annotations: [{ name: 'good', annotator_kind: 'HUMAN', result: { score: 1 } }],
      },
    ],
    next_cursor: null,
  },
  jaeger: {
    data: [
      {
        traceID: TRACE,
        processes: { p1: { serviceName: 'web', tags: [] } },
        spans: [
          {
            traceID: TRACE,
            spanID: '00f067aa0ba902b7',
            operationName: 'a',
            startTime: 1795359116000000,
            duration: 5,
            processID: 'p1',
            tags: [{ key: 'k', type: 'string', value: 'v' }],
            logs: [{ timestamp: 1795359116000001, fields: [] }],
            references: [{ refType: 'CHILD_OF', traceID: TRACE, spanID: '00f067aa0ba902b8' }],
          },
        ],
      },
    ],
  },
  console: [
    {
      traceId: TRACE,
      id: '00f067aa0ba902b7',
      name: 'a',
      timestamp: 1795359116000000,
      duration: 5,
      kind: 0,
      attributes: {},
      status: { code: 0 },
      events: [{ name: 'e' }],
      links: [{ context: { traceId: TRACE, spanId: '00f067aa0ba902b8' } }],
      resource: { attributes: {} },
    },
  ],
};

/** Every place of a document at which a list with something in it stands, but for the document itself. */
function listsIn(root: object): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const open: (readonly [unknown, readonly string[]])[] = [[root, []]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, path] = next;
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value) && path.length > 0 && value.length > 0) found.push(path);
    for (const key of Object.keys(value)) open.push([(value as Record<string, unknown>)[key], [...path, key]]);
  }
  return found;
}

function withAt(root: object, path: readonly string[], change: (value: unknown) => unknown): object {
  const copy = structuredClone(root);
  let holder = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  holder[path.at(-1)!] = change(holder[path.at(-1)!]);
  return copy;
}

const codes = async (set: TraceSet): Promise<readonly string[]> =>
  [...set.diagnostics, ...(await auditContent(set))].map(
    ({ code, message, path }) => `${code} ${message} ${path ?? ''}`,
  );
const shown = (set: TraceSet) =>
  set.traces.flatMap((trace) =>
    Array.from(trace.spans(), ({ key, name, scores }) => ({ key, name, scores: scores.length })),
  );

describe.each(Object.entries(DOCUMENTS))('%s', (format, document) => {
  const read = (changed: object): TraceSet => readTraces(changed, { format });
  const places = listsIn(document).map((path) => [path.join('.'), path] as const);

  it.each(places)('says that %s is no list', async (_, path) => {
    const before = new Set(await codes(read(document)));
    const silent: unknown[] = [];
    for (const odd of ['no list', 7, true, { an: 'object', of: 'texts' }]) {
      const set = read(withAt(document, path, () => odd));
      const {
        accounting: { entries, shown: spans, merged, skipped },
      } = set;
      expect(spans + merged + skipped).toBe(entries);
      // What the attributes of a format are is shown as such, whatever it is, and tags of one text are one tag.
      const isShown =
        (set.traces[0]?.tags.includes(String(odd)) ?? false) ||
        (set.traces[0] &&
          JSON.stringify([
            ...(set.traces[0].span(0).content() as { attributes: ReadonlyMap<string, unknown> }).attributes,
          ]).includes('"object"'));
      if (!isShown && (await codes(set)).every((code) => before.has(code))) silent.push(odd);
    }
    expect(silent).toEqual([]);
  });

  // A number is a good tag.
  it.each(places.filter(([place]) => !/^(?:trace|traces\.0)\.tags$/.test(place)))(
    'says that something in %s is no object',
    async (_, path) => {
      const before = new Set(await codes(read(document)));
      const set = read(withAt(document, path, (list) => [...(list as unknown[]), 7]));
      expect((await codes(set)).filter((code) => !before.has(code))).not.toEqual([]);
      expect(shown(set)).toEqual(shown(read(document)));
    },
  );
});

describe('what holds one entry, or entries by their id,', () => {
  it.each([
    ['native', ['traces', '0', 'spans']],
    ['native', ['traces']],
    ['langsmith', ['runs']],
    ['langsmith', ['runs', '0', 'child_runs']],
    ['langfuse', ['observations']],
    ['langfuse', ['scores']],
    ['phoenix', ['data', '0', 'annotations']],
  ] as const)('is read as a list of these: %s %s', (format, path) => {
    const document = DOCUMENTS[format]!;
    const expected = shown(readTraces(document, { format }));
    const alone = readTraces(
      withAt(document, path, (list) => (list as unknown[])[0]),
      { format },
    );
    const byId = readTraces(
      withAt(document, path, (list) => ({ first: (list as unknown[])[0] })),
      { format },
    );
    expect([shown(alone), shown(byId)]).toEqual([expected, expected]);
  });
});

describe('run objects of a host', () => {
  const run = (id: string, children: unknown[] = []) => ({
    id,
    trace_id: 'a',
    run_type: 'chain',
    name: id,
    start_time: ISO,
    end_time: ISO,
    child_runs: children,
  });

  it('that stand below themselves are shown once, and the circle is reported', () => {
    const root = run('a');
    const child = run('b', [root]);
    root.child_runs.push(child);
    const set = readTraces(root);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['parent-cycle']);
  });

  it('that stand in two places are shown once, and that is reported', () => {
    const shared = run('c');
    const set = readTraces(run('a', [run('b', [shared]), shared]));
    expect(set.accounting.shown).toBe(3);
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['duplicate-span']);
  });
});
