import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditContent, ledger, readTraces, selfTime, TraceInputError, type TraceSet } from '../../../src/core.ts';
import { langsmith } from '../../../src/adapters/langsmith/langsmith.ts';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { dump } from '../../model/dump.ts';
import { codes, contentOf, lines, outline, parse, read, run, spansOf, START } from './run.ts';

/** A drawn tree: each run names an earlier one as its parent, the first is the root. */
interface Drawn {
  readonly parent: number;
  readonly start: number;
  readonly length: number;
  readonly type: string;
  readonly tokens: number;
}
const drawnTree = fc.array(
  fc.record<Drawn>({
    parent: fc.nat(),
    start: fc.nat(900),
    length: fc.nat(900),
    type: fc.constantFrom('chain', 'llm', 'tool', 'retriever'),
    tokens: fc.nat(50),
  }),
  { minLength: 1, maxLength: 12 },
);

const idOf = (at: number): string => `019000c7-9c00-7000-8000-${String(at).padStart(12, '0')}`;
const stamp = (millis: number): string =>
  new Date(millis)
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.(\d+)Z/, '$1000Z');
const parentOf = ({ parent }: Drawn, at: number): number => (at === 0 ? -1 : parent % at);

function flatRuns(tree: readonly Drawn[]): Record<string, unknown>[] {
  const orders: string[] = [];
  return tree.map((drawn, at) => {
    const above = parentOf(drawn, at);
    const own = `${stamp(START + drawn.start)}${idOf(at)}`;
    orders.push(above === -1 ? own : `${orders[above]}.${own}`);
    return {
      id: idOf(at),
      trace_id: idOf(0),
      ...(above === -1 ? {} : { parent_run_id: idOf(above) }),
      dotted_order: orders[at],
      name: `run ${at}`,
      run_type: drawn.type,
      start_time: START + drawn.start,
      end_time: new Date(START + drawn.start + drawn.length).toISOString(),
      inputs: { input: at },
      outputs: {
        output: at,
        ...(drawn.type === 'llm'
          ? { usage_metadata: { input_tokens: drawn.tokens, output_tokens: 1, total_tokens: drawn.tokens + 1 } }
          : {}),
      },
      tags: [`tag ${at}`],
      session_name: 'demo',
      extra: { metadata: { thread_id: 't', at } },
      events: [{ name: 'start', time: START + drawn.start }],
    };
  });
}

function nestedRuns(runs: readonly Record<string, unknown>[]): Record<string, unknown> {
  const copies = runs.map((each) => ({ ...each, child_runs: [] as unknown[] }));
  for (const copy of copies.slice(1))
    copies
      .find(({ id }: Record<string, unknown>) => id === (copy as Record<string, unknown>)['parent_run_id'])!
      .child_runs.push(copy);
  return copies[0]!;
}

/** Sets of parts in which the same run is there once, or twice. */
const content = (set: TraceSet) => ({ ...dump(set), accounting: undefined });

describe('one tree in all containers', () => {
  it('gives the same set: nested, flat, lines, post and patch, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTree, fc.infiniteStream(fc.nat()), async (tree, numbers) => {
        const shuffled = <Entry>(list: readonly Entry[]): Entry[] =>
          list
            .map((entry) => [numbers.next().value!, entry] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, entry]) => entry);
        const flat = flatRuns(tree);
        const set = dump(read(flat));
        expect(set.accounting).toEqual({ entries: flat.length, shown: flat.length, merged: 0, skipped: 0 });
        expect(dump(read(shuffled(flat)))).toEqual(set);
        expect(dump(read(nestedRuns(flat)))).toEqual(set);
        expect(dump(read({ runs: shuffled(flat), cursors: { next: null } }))).toEqual(set);
        expect(dump(await parse(lines(shuffled(flat))))).toEqual(set);
        const post = flat.map(({ end_time: _, outputs: __, ...begun }) => ({ ...begun, outputs: {} }));
        const patch = flat.map(({ id, dotted_order, end_time, outputs, extra }) => ({
          id,
          dotted_order,
          end_time,
          outputs,
          extra,
        }));
        const { accounting: _, ...expected } = set;
        expect(content(read({ post, patch }))).toEqual({ ...expected, accounting: undefined });
        const both = shuffled([...post.map((each) => ({ post: [each] })), ...patch.map((each) => ({ patch: [each] }))]);
        expect(content(read(both))).toEqual({ ...expected, accounting: undefined });
        expect(content(await parse(lines(both)))).toEqual({ ...expected, accounting: undefined });
        expect(read(both).accounting).toEqual({
          entries: 2 * flat.length,
          shown: flat.length,
          merged: flat.length,
          skipped: 0,
        });
      }),
      { numRuns: 100 },
    );
  });
});

