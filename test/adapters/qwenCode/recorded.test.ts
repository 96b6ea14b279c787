import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type TraceSet } from '../../../src/core.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../../fixtures/qwen-code/ferry-desk.${file}`, import.meta.url), 'utf8');
const [session, agent, facts] = ['session.jsonl', 'agent.jsonl', 'agent.meta.json'].map(read) as [
  string,
  string,
  string,
];
const [printed, telemetry] = ['stream.jsonl', 'telemetry.jsonl'].map(read) as [string, string];

const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);
const shape = (set: TraceSet) => spans(set).map(({ kind, name, status, depth }) => [depth, kind, name, status]);
const tokens = ({ traces }: TraceSet) =>
  traces.map((trace) => {
    const { usage } = ledger(trace).total;
    return [usage.input, usage.cacheRead, usage.output, usage.reasoning];
  });
const seconds = (nanoseconds: number): number => Math.round(nanoseconds / 1e6) / 1000;

interface Measured {
  readonly 'event.name': string;
  readonly duration_ms: number;
}
const measures = session
  .split('\n')
  .filter(Boolean)
  .flatMap((line) => (JSON.parse(line) as { systemPayload?: { uiEvent?: Measured } }).systemPayload?.uiEvent ?? []);
const lengths = (name: RegExp): readonly number[] =>
  measures
    .filter((event) => name.test(event['event.name']))
    .map((event) => event.duration_ms / 1000)
    .sort();

