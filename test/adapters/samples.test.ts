import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, type TraceSet } from '../../src/core.ts';

/**
 * Real exports that live beside the project, with counts made by an independent reader. Where the folder is absent the
 * checks are skipped and say so.
 */
const samples = new URL('../../../shared/samples/', import.meta.url);
const present = existsSync(samples);
if (!present) console.info('samples.test: skipped, there is no folder of sample exports beside this project');

const read = (file: string): Promise<TraceSet> => parseTraces(readFileSync(new URL(file, samples)));
const counts = (set: TraceSet) => {
  const spans = set.traces.flatMap((trace) => [...trace.spans()]);
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    spans: spans.length,
    traces: set.traces.length,
    roots: spans.filter((span) => span.parent === null && span.parentSpanId === null).length,
    orphans: spans.filter((span) => span.diagnostics.some(({ code }) => code === 'missing-parent')).length,
    depth: Math.max(...spans.map((span) => span.depth)) + 1,
    errors: spans.filter((span) => span.status === 'error').length,
    services: new Set(spans.flatMap((span) => span.service ?? [])).size,
    tokens: set.traces.reduce((sum, trace) => sum + (ledger(trace).total.usage.total ?? 0), 0),
    kinds,
  };
};

/** What counts, what a naive sum over all spans would say, and how many spans disagree with those below them. */
const sums = (set: TraceSet) => {
  const add = (amounts: readonly (number | null | undefined)[]): number =>
    amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  const usages = set.traces.map((trace) => ledger(trace).total.usage);
  return {
    input: add(usages.map(({ input }) => input)),
    output: add(usages.map(({ output }) => output)),
    reported: add(set.traces.flatMap((trace) => Array.from(trace.spans(), ({ usage }) => usage?.total))),
    conflicts: add(set.traces.map((trace) => ledger(trace).conflicts.length)),
  };
};

