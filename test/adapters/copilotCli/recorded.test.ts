import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type TraceSet } from '../../../src/core.ts';

const read = (part: string): string =>
  readFileSync(new URL(`../../fixtures/copilot-cli/ferry-desk.${part}.jsonl`, import.meta.url), 'utf8');
const [session, printed] = ['session', 'printed'].map(read) as [string, string];

const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const shape = (set: TraceSet) => spans(set).map(({ kind, name, status, depth }) => [depth, kind, name, status]);
const tokens = ({ traces }: TraceSet) =>
  traces.map((trace) => {
    const { usage, cost } = ledger(trace).total;
    return [usage.input, usage.cacheRead, usage.output, usage.reasoning, cost.total];
  });

interface Event {
  readonly type: string;
  readonly data: { readonly usage?: { readonly duration: number } };
}
const events = session
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Event);

const firstTurn = [
  [0, 'agent', 'Which ferry is late?', 'unset'],
  [1, 'llm', 'chat ferry-1', 'unset'],
  [1, 'tool', 'bash', 'error'],
  [1, 'tool', 'view', 'error'],
  [1, 'llm', 'chat ferry-1', 'unset'],
  [1, 'tool', 'task', 'unset'],
  [2, 'agent', 'Ask the harbour which berth is late', 'unset'],
  [3, 'llm', 'chat ferry-1', 'unset'],
  [3, 'tool', 'view', 'unset'],
  [3, 'llm', 'chat ferry-1', 'unset'],
  [1, 'llm', 'chat ferry-1', 'unset'],
];

describe('one session of GitHub Copilot’s CLI, with the agent that it sent off', async () => {
  const set = await parseTraces(session);

  it('is a trace for each turn, in which the agent stands below its call', () => {
    expect(set.format).toBe('copilot-cli');
    expect(shape(set)).toEqual([
      ...firstTurn,
      [0, 'agent', 'Thanks', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Is there a storm?', 'error'],
      [1, 'llm', 'chat ferry-1', 'error'],
    ]);
    expect(set.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(new Set(set.traces.map(({ sessionId }) => sessionId)).size).toBe(1);
  });

  it('counts as the model did: 1200 tokens and the number of the call, of which a cache had 1000; requests are no dollars', () => {
    expect(tokens(set)).toEqual([
      [6015, 5000, 300, 20, null],
      [1206, 1000, 60, 0, null],
      [null, null, null, null, null],
    ]);
  });

  it('has calls as long as their usage says that they took', () => {
    const took = events.flatMap(({ data }) => data.usage?.duration ?? []);
    const calls = spans(set).filter(({ kind, status }) => kind === 'llm' && status !== 'error');
    expect(calls.map(({ duration }) => duration! / 1e6)).toEqual(took);
    expect(calls.every(({ firstToken, duration }) => firstToken > 0 && firstToken <= duration! + 1e6)).toBe(true);
    // Of the one that failed only the step around it is known.
    expect(set.diagnostics.map(({ code, count }) => [code, count])).toEqual([['estimated-time', 1]]);
  });

  it('says what failed, and how', () => {
    const failed = spans(set).filter(({ status }) => status === 'error');
    expect(failed.map(({ statusMessage }) => statusMessage)).toEqual([
      'exit code 3',
      'Path does not exist',
      '400 The harbour is closed.',
      '400 The harbour is closed.',
    ]);
  });

  it('tells what was said, thought and called for', async () => {
    const [, call, bash, , second] = spans(set);
    const { messages } = await call!.content();
    expect(messages!.input.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages!.output).toMatchObject([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Two things to look up.' },
          { type: 'text', text: 'I look that up.' },
          { type: 'toolCall', id: 'call_1_0', name: 'bash' },
          { type: 'toolCall', id: 'call_1_1', name: 'view' },
        ],
      },
    ]);
    const heard = (await second!.content()).messages!.input.flatMap(({ parts }) => parts);
    expect(heard.map((part) => (part.type === 'toolResult' ? part.id : part.type)).toSorted()).toEqual([
      'call_1_0',
      'call_1_1',
    ]);
    expect((await bash!.content()).tool).toMatchObject({ arguments: { description: 'List the ferries' } });
  });

  it('counts a copy of it once', async () => {
    expect(toNativeJson(await parseTraces(`${session}${session}`))).toEqual(toNativeJson(set));
  });
});

describe('what a run of it printed', async () => {
  const set = await parseTraces(printed);

  it('is the same calls and tools, without usage', () => {
    expect(shape(set)).toEqual(firstTurn);
    expect(tokens(set)).toEqual([[null, null, null, null, null]]);
    expect(set.traces[0]!.sessionId).toBe(
      (JSON.parse(printed.trim().split('\n').at(-1)!) as { sessionId: string }).sessionId,
    );
    expect(set.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('has no events of what is ephemeral', async () => {
    const { events: marks } = await spans(set)[0]!.content();
    expect(marks).toEqual([]);
  });
});
