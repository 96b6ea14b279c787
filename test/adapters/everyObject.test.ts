import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compileQuery,
  ledger,
  matchEnvelope,
  parseQuery,
  parseTraces,
  searchSpans,
  toNativeJson,
  toOtlpJson,
  TraceInputError,
  type TraceSet,
} from '../../src/core.ts';
import { traceDiagnostics } from '../../src/analysis/traces/traceDiagnostics.ts';
import { createPaint, drawTree } from '../../src/cli/drawTree.ts';
import { createFormat } from '../../src/format.ts';
import { defaultLabels } from '../../src/labels.ts';
import { setOwn } from '../../src/model/ownValue.ts';
import { dump } from '../model/dump.ts';

/**
 * Every object has these, so that a table of ours that is asked carelessly knows them all. Each word and each key of
 * recordings of every format is one of them in turn: kinds, roles, currencies, units, levels, models, services,
 * formats, keys of attributes.
 */
const MEMBERS = Object.getOwnPropertyNames(Object.prototype);

const recorded = (name: string): unknown => {
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
  return name.endsWith('.jsonl')
    ? text
        .trim()
        .split('\n')
        .slice(0, 8)
        .map((line) => JSON.parse(line) as unknown)
    : JSON.parse(text);
};
/** Of a long list, what it begins with. */
const few = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      ['data', 'spans'].includes(key) && Array.isArray(value) ? value.slice(0, 8) : value,
    ),
  );
const native = async (): Promise<unknown> =>
  JSON.parse(
    JSON.stringify(toNativeJson(await parseTraces(JSON.stringify(recorded('langfuse/parcel-claim.trace.json'))))),
  );

type Change = (key: string, text: string) => readonly [key: string, text: string];

/** The document with other words and keys. What stands in an attribute's `value` stands under the attribute's key. */
function changed(root: unknown, change: Change, under = ''): unknown {
  if (typeof root === 'string') return change(under, root)[1];
  if (root === null || typeof root !== 'object') return root;
  if (Array.isArray(root)) return root.map((item) => changed(item, change, under));
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(root)) {
    const name =
      key === 'value' && 'key' in root ? String((root as { key: unknown }).key) : /Value$/.test(key) ? under : key;
    setOwn(fields, change(key, '')[0], changed(value, change, name));
  }
  return fields;
}

function keysOf(root: unknown): readonly string[] {
  const keys = new Set<string>();
  changed(root, (key, text) => {
    keys.add(key);
    return [key, text];
  });
  return [...keys];
}

/**
 * Reads a document and looks at all that can be known of it. Nothing but a refusal of the whole is thrown, and nothing
 * is taken from every object.
 */
async function lookAt(document: unknown): Promise<TraceSet | null> {
  const set = await parseTraces(JSON.stringify(document)).catch((error: unknown) => {
    if (error instanceof TraceInputError) return null;
    throw error;
  });
  if (!set) return null;
  const { entries, shown, merged, skipped } = set.accounting;
  expect(shown + merged + skipped).toBe(entries);
  const format = createFormat();
  for (const trace of set.traces) {
    const { total } = ledger(trace);
    for (const amount of [...Object.values(total.usage.other), ...Object.values(total.cost.parts)])
      expect(amount).toBeTypeOf('number');
    expect(format.money(total.cost.total ?? 0, total.cost.currency)).toBeTypeOf('string');
    traceDiagnostics(trace);
    for (const span of trace.spans()) {
      const { messages, scores } = await span.content();
      const roles = [...(messages?.input ?? []), ...(messages?.output ?? [])].map(({ role }) => role);
      const words = [
        defaultLabels.kind(span.kind),
        defaultLabels.status(span.status),
        ...roles.map(defaultLabels.role),
        ...scores.map(({ source }) => defaultLabels.scoreSource(source)),
      ];
      expect(words.filter((word) => typeof word !== 'string')).toEqual([]);
    }
    for (const line of drawTree(trace, createPaint(false))) expect(line).toBeTypeOf('string');
  }
  expect(functionsIn(dump(set))).toEqual([]);
  return set;
}

/** The paths of what is a function: data has none. */
function functionsIn(root: unknown): readonly string[] {
  const found: string[] = [];
  const open: (readonly [path: string, value: unknown])[] = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next;
    if (typeof value === 'function') found.push(path);
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) open.push([`${path}.${key}`, inner]);
  }
  return found;
}

