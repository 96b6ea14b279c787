import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { langfuseExport } from '../../../src/adapters/langfuse/langfuse.ts';
import { otlp } from '../../../src/adapters/otlp/otlp.ts';
import { auditContent, ledger, parseTraces, type SpanContent, type TraceSet } from '../../../src/core.ts';

/**
 * Exports and hostile files that live beside the project, with counts made by an independent reader. Where the folder
 * is absent the checks are skipped and say so.
 */
const shared = new URL('../../../../shared/', import.meta.url);
const present = existsSync(new URL('samples/', shared));
if (!present) console.info('langfuse/samples.test: skipped, there is no folder of sample exports beside this project');

const read = (file: string): Promise<TraceSet> =>
  parseTraces(readFileSync(new URL(file, shared)), { adapters: [langfuseExport] });
const sum = (amounts: readonly (number | null | undefined)[]): number =>
  amounts.reduce<number>((before, each) => before + (each ?? 0), 0);

function counts(set: TraceSet) {
  const spans = set.traces.flatMap((trace) => [...trace.spans()]);
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const totals = set.traces.map((trace) => ledger(trace).total);
  return {
    spans: spans.length,
    traces: set.traces.length,
    roots: spans.filter((span) => span.parent === null).length,
    depth: Math.max(...spans.map(({ depth }) => depth)) + 1,
    errors: spans.filter(({ status }) => status === 'error').length,
    open: spans.filter(({ status }) => status === 'running').length,
    kinds,
    tokens: [
      sum(totals.map(({ usage }) => usage.input)),
      sum(totals.map(({ usage }) => usage.output)),
      sum(totals.map(({ usage }) => usage.total)),
    ],
    naive: sum(spans.map(({ usage }) => usage?.total)),
    scores:
      sum(set.traces.map((trace) => trace.scores.length)) +
      sum(spans.map((span) => (span.content() as SpanContent).scores.length)),
    cost: Number(sum(spans.map(({ cost }) => cost?.total)).toFixed(9)),
    services: new Set(spans.flatMap(({ service }) => service ?? [])).size,
    entries: set.accounting.entries,
    merged: set.accounting.merged,
  };
}

const NAMED = ['agent', 'llm', 'tool'];

