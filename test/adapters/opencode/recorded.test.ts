import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type TraceSet } from '../../../src/core.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../../fixtures/opencode/ferry-desk.${file}`, import.meta.url), 'utf8');
const [session, agent, printed] = ['session.json', 'agent.json', 'run.jsonl'].map(read) as [string, string, string];

const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const shape = (set: TraceSet) => spans(set).map(({ kind, name, status, depth }) => [depth, kind, name, status]);
const usage = ({ traces }: TraceSet) =>
  traces.map((trace) => {
    const { usage: sum, cost } = ledger(trace).total;
    return [sum.input, sum.cacheRead, sum.output, sum.reasoning, cost.total && Number(cost.total.toFixed(9))];
  });
const problems = (set: TraceSet) => set.diagnostics.filter(({ severity }) => severity !== 'info');

describe('one session of OpenCode, exported with the agent that it sent off', async () => {
  const set = await parseTraces([session, agent]);

  it('is a trace for each thing that the user said, and the agent stands below its call', () => {
    expect(set.format).toBe('opencode');
    expect(set.traces.map(({ name }) => name)).toEqual(['"Which ferry is late?"', '"Is there a storm?"', 'Thanks']);
    expect(new Set(set.traces.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(shape(set)).toEqual([
      [0, 'agent', '"Which ferry is late?"', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'bash', 'error'],
      [1, 'tool', 'read', 'error'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'task', 'unset'],
      [2, 'agent', 'Ask the harbour which berth is late', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [3, 'tool', 'read', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', '"Is there a storm?"', 'error'],
      [1, 'llm', 'chat ferry-1', 'error'],
      [0, 'agent', 'Thanks', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
    ]);
    expect(problems(set)).toEqual([]);
  });

  it('counts as the model did: cached tokens in the input, thought in the output, nothing for a call that failed', () => {
    // The calls of the first turn were 2 to 6 (the first made the title), each with 1200 tokens and its number.
    expect(usage(set)).toEqual([
      [6020, 5000, 300, 20, 0.00754],
      [null, null, null, null, null],
      [1208, 1000, 60, 0, 0.001516],
    ]);
    expect(spans(set)[1]!.usage).toMatchObject({ inputUncached: 202, outputText: 40, total: 1262 });
  });

  it('says what failed, and how', () => {
    const failed = spans(set).filter(({ status }) => status === 'error');
    expect(failed.map(({ statusMessage }) => statusMessage)).toEqual([
      'exit code 3',
      'File not found: /srv/ferry/no-such-file.txt',
      'The harbour is closed.',
      'The harbour is closed.',
    ]);
  });

  it('has the times of tools; a call that they follow ends when they are called for', () => {
    const [turn, call, bash, missing] = spans(set);
    expect(call!.diagnostics.map(({ code }) => code)).toEqual(['estimated-time']);
    expect(bash!.diagnostics).toEqual([]);
    expect(call!.firstToken).toBeGreaterThan(0);
    expect(call!.firstToken).toBeLessThan(call!.duration!);
    const end = call!.start! + call!.duration!;
    expect(end).toBeGreaterThanOrEqual(missing!.start!);
    expect(end).toBeLessThan(bash!.start! + bash!.duration!);
    expect(turn!.duration).toBe(Math.max(...[...set.traces[0]!.spans()].map((span) => span.start! + span.duration!)));
  });

  it('tells what was said, thought and called for', async () => {
    const [turn, call, bash, , second] = spans(set);
    expect((await call!.content()).messages).toMatchObject({
      input: [{ role: 'user', parts: [{ type: 'text', text: '"Which ferry is late?"' }] }],
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'Two things to look up.' },
            { type: 'text', text: 'I look that up.' },
            { type: 'toolCall', id: 'call_2_0', name: 'bash' },
            { type: 'toolCall', id: 'call_2_1', name: 'read', arguments: { filePath: 'no-such-file.txt' } },
          ],
        },
      ],
    });
    expect((await second!.content()).messages!.input).toMatchObject([
      {
        role: 'tool',
        parts: [
          { type: 'toolResult', id: 'call_2_0', result: 'Alma: berth 4\nBirk: berth 2\n' },
          { type: 'toolResult', id: 'call_2_1', error: true },
        ],
      },
    ]);
    expect((await bash!.content()).tool).toMatchObject({ arguments: { description: 'List the ferries' } });
    expect((await turn!.content()).messages!.output).toMatchObject([
      { parts: [{ text: 'The ferry of berth 4 is late.' }] },
    ]);
  });

  it('is the same whatever the order of the files, and as the messages that the server lists', async () => {
    expect(toNativeJson(await parseTraces([agent, session]))).toEqual(toNativeJson(set));
    const { messages } = JSON.parse(session) as { messages: readonly unknown[] };
    const listed = await parseTraces([JSON.stringify(messages), agent]);
    expect([shape(listed), usage(listed)]).toEqual([shape(set), usage(set)]);
  });

  it('has the agent as a session of its own where only that is read', async () => {
    const own = await parseTraces(agent);
    expect(shape(own)[0]).toEqual([0, 'agent', 'Ask the harbour which berth is late', 'unset']);
    expect(own.traces[0]!.sessionId).toBe((JSON.parse(agent) as { info: { id: string } }).info.id);
  });
});

describe('what a run of OpenCode printed', async () => {
  const set = await parseTraces(printed);

  it('is the same calls and tools, without the words of the user and without the agent', () => {
    expect(shape(set).map(([, kind, name]) => [kind, name])).toEqual([
      ['agent', 'turn'],
      ['llm', 'chat'],
      ['tool', 'bash'],
      ['tool', 'read'],
      ['llm', 'chat'],
      ['tool', 'task'],
      ['llm', 'chat'],
    ]);
    expect(usage(set)).toEqual([[3611, 3000, 180, 20, 0.004522]]);
    expect(problems(set)).toEqual([]);
  });

  it('adds nothing to an export of the same session', async () => {
    const both = await parseTraces([printed, session, agent]);
    const exported = await parseTraces([session, agent]);
    expect([shape(both), usage(both)]).toEqual([shape(exported), usage(exported)]);
  });

  it('begins another turn after an answer that calls for no tool', async () => {
    const again = printed.replaceAll('msg_', 'msg_9').replaceAll('prt_', 'prt_9');
    expect((await parseTraces(`${printed}${again}`)).traces).toHaveLength(2);
  });
});