const DOCUMENTS: Readonly<Record<string, () => unknown>> = {
  native,
  'OTLP of AI SDK': () => recorded('otlp/ai-sdk-v5.otlp.jsonl'),
  'OTLP of Traceloop': () => recorded('otlp/traceloop-agent.otlp.jsonl'),
  'OTLP of LangSmith': () => recorded('otlp/langsmith-otel.otlp.jsonl'),
  'OTLP of Langfuse': () => recorded('otlp/langfuse-otel.otlp.jsonl'),
  'OTLP of OpenInference': () => recorded('otlp/langchain-rag.otlp.jsonl'),
  LangSmith: () => recorded('langsmith/release-scribe.runs-and-feedback.jsonl'),
  'LangSmith as a tree': () => recorded('langsmith/release-scribe.tree.json'),
  Langfuse: () => recorded('langfuse/parcel-claim.trace.json'),
  'Langfuse as a batch': () => recorded('langfuse/parcel-claim.batch.jsonl'),
  Jaeger: () => few(recorded('jaeger/support-agent.trace.json')),
  Phoenix: () => few(recorded('phoenix/support-agent.spans.json')),
  console: () => recorded('console/museum-desk.console.jsonl'),
};

describe.each(Object.keys(DOCUMENTS))('%s', async (name) => {
  const document = await DOCUMENTS[name]!();
  const keys = keysOf(document);

  it('is shown as it is', async () => {
    expect((await lookAt(document))?.accounting.shown).toBeGreaterThan(0);
  });

  it('may have a member of every object for any word', async () => {
    let read = 0;
    for (const [place, asked] of keys.entries()) {
      let count = place;
      const set = await lookAt(
        changed(document, (key, text) => [key, key === asked ? MEMBERS[(count += 1) % MEMBERS.length]! : text]),
      );
      if (set) read += 1;
    }
    expect(read).toBeGreaterThan(keys.length / 2);
  });

  it('may have one for any key', async () => {
    let read = 0;
    for (const [place, asked] of keys.entries()) {
      const member = MEMBERS[place % MEMBERS.length]!;
      const set = await lookAt(changed(document, (key, text) => [key === asked ? member : key, text]));
      if (set) read += 1;
    }
    expect(read).toBeGreaterThan(keys.length / 2);
  });
});

it('is kept, written, asked and found like any other word', async () => {
  const spans = MEMBERS.map((word, at) => ({
    spanId: String(at),
    name: word,
    kind: word,
    service: word,
    model: word,
    provider: word,
    status: word,
    startUnixNano: String(1_790_000_000_000_000_000n + BigInt(at)),
    endUnixNano: '1790000001000000000',
    attributes: JSON.parse(`{ "${word}": "${word}" }`) as object,
    usage: { input: 1, other: JSON.parse(`{ "${word}": 2 }`) as object },
    cost: { total: 0.5, currency: word, parts: JSON.parse(`{ "${word}": 0.5 }`) as object },
    messages: { input: [{ role: word, parts: [{ type: word, text: word }] }], output: [] },
    scores: [{ name: word, label: word, source: word }],
    repairs: [word],
  }));
  const set = (await lookAt({ format: 'spanwise/1', traces: [{ traceId: 't', name: 'toString', spans }] }))!;
  const [trace] = set.traces;
  // As a kind it is none: the span is shown as any other, beside the recorded word.
  expect(
    Array.from(trace!.spans(), ({ name, kind, rawKind, service, model }) => [name, kind, rawKind, service, model]),
  ).toEqual(MEMBERS.map((word) => [word, 'span', word, word, word]));
  const { usage, cost } = ledger(trace!).total;
  for (const word of MEMBERS) {
    expect([
      Object.getOwnPropertyDescriptor(usage.other, word)?.value,
      Object.getOwnPropertyDescriptor(cost.parts, word)?.value,
    ]).toEqual([2, 0.5]);
    for (const query of [`kind:${word}`, `model:${word}`, `${word}:x`, `attr.${word}:${word}`, word])
      matchEnvelope(compileQuery(trace!, parseQuery(query)));
    const found = [];
    for await (const hit of searchSpans(trace!, `model:${word}`)) found.push(hit);
    expect(found).toHaveLength(1);
  }
  const again = (await lookAt(toNativeJson(set)))!;
  expect(Array.from(again.traces[0]!.spans(), ({ rawKind }) => rawKind)).toEqual(MEMBERS);
  expect((await lookAt(toOtlpJson(set)))!.accounting.shown).toBe(MEMBERS.length);
});
