import { Session, type Profiler } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import type { ScoredTrace } from '../src/adapters/collect/placeScores.ts';
import type { Score, TraceSet } from '../src/core.ts';

/**
 * Work is counted: how often each block of the source runs (V8's precise coverage), and how many entries the engine's
 * own searches and copies of lists pass. Doubling an input must about double that; a loop within a loop over the input
 * makes it four times as much.
 */
const session = new Session();
session.connect();
const post = (method: string, params?: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    session.post(method, params, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
// What the engine compiles for speed it does not always count.
setFlagsFromString('--no-opt');
setFlagsFromString('--no-maglev');
await post('Profiler.enable');
await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
// Only what is compiled from now on counts its blocks.
const { correctClocks, criticalPath, ledger, parseTraces, readTraces, selfTime, toNativeJson, toOtlpJson } =
  await import('../src/core.ts');
const { placeScores } = await import('../src/adapters/collect/placeScores.ts');
const { createDiagnosticLog } = await import('../src/model/diagnostics.ts');
const { queryTracesSoon } = await import('../src/analysis/traces/queryTraces.ts');
const { turnsOf } = await import('../src/analysis/traces/sessions.ts');
const { sortTraces } = await import('../src/analysis/traces/sortTraces.ts');
const { traceFacts } = await import('../src/analysis/traces/traceFacts.ts');

/** What was counted since the last call. */
async function takeCounts(counted: string): Promise<number> {
  const { result } = (await post('Profiler.takePreciseCoverage')) as Profiler.TakePreciseCoverageReturnType;
  return result
    .filter(({ url }) => url.includes(counted))
    .reduce(
      (sum, { functions }) =>
        sum + functions.reduce((own, { ranges }) => own + ranges.reduce((runs, { count }) => runs + count, 0), 0),
      0,
    );
}

async function workOf(act: () => unknown, counted = '/src/'): Promise<number> {
  await takeCounts(counted);
  const searched = countSearches();
  try {
    await act();
  } finally {
    searched.stop();
  }
  return (await takeCounts(counted)) + searched.count;
}

/** Entries that `indexOf`, `includes`, `slice` and `concat` of lists may pass, and bytes that are searched. */
function countSearches(): { readonly count: number; stop(): void } {
  const names = [
    'indexOf',
    'lastIndexOf',
    'includes',
    'slice',
    'concat',
    'splice',
    'shift',
    'unshift',
    'reverse',
  ] as const;
  const prototype = Array.prototype as unknown as Record<
    string,
    (this: readonly unknown[], ...args: readonly unknown[]) => unknown
  >;
  const own = names.map((name) => prototype[name]!);
  const bytes = Object.getPrototypeOf(Uint8Array.prototype) as { indexOf: Uint8Array['indexOf'] };
  const ownSearch = bytes.indexOf;
  const counted = {
    count: 0,
    stop() {
      names.forEach((name, at) => {
        prototype[name] = own[at]!;
      });
      bytes.indexOf = ownSearch;
    },
  };
  names.forEach((name, at) => {
    prototype[name] = function counting(this: readonly unknown[], ...args) {
      counted.count += this.length;
      return own[at]!.apply(this, [...args]);
    };
  });
  bytes.indexOf = function counting(this: Uint8Array, wanted, from = 0) {
    const found = ownSearch.call(this, wanted, from);
    counted.count += Math.max(0, (found === -1 ? this.length : found) - from);
    return found;
  };
  return counted;
}

const N = 160;
const many = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at));
const hex = (at: number, digits: number): string => (at + 1).toString(16).padStart(digits, '0');
const otlpSpan = (at: number, more: object = {}) => ({
  traceId: hex(1, 32),
  spanId: hex(at, 16),
  name: `s${at % 7}`,
  startTimeUnixNano: String(1_795_359_116_000_000_000n + BigInt(at)),
  endTimeUnixNano: String(1_795_359_116_000_100_000n + BigInt(at)),
  ...more,
});
const otlp = (spans: readonly object[]) => ({
  resourceSpans: [
    { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] }, scopeSpans: [{ spans }] },
  ],
});
const run = (at: number, more: object = {}) => ({
  id: `r${at}`,
  trace_id: `r${at}`,
  name: 'r',
  run_type: 'llm',
  start_time: '2026-09-21T00:00:00Z',
  end_time: '2026-09-21T00:00:09Z',
  ...more,
});
const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { intValue: value } : { stringValue: value },
});
const observation = (at: number, more: object = {}) => ({
  id: `o${at}`,
  traceId: 't',
  type: 'SPAN',
  name: 'o',
  startTime: '2026-09-21T00:00:00Z',
  endTime: '2026-09-21T00:00:01Z',
  ...more,
});
const link = (at: number) => ({ traceId: hex(1, 32), spanId: hex(at, 16) });

