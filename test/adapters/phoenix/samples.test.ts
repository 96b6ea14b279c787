import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditContent, ledger, parseTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';

/**
 * Exports and hostile files that live beside the project, with counts made by an independent reader. Where the folders
 * are absent the checks are skipped and say so.
 */
const shared = new URL('../../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.info('phoenix/samples.test: skipped, there are no sample exports beside this project');

const read = (file: string): Promise<TraceSet> => parseTraces(readFileSync(new URL(file, shared)));
const counts = (set: TraceSet) => {
  const spans = set.traces.flatMap((trace) => [...trace.spans()]);
  const contents = spans.map((span) => span.content() as SpanContent);
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const usage = set.traces.map((trace) => ledger(trace).total.usage);
  const sum = (amounts: readonly (number | null | undefined)[]): number =>
    amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  return {
    spans: spans.length,
    traces: set.traces.length,
    roots: spans.filter(({ parent, parentSpanId }) => parent === null && parentSpanId === null).length,
    orphans: spans.filter(({ diagnostics }) => diagnostics.some(({ code }) => code === 'missing-parent')).length,
    depth: Math.max(...spans.map(({ depth }) => depth)) + 1,
    errors: spans.filter(({ status }) => status === 'error').length,
    open: spans.filter(({ status }) => status === 'running').length,
    services: new Set(spans.flatMap(({ service }) => service ?? [])).size,
    input: sum(usage.map(({ input }) => input)),
    output: sum(usage.map(({ output }) => output)),
    tokens: sum(usage.map(({ total }) => total)),
    naive: sum(spans.map((span) => span.usage?.total)),
    events: sum(contents.map(({ events }) => events.length)),
    links: sum(contents.map(({ links }) => links.filter(({ direction }) => direction === 'out').length)),
    scores: sum(spans.map(({ scores }) => scores.length)),
    kinds,
  };
};

describe.skipIf(!present)('exports of other programs', () => {
  it('spans of the REST API of Phoenix', async () => {
    const set = await read('samples/phoenix/rest-spans.json');
    expect(set).toMatchObject({
      format: 'phoenix',
      diagnostics: [],
      accounting: { entries: 30, shown: 30, merged: 0, skipped: 0 },
    });
    expect(counts(set)).toEqual({
      spans: 30,
      traces: 3,
      roots: 3,
      orphans: 0,
      depth: 4,
      errors: 3,
      open: 0,
      services: 0,
      input: 93,
      output: 18,
      tokens: 111,
      naive: 111,
      events: 3,
      links: 0,
      scores: 0,
      kinds: { chain: 18, llm: 3, prompt: 3, retriever: 3, tool: 3 },
    });
  });

  it('spans of the first versions of Phoenix, as its documentation shows them', async () => {
    const set = await read('samples/otlp-openinference/spec-trace-examples.pyjson.json');
    expect(set).toMatchObject({ format: 'phoenix', accounting: { entries: 2, shown: 2, merged: 0, skipped: 0 } });
    expect(counts(set)).toEqual({
      spans: 2,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 2,
      errors: 0,
      open: 0,
      services: 0,
      input: 0,
      output: 0,
      tokens: 0,
      naive: 0,
      events: 0,
      links: 0,
      scores: 0,
      kinds: { chain: 1, llm: 1 },
    });
  });

  it('ReadableSpan objects without times', async () => {
    const set = await read('samples/otlp-vercel/openinference-v6-spans.readable.json');
    expect(set).toMatchObject({ format: 'console', accounting: { entries: 10, shown: 10, merged: 0, skipped: 0 } });
    // The independent reader has overlooked the two events of a stream.
    expect(counts(set)).toEqual({
      spans: 10,
      traces: 10,
      roots: 10,
      orphans: 0,
      depth: 1,
      errors: 0,
      open: 0,
      services: 0,
      input: 304,
      output: 594,
      tokens: 898,
      naive: 898,
      events: 2,
      links: 0,
      scores: 0,
      kinds: { agent: 4, chain: 1, embedding: 1, llm: 4 },
    });
  });

  it('a trace of Jaeger with ten services', async () => {
    const set = await read('samples/jaeger/genai-trace.json');
    expect(set).toMatchObject({ format: 'jaeger', accounting: { entries: 57, shown: 57, merged: 0, skipped: 0 } });
    const { kinds, ...rest } = counts(set);
    expect(rest).toEqual({
      spans: 57,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 8,
      errors: 1,
      open: 0,
      services: 10,
      input: 8280,
      output: 1180,
      tokens: 9460,
      naive: 9460,
      events: 0,
      links: 0,
      scores: 0,
    });
    const { agent, llm, retriever, tool, ...others } = kinds;
    expect({
      agent,
      llm,
      retriever,
      tool,
      other: Object.values(others).reduce((sum, count) => sum + count, 0),
    }).toEqual({ agent: 2, llm: 5, retriever: 3, tool: 7, other: 40 });
  });

  it('an answer of Jaeger that has a span twice', async () => {
    const set = await read('samples/jaeger/otlp2jaeger-out.json');
    expect(set).toMatchObject({ format: 'jaeger', accounting: { entries: 2, shown: 1, merged: 1, skipped: 0 } });
    expect(counts(set)).toMatchObject({
      spans: 1,
      traces: 1,
      roots: 0,
      orphans: 1,
      depth: 1,
      errors: 0,
      open: 0,
      services: 1,
      tokens: 0,
      events: 0,
      links: 0,
      scores: 0,
    });
  });

  it('what the console exporter of Python prints', async () => {
    const set = await read('samples/console-dumps/py-console.json');
    expect(set).toMatchObject({ format: 'console', accounting: { entries: 15, shown: 15, merged: 0, skipped: 0 } });
    const { kinds, ...rest } = counts(set);
    expect(rest).toEqual({
      spans: 15,
      traces: 1,
      roots: 1,
      orphans: 0,
      depth: 9,
      errors: 2,
      open: 0,
      services: 3,
      input: 1459,
      output: 210,
      tokens: 1669,
      naive: 3329,
      events: 3,
      links: 1,
      scores: 1,
    });
    expect(kinds).toMatchObject({ agent: 1, chain: 1, embedding: 1, llm: 2, retriever: 1, tool: 3 });
  });

  it('a hostile trace of Jaeger', async () => {
    const { entries } = JSON.parse(readFileSync(new URL('adversarial/manifest.json', shared), 'utf8')) as {
      readonly entries: readonly {
        readonly file: string;
        readonly format: string;
        readonly expect: { readonly spansIn: number; readonly shown: number; readonly accounted: number };
      }[];
    };
    const cases = entries.filter(({ format }) => ['jaeger', 'phoenix', 'console'].includes(format));
    expect(cases.length).toBeGreaterThan(0);
    for (const {
      file,
      expect: { spansIn, shown, accounted },
    } of cases) {
      const set = await read(`adversarial/${file}`);
      expect([
        set.accounting.entries,
        set.accounting.shown,
        set.accounting.shown + set.accounting.merged + set.accounting.skipped,
      ]).toEqual([spansIn, shown, accounted]);
      await auditContent(set);
      const contents = set.traces.flatMap((trace) =>
        Array.from(trace.spans(), (span) => span.content() as SpanContent),
      );
      expect(JSON.stringify(contents.map(({ attributes, events }) => [[...attributes], events]))).not.toContain(
        '[object Object]',
      );
    }
  });
});