const KEYS = [
  'id',
  'name',
  'run_type',
  'start_time',
  'end_time',
  'first_token_time',
  'inputs',
  'outputs',
  'error',
  'status',
  'extra',
  'metadata',
  'tags',
  'events',
  'child_runs',
  'parent_run_id',
  'parent_run',
  'parent_run_ids',
  'trace_id',
  'dotted_order',
  'session_id',
  'session_name',
  'serialized',
  'attachments',
  'feedback',
  'feedback_stats',
  'inputs_s3_urls',
  'prompt_tokens',
  'total_tokens',
  'total_cost',
  'execution_order',
  'runs',
  'cursors',
  'next',
  'post',
  'patch',
  'method',
  'url',
  'path',
  'body',
  'messages',
  'generations',
  'message',
  'kwargs',
  'lc',
  'type',
  'role',
  'content',
  'tool_calls',
  'usage_metadata',
  'llm_output',
  'token_usage',
  'input_tokens',
  'input_token_details',
  'choices',
  'documents',
  'page_content',
  'invocation_params',
  'tools',
  'runtime',
  'sdk',
  'time',
  'token',
  'key',
  'score',
  'value',
  'run_id',
  'feedback_source',
  'avg',
  'n',
  'values',
  'ROOT',
  'output',
  'input',
  'prompts',
  'text',
  'thread_id',
  'ls_model_name',
  '__proto__',
  'constructor',
  'toString',
];
const anyKey = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() });
const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.constantFrom(
    'llm',
    'tool',
    'retriever',
    'embedding',
    'success',
    'pending',
    'PATCH',
    '/runs',
    '/runs/x',
    '/runs/batch',
    '0.5',
    '2024-06-10T06:13:20',
    START,
    '{}',
    '[]',
    '{"metadata":{"thread_id":1}}',
    '[{"name":"new_token"}]',
    `20240610T061320000000Za.20240610T061320000001Zb`,
    'Zx',
    1,
  ),
);
const { any: anyValue } = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('any'), { maxKeys: 8 }),
  ),
}));
/** A run with any of its fields changed to anything. */
const mutatedRun = fc
  .tuple(fc.dictionary(anyKey, anyValue, { maxKeys: 8 }), fc.boolean(), fc.boolean())
  .map(([changes, first, nested]) => {
    const mutated = first ? { ...run(), ...changes } : { ...changes, ...run() };
    return nested ? run({ child_runs: [mutated, null, run({ id: 'b' })] }) : mutated;
  });