/** Documents of a size, each with a shape that some part of reading has to go through. */
const documents: Readonly<Record<string, (n: number) => object>> = {
  'spans in one trace': (n) => otlp(many(n, (at) => otlpSpan(at, { parentSpanId: hex(Math.floor(at / 3), 16) }))),
  'a chain of spans': (n) => otlp(many(n, (at) => otlpSpan(at, at === 0 ? {} : { parentSpanId: hex(at - 1, 16) }))),
  'traces of one span': (n) => otlp(many(n, (at) => otlpSpan(at, { traceId: hex(at, 32) }))),
  'a resource for each span': (n) => ({ resourceSpans: many(n, (at) => otlp([otlpSpan(at)]).resourceSpans[0]!) }),
  'a service for each span': (n) => ({
    resourceSpans: many(n, (at) => ({
      resource: { attributes: [attribute('service.name', `s${at}`)] },
      scopeSpans: [{ spans: [otlpSpan(at, { parentSpanId: hex(at - 1, 16) })] }],
    })),
  }),
  'services whose clocks differ': (n) => ({
    resourceSpans: many(n, (at) => ({
      resource: { attributes: [attribute('service.name', `s${at}`)] },
      scopeSpans: [
        {
          spans: [
            otlpSpan(at, {
              parentSpanId: hex(at - 1, 16),
              startTimeUnixNano: String(1_795_359_116_000_000_000n - BigInt(at) * 10_000_000n),
            }),
          ],
        },
      ],
    })),
  }),
  'spans in a circle': (n) => otlp(many(n, (at) => otlpSpan(at, { parentSpanId: hex((at + 1) % n, 16) }))),
  'spans of one id': (n) => otlp(many(n, (at) => otlpSpan(0, { name: `s${at}` }))),
  'the same span again and again': (n) => otlp(many(n, () => otlpSpan(0))),
  'ids that look like others': (n) =>
    otlp([
      ...many(n, (at) => otlpSpan(0, { name: `s${at}` })),
      ...many(n, (at) => otlpSpan(0, { spanId: `${hex(0, 16)}#${at}` })),
    ]),
  'attributes of one span': (n) => otlp([otlpSpan(0, { attributes: many(n, (at) => attribute(`k.${at}`, at)) })]),
  'messages of one span': (n) =>
    otlp([otlpSpan(0, { attributes: many(n, (at) => attribute(`llm.input_messages.${at}.message.content`, 'x')) })]),
  'events of one span': (n) =>
    otlp([
      otlpSpan(0, {
        events: many(n, (at) => ({ name: `e${at}`, timeUnixNano: String(1_795_359_116_000_000_000n + BigInt(at)) })),
      }),
    ]),
  'links of one span': (n) => otlp([otlpSpan(0, { links: many(n, link) })]),
  'links to one span': (n) => otlp(many(n, (at) => otlpSpan(at, { links: [link(0)] }))),
  'scores of one span': (n) =>
    otlp([otlpSpan(0, { attributes: many(n, (at) => attribute(`annotations.${at}.annotation.name`, `a${at}`)) })]),
  'evaluators of one span': (n) =>
    otlp([
      otlpSpan(0),
      ...many(n, (at) =>
        otlpSpan(at + 1, {
          links: [link(0)],
          attributes: [
            attribute('openinference.span.kind', 'EVALUATOR'),
            attribute('annotations.0.annotation.name', `a${at}`),
            attribute('annotations.0.annotation.label', 'good'),
          ],
        }),
      ),
    ]),
  'tags and metadata told by each span': (n) =>
    otlp(
      many(n, (at) =>
        otlpSpan(at, {
          attributes: [
            attribute('session.id', 's'),
            attribute('metadata', `{"k${at}":1}`),
            { key: 'tag.tags', value: { arrayValue: { values: [{ stringValue: `t${at}` }] } } },
          ],
        }),
      ),
    ),
  runs: (n) => many(n, (at) => run(at)),
  'runs and feedback that name the run alone': (n) => ({
    runs: many(n, (at) => run(at)),
    feedback: many(n, (at) => ({ run_id: `r${at}`, key: 'k', score: 1 })),
  }),
  'runs and feedback on none of them': (n) => ({
    runs: many(n, (at) => run(at)),
    feedback: many(n, (at) => ({ run_id: `x${at}`, key: 'k', score: 1 })),
  }),
  'feedback on one run': (n) => ({
    runs: [run(0)],
    feedback: many(n, (at) => ({ run_id: 'r0', key: `k${at}`, score: 1 })),
  }),
  'runs below one another': (n) =>
    many(n, (at) => at).reduce<object>((below, at) => run(at, { trace_id: 'r', child_runs: [below] }), run(n)),
  'runs that know their parent alone': (n) =>
    many(n, (at) => run(at, { trace_id: undefined, parent_run_id: at === 0 ? undefined : `r${at - 1}` })),
  'a batch of runs and updates': (n) => ({
    post: many(n, (at) => run(at)),
    patch: many(n, (at) => ({ id: `r${at}`, trace_id: `r${at}`, outputs: { at } })),
  }),
  'updates of one run': (n) => ({
    post: [run(0)],
    patch: many(n, (at) => ({ id: 'r0', trace_id: 'r0', outputs: { at } })),
  }),
  observations: (n) => many(n, (at) => observation(at, at === 0 ? {} : { parentObservationId: `o${at - 1}` })),
  'observations of one id': (n) =>
    many(n, (at) =>
      observation(0, { updatedAt: `2026-09-21T00:00:${String(at % 60).padStart(2, '0')}Z`, metadata: { at } }),
    ),
  'traces and scores of one session': (n) => ({
    data: [
      ...many(n, (at) => ({
        id: `t${at}`,
        timestamp: '2026-09-21T00:00:00Z',
        sessionId: 's',
        observations: [observation(at, { traceId: `t${at}` })],
      })),
      ...many(n, (at) => ({
        id: `c${at}`,
        name: `c${at}`,
        value: at,
        dataType: 'NUMERIC',
        source: 'API',
        sessionId: 's',
      })),
    ],
  }),
  'scores that name an observation alone': (n) => ({
    data: [
      ...many(n, (at) => observation(at, { traceId: `t${at}` })),
      ...many(n, (at) => ({
        id: `c${at}`,
        name: 'c',
        value: at,
        dataType: 'NUMERIC',
        source: 'API',
        observationId: `o${at}`,
      })),
    ],
  }),
  'scores of one id': (n) => ({
    data: [
      observation(0),
      ...many(n, (at) => ({ id: 'c', name: 'c', value: at, dataType: 'NUMERIC', source: 'API', traceId: 't' })),
    ],
  }),
  'spans of Jaeger': (n) => ({
    data: [
      {
        traceID: '1',
        processes: Object.fromEntries(many(n, (at) => [`p${at}`, { serviceName: `s${at}` }])),
        spans: many(n, (at) => ({
          traceID: '1',
          spanID: hex(at, 16),
          operationName: 'o',
          startTime: at,
          duration: 5,
          processID: `p${at}`,
          references: at === 0 ? [] : [{ refType: 'CHILD_OF', traceID: '1', spanID: hex(at - 1, 16) }],
        })),
      },
    ],
  }),
  'spans of Phoenix': (n) => ({
    data: many(n, (at) => ({
      name: 'p',
      context: { trace_id: 't', span_id: `p${at}` },
      span_kind: 'LLM',
      parent_id: null,
      start_time: '2026-09-21T00:00:00Z',
      end_time: '2026-09-21T00:00:01Z',
      status_code: 'OK',
      attributes: { 'input.value': 'x' },
    })),
    next_cursor: null,
  }),
  'a table of Phoenix': (n) =>
    Object.fromEntries(
      ['context.span_id', 'context.trace_id', 'name', 'span_kind', 'start_time'].map((column) => [
        column,
        Object.fromEntries(many(n, (at) => [at, column.endsWith('time') ? '2026-09-21T00:00:00Z' : `${column}${at}`])),
      ]),
    ),
  'a mix of formats': (n) => many(n, (at) => [otlp([otlpSpan(at)]), run(at), { nothing: at }][at % 3]!),
};

