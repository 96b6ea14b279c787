import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, type SpanContent } from '../../../src/core.ts';

/** Files that other programs wrote, kept beside this project; what is right stands in the text next to each. */
const folder = new URL('../../../../shared/cases/', import.meta.url);
const present = existsSync(folder);
if (!present) console.info('producers/shared.test: skipped, there is no folder of cases beside this project');

const read = async (name: string) => {
  const set = await parseTraces(readFileSync(new URL(name, folder)));
  const [trace] = set.traces;
  const spans = [...trace!.spans()];
  return {
    trace: trace!,
    spans,
    total: ledger(trace!).total,
    contents: spans.map((span) => span.content() as SpanContent),
    count: (kind: string) => spans.filter((span) => span.kind === kind).length,
  };
};

describe.skipIf(!present)('cases kept beside the project', () => {
  it.each([
    ['01-claude-code-flat-tokens.json', { input: 38_918, inputUncached: 8, cacheRead: 34_500, cacheWrite: 4410 }],
    ['09-mlflow-anthropic-exclusive.json', { input: 2650, inputUncached: 1510, total: 2725 }],
    ['15-two-instrumentations-siblings.json', { total: 580 }],
    ['adk.json', { input: 2400, cacheRead: 2000, output: 160, reasoning: 100, total: 2560 }],
    ['anthropic-sdk-native.json', { inputUncached: 200, cacheRead: 2000, cacheWrite: 200 }],
    ['claude-code.json', { inputUncached: 400, cacheRead: 4000, cacheWrite: 400 }],
    ['codex.json', { input: 2400, cacheRead: 2000, output: 160, reasoning: 100, total: 2560 }],
    ['genkit-otlp.json', { input: 3600, cacheRead: 3000, total: 3840 }],
    ['langsmith-anthropic-1hr.json', { inputUncached: 100, cacheWrite: 100 }],
    ['traceloop-anthropic-cache-outside.json', { input: 3100, inputUncached: 2000, total: 3180 }],
    ['voltagent-otlp.json', { input: 2400, cacheRead: 2000, output: 160, reasoning: 100 }],
    ['23-gemini-cli-outfile.json', { input: 8000, cacheRead: 7000, output: 360, reasoning: 300 }],
    ['copilot-cli-file.jsonl', { input: 2400, cacheRead: 2000, output: 160, total: 2560 }],
    ['openai-agents-chat.json', { input: 4800, cacheRead: 4000, output: 320, reasoning: 200 }],
  ])('%s has its tokens', async (name, usage) => {
    expect((await read(name)).total.usage).toMatchObject(usage);
  });

  it.each([
    ['01-claude-code-flat-tokens.json', { agent: 1, llm: 2, tool: 1 }],
    ['adk.json', { agent: 1, chain: 1, llm: 2, tool: 3 }],
    ['codex.json', { agent: 1, llm: 2, tool: 2 }],
    ['genkit-otlp.json', { llm: 3, tool: 1, chain: 6 }],
    ['mastra-otlp.json', { agent: 1, chain: 3, event: 6, llm: 2, tool: 2 }],
    ['strands-events.json', { agent: 1, chain: 2, llm: 2, tool: 2 }],
    ['voltagent-otlp.json', { agent: 1, llm: 1, memory: 6, tool: 2 }],
  ])('%s has its kinds', async (name, kinds) => {
    const { count } = await read(name);
    expect(Object.fromEntries(Object.keys(kinds).map((kind) => [kind, count(kind)]))).toEqual(kinds);
  });

  it.each([
    ['19-cost-and-cache-spellings.json', 2, ['system', 'user'], ['assistant']],
    ['21-adk-openinference.json', 1, ['system', 'user'], ['assistant']],
    ['28-responses-api-generation.json', 0, ['system', 'user', 'assistant', 'assistant', 'tool'], ['assistant']],
    ['04-glued-tool-arguments.json', 0, ['user'], ['assistant']],
  ])('%s has the messages of its span %i', async (name, place, input, output) => {
    const { messages } = (await read(name)).contents[place]!;
    expect([messages!.input, messages!.output].map((side) => side.map(({ role }) => role))).toEqual([input, output]);
  });

  it('35 and 37 have arguments and results of tools', async () => {
    const strands = (await read('35-strands-event-messages.json')).contents[1]!.tool;
    expect(strands).toMatchObject({ arguments: { user: 'u1' }, result: 'order A, order B' });
    const langfuse = (await read('37-langfuse-tool-observation-of-strands.json')).contents[0]!.tool;
    expect(langfuse).toMatchObject({ arguments: { caseId: 'abc123', shop: 'de' }, result: 'Data stored (9 fields).' });
  });

  it('27 has images where base64 stands', async () => {
    const { contents } = await read('27-images-in-odd-places.json');
    const images = contents.map(
      ({ messages }) =>
        [...(messages?.input ?? []), ...(messages?.output ?? [])]
          .flatMap(({ parts }) => parts)
          .filter(({ type }) => type === 'image').length,
    );
    expect(images).toEqual([2, 3, 1, 1]);
  });

  it.each([
    ['23-gemini-cli-outfile.json', 3],
    ['32-flat-otel-rows-iso.json', 2],
    ['33-adk-debug-session-trace.json', 2],
    ['copilot-cli-file.jsonl', 5],
  ])('%s has %i spans, each with its times and none running', async (name, count) => {
    const { spans } = await read(name);
    expect(spans).toHaveLength(count);
    expect(spans.filter(({ status, startUnixNano }) => status === 'running' || startUnixNano === null)).toEqual([]);
  });

  it('s2-kind-proto-crash.json has a step without a kind', async () => {
    expect((await read('s2-kind-proto-crash.json')).spans).toMatchObject([{ kind: 'span', rawKind: '__proto__' }]);
  });

  it('otel-openai-traces-and-logs.jsonl has the messages of each call', async () => {
    const { traces } = await parseTraces(readFileSync(new URL('otel-openai-traces-and-logs.jsonl', folder)));
    const contents = traces.map((trace) => trace.span(0).content() as SpanContent);
    expect(contents.map(({ messages }) => messages?.output.length)).toEqual([1, 1, 1]);
  });

  it('38-application-log-lines.json is refused by its name', async () => {
    await expect(read('38-application-log-lines.json')).rejects.toThrow('it is log records');
  });
});
