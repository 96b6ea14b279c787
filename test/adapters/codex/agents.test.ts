import { describe, expect, it } from 'vitest';
import { parseTraces, type TraceSet } from '../../../src/core.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 1, 10, 0, second)).toISOString();
const lines = (...entries: readonly (readonly [second: number, type: string, payload: object])[]): string =>
  entries.map(([second, type, payload]) => JSON.stringify({ timestamp: at(second), type, payload })).join('\n');

/** A rollout of one turn; `spawns` is the agent that it sends off, `by` the thread that sent it. */
function rollout(id: string, start: number, { spawns, by }: { spawns?: string; by?: string }): string {
  const source = by === undefined ? 'exec' : { subagent: { thread_spawn: { parent_thread_id: by, depth: 1 } } };
  return lines(
    [start, 'session_meta', { id, source, originator: 'codex_exec' }],
    [start, 'event_msg', { type: 'task_started', turn_id: `turn-${id}` }],
    [start, 'event_msg', { type: 'user_message', message: `work of ${id}` }],
    ...(spawns === undefined
      ? []
      : ([
          [
            start + 1,
            'response_item',
            { type: 'function_call', name: 'spawn_agent', arguments: '{}', call_id: `call-${id}` },
          ],
          [
            start + 9,
            'response_item',
            { type: 'function_call_output', call_id: `call-${id}`, output: `{"agent_id":"${spawns}"}` },
          ],
        ] as const)),
    [
      start + 10,
      'response_item',
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'done' }] },
    ],
    [start + 10, 'event_msg', { type: 'task_complete', turn_id: `turn-${id}` }],
  );
}

const tree = ({ traces }: TraceSet): readonly string[] =>
  traces.flatMap((trace) =>
    Array.from(trace.spans(), ({ depth, kind, name }) => `${'  '.repeat(depth)}${kind} ${name}`),
  );

describe('agents that a session of Codex sent off', () => {
  const main = rollout('main', 0, { spawns: 'helper' });
  const helper = rollout('helper', 2, { by: 'main', spawns: 'third' });
  const third = rollout('third', 4, { by: 'helper' });
  const whole = [
    'agent work of main',
    '  llm chat',
    '  tool spawn_agent',
    '    agent work of helper',
    '      llm chat',
    '      tool spawn_agent',
    '        agent work of third',
    '          llm chat',
    '      llm chat',
    '  llm chat',
  ];

  it('stand below the call that sent them off, in whatever order the files come', async () => {
    for (const files of [
      [main, helper, third],
      [third, helper, main],
    ]) {
      const set = await parseTraces(files);
      expect(tree(set).toSorted()).toEqual(whole.toSorted());
      expect(set.traces.map(({ name, sessionId }) => [name, sessionId])).toEqual([['work of main', 'main']]);
      expect(set.diagnostics.map(({ code }) => code)).toEqual(['estimated-time']);
    }
  });

  it('stand below the turn that was under way, where no call names them', async () => {
    const set = await parseTraces([rollout('main', 0, {}), rollout('helper', 2, { by: 'main' })]);
    expect(tree(set).map((line) => line.trim())).toContain('agent work of helper');
    expect(set.traces).toHaveLength(1);
    expect(set.traces[0]!.find('turn-helper')!.parent!.spanId).toBe('turn-main');
  });

  it('are sessions of their own without the one that sent them, or in a circle', async () => {
    expect((await parseTraces(helper)).traces[0]!.span(0).name).toBe('work of helper');
    const set = await parseTraces([rollout('a', 0, { by: 'b' }), rollout('b', 0, { by: 'a' })]);
    expect(set.accounting).toEqual({ entries: 4, shown: 4, merged: 0, skipped: 0 });
    expect(set.traces).toHaveLength(1);
  });
});