const texts: Readonly<Record<string, (n: number) => string>> = {
  lines: (n) => many(n, (at) => JSON.stringify(run(at))).join('\n'),
  'documents on one line': (n) => many(n, (at) => JSON.stringify(run(at))).join(' '),
  'lines that are none': (n) => [...many(n, () => '{ bad'), JSON.stringify(run(0))].join('\n'),
  'values that are no JSON': (n) => `[${many(n, (at) => JSON.stringify(run(at)).replace('"r"', 'NaN')).join(',')}]`,
  'lines with values that are no JSON': (n) =>
    [...many(n, (at) => JSON.stringify(run(at)).replace('"r"', 'NaN')), JSON.stringify(run(n))].join('\n'),
  'lines that break behind values that are no JSON': (n) =>
    [...many(n, () => '[{"a":NaN},{"b":[NaN, {'), JSON.stringify(run(n))].join('\n'),
  'values that are no JSON, ever deeper': (n) =>
    `${many(n, () => '{"a":NaN,"b":').join('')}${JSON.stringify(run(0))}${'}'.repeat(n)}\n${JSON.stringify(run(0))}`,
  'a document cut off': (n) => JSON.stringify(many(n, (at) => run(at))).slice(0, -20),
  'documents that hold nothing': (n) => `${'{},'.repeat(n)}${JSON.stringify(run(0))}`,
  'a list of what holds nothing': (n) => `[${'{},'.repeat(n)}${JSON.stringify(run(0))}]`,
};