const anyRuns = fc
  .oneof(
    mutatedRun,
    fc.array(fc.oneof({ weight: 3, arbitrary: mutatedRun }, anyValue), { maxLength: 5 }),
    fc.record({ runs: fc.array(fc.oneof(mutatedRun, anyValue), { maxLength: 5 }), cursors: anyValue }),
    fc.record({
      post: fc.array(fc.oneof(mutatedRun, anyValue), { maxLength: 3 }),
      patch: fc.oneof(anyValue, fc.array(anyValue, { maxLength: 3 })),
    }),
    fc.record({
      method: anyValue,
      url: anyValue,
      body: fc.oneof(
        anyValue,
        mutatedRun,
        mutatedRun.map((each) => JSON.stringify(each)),
      ),
    }),
    anyValue,
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

async function answersAll(set: TraceSet): Promise<void> {
  const { accounting, traces } = set;
  expect(accounting.shown + accounting.merged + accounting.skipped).toBe(accounting.entries);
  expect(traces.reduce((sum, trace) => sum + trace.spanCount, 0)).toBe(accounting.shown);
  await auditContent(set);
  for (const trace of traces) {
    expect(ledger(trace).conflicts).toBeInstanceOf(Array);
    expect(selfTime(trace)).toHaveLength(trace.spanCount);
    for (const span of trace.spans()) {
      expect(contentOf(span)).toHaveProperty('attributes');
      expect(span.scores).toBeInstanceOf(Array);
    }
  }
}

describe('any JSON in and around runs', () => {
  it('is read or refused, accounted for and left as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyRuns, async (document) => {
        const before = JSON.stringify(document);
        let set: TraceSet;
        try {
          set = readTraces(deepFreeze(document) as object, { adapters: [langsmith], format: 'langsmith' });
        } catch (error) {
          if (error instanceof TraceInputError) return;
          throw error;
        }
        await answersAll(set);
        expect(set.diagnostics.filter(({ message }) => message.includes('could not be read as'))).toEqual([]);
        expect(JSON.stringify(document)).toBe(before);
      }),
      { numRuns: 1500 },
    );
  });

  it('gives every run of a list to the sink', () => {
    fc.assert(
      fc.property(
        fc.array(
          mutatedRun.filter((each) => !('child_runs' in each)),
          { minLength: 1, maxLength: 5 },
        ),
        (runs) => {
          const before = structuredClone(runs);
          expect(read({ runs: [run(), ...runs] }).accounting).toMatchObject({ entries: runs.length + 1, skipped: 0 });
          expect(runs).toEqual(before);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what throws when looked at', () => {
  const throwing = (field: string, more: object): object =>
    Object.defineProperty({ ...more }, field, {
      enumerable: true,
      get() {
        throw new Error('no entry');
      },
    });
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const good = run({ id: 'good', name: 'good' });

  it.each([
    'id',
    'name',
    'start_time',
    'extra',
    'inputs',
    'outputs',
    'events',
    'child_runs',
    'error',
    'parent_run',
    'tags',
    'feedback_stats',
    'some_field',
  ])('as %s leaves the run in place', (field) => {
    const set = read([throwing(field, run()), good]);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(set)).toMatchObject({ 'bad-attribute': 1 });
  });

  it.each<[string, object]>([
    ['metadata', { extra: throwing('metadata', {}) }],
    ['an entry of metadata', { extra: { metadata: throwing('x', { y: 1 }) } }],
    ['an event', { events: [throwing('name', {}), revoked(), throwing('time', { name: 'e' })] }],
    ['usage', { outputs: throwing('usage_metadata', {}) }],
    [
      'a proxy among the fields',
      {
        inputs: revoked(),
        outputs: revoked(),
        extra: revoked(),
        events: revoked(),
        tags: revoked(),
        attachments: revoked(),
        feedback_stats: revoked(),
        child_runs: revoked(),
        feedback: revoked(),
        serialized: revoked(),
        parent_run: revoked(),
        inputs_s3_urls: revoked(),
        error: revoked(),
        start_time: revoked(),
      },
    ],
    ['attachments', { attachments: throwing('a', { b: revoked() }) }],
    ['statistics', { feedback_stats: { a: revoked(), b: throwing('avg', {}) } }],
    ['child runs', { child_runs: [revoked()] }],
  ])('%s leaves the run in place', (_, more) => {
    const set = read([run(more), good]);
    expect(set.accounting).toMatchObject({ shown: 2 });
    expect(outline(set).split('\n')).toEqual(expect.arrayContaining(['answer', 'good']));
  });

  it.each([
    ['a proxy', revoked()],
    [
      'a proxy of a run',
      new Proxy(run(), {
        get() {
          throw new Error('no entry');
        },
        ownKeys() {
          throw new Error('no entry');
        },
      }),
    ],
  ])('as a whole, %s is skipped and its neighbours are shown', (_, hostile) => {
    for (const document of [
      [hostile, good],
      { runs: [good, hostile] },
      { post: [hostile, good] },
      run({ id: 'good', child_runs: [hostile] }),
    ]) {
      expect(read(document).accounting).toEqual({ entries: 2, shown: 1, merged: 0, skipped: 1 });
    }
  });
});

describe('a chain of 100,000 runs', () => {
  it('is read without recursion, nested', () => {
    const count = 100_000;
    let tree: Record<string, unknown> = {};
    for (let at = count - 1; at >= 0; at -= 1)
      tree = {
        id: `r${at}`,
        name: `run ${at}`,
        run_type: 'chain',
        start_time: START + at,
        end_time: START + 2 * count - at,
        child_runs: at === count - 1 ? [] : [tree],
      };
    const set = read(tree);
    expect(set.accounting).toEqual({ entries: count, shown: count, merged: 0, skipped: 0 });
    expect(set.traces).toHaveLength(1);
    expect(spansOf(set)[count - 1]).toMatchObject({ depth: count - 1, name: `run ${count - 1}` });
    expect(set.diagnostics).toEqual([]);
  });
});
