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

describe.skipIf(!present)('exports of other programs', () => {
  it('OpenInference from LangChain.js: three traces, failing tools', async () => {
    expect(counts(await read('otlp-openinference/langchainjs.otlp.json'))).toEqual({
      spans: 30, traces: 3, roots: 3, orphans: 0, depth: 4, errors: 3, services: 1, tokens: 111, kinds: { chain: 18, llm: 3, prompt: 3, retriever: 3, tool: 3 },
    });
  });

  it('a list of envelopes with base64 ids and enum names', async () => {
    const { kinds, ...rest } = counts(await read('otlp-openinference/rag-earnings.envelopes.json'));
    expect(rest).toEqual({ spans: 18, traces: 1, roots: 1, orphans: 0, depth: 8, errors: 0, services: 1, tokens: 648 });
    expect(kinds).toMatchObject({ chain: 11, llm: 1, retriever: 1 });
  });

  it('OpenTelemetry GenAI over three services, where an agent repeats the sum of its calls', async () => {
    const set = await read('otlp-genai/multiservice.otlp.jsonl');
    const { kinds, ...rest } = counts(set);
    expect(rest).toEqual({ spans: 15, traces: 1, roots: 1, orphans: 0, depth: 9, errors: 2, services: 3, tokens: 1669 });
    expect(kinds).toMatchObject({ agent: 1, chain: 1, embedding: 1, llm: 2, retriever: 1, tool: 3 });
  });

  it('upper-case ids and a parent that is not in the file', async () => {
    expect(counts(await read('otlp-genai/proto-example.otlp.json'))).toMatchObject({ spans: 1, roots: 0, orphans: 1 });
  });

  it('lost parents, circles and a cut file lose no span', async () => {
    expect(counts(await read('malformed/orphans.otlp.json'))).toMatchObject({ spans: 13, roots: 1, orphans: 5, depth: 4, errors: 2, tokens: 1669 });
    expect(counts(await read('malformed/cycle.otlp.json'))).toMatchObject({ spans: 15, errors: 2, tokens: 1669 });
    const cut = await read('malformed/truncated.otlp.jsonl');
    expect(counts(cut)).toMatchObject({ spans: 14, orphans: 1, depth: 8, tokens: 1669 });
    expect(cut.diagnostics).toContainEqual(expect.objectContaining({ code: 'bad-line', line: 15 }));
  });
});