/**
 * By what 4n adds to the work of 2n, in terms of what 2n adds to that of n: 2 where work is linear, a little more where
 * it sorts, 4 where it is square. What is done once does not count.
 */
async function growth(prepare: (n: number) => () => unknown): Promise<number> {
  // What is fetched or made at first use is there then.
  await prepare(N)();
  const work: number[] = [];
  for (const n of [N, 2 * N, 4 * N]) work.push(await workOf(prepare(n)));
  const [once, twice, fourTimes] = work as [number, number, number];
  return (fourTimes - twice) / Math.max(twice - once, N);
}

/** Loops over the input that lie within one another come to more, however much is done for each entry besides. */
const LINEAR = 2.2;
/** A score of a session is written with each of its traces. */
const SQUARE = 4.3;

describe('reading bytes', () => {
  const claude = (fields: object): string =>
    JSON.stringify({
      sessionId: 's',
      timestamp: '2026-11-23T09:00:00.000Z',
      version: '2.1.0',
      isSidechain: false,
      ...fields,
    });
  const asked = claude({ type: 'user', uuid: 'u', parentUuid: null, message: { role: 'user', content: 'hello' } });
  it.each<[string, (n: number) => string]>([
    ['entries without a text', (n) => `[${JSON.stringify(run(0))}${',1'.repeat(8 * n)}]`],
    ['documents on one line', (n) => `${JSON.stringify(run(0))}${' {}'.repeat(8 * n)}`],
    [
      'a session of many subtypes',
      (n) =>
        [
          asked,
          ...many(8 * n, (at) => claude({ type: 'system', subtype: `m${at}`, uuid: `x${at}`, parentUuid: 'u' })),
        ].join('\n'),
    ],
  ])('takes as long as they are: %s', async (_, write) => {
    expect(
      await growth((n) => {
        const bytes = new TextEncoder().encode(write(n));
        return () => parseTraces(bytes, { holdAs: 'bytes' });
      }),
    ).toBeLessThan(LINEAR);
  });
});