/** Where a file is a download, the trace in it holds all observations again, trimmed. */
describe.skipIf(!present)('exports of Langfuse', () => {
  it.each([
    [
      'vercel-aisdk-2025-11-17.trace',
      {
        spans: 3,
        depth: 2,
        kinds: { llm: 2, tool: 1 },
        tokens: [62, 85, 147],
        naive: 204,
        scores: 2,
        cost: 0.001375,
        merged: 3,
      },
    ],
    [
      'langgraph-python-2025-08-22.trace',
      {
        spans: 9,
        depth: 3,
        kinds: { llm: 2, other: 6, tool: 1 },
        tokens: [168, 66, 234],
        naive: 234,
        scores: 2,
        cost: 0.000234,
        merged: 9,
      },
    ],
    [
      'openai-agents-2025-09-30.trace',
      {
        spans: 5,
        depth: 3,
        kinds: { agent: 2, llm: 2, tool: 1 },
        tokens: [140, 44, 184],
        naive: 184,
        scores: 2,
        cost: 0.000632,
        merged: 5,
      },
    ],
    [
      'claude-agent-2025-12-22.trace',
      {
        spans: 7,
        depth: 2,
        kinds: { llm: 4, other: 1, tool: 2 },
        tokens: [34, 232, 266],
        naive: 266,
        scores: 3,
        cost: 0.003582,
        merged: 7,
      },
    ],
    [
      'autogen-2025-06-06.trace',
      {
        spans: 2,
        depth: 2,
        kinds: { llm: 1, other: 1 },
        tokens: [41, 3, 44],
        naive: 44,
        scores: 0,
        cost: 0.000025,
        merged: 2,
      },
    ],
    [
      'api-trace-full',
      {
        spans: 9,
        depth: 3,
        kinds: { llm: 2, other: 6, tool: 1 },
        tokens: [168, 66, 234],
        naive: 234,
        scores: 3,
        cost: 0.000234,
        merged: 0,
      },
    ],
    // Three spans are agents by what OpenTelemetry said of them, and repeat what their calls used: the exporter of
    // Langfuse's own columns counts neither.
    [
      'pydantic-ai-tools-2025-12-04.trace',
      {
        spans: 12,
        depth: 4,
        kinds: { agent: 3, llm: 4, other: 2, tool: 3 },
        tokens: [1315, 209, 1524],
        naive: 3048,
        scores: 0,
        cost: 0.00032265,
        merged: 0,
      },
    ],
  ])('%s', async (file, expected) => {
    const set = await read(`samples/langfuse/${file}.json`);
    const { kinds, services, entries, ...found } = counts(set);
    const named: Record<string, number> = {};
    for (const [kind, count] of Object.entries(kinds))
      named[NAMED.includes(kind) ? kind : 'other'] = (named[NAMED.includes(kind) ? kind : 'other'] ?? 0) + count;
    expect({ ...found, kinds: named }).toEqual({ traces: 1, roots: 1, errors: 0, open: 0, ...expected });
    expect(entries).toBe(expected.spans + expected.merged);
    // `service.name` is kept in the metadata: it is `unknown_service`, which is no name.
    expect(services).toBe(0);
    expect(set.diagnostics).toEqual([]);
    expect(await auditContent(set)).toEqual([]);
  });

  it('the calls of a double count tell their own tokens', async () => {
    const set = await read('samples/langfuse/pydantic-ai-tools-2025-12-04.trace.json');
    const calls = [...set.traces[0]!.spans()].filter(({ kind }) => kind === 'llm');
    expect(sum(calls.map(({ usage }) => usage?.total))).toBe(1524);
    expect(ledger(set.traces[0]!).conflicts).toEqual([]);
  });

  it('model calls are shown as chats', async () => {
    for (const file of [
      'vercel-aisdk-2025-11-17',
      'langgraph-python-2025-08-22',
      'openai-agents-2025-09-30',
      'pydantic-ai-tools-2025-12-04',
    ]) {
      const set = await read(`samples/langfuse/${file}.trace.json`);
      for (const span of set.traces[0]!.spans()) {
        if (span.kind !== 'llm') continue;
        const { messages } = span.content() as SpanContent;
        expect(messages?.input.length).toBeGreaterThan(0);
        expect(messages?.output.flatMap(({ parts }) => parts).length).toBeGreaterThan(0);
      }
    }
  });
});

interface Hostile {
  readonly id: string;
  readonly file: string;
  readonly format: string;
  readonly expect: {
    readonly spansIn: number;
    readonly shown: number;
    readonly scores?: number;
    readonly runningSpans?: number;
    readonly warn?: readonly string[];
  };
}
const hostile = present
  ? (
      JSON.parse(readFileSync(new URL('adversarial/manifest.json', shared), 'utf8')) as {
        readonly entries: readonly Hostile[];
      }
    ).entries.filter(({ format }) => format === 'langfuse')
  : [];

describe.skipIf(!present)('hostile files', () => {
  it('are there', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(3);
  });

  it.for(hostile)('$id loads', async ({ file, expect: asked }) => {
    const set = await read(`adversarial/${file}`);
    expect(set.accounting).toEqual({ entries: asked.spansIn, shown: asked.shown, merged: 0, skipped: 0 });
    const { open, scores } = counts(set);
    expect([open, scores]).toEqual([asked.runningSpans ?? open, asked.scores ?? scores]);
    expect(set.diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining([...(asked.warn ?? [])]));
    await auditContent(set);
  });

  it('what is of Langfuse in a list of several formats is read', async () => {
    const set = await parseTraces(readFileSync(new URL('adversarial/files/file-mixed-array.json', shared)), {
      adapters: [otlp, langfuseExport],
    });
    expect(set.traces.map(({ traceId }) => traceId)).toContain('trace-1');
    expect(set.diagnostics.map(({ code }) => code)).toContain('mixed-format');
  });
});
