import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type TraceSet } from '../../../src/core.ts';

const read = (part: string): string =>
  readFileSync(new URL(`../../fixtures/cline/ferry-desk.${part}.messages.json`, import.meta.url), 'utf8');
const [session, agent, storm] = ['session', 'agent', 'storm'].map(read) as [string, string, string];

const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const shape = (set: TraceSet) => spans(set).map(({ kind, name, status, depth }) => [depth, kind, name, status]);
const tokens = ({ traces }: TraceSet) =>
  traces.map((trace) => {
    const { usage } = ledger(trace).total;
    return [usage.input, usage.cacheRead, usage.output];
  });

describe('sessions of Cline, with the agent that one sent off', async () => {
  const set = await parseTraces([session, agent, storm]);

  it('are a trace for each turn, in which the agent stands below its call', () => {
    expect(set.format).toBe('cline');
    expect(shape(set)).toEqual([
      [0, 'agent', 'Which ferry is late?', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'run_commands', 'error'],
      [1, 'tool', 'read_files', 'error'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'spawn_agent', 'unset'],
      [2, 'agent', 'Ask the harbour which berth is late', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [3, 'tool', 'read_files', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Is there a storm?', 'error'],
      [1, 'llm', 'chat ferry-1', 'error'],
    ]);
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['estimated-time']);
  });

  it('count as the model did: 1200 tokens and the number of the call, of which a cache had 1000', () => {
    expect(tokens(set)).toEqual([
      [6015, 5000, 300],
      [null, null, null],
    ]);
  });

  it('say what failed, and how', () => {
    const failed = spans(set).filter(({ status }) => status === 'error');
    expect(failed.map(({ statusMessage }) => statusMessage)).toEqual([
      'Command exited with code 3',
      expect.stringContaining('Error reading file: ENOENT'),
      'The harbour is closed.',
      'The harbour is closed.',
    ]);
  });

  it('tell what was said, thought and called for', async () => {
    const [, call, command, , second] = spans(set);
    expect((await call!.content()).messages!.output).toMatchObject([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Two things to look up.' },
          { type: 'text', text: 'I look that up.' },
          { type: 'toolCall', id: 'call_1_0', name: 'run_commands' },
          { type: 'toolCall', id: 'call_1_1', name: 'read_files' },
        ],
      },
    ]);
    expect((await second!.content()).messages!.input).toMatchObject([
      { parts: [{ type: 'toolResult', id: 'call_1_0' }] },
      { parts: [{ type: 'toolResult', id: 'call_1_1' }] },
    ]);
    expect((await command!.content()).tool).toMatchObject({ arguments: { commands: ['cat ferries.txt; exit 3'] } });
  });

  it('are the same whatever the order of the files, and twice', async () => {
    expect(toNativeJson(await parseTraces([storm, agent, session]))).toEqual(toNativeJson(set));
    expect(toNativeJson(await parseTraces([session, agent, storm, session]))).toEqual(toNativeJson(set));
  });

  it('have the agent as a session of its own where only that is read', async () => {
    const own = await parseTraces(agent);
    expect(shape(own)[0]).toEqual([0, 'agent', 'Ask the harbour which berth is late', 'unset']);
  });
});