describe('sessions of coding agents', () => {
  const at = (n: number): number => 1_795_359_116_000 + n;
  const iso = (n: number): string => new Date(at(n)).toISOString();
  const opencode = (id: string, messages: readonly object[]) => ({
    info: { id, directory: '/', time: { created: at(0) } },
    messages,
  });
  const said = (id: string, n: number, parts: readonly object[] = [], more: object = { role: 'user' }) => ({
    info: { id, sessionID: 's', time: { created: at(n) }, ...more },
    parts,
  });
  const task = (n: number, sessionId: string) => ({
    ...{ id: `t${n}`, type: 'tool', tool: 'task' },
    state: { metadata: { sessionId }, time: { start: at(n), end: at(n) } },
  });
  const qwen = (uuid: string, n: number, more: object, parts: readonly object[] = [{ text: 'x' }]) => ({
    ...{ uuid, parentUuid: null, sessionId: 's', timestamp: iso(n), type: 'user', message: { parts }, ...more },
  });
  const call = (id: string) => [{ functionCall: { id, name: 'agent' } }];
  const copilot = (id: string, type: string, agentId: string, data: object) => ({
    ...{ id, parentId: null, timestamp: iso(0), type, agentId, data },
  });
  const cline = (sessionId: string, parentThreadId: string) => ({
    ...{ agent: 'a', sessionId, origin: { parentThreadId } },
    messages: [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: [{ type: 'tool_use', name: 'task', input: { task: 'go' } }] },
    ],
  });
  const printed = (fields: object) => ({ type: 'text', sessionID: 's', timestamp: at(0), ...fields });
  const shapes: Readonly<Record<string, (n: number) => readonly object[]>> = {
    'agents of agents of OpenCode': (n) =>
      many(n, (k) =>
        opencode(`s${k}`, [said(`u${k}`, 0), said(`a${k}`, 0, [task(k, `s${k + 1}`)], { role: 'assistant' })]),
      ),
    'an agent of OpenCode that is sent off again and again': (n) => [
      opencode('m', [
        said('u', 0),
        said(
          'a',
          0,
          many(n, (k) => task(n + k, 'sub')),
          { role: 'assistant' },
        ),
      ]),
      opencode(
        'sub',
        many(n, (k) => said(`x${k}`, k)),
      ),
    ],
    'lines of OpenCode without a part': (n) => [
      ...many(n, (k) => printed({ part: { id: `p${k}`, messageID: 'm', type: 'text' } })),
      ...many(n, () => printed({})),
    ],
    'agents of agents of Qwen Code': (n) =>
      many(n, (k) => {
        const agent = k === 0 ? {} : { agentId: `a-c${k}` };
        return [qwen(`u${k}`, k, agent), qwen(`a${k}`, k, { ...agent, type: 'assistant' }, call(`c${k + 1}`))];
      }).flat(),
    'agents of Qwen Code that nobody sent off': (n) => [
      ...many(n, (k) => qwen(`a${k}`, k, { agentId: `a${k}` })),
      ...many(n, (k) => qwen(`u${k}`, n + k, {})),
    ],
    'agents of agents of Copilot': (n) =>
      many(n, (k) => [
        copilot(`s${k}`, 'subagent.started', `a${k}`, { toolCallId: `c${k}` }),
        copilot(`t${k}`, 'tool.execution_start', `a${k}`, { toolCallId: `c${k + 1}` }),
      ]).flat(),
    'agents of agents of Cline': (n) => many(n, (k) => cline(`a${k}`, `a${k - 1}`)),
    'columns of PostHog, in rows that have none of them': (n) => [
      {
        columns: ['event', 'properties', ...many(n, (k) => `c${k}`)],
        results: [['$ai_span', {}], ...many(n, () => [])],
      },
    ],
  };
  it.each(Object.keys(shapes))('take as long as they are: %s', async (name) => {
    expect(
      await growth((n) => {
        const text = shapes[name]!(n)
          .map((line) => JSON.stringify(line))
          .join('\n');
        return () => parseTraces(text);
      }),
    ).toBeLessThan(LINEAR);
  });
});

/** All that a list of traces and a viewer ask of a set. */
async function look({ traces }: TraceSet): Promise<void> {
  // To its end: what goes on later would count elsewhere.
  await queryTracesSoon({ traces }, 'r1');
  for (const column of ['start', 'duration', 'scores', 'tokens'] as const)
    sortTraces(traces, { column, descending: true });
  turnsOf(traces, 's');
  for (const trace of traces) {
    traceFacts(trace);
    ledger(trace);
    selfTime(trace);
    criticalPath(trace);
    void trace.find('nobody');
    for (const span of trace.spans()) void [span.key, span.scores, span.diagnostics, span.content()];
  }
}

