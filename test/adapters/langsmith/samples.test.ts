import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { langsmith } from '../../../src/adapters/langsmith/langsmith.ts';
import { auditContent, ledger, parseTraces, type SpanContent } from '../../../src/core.ts';

/**
 * Real exports that live beside the project, with counts made by an independent reader. Where the folder is absent the
 * checks are skipped and say so.
 */
const samples = new URL('../../../../shared/samples/langsmith/', import.meta.url);
const present = existsSync(samples);
if (!present) console.info('langsmith/samples.test: skipped, there is no folder of sample exports beside this project');

const read = (file: string) => parseTraces(readFileSync(new URL(file, samples)), { adapters: [langsmith] });

async function counts(file: string) {
  const set = await read(file);
  const spans = set.traces.flatMap((trace) => [...trace.spans()]);
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const sum = (amount: 'input' | 'output' | 'total') =>
    set.traces.reduce((total, trace) => total + (ledger(trace).total.usage[amount] ?? 0), 0);
  const contents = await Promise.all(spans.map((span) => span.content()));
  return {
    spans: spans.length,
    traces: set.traces.length,
    roots: spans.filter((span) => span.parent === null && span.parentSpanId === null).length,
    orphans: spans.filter((span) => span.diagnostics.some(({ code }) => code === 'missing-parent')).length,
    depth: Math.max(...spans.map((span) => span.depth)) + 1,
    errors: spans.filter(({ status }) => status === 'error').length,
    open: spans.filter(({ status }) => status === 'running').length,
    services: spans.filter(({ service }) => service !== null).length,
    kinds,
    tokens: [sum('input'), sum('output'), sum('total')],
    naive: spans.reduce((total, { usage }) => total + (usage?.total ?? 0), 0),
    events: contents.reduce((count, { events }) => count + events.length, 0),
    links: contents.reduce((count, { links }) => count + links.length, 0),
    scores:
      spans.reduce((count, { scores }) => count + scores.length, 0) +
      set.traces.reduce((count, { scores }) => count + scores.length, 0),
    merged: set.accounting.merged,
    notes: [...set.diagnostics, ...(await auditContent(set))].map(({ code }) => code),
  };
}

describe.skipIf(!present)('exports of LangSmith', () => {
  it('a RunTree with its child runs inside', async () => {
    expect(await counts('runtree-nested.json')).toEqual({
      spans: 4,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 3,
      errors: 1,
      open: 0,
      services: 0,
      kinds: { chain: 1, llm: 1, prompt: 1, tool: 1 },
      tokens: [12, 7, 19],
      naive: 19,
      events: 1,
      links: 0,
      scores: 0,
      merged: 0,
      notes: ['clock-skew'],
    });
    const [trace] = (await read('runtree-nested.json')).traces;
    const llm = [...trace!.spans()].find(({ kind }) => kind === 'llm')!;
    expect(llm).toMatchObject({
      name: 'ChatAnthropic',
      model: 'claude-3-5-sonnet',
      provider: 'anthropic',
      firstToken: 250_000_000,
      duration: 700_000_000,
      status: 'ok',
    });
    const { messages, parameters } = llm.content() as SpanContent;
    expect(messages!.input).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'hi' }] }]);
    expect(messages!.output).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Hello' },
          { type: 'toolCall', id: 'tu_1', name: 'search', arguments: { q: 'x' } },
        ],
        finishReason: 'end_turn',
      },
    ]);
    expect(parameters).toEqual({ model: 'claude-3-5-sonnet', max_tokens: 64 });
    // It was handed the metadata of the model call above it, and calls no model itself.
    expect([...trace!.spans()].find(({ kind }) => kind === 'tool')).toMatchObject({
      statusMessage: 'TimeoutError: search timed out',
      model: null,
      provider: null,
    });
    expect(trace).toMatchObject({ name: 'manual_agent', metadata: { project: 'demo-project', revision_id: 'abc' } });
  });

  it('one run per line, two traces, two forms of time in one run', async () => {
    expect(await counts('flat.jsonl')).toEqual({
      spans: 9,
      traces: 2,
      roots: 2,
      orphans: 0,
      depth: 3,
      errors: 2,
      open: 0,
      services: 0,
      kinds: { chain: 2, llm: 3, prompt: 1, retriever: 1, tool: 2 },
      tokens: [231, 14, 245],
      naive: 245,
      events: 4,
      links: 0,
      scores: 0,
      merged: 0,
      notes: ['clock-skew'],
    });
    const [, rag] = (await read('flat.jsonl')).traces;
    expect(rag).toMatchObject({
      name: 'rag_pipeline',
      sessionId: 'th-1',
      userId: 'u-1',
      tags: ['prod', 'rag'],
      metadata: { project: 'demo-project' },
    });
    expect(ledger(rag!).total).toMatchObject({
      usage: { cacheRead: 128 },
      cost: { total: 0.000021 },
      calls: 2,
      callsWithUsage: 2,
      callsWithCost: 1,
    });
    const [root, retrieve, , chat] = [...rag!.spans()];
    expect([root!.startUnixNano, root!.endUnixNano]).toEqual([1_795_353_595_902_001_000n, 1_795_353_595_979_000_000n]);
    expect((retrieve!.content() as SpanContent).documents).toMatchObject({
      query: 'What is the capital of Norway?',
      output: [{ content: 'Oslo is the capital of Norway.', score: 0.91 }, { score: 0.4 }],
    });
    expect(chat!.model).toBe('gpt-4o-mini-2024-07-18');
  });

  it('a batch in which a run is begun and updated', async () => {
    expect(await counts('py-wrap-openai-stream.batch.json')).toEqual({
      spans: 1,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 1,
      errors: 0,
      open: 0,
      services: 0,
      kinds: { llm: 1 },
      tokens: [9, 9, 18],
      naive: 18,
      events: 12,
      links: 0,
      scores: 0,
      merged: 1,
      notes: [],
    });
    const [trace] = (await read('py-wrap-openai-stream.batch.json')).traces;
    expect(trace!.span(0)).toMatchObject({
      name: 'ChatOpenAI',
      model: 'gpt-4o-mini-2024-07-18',
      firstToken: 1_238_419_000,
      duration: 1_328_441_000,
    });
    const { messages, raw, scope } = trace!.span(0).content() as SpanContent;
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'howdy' }] }],
      output: [
        {
          role: 'assistant',
          parts: [{ type: 'text', text: 'Howdy! How can I assist you today?' }],
          finishReason: 'stop',
        },
      ],
    });
    expect([raw.length, scope]).toEqual([2, { name: 'langsmith-py', version: '0.1.131', attributes: new Map() }]);
  });
});
