import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, selfTime, type Trace } from '../../src/core.ts';

/** The recorded fixtures, against the counts in their SOURCES.md, which another program made. */
const read = async (name: string) => {
  const set = await parseTraces(readFileSync(new URL(`../fixtures/otlp/${name}.otlp.jsonl`, import.meta.url)));
  return { ...set, trace: set.traces[0]! };
};
const kinds = (trace: Trace): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of trace.spans()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
const named = (trace: Trace, name: string) => [...trace.spans()].filter((span) => span.name === name);

describe('support-agent: OpenInference over two services', async () => {
  const { trace, traces, diagnostics, accounting } = await read('support-agent');

  it('is one trace of 66 spans and no repairs', () => {
    expect(traces).toHaveLength(1);
    expect(accounting).toEqual({ entries: 66, shown: 66, merged: 0, skipped: 0 });
    expect(diagnostics).toEqual([]);
    expect(new Set([...trace.spans()].map(({ service }) => service))).toEqual(new Set(['support-api', 'agent-worker']));
  });

  it('knows what each step is', () => {
    expect(kinds(trace)).toEqual({ llm: 30, chain: 15, tool: 7, agent: 3, guardrail: 2, embedding: 1, retriever: 1, reranker: 1, prompt: 1, evaluator: 1, http: 2, db: 2 });
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
