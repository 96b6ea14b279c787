import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, selfTime, type Trace } from '../../src/core.ts';
import { MISREAD } from './misread.ts';

/** The counts of one recorded fixture, which another program made. */
interface Expected {
  readonly spans: number;
  readonly traces: number;
  readonly roots: number;
  readonly orphans: number;
  readonly errors: number;
  readonly services: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly modelCalls: number;
  readonly tokens: Readonly<Record<'input' | 'cacheRead' | 'output' | 'reasoning' | 'total', number>>;
  readonly embeddingCalls: number;
  readonly embeddingTokens: number;
  readonly cost: number | null;
  readonly events: number;
  readonly links: number;
}
const expected = JSON.parse(
  readFileSync(new URL('../fixtures/otlp/expected.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Expected>>;

const read = async (name: string) => {
  const set = await parseTraces(readFileSync(new URL(`../fixtures/otlp/${name}.otlp.jsonl`, import.meta.url)));
  return { ...set, trace: set.traces[0]! };
};
const kinds = (trace: Trace) => tally([...trace.spans()].map(({ kind }) => kind));
const named = (trace: Trace, name: string) => [...trace.spans()].filter((span) => span.name === name);

const tally = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

describe.each(Object.keys(expected))('%s, as another program counts it', async (name) => {
  const { traces, accounting } = await read(name);
  const spans = traces.flatMap((trace) => [...trace.spans()]);
  const sums = traces.map((trace) => ledger(trace).total);
  const sum = (amount: (total: (typeof sums)[number]) => number | null): number =>
    sums.reduce((total, entry) => total + (amount(entry) ?? 0), 0);
  const {
    tokens,
    embeddingTokens,
    cost,
    modelCalls,
    embeddingCalls,
    services,
    kinds: steps,
    ...rest
  } = expected[name]!;

  it('has the same spans, roots, errors and kinds', { fails: MISREAD[name]?.kinds !== undefined }, async () => {
    const contents = await Promise.all(spans.map((span) => span.content()));
    expect({
      spans: spans.length,
      traces: traces.length,
      events: contents.reduce((count, { events }) => count + events.length, 0),
      links: contents.reduce(
        (count, { links }) => count + links.filter(({ direction }) => direction === 'out').length,
        0,
      ),
      roots: spans.filter((span) => span.parent === null && span.parentSpanId === null).length,
      orphans: spans.filter((span) => span.diagnostics.some(({ code }) => code === 'missing-parent')).length,
      errors: spans.filter(({ status }) => status === 'error').length,
    }).toEqual(rest);
    expect(accounting).toMatchObject({ shown: rest.spans, skipped: 0 });
    expect(tally(spans.map(({ kind }) => kind))).toEqual(steps);
    expect(tally(spans.flatMap(({ service }) => service ?? []))).toEqual(services);
  });

  it('has the same tokens and cost', { fails: MISREAD[name]?.tokens !== undefined }, () => {
    expect(sum(({ calls }) => calls)).toBe(modelCalls + embeddingCalls);
    expect({
      input: sum(({ usage }) => usage.input),
      cacheRead: sum(({ usage }) => usage.cacheRead),
      output: sum(({ usage }) => usage.output),
      reasoning: sum(({ usage }) => usage.reasoning),
      total: sum(({ usage }) => usage.total),
    }).toEqual({ ...tokens, input: tokens.input + embeddingTokens, total: tokens.total + embeddingTokens });
    expect(sums.some((total) => total.cost.total !== null)).toBe(cost !== null);
    expect(sum((total) => total.cost.total)).toBeCloseTo(cost ?? 0, 8);
  });
});

describe('support-agent: OpenInference over two services', async () => {
  const { trace, traces, diagnostics, accounting } = await read('support-agent');

  it('is one trace of 66 spans and no repairs', () => {
    expect(traces).toHaveLength(1);
    expect(accounting).toEqual({ entries: 66, shown: 66, merged: 0, skipped: 0 });
    expect(diagnostics).toEqual([]);
    expect(new Set([...trace.spans()].map(({ service }) => service))).toEqual(new Set(['support-api', 'agent-worker']));
  });

  it('knows what each step is', () => {
    expect(kinds(trace)).toEqual({
      llm: 30,
      chain: 15,
      tool: 7,
      agent: 3,
      guardrail: 2,
      embedding: 1,
      retriever: 1,
      reranker: 1,
      prompt: 1,
      evaluator: 1,
      http: 2,
      db: 2,
    });
  });

  it('adds up tokens and cost, and says what has no price', () => {
    const { usage, cost, ...calls } = ledger(trace).total;
    expect(usage).toMatchObject({ input: 20_909 + 39, cacheRead: 12_544, output: 1_716, reasoning: 64 });
    expect(cost.total).toBeCloseTo(0.02673558, 8);
    expect(calls).toEqual({ calls: 31, callsWithUsage: 31, callsWithCost: 30 });
  });

  it('holds a failure and its retry', async () => {
    const [first, retry] = named(trace, 'refund.eligibility');
    expect([first!.status, retry!.status]).toEqual(['error', 'ok']);
    const { events, tool } = await first!.content();
    expect(events[0]!.attributes.get('exception.type')).toBe('UpstreamTimeoutError');
    expect(tool).toMatchObject({ name: 'refund_eligibility', arguments: { invoice_id: 'in_88213' } });
  });

  it('holds what the model saw', async () => {
    const { messages, toolDefinitions, parameters } = await named(trace, 'plan')[0]!.content();
    expect(messages!.input.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages!.output[0]!.parts.filter(({ type }) => type === 'toolCall')).toHaveLength(3);
    expect(toolDefinitions.map(({ name }) => name)).toEqual(['get_invoice', 'get_subscription', 'refund_eligibility']);
    expect(parameters).toMatchObject({ model: 'gpt-4.1' });
  });

  it('holds documents before and after ranking, and the first token of a streamed answer', async () => {
    const { documents } = await named(trace, 'rerank')[0]!.content();
    expect([documents!.input.length, documents!.output.length]).toEqual([24, 6]);
    const [reply] = named(trace, 'write_reply');
    expect(reply!.firstToken).toBeGreaterThan(0);
    expect(reply!.firstToken).toBeLessThan(reply!.duration);
  });

  it('gives each moment of a branch without parallel work to exactly one span', () => {
    const own = selfTime(trace);
    const [triage] = named(trace, 'triage_agent');
    let sum = 0;
    for (let index = triage!.index; index <= triage!.index + triage!.descendantCount; index += 1) sum += own[index]!;
    expect(Math.abs(sum - triage!.duration)).toBeLessThan(1e6);
  });
});

describe('ai-sdk-agent: OpenTelemetry GenAI', async () => {
  const { trace, accounting } = await read('ai-sdk-agent');

  it('knows what each step is', () => {
    expect(accounting).toEqual({ entries: 34, shown: 34, merged: 0, skipped: 0 });
    expect(kinds(trace)).toEqual({ agent: 1, chain: 10, llm: 10, tool: 13 });
    expect([...trace.spans()].filter(({ status }) => status === 'error')).toHaveLength(1);
  });

  it('counts the calls and not the agent that repeats their sum', () => {
    const { total, conflicts } = ledger(trace);
    expect(total.usage).toMatchObject({ input: 18_206, cacheRead: 14_642, output: 726 });
    expect(total.calls).toBe(10);
    expect(conflicts).toEqual([]);
    expect(trace.span(0).usage!.input).toBe(18_206);
  });

  it('reads messages and tools from JSON text', async () => {
    const [call] = [...trace.spans()].filter(({ kind }) => kind === 'llm');
    const { messages, toolDefinitions } = await call!.content();
    expect(messages!.input.length).toBeGreaterThan(0);
    expect(messages!.output[0]!.parts.some(({ type }) => type === 'toolCall')).toBe(true);
    expect(toolDefinitions.length).toBeGreaterThan(0);
    expect(call!.firstToken).toBeGreaterThan(0);
    const tool = await [...trace.spans()].find(({ kind, status }) => kind === 'tool' && status !== 'error')!.content();
    expect(tool.tool).toMatchObject({ name: 'list_alerts', arguments: expect.any(Object) as object });
  });
});

describe('traceloop: decorated functions around model calls, older and newer', () => {
  it.each(['traceloop-legacy', 'traceloop-agent'])('%s has short names, messages and found documents', async (name) => {
    const { trace } = await read(name);
    expect(trace.name).toBe('plan_dinner');
    expect([trace.sessionId, trace.userId, trace.metadata]).toEqual([
      'evening-204',
      'household-31',
      { plan: 'family' },
    ]);
    const { messages, toolDefinitions } = await [...trace.spans()].find(({ kind }) => kind === 'llm')!.content();
    expect(messages!.input.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages!.output[0]!.parts.map((part) => part.type === 'toolCall' && part.name)).toEqual([
      'search_recipes',
      'check_pantry',
    ]);
    expect(toolDefinitions.map((tool) => tool.name)).toEqual(['search_recipes', 'check_pantry', 'price_basket']);
    const { documents } = await [...trace.spans()].find(({ kind }) => kind === 'retriever')!.content();
    expect(documents!.output.map(({ id, score, scoreKind }) => [id, score, scoreKind])).toEqual([
      ['r-381', 0.91, 'similarity'],
      ['r-112', 0.84, 'similarity'],
      ['r-507', 0.79, 'similarity'],
    ]);
    expect((await named(trace, 'check_pantry')[0]!.content()).tool).toMatchObject({
      name: 'check_pantry',
      arguments: { items: ['red lentils', 'rice', 'coconut milk', 'curry paste'] },
    });
  });
});

describe('the AI SDK before version 7', () => {
  it.each(['ai-sdk-v4', 'ai-sdk-v5', 'ai-sdk-v6'])(
    '%s has messages, tools, embeddings and a first token',
    async (name) => {
      const { traces } = await read(name);
      const spans = traces.flatMap((trace) => [...trace.spans()]);
      const contentOf = (spanName: string) => spans.find((span) => span.name === spanName)!.content();
      const { messages, toolDefinitions } = await contentOf('ai.generateText.doGenerate');
      expect(messages!.input.map(({ role }) => role)).toEqual(['system', 'user']);
      expect(messages!.output[0]!.parts.map((part) => part.type).filter((type) => type !== 'reasoning')).toEqual([
        'text',
        'toolCall',
        'toolCall',
      ]);
      expect(messages!.output[0]!.finishReason).toBe('tool-calls');
      expect(toolDefinitions.map((tool) => [tool.name, typeof tool.parameters])).toEqual([
        ['find_trains', 'object'],
        ['weather', 'object'],
        ['book_seat', 'object'],
      ]);
      expect((await contentOf('ai.generateText')).messages!.input.map(({ role }) => role)).toEqual(['system', 'user']);
      expect((await contentOf('ai.embedMany')).embeddings.map(({ dimensions }) => dimensions)).toEqual([8, 8, 8, 8, 8]);
      const streamed = spans.find((span) => span.name === 'ai.streamText.doStream')!;
      expect(streamed.firstToken).toBeGreaterThan(0);
      expect(streamed.firstToken).toBeLessThan(streamed.duration);
      expect([traces[0]!.sessionId, traces[0]!.userId, traces[0]!.tags]).toEqual([
        'trip-771',
        'traveller-9',
        ['bicycle', 'train'],
      ]);
    },
  );
});