describe.skipIf(!present)('exports of other programs', () => {
  it('OpenInference from LangChain.js: three traces, failing tools', async () => {
    expect(counts(await read('otlp-openinference/langchainjs.otlp.json'))).toEqual({
      spans: 30,
      traces: 3,
      roots: 3,
      orphans: 0,
      depth: 4,
      errors: 3,
      services: 1,
      tokens: 111,
      kinds: { chain: 18, llm: 3, prompt: 3, retriever: 3, tool: 3 },
    });
  });

  it('a list of envelopes with base64 ids and enum names', async () => {
    const { kinds, ...rest } = counts(await read('otlp-openinference/rag-earnings.envelopes.json'));
    expect(rest).toEqual({ spans: 18, traces: 1, roots: 1, orphans: 0, depth: 8, errors: 0, services: 0, tokens: 648 });
    expect(kinds).toMatchObject({ chain: 11, llm: 1, retriever: 1 });
  });

  it('OpenTelemetry GenAI over three services, where an agent repeats the sum of its calls', async () => {
    const set = await read('otlp-genai/multiservice.otlp.jsonl');
    const { kinds, ...rest } = counts(set);
    expect(rest).toEqual({
      spans: 15,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 9,
      errors: 2,
      services: 3,
      tokens: 1669,
    });
    expect(kinds).toMatchObject({ agent: 1, chain: 1, embedding: 1, llm: 2, retriever: 1, tool: 3 });
  });

  it('the same three services in one envelope', async () => {
    const set = await read('microservices/multiservice.otlp.json');
    const { kinds, ...rest } = counts(set);
    expect(rest).toEqual({
      spans: 15,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 9,
      errors: 2,
      services: 3,
      tokens: 1669,
    });
    expect(kinds).toMatchObject({ agent: 1, chain: 1, embedding: 1, llm: 2, retriever: 1, tool: 3 });
    // The agent repeats the sum of its calls: it agrees with them, and counts nothing itself.
    expect(sums(set)).toEqual({ input: 1459, output: 210, reported: 3329, conflicts: 0 });
  });

  it('Langfuse: all types of observation, an error and a warning that OpenTelemetry does not know of', async () => {
    const set = await read('otlp-langfuse/js5.otlp.json');
    expect(counts(set)).toEqual({
      spans: 7,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 2,
      errors: 1,
      services: 1,
      tokens: 120,
      kinds: { agent: 1, evaluator: 1, event: 1, guardrail: 1, llm: 1, retriever: 1, tool: 1 },
    });
    expect(sums(set)).toEqual({ input: 100, output: 20, reported: 120, conflicts: 0 });
    const [trace] = set.traces;
    expect(trace).toMatchObject({
      name: 'support-request',
      sessionId: 'sess-1',
      userId: 'user-1',
      tags: ['a', 'b'],
      metadata: { tier: 'gold' },
    });
    expect(
      Array.from(trace!.spans(), ({ status, statusMessage }) => [status, statusMessage]).filter(
        ([status]) => status !== 'unset',
      ),
    ).toEqual([
      ['error', 'SMTP 550 rejected'],
      ['warning', 'email masked'],
    ]);
    // Its total is input + output, so the 64 cached tokens are part of the input.
    expect(ledger(trace!).total).toMatchObject({
      usage: { inputUncached: 36, cacheRead: 64 },
      cost: { total: 0.0008, origin: 'reported' },
    });
  });

  it('MLflow and Pydantic AI, where an agent repeats what its call used', async () => {
    const set = await read('otlp-vendor-mix/mlflow-and-pydantic.otlp.jsonl');
    expect(counts(set)).toEqual({
      spans: 7,
      traces: 2,
      roots: 2,
      orphans: 0,
      depth: 3,
      errors: 0,
      services: 2,
      tokens: 262,
      kinds: { agent: 1, chain: 1, llm: 2, retriever: 1, span: 1, tool: 1 },
    });
    expect(sums(set)).toEqual({ input: 210, output: 52, reported: 424, conflicts: 0 });
  });

  it.each(['otlp-vercel/ai4.otlp.json', 'otlp-vercel/ai6.otlp.json'])(
    'Vercel AI SDK, %s: usage on both levels',
    async (file) => {
      const set = await read(file);
      expect(counts(set)).toEqual({
        spans: 6,
        traces: 2,
        roots: 2,
        orphans: 0,
        depth: 2,
        errors: 0,
        services: 1,
        tokens: 56,
        kinds: { agent: 2, llm: 3, tool: 1 },
      });
      expect(sums(set)).toMatchObject({ input: 39, output: 17, reported: file.includes('ai4') ? 96 : 112 });
    },
  );

  it('Traceloop, the flattened generation', async () => {
    const set = await read('otlp-traceloop/node-0.14.otlp.json');
    expect(counts(set)).toEqual({
      spans: 6,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 3,
      errors: 0,
      services: 1,
      tokens: 118,
      kinds: { agent: 1, chain: 2, llm: 2, tool: 1 },
    });
    expect(sums(set)).toEqual({ input: 100, output: 18, reported: 118, conflicts: 0 });
  });

  it('upper-case ids and a parent that is not in the file', async () => {
    expect(counts(await read('otlp-genai/proto-example.otlp.json'))).toMatchObject({ spans: 1, roots: 0, orphans: 1 });
  });

  it('lost parents, circles and a cut file lose no span', async () => {
    expect(counts(await read('malformed/orphans.otlp.json'))).toMatchObject({
      spans: 13,
      roots: 1,
      orphans: 5,
      depth: 4,
      errors: 2,
      tokens: 1669,
    });
    expect(counts(await read('malformed/cycle.otlp.json'))).toMatchObject({ spans: 15, errors: 2, tokens: 1669 });
    const cut = await read('malformed/truncated.otlp.jsonl');
    expect(counts(cut)).toMatchObject({ spans: 14, orphans: 1, depth: 8, tokens: 1669 });
    expect(cut.diagnostics).toContainEqual(expect.objectContaining({ code: 'bad-line', line: 15 }));
  });
});
