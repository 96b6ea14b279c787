import { expect } from 'vitest';
import { ledger, parseTraces, readTraces, type TraceSet } from '../../src/core.ts';
import { dump } from '../model/dump.ts';

/** Counts of a recording, made by a program that uses nothing of this one. `tokens` and `cost` are those of model calls and embeddings. */
export interface ExpectedCounts {
  readonly spans: number;
  readonly traces: number;
  readonly roots: number;
  readonly orphans: number;
  readonly errors: number;
  readonly services: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<'input' | 'cacheRead' | 'output' | 'reasoning' | 'total', number>>;
  readonly embeddingTokens: number;
  readonly cost: number | null;
  readonly events: number;
  readonly links: number;
}

/**
 * What every recorded file must give, whatever format it is in: the counts, nothing lost, ids and times to the nanosecond, the same with
 * and without a hint of format, and the same in any order of lines.
 */
export async function checkRecording(text: string, expected: ExpectedCounts, format = 'otlp'): Promise<TraceSet> {
  const set = await parseTraces(text);
  expect(await counts(set)).toEqual(expected);
  expect(set.accounting).toEqual({ entries: expected.spans, shown: expected.spans, merged: 0, skipped: 0 });
  const lines = text.trim().split('\n');
  expect(dump(await parseTraces(text, { format }))).toEqual(dump(set));
  expect(dump(await parseTraces(lines.toReversed().join('\n')))).toEqual(dump(set));
  expect(dump(readTraces(lines.map((line) => JSON.parse(line) as object)))).toEqual(dump(set));
  return set;
}

async function counts({ traces }: TraceSet): Promise<ExpectedCounts> {
  const spans = traces.flatMap((trace) => [...trace.spans()]);
  const contents = await Promise.all(spans.map((span) => span.content()));
  const sums = traces.map((trace) => ledger(trace).total);
  const sum = (amount: (entry: (typeof sums)[number]) => number | null): number => sums.reduce((total, entry) => total + (amount(entry) ?? 0), 0);
  const embeddingTokens = spans.reduce((total, { kind, usage }) => total + (kind === 'embedding' ? usage?.total ?? 0 : 0), 0);
  const cost = sums.some((entry) => entry.cost.total !== null) ? Number(sum((entry) => entry.cost.total).toFixed(10)) : null;
  return {
    spans: spans.length,
    traces: traces.length,
    roots: spans.filter(({ parent, parentSpanId }) => parent === null && parentSpanId === null).length,
    orphans: spans.filter(({ diagnostics }) => diagnostics.some(({ code }) => code === 'missing-parent')).length,
    errors: spans.filter(({ status }) => status === 'error').length,
    services: tally(spans.map(({ service }) => service ?? '')),
    kinds: tally(spans.map(({ kind }) => kind)),
    tokens: {
      input: sum(({ usage }) => usage.input) - embeddingTokens,
      cacheRead: sum(({ usage }) => usage.cacheRead),
      output: sum(({ usage }) => usage.output),
      reasoning: sum(({ usage }) => usage.reasoning),
      total: sum(({ usage }) => usage.total) - embeddingTokens,
    },
    embeddingTokens,
    cost,
    events: contents.reduce((total, { events }) => total + events.length, 0),
    links: contents.reduce((total, { links }) => total + links.filter(({ direction }) => direction === 'out').length, 0),
  };
}

function tally(words: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const word of words.toSorted()) result[word] = (result[word] ?? 0) + 1;
  return result;
}
