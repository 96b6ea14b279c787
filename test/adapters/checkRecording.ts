import { expect } from 'vitest';
import {
  ledger,
  native,
  parseTraces,
  readTraces,
  toNativeJson,
  type ReadOptions,
  type TraceSet,
} from '../../src/core.ts';
import { dump, dumpContent } from '../model/dump.ts';

/**
 * Counts of a recording, made by a program that uses nothing of this one. `tokens` and `cost` are those of model calls
 * and embeddings.
 */
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
  /** Of spans and of traces. Not checked where it was not counted. */
  readonly scores?: number;
}

/** Records of spans in the input, where some spans come in several; else there is one for each span. */
export interface ExpectedRecording extends ExpectedCounts {
  readonly entries?: number;
}

/**
 * What every recorded file must give, whatever format it is in: the counts, nothing lost, the same with and without a
 * hint of format, the same in any order of lines and of records, however it is laid out, and the same again from
 * spanwise's own format. The file is one document, or one on each line.
 */
export async function checkRecording(
  text: string,
  { entries, ...expected }: ExpectedRecording,
  format = 'otlp',
  options: ReadOptions = {},
): Promise<TraceSet> {
  const set = await parseTraces(text, options);
  expect(set.format).toBe(format);
  expect(await counts(set, expected.scores !== undefined)).toEqual(expected);
  expect(set.accounting).toEqual({
    entries: entries ?? expected.spans,
    shown: expected.spans,
    merged: (entries ?? expected.spans) - expected.spans,
    skipped: 0,
  });

  const documents = documentsOf(text);
  const same = async (again: TraceSet | Promise<TraceSet>): Promise<void> =>
    expect(dump(await again)).toEqual(dump(set));
  await same(parseTraces(text, { ...options, format }));
  await same(readTraces(documents, options));
  await same(readTraces(documents.toReversed().map(reversed) as object[], options));
  if (documents.length > 1) await same(parseTraces(text.trim().split('\n').toReversed().join('\n'), options));
  else await same(parseTraces(JSON.stringify(documents[0], null, 2), options));

  const again = readTraces(JSON.parse(JSON.stringify(toNativeJson(set))) as object, { adapters: [native] });
  expect(dump(again).traces).toEqual(dump(set).traces);
  expect(dumpContent(again)).toEqual(dumpContent(set));
  return set;
}

/** One document, or one on each line. */
function documentsOf(text: string): object[] {
  try {
    return [JSON.parse(text) as object];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  }
}

/** Fields that hold records of spans or scores, or what holds them. */
const LISTS: ReadonlySet<string> = new Set([
  'data',
  'spans',
  'observations',
  'scores',
  'runs',
  'child_runs',
  'batch',
  'post',
  'patch',
]);

/** The same document with its records in the opposite order. Fields of the records themselves stay as they are. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.toReversed().map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, LISTS.has(key) ? reversed(field) : field]),
  );
}

async function counts({ traces }: TraceSet, withScores: boolean): Promise<ExpectedCounts> {
  const spans = traces.flatMap((trace) => [...trace.spans()]);
  const contents = await Promise.all(spans.map((span) => span.content()));
  const sums = traces.map((trace) => ledger(trace).total);
  const sum = (amount: (entry: (typeof sums)[number]) => number | null): number =>
    sums.reduce((total, entry) => total + (amount(entry) ?? 0), 0);
  const embeddingTokens = spans.reduce(
    (total, { kind, usage }) => total + (kind === 'embedding' ? (usage?.total ?? 0) : 0),
    0,
  );
  const cost = sums.some((entry) => entry.cost.total !== null)
    ? Number(sum((entry) => entry.cost.total).toFixed(10))
    : null;
  const scores = [...traces, ...contents].reduce((total, owner) => total + owner.scores.length, 0);
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
    links: contents.reduce(
      (total, { links }) => total + links.filter(({ direction }) => direction === 'out').length,
      0,
    ),
    ...(withScores ? { scores } : {}),
  };
}

function tally(words: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const word of words.toSorted()) result[word] = (result[word] ?? 0) + 1;
  return result;
}
