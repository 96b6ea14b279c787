import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, type TraceSet } from '../../../src/core.ts';

const BEGIN = Date.UTC(2026, 10, 1, 10);
const at = (second: number): number => BEGIN + second * 1000;

const user = (id: string, second: number, parts: readonly object[] = [{ type: 'text', text: `ask ${id}` }]) => ({
  info: { id, sessionID: 's', role: 'user', time: { created: at(second) } },
  parts,
});
const assistant = (id: string, parentID: string, second: number, parts: readonly object[], more: object = {}) => ({
  info: {
    ...{ id, parentID, sessionID: 's', role: 'assistant', modelID: 'm', providerID: 'anthropic' },
    time: { created: at(second), completed: at(second + 5) },
    ...more,
  },
  parts,
});
const session = (id: string, messages: readonly unknown[], more: object = {}) => ({
  info: { id, directory: '/srv', version: '1.0.0', title: `title of ${id}`, time: { created: at(0) }, ...more },
  messages,
});
const task = (id: string, sessionId: string, second: number) => ({
  id,
  ...{ type: 'tool', tool: 'task', callID: `call-${id}` },
  state: { status: 'completed', metadata: { sessionId }, time: { start: at(second), end: at(second + 1) } },
});
const tokens = (more: object) => ({ input: 10, output: 30, reasoning: 20, cache: { read: 5, write: 2 }, ...more });

const read = (...documents: readonly unknown[]) => parseTraces(documents.map((each) => JSON.stringify(each)));
const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const places = (set: TraceSet) =>
  spans(set).map(({ spanId, parentSpanId, traceId }) => [spanId, parentSpanId, traceId]);
const outputs = async (of: object) => {
  const set = await read(session('s', [user('u', 0), assistant('a', 'u', 1, [], { tokens: of })]));
  const { usage } = ledger(set.traces[0]!).total;
  return [usage.input, usage.output, usage.reasoning];
};

describe('sessions of OpenCode', () => {
  it('count thought within the output where the total says so, or there is none, as old versions did', async () => {
    expect(await outputs(tokens({ total: 67 }))).toEqual([17, 50, 20]);
    expect(await outputs(tokens({ total: 47 }))).toEqual([17, 30, 20]);
    expect(await outputs(tokens({}))).toEqual([17, 30, 20]);
  });

  it('know no cost where it is 0, since that is what is written where no price is known', async () => {
    const set = await read(session('s', [user('u', 0), assistant('a', 'u', 1, [], { cost: 0, tokens: tokens({}) })]));
    expect(spans(set)[1]!.cost).toBeNull();
  });

  it('are a model call for each step of an answer of old versions', async () => {
    const step = (name: string, cost: number) => [
      { type: 'step-start', id: `${name}-start` },
      { type: 'text', id: `${name}-text`, text: name, time: { start: at(2), end: at(3) } },
      { type: 'step-finish', id: `${name}-finish`, cost, tokens: tokens({}) },
    ];
    const more = { cost: 0.3, tokens: tokens({}) };
    const set = await read(
      session('s', [user('u', 0), assistant('a', 'u', 1, [...step('one', 0.1), ...step('two', 0.2)], more)]),
    );
    expect(spans(set).map(({ spanId, cost }) => [spanId, cost?.total])).toEqual([
      ['u', undefined],
      ['a', 0.1],
      ['a-step-2', 0.2],
    ]);
  });

  it('place each turn of an agent below the call that asked for it, in agents of agents too, in any order', async () => {
    const main = session('main', [
      user('u1', 0),
      assistant('a1', 'u1', 1, [task('t1', 'sub', 2)]),
      user('u2', 20),
      assistant('a2', 'u2', 21, [task('t2', 'sub', 22)]),
    ]);
    const sub = session('sub', [
      user('s1', 2),
      assistant('b1', 's1', 3, [task('t3', 'deep', 4)]),
      user('s2', 22),
      assistant('b2', 's2', 23, []),
    ]);
    const deep = session('deep', [user('d1', 4)]);
    const expected = [
      ['u1', null, 'u1'],
      ['a1', 'u1', 'u1'],
      ['t1', 'u1', 'u1'],
      ['s1', 't1', 'u1'],
      ['b1', 's1', 'u1'],
      ['t3', 's1', 'u1'],
      ['d1', 't3', 'u1'],
      ['u2', null, 'u2'],
      ['a2', 'u2', 'u2'],
      ['t2', 'u2', 'u2'],
      ['s2', 't2', 'u2'],
      ['b2', 's2', 'u2'],
    ];
    for (const files of [
      [main, sub, deep],
      [deep, sub, main],
    ]) {
      const set = await read(...files);
      expect(places(set)).toEqual(expected);
      expect(set.traces.map(({ sessionId }) => sessionId)).toEqual(['main', 'main']);
    }
  });

  it('are sessions of their own in a circle', async () => {
    const [a, b] = ['a', 'b'].map((id) =>
      session(id, [
        user(`u-${id}`, 0),
        assistant(`m-${id}`, `u-${id}`, 1, [task(`t-${id}`, id === 'a' ? 'b' : 'a', 1)]),
      ]),
    );
    const set = await read(a, b);
    expect(set.accounting).toMatchObject({ shown: 6, skipped: 0 });
    expect(set.traces).toHaveLength(2);
  });

  it('tell retries, summaries and what else was done as events, name turns by what a person wrote, and count what they do not know', async () => {
    const retry = {
      attempt: 1,
      error: { name: 'APIError', data: { message: 'overloaded' } },
      time: { created: at(2) },
    };
    const set = await read(
      session('s', [
        user('u', 0, [
          { type: 'text', text: 'a list of files', synthetic: true },
          { type: 'text', text: 'what changed?' },
          { type: 'file', mime: 'image/png', url: 'data:image/png;base64,iVBORw0KGgo=' },
        ]),
        assistant('a', 'u', 1, [{ type: 'retry', ...retry }, { type: 'hologram' }]),
        user('c', 10, [{ type: 'compaction', auto: true }]),
        'noise',
      ]),
    );
    expect(set.traces.map(({ name }) => name)).toEqual(['what changed?', 'compaction']);
    const contents = await Promise.all(spans(set).map((span) => span.content()));
    expect(contents[0]!.events).toMatchObject([
      {
        name: 'retry',
        attributes: new Map<string, unknown>([
          ['attempt', 1],
          ['error', 'overloaded'],
        ]),
      },
    ]);
    expect(contents[2]!.events).toMatchObject([{ name: 'compaction' }]);
    expect(contents[0]!.messages!.input[0]!.parts[2]).toMatchObject({ type: 'image', mimeType: 'image/png' });
    expect(set.diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['mixed-format', 'span-not-object']),
    );
    expect(set.accounting).toMatchObject({ entries: 4, shown: 3, skipped: 1 });
  });

  it('read what has holes, without times, ids or fields', async () => {
    const holes = {
      info: { id: 's', directory: '/', time: null },
      messages: [
        { info: { role: 'user', sessionID: 's' }, parts: [null, 3, {}] },
        { info: { role: 'assistant', sessionID: 's' }, parts: [{ type: 'tool' }, { type: 'tool', state: 7 }] },
      ],
    };
    const set = await read(holes);
    expect(spans(set).map(({ kind }) => kind)).toEqual(['agent', 'llm', 'tool', 'tool']);
  });
});
