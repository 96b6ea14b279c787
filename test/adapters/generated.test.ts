import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ledger, native, parseTraces, readTraces, redactors, toNativeJson, type TraceSet } from '../../src/core.ts';
import { allFormats } from '../../src/formats.ts';
import { dump, dumpContent } from '../model/dump.ts';
import { SECRET, type Expected } from '../fixtures/generate/expected.ts';
import { generatedFiles } from '../fixtures/generate/files.ts';

const spansOf = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);

type Amount = (entry: ReturnType<typeof ledger>['total']) => number | null;
const sum = ({ traces }: TraceSet, amount: Amount): number | null =>
  traces.reduce<number | null>((all, trace) => {
    const one = amount(ledger(trace).total);
    return one === null ? all : Number(((all ?? 0) + one).toFixed(9));
  }, null);

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** As much as was written down of what a file must give. */
function countsOf(set: TraceSet, expected: Expected): Expected {
  const spans = spansOf(set);
  const all: Required<Expected> = {
    format: set.format,
    traces: set.traces.length,
    kinds: tally(spans.map(({ kind }) => kind)),
    errors: spans.filter(({ status }) => status === 'error').length,
    input: sum(set, ({ usage }) => usage.input),
    output: sum(set, ({ usage }) => usage.output),
    cacheRead: sum(set, ({ usage }) => usage.cacheRead),
    cacheWrite: sum(set, ({ usage }) => usage.cacheWrite),
    reasoning: sum(set, ({ usage }) => usage.reasoning),
    cost: sum(set, ({ cost }) => cost.total),
    session: set.traces[0]!.sessionId ?? '',
    scores: [...set.traces, ...spans].flatMap((owner) => owner.scores).length,
    diagnostics: Object.fromEntries(
      Object.keys(expected.diagnostics ?? {}).map((code) => [
        code,
        set.diagnostics.filter((each) => each.code === code).reduce((count, each) => count + each.count, 0),
      ]),
    ),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in expected)) as unknown as Expected;
}

/** What a number would round, as `parseTraces` reads it. */
const digitsAsText = (text: string): string => text.replace(/(:)(\d{17,})/g, '$1"$2"');

function documentsOf(text: string): object[] {
  try {
    return [JSON.parse(digitsAsText(text)) as object];
  } catch {
    return text.split('\n').map((line) => JSON.parse(digitsAsText(line)) as object);
  }
}

describe.each(generatedFiles.map((file) => [`${file.expected.format}: ${file.name}`, file] as const))(
  '%s',
  (_, file) => {
    const { texts, expected } = file;
    const read = (): Promise<TraceSet> => parseTraces([...texts]);

    it('has the counts that were written into it', async () => {
      const set = await read();
      expect(countsOf(set, expected)).toEqual(expected);
      const spans = spansOf(set);
      const { entries, shown, merged, skipped } = set.accounting;
      expect([shown, shown + merged + skipped]).toEqual([spans.length, entries]);
      expect(spans.filter(({ diagnostics }) => diagnostics.some(({ code }) => code === 'missing-parent'))).toEqual([]);
      // Nothing in these files goes on.
      expect(spans.filter(({ status }) => status === 'running').map(({ name }) => name)).toEqual([]);
    });

    it('is the same from parsed documents, asked for by name, and from spanwise’s own format', async () => {
      const set = await read();
      const again = readTraces(JSON.parse(JSON.stringify(toNativeJson(set))) as object, { adapters: [native] });
      expect(dump(again).traces).toEqual(dump(set).traces);
      expect(dumpContent(again)).toEqual(dumpContent(set));
      const one = await parseTraces(texts[0]!);
      expect(dump(readTraces(documentsOf(texts[0]!), { adapters: allFormats }))).toEqual(dump(one));
      expect(dump(await parseTraces(texts[0]!, { format: expected.format }))).toEqual(dump(one));
    });

    it('shows no secret where rules mask it', async () => {
      const set = await parseTraces([...texts], { redact: [redactors.apiKey] });
      const contents = await Promise.all(spansOf(set).map((span) => span.content()));
      const shown = [
        dump(set),
        contents.map((content) => ({ ...content, input: content.input?.text, output: content.output?.text })),
      ];
      expect(inspect(shown, { depth: Infinity, maxArrayLength: null, maxStringLength: null })).not.toContain(SECRET);
    });

    it('cut off shows what is whole, and says so', async () => {
      const text = texts[0]!;
      const cut = [0.3, 0.6, 0.9].map((share) => text.slice(0, Math.floor(text.length * share)));
      for (const set of await Promise.all(cut.map((part) => parseTraces(part).catch(() => null)))) {
        const { entries, shown, merged, skipped } = set?.accounting ?? { entries: 0, shown: 0, merged: 0, skipped: 0 };
        expect(shown + merged + skipped).toBe(entries);
        const codes = set?.diagnostics.map(({ code }) => code) ?? ['bad-line'];
        expect(codes.includes('bad-line') || codes.includes('truncated-json')).toBe(true);
      }
    });
  },
);