describe('work grows with the input, not with its square:', () => {
  it.each(Object.keys(documents))('reading, listing and opening %s', async (name) => {
    expect(
      await growth((n) => {
        const document = documents[name]!(n);
        return () => readTraces(document);
      }),
    ).toBeLessThan(LINEAR);
    expect(
      await growth((n) => {
        const set = readTraces(documents[name]!(n));
        return () => look(set);
      }),
    ).toBeLessThan(LINEAR);
  });

  it('correcting the clocks of many services', async () => {
    expect(
      await growth((n) => {
        const [trace] = readTraces(documents['services whose clocks differ']!(n)).traces;
        return () => correctClocks(trace!);
      }),
    ).toBeLessThan(LINEAR);
  });

  it.each(Object.keys(documents))('writing %s', async (name) => {
    expect(
      await growth((n) => {
        const set = readTraces(documents[name]!(n));
        return () => [toNativeJson(set), toOtlpJson(set)];
      }),
    ).toBeLessThan(name === 'traces and scores of one session' ? SQUARE : LINEAR);
  });

  it.each(Object.keys(texts))('reading the text of %s', async (name) => {
    expect(
      await growth((n) => {
        const text = texts[name]!(n);
        return () => parseTraces(text);
      }),
    ).toBeLessThan(LINEAR);
  });

  it.each([
    ['spans of one trace', (at: number) => otlp([otlpSpan(at, { parentSpanId: hex(at - 1, 16) })])],
    ['versions of one run', (at: number) => run(0, { outputs: { at } })],
    ['copies of one run', () => run(0)],
  ])('joining inputs that are %s', async (_, document) => {
    expect(
      await growth((n) => {
        const inputs = many(n, (at) => JSON.stringify(document(at)));
        return () => parseTraces(inputs);
      }),
    ).toBeLessThan(LINEAR);
  });

  it.each([
    ['a span id alone', (at: number) => ({ level: 'span', key: `s${at}` })],
    ['a span that is not there', (at: number) => ({ level: 'span', key: `x${at}` })],
    ['a span of a trace', (at: number) => ({ level: 'span', key: `t${at}/s${at}` })],
    ['a trace', (at: number) => ({ level: 'trace', key: `t${at}` })],
    ['a session of one trace', (at: number) => ({ level: 'session', key: `c${at}` })],
    ['the session of all traces', () => ({ level: 'session', key: 'all' })],
    ['a session that is not there', (at: number) => ({ level: 'session', key: `x${at}` })],
  ] as const)('placing scores that name %s', async (_, targetOf) => {
    expect(
      await growth((n) => {
        const traces = new Map(
          many(n, (at): [string, ScoredTrace] => [
            `t${at}`,
            {
              traceId: `t${at}`,
              sessionId: targetOf(0).key === 'all' ? 'all' : `c${at}`,
              spanIds: () => new Set([`s${at}`]),
              scores: new Map(),
              sessionScores: new Map(),
              spanScores: new Map(),
            },
          ]),
        );
        const told = many(n, (at) => ({
          score: {
            name: `n${at}`,
            value: at,
            label: null,
            comment: null,
            source: 'api' as const,
            target: targetOf(at) as Score['target'],
          },
        }));
        return () => placeScores(told, traces, (traceId) => traceId, createDiagnosticLog());
      }),
    ).toBeLessThan(LINEAR);
  });
});

it('a loop within a loop, or a search in it, shows in what is counted', async () => {
  const pairs = (n: number): number => {
    let count = 0;
    for (let a = 0; a < n; a += 1) for (let b = 0; b < n; b += 1) count += 1;
    return count;
  };
  const search = (n: number): number => many(n, (at) => at).filter((at, _, all) => all.indexOf(at) === at).length;
  for (const act of [pairs, search])
    expect(
      (await workOf(() => act(2 * N), '/growth.test')) / (await workOf(() => act(N), '/growth.test')),
    ).toBeGreaterThan(3);
});
