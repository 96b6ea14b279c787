import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type TraceSet } from '../../../src/core.ts';

const read = (part: string): string =>
  readFileSync(new URL(`../../fixtures/pi/ferry-desk.${part}.jsonl`, import.meta.url), 'utf8');
const [session, printed] = ['session', 'printed'].map(read) as [string, string];

const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const shape = (set: TraceSet) => spans(set).map(({ kind, name, status, depth }) => [depth, kind, name, status]);
const amounts = ({ traces }: TraceSet) =>
  traces.map((trace) => {
    const { usage, cost } = ledger(trace).total;
    return [usage.input, usage.cacheRead, usage.output, cost.total && Number(cost.total.toFixed(9))];
  });

const firstTurn = [
  [0, 'agent', 'Which ferry is late?', 'unset'],
  [1, 'llm', 'chat ferry-1', 'unset'],
  [1, 'tool', 'bash', 'error'],
  [1, 'tool', 'read', 'error'],
  [1, 'llm', 'chat ferry-1', 'unset'],
];

describe('one session of pi', async () => {
  const set = await parseTraces(session);

  it('is a trace for each turn, with calls and tools', () => {
    expect(set.format).toBe('pi');
    expect(shape(set)).toEqual([
      ...firstTurn,
      [0, 'agent', 'Thanks', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Is there a storm?', 'error'],
      [1, 'llm', 'chat ferry-1', 'error'],
    ]);
    expect(set.diagnostics.map(({ code, count }) => [code, count])).toEqual([['estimated-time', 2]]);
  });

  it('counts as the model did: 1200 tokens and the number of the call, of which a cache had 1000', () => {
    expect(amounts(set)).toEqual([
      [2403, 2000, 120, 0.003006],
      [1203, 1000, 60, 0.001506],
      [null, null, null, null],
    ]);
  });

  it('marks results of tools that failed where the model hears of them', async () => {
    const trace = set.traces[0]!;
    const { messages } = await trace.content(4);
    const results = messages!.input.flatMap(({ parts }) => parts.filter(({ type }) => type === 'toolResult'));
    expect(results).toMatchObject([
      { name: 'bash', error: true },
      { name: 'read', error: true },
    ]);
  });

  it('has calls from when the model was asked until their line was written', () => {
    const [line] = session.split('\n').filter((each) => each.includes('"stopReason":"toolUse"'));
    const { timestamp, message } = JSON.parse(line!) as { timestamp: string; message: { timestamp: number } };
    expect(spans(set)[1]!.duration! / 1e6).toBe(Date.parse(timestamp) - message.timestamp);
  });

  it('says what failed, and how', () => {
    const failed = spans(set).filter(({ status }) => status === 'error');
    expect(failed.map(({ statusMessage }) => statusMessage)).toEqual([
      'exit code 3',
      expect.stringContaining('ENOENT'),
      '400 The harbour is closed.',
      '400 The harbour is closed.',
    ]);
  });

  it('tells what was said, thought and called for', async () => {
    const [, call, bash, , second] = spans(set);
    expect((await call!.content()).messages!.output).toMatchObject([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Two things to look up.' },
          { type: 'text', text: 'I look that up.' },
          { type: 'toolCall', id: 'call_1_0', name: 'bash' },
          { type: 'toolCall', id: 'call_1_1', name: 'read' },
        ],
      },
    ]);
    expect((await second!.content()).messages!.input.flatMap(({ parts }) => parts)).toMatchObject([
      { type: 'toolResult', id: 'call_1_0' },
      { type: 'toolResult', id: 'call_1_1' },
    ]);
    expect((await bash!.content()).tool).toMatchObject({ arguments: { command: 'cat ferries.txt; exit 3' } });
  });
});

describe('what a run of pi printed', async () => {
  const set = await parseTraces(printed);

  it('is the same calls and tools; when a call ended it does not say', () => {
    expect(shape(set)).toEqual(firstTurn);
    expect(amounts(set)).toEqual([[2403, 2000, 120, 0.003006]]);
    expect(set.diagnostics.map(({ code }) => code)).toEqual(['missing-end', 'estimated-time']);
  });

  it('adds nothing to the session itself', async () => {
    expect(toNativeJson(await parseTraces([printed, session]))).toEqual(toNativeJson(await parseTraces(session)));
  });
});