describe('one session of Qwen Code, with the agent that it sent off', async () => {
  const set = await parseTraces([session, agent, facts]);

  it('is a trace for each turn; agents stand below their call, or below the turn during which they ran', () => {
    expect(set.format).toBe('qwen-code');
    expect(shape(set)).toEqual([
      [0, 'agent', 'Which ferry is late?', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'run_shell_command', 'error'],
      [1, 'tool', 'read_file', 'error'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [1, 'tool', 'agent', 'unset'],
      [2, 'agent', 'Ask the harbour which berth is late', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [3, 'tool', 'read_file', 'unset'],
      [3, 'llm', 'chat ferry-1', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Background agent "general-purpose: Ask the harbour" completed.', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Thanks', 'unset'],
      [1, 'llm', 'chat ferry-1', 'unset'],
      // What it remembers of a session is written down by an agent that left no file.
      [1, 'agent', 'managed-auto-memory-extractor', 'unset'],
      [2, 'llm', 'chat ferry-1', 'unset'],
      [2, 'tool', 'read_file', 'error'],
      [2, 'tool', 'run_shell_command', 'error'],
      [2, 'llm', 'chat ferry-1', 'unset'],
      [2, 'llm', 'chat ferry-1', 'unset'],
      [0, 'agent', 'Is there a storm?', 'error'],
      [1, 'llm', 'chat ferry-1', 'error'],
    ]);
    expect(set.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('counts each of the eleven calls once: 1200 tokens and its number, and none of the last, which failed', () => {
    expect(tokens(set)).toEqual([
      [6015, 5000, 300, 20],
      [1206, 1000, 60, 0],
      [4834, 4000, 240, 20],
      [null, null, null, null],
    ]);
  });

  it('has the times that the program measured', () => {
    const took = (kind: string): readonly number[] =>
      spans(set)
        .filter((span) => span.kind === kind)
        .map(({ duration }) => seconds(duration!))
        .sort();
    expect(took('llm')).toEqual(lengths(/api_/));
    expect(took('tool')).toEqual(lengths(/tool_call/));
    expect(spans(set).every(({ diagnostics }) => diagnostics.every(({ code }) => code !== 'estimated-time'))).toBe(
      true,
    );
    expect(spans(set)[1]!.firstToken).toBeGreaterThan(0);
  });

  it('says what failed, and how', () => {
    const failed = spans(set).filter(({ status, depth }) => status === 'error' && depth < 2);
    expect(failed.map(({ statusMessage }) => statusMessage)).toEqual([
      'exit code 3',
      'File not found: /srv/ferry/no-such-file.txt',
      '400 The harbour is closed.',
      '400 The harbour is closed.',
    ]);
  });

  it('tells what was said, thought and called for', async () => {
    const [, call, , missing, second] = spans(set);
    expect((await call!.content()).messages).toMatchObject({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Which ferry is late?' }] }],
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'Two things to look up.' },
            { type: 'text', text: 'I look that up.' },
            { type: 'toolCall', id: 'call_1_0', name: 'run_shell_command' },
            { type: 'toolCall', id: 'call_1_1', name: 'read_file' },
          ],
        },
      ],
    });
    expect((await second!.content()).messages!.input).toMatchObject([
      { parts: [{ type: 'toolResult', id: 'call_1_0' }] },
      { parts: [{ type: 'toolResult', id: 'call_1_1' }] },
    ]);
    expect((await missing!.content()).tool).toMatchObject({
      arguments: { file_path: '/srv/ferry/no-such-file.txt' },
      result: 'File not found: /srv/ferry/no-such-file.txt',
    });
  });

  it('is the same whatever the order of the files, and twice', async () => {
    expect(toNativeJson(await parseTraces([facts, agent, session]))).toEqual(toNativeJson(set));
    const twice = await parseTraces([session, agent, facts, session]);
    expect([shape(twice), tokens(twice)]).toEqual([shape(set), tokens(set)]);
  });

  it('knows calls and tokens of its agents without their files too', async () => {
    const alone = await parseTraces(session);
    expect(tokens(alone)).toEqual(tokens(set));
    expect(shape(alone)[6]).toEqual([2, 'agent', 'Ask the harbour', 'unset']);
  });
});

describe('what a run of Qwen Code printed', async () => {
  const set = await parseTraces(printed);

  it('is one call for each answer, however many lines it is, counted as OpenAI does', async () => {
    const traces = set.traces.toSorted((a, b) => b.spanCount - a.spanCount);
    expect(
      traces.flatMap((trace) => Array.from(trace.spans(), ({ depth, kind, name }) => [depth, kind, name])),
    ).toEqual([
      [0, 'agent', 'session'],
      [1, 'llm', 'chat ferry-1'],
      [1, 'tool', 'run_shell_command'],
      [1, 'tool', 'read_file'],
      [1, 'llm', 'chat ferry-1'],
      [1, 'tool', 'agent'],
      [2, 'agent', 'Ask the harbour which berth is late'],
      [1, 'llm', 'chat ferry-1'],
      [0, 'agent', 'Background agent "general-purpose: Ask the harbour" completed.'],
      [1, 'llm', 'chat ferry-1'],
    ]);
    expect(tokens({ ...set, traces })).toEqual([
      [3606, 3000, 180, null],
      [1206, 1000, 60, null],
    ]);
    const call = [...traces[0]!.spans()][1]!;
    expect([call.provider, call.service]).toEqual([null, 'qwen-code']);
    const { output } = (await call.content()).messages!;
    expect(output[0]!.parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'toolCall', 'toolCall']);
  });
});

describe('the telemetry file of Qwen Code', async () => {
  const set = await parseTraces(telemetry);

  it('has each tool once, thought, and log records with the spans that they name', async () => {
    expect(spans(set).filter(({ kind }) => kind === 'tool')).toHaveLength(4);
    expect(tokens(set).toSorted()).toEqual(
      [
        [3606, 3000, 180, 20],
        [2409, 2000, 120, 0],
        [1206, 1000, 60, 0],
      ].toSorted(),
    );
    const call = spans(set).find(({ kind }) => kind === 'llm')!;
    const { events } = await call.content();
    expect(events.map(({ name }) => name)).toEqual(['qwen-code.api_request', 'qwen-code.api_response']);
  });
});
