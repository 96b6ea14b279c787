import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseTraces, readTraces, TraceInputError, type TraceSet } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { dump } from '../model/dump.ts';
import { redraw } from '../model/redraw.ts';

const document = drawDocument(`
  root "q"\\é 0------100   service=api
    a          10-40      service=api
    b             50-90   service=worker
`);
const spans = document.resourceSpans.flatMap(({ scopeSpans }) =>
  scopeSpans.flatMap((each) => each.spans as { readonly spanId: string }[]),
);
const text = JSON.stringify(document);
const keys = ({ traces }: TraceSet): readonly string[] =>
  traces.flatMap((trace) => Array.from(trace.spans(), ({ spanId }) => spanId)).sort();
const codes = ({ diagnostics }: TraceSet): readonly string[] => diagnostics.map(({ code }) => code);

/** The one error that readers may throw; any other is thrown on. */
function refused(error: unknown): TraceInputError {
  if (error instanceof TraceInputError) return error;
  throw error;
}

describe('a document cut off', () => {
  /** Spans that stand whole before the cut: found by their text, not by parsing. */
  const wholeBefore = (whole: string, cut: number) =>
    spans
      .filter((span) => whole.indexOf(JSON.stringify(span)) + JSON.stringify(span).length <= cut)
      .map(({ spanId }) => spanId)
      .sort();

  const outcome = async (input: string | Uint8Array) => {
    const read = await parseTraces(input).catch(refused);
    if (read instanceof Error)
      return {
        shown: [],
        code: read.code,
        severity: 'error',
        message: read.message,
        line: read.line,
        accounted: 0,
        entries: 0,
      };
    const {
      accounting: { entries, shown, merged, skipped },
      diagnostics,
    } = read;
    return {
      shown: keys(read),
      ...diagnostics.find(({ code }) => code === 'truncated-json'),
      accounted: shown + merged + skipped,
      entries,
    };
  };

  it('at any character shows the spans that are complete, and says where it ends', async () => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const whole = wholeBefore(text, cut);
      expect([cut, await outcome(text.slice(0, cut))]).toEqual([
        cut,
        {
          shown: whole,
          code: whole.length === 0 ? 'not-json' : 'truncated-json',
          severity: 'error',
          line: 1,
          accounted: whole.length,
          entries: whole.length,
          message: expect.stringMatching(
            whole.length === 0
              ? /ends too early, at line 1, column \d+ \(position \d+\)/
              : /ends too early, at line 1, column \d+ \(position \d+\); what was complete/,
          ) as string,
          ...(whole.length === 0 ? {} : { count: 1, position: cut }),
        },
      ]);
    }
  });

  it('at any byte, in any layout, on several lines, behind a byte order mark, is read or refused', async () => {
    const layouts = [
      text,
      JSON.stringify(document, null, 2),
      `\uFEFF${text}\n${text}\n`,
      spans.map((span) => JSON.stringify(span)).join('\n'),
    ].map((each) => new TextEncoder().encode(each));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...layouts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (bytes, share) => {
          const { shown, accounted, entries } = await outcome(bytes.slice(0, Math.floor(bytes.length * share)));
          expect(spans.map(({ spanId }) => spanId)).toEqual(expect.arrayContaining([...shown]));
          expect(accounted).toBe(entries);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['white space', '"a":\n\n  '],
    ['half an escape', '"a":"x\\u00'],
    ['a backslash', '"a":"x\\'],
    ['half a word', '"a":tru'],
    ['half a number', '"a":-1.'],
    ['a sign', '"a":-'],
    ['a key', '"endTime'],
    ['a colon', '"endTimeUnixNano":'],
  ])('within or before %s', async (_, end) => {
    const last = JSON.stringify(spans[2]);
    const start = text.slice(0, text.indexOf(last));
    const set = await parseTraces(`${start}{"name":7,${end}`);
    expect(keys(set)).toEqual(spans.slice(0, 2).map(({ spanId }) => spanId));
    expect(codes(set)).toEqual(['truncated-json']);
  });

  it('and gone on with in words, or broken in the middle, shows what is complete before', async () => {
    const cut = text.indexOf(JSON.stringify(spans[1])) + 20;
    for (const broken of [
      `${text.slice(0, cut)}\n... (truncated)`,
      `${text.slice(0, cut)}\n oops ${text.slice(cut)}`,
    ]) {
      const set = await parseTraces(broken);
      expect(keys(set)).toEqual([spans[0]!.spanId]);
      expect(set.diagnostics).toContainEqual(
        expect.objectContaining({
          code: 'truncated-json',
          severity: 'error',
          line: 1,
          message: expect.stringMatching(/breaks at line 1, column \d+ \(position \d+\)/) as string,
        }),
      );
    }
  });

  it('in the last of many lines names the line, and shows what is complete in it', async () => {
    const cut = text.indexOf(JSON.stringify(spans[1]));
    const set = await parseTraces(`${JSON.stringify(drawDocument('other 0-1', 'a1'))}\n${text.slice(0, cut)}`);
    expect(set.traces.map(({ spanCount }) => spanCount)).toEqual([1, 1]);
    expect(set.diagnostics).toMatchObject([
      { code: 'bad-line', line: 2 },
      { code: 'truncated-json', line: 2, severity: 'error' },
    ]);
  });

  it('in the middle of 100,000 brackets', async () => {
    expect(refused(await parseTraces('['.repeat(100_000)).catch((error: unknown) => error))).toMatchObject({
      code: 'not-json',
      position: 100_000,
    });
    const deep = `{"resourceSpans":[{"scopeSpans":[{"spans":[${JSON.stringify(spans[0])},{"attributes":${'[{"x":'.repeat(50_000)}`;
    expect(keys(await parseTraces(deep))).toEqual([spans[0]!.spanId]);
  });

  it('or nested beyond any document is refused after a million brackets, and lines before it are shown', async () => {
    expect(refused(await parseTraces('['.repeat(3_000_000)).catch((error: unknown) => error))).toMatchObject({
      code: 'not-json',
      position: 1_000_000,
    });
    expect(keys(await parseTraces(`${text}\n${'{"a":'.repeat(2_000_000)}`))).toHaveLength(3);
  });

  it('behind keys that JavaScript sorts or treats apart', async () => {
    const set = await parseTraces(
      `{"resourceSpans":[{"7":{},"__proto__":[],"scopeSpans":[{"1":{"a":"\\"}"},"spans":[${JSON.stringify(spans[0])},{"0":1,"traceId":"x`,
    );
    expect(keys(set)).toEqual([spans[0]!.spanId]);
  });
});

describe('lines', () => {
  it('of any kind in any order give the same set, and bad ones are named', async () => {
    const bad = fc.constantFrom(
      '{ not json',
      '}',
      '{"resourceSpans":[',
      '[[[',
      'plain words',
      '{"a":1}}',
      '"x',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"01","spanId":"02"},',
    );
    await fc.assert(
      fc.asyncProperty(
        anyForest,
        fc.array(bad, { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (forest, badLines, numbers) => {
          const whole = dump(readTraces(documentOf(forest)));
          const good = forest.map((span) => JSON.stringify(documentOf([span])));
          const shuffled = good
            .map((line) => [numbers.next().value as number, line] as const)
            .sort(([a], [b]) => a - b)
            .map(([, line]) => line);
          // The last line is good: a bad last line is a file cut off, of which more is read.
          const lines = shuffled.flatMap((line, i) => (badLines[i] === undefined ? [line] : [badLines[i], '', line]));
          const set = await parseTraces(lines.join('\n'));
          const { diagnostics, ...same } = dump(set);
          const { diagnostics: noted, ...expected } = whole;
          expect(same).toEqual(expected);
          const own = diagnostics.filter((line) => !line.startsWith('bad-line') && !line.startsWith('mixed-format'));
          expect(own).toEqual(noted);
          const named = set.diagnostics.filter(({ code }) => code === 'bad-line' || code === 'mixed-format').length;
          expect(named > 0).toBe(badLines.slice(0, good.length).length > 0);
        },
      ),
    );
  });

  it.each([
    ['documents', text],
    ['quotes', '""'],
  ])('that hold a thousand %s are looked through once', async (_, one) => {
    const line = one.repeat(1000);
    const search = vi.spyOn(String.prototype, 'indexOf');
    try {
      await parseTraces(line).catch(refused);
      const searched = search.mock.calls.reduce(
        (sum, [what, from = 0], call) =>
          what !== '\n' || search.mock.contexts[call] !== line ? sum : sum + line.length - from,
        0,
      );
      expect(searched).toBeLessThan(10 * line.length);
      expect(searched).toBeGreaterThan(0);
    } finally {
      search.mockRestore();
    }
  });

  it('by the 10,000 that are bad make few notes with exact counts', async () => {
    const set = await parseTraces(
      [text, ...Array.from({ length: 10_000 }, (_, i) => `{ bad ${i}`), text.replaceAll('"a"', '"c"')].join('\n'),
    );
    const notes = set.diagnostics.filter(({ code }) => code === 'bad-line');
    expect(notes.length).toBeLessThanOrEqual(101);
    expect(notes.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
    expect(notes.at(-1)).not.toHaveProperty('line');
  });

  it.each(['[', '{"a":', '[1,', '{"a":[', '"', '{'])('a hundred thousand times %j ends soon', async (line) => {
    const lines = Array.from({ length: 100_000 }, () => line).join('\n');
    expect(await parseTraces(`${lines}\nx`).catch(refused)).toMatchObject({ code: 'not-json' });
    expect(await parseTraces(lines).catch(refused)).toMatchObject({ code: 'not-json' });
    expect(keys(await parseTraces(`${text}\n${lines}\nx`))).toHaveLength(3);
  });

  it('of a document laid out over lines that breaks in the middle are one error with the place', async () => {
    const pretty = JSON.stringify(document, null, 2).split('\n');
    pretty[20] = `${pretty[20]} oops`;
    expect(await parseTraces(pretty.join('\n')).catch(refused)).toMatchObject({ code: 'not-json', line: 21 });
    const set = await parseTraces(`${pretty.join('\n')}\n${JSON.stringify(document, null, 2)}`);
    expect(set.traces.flatMap(redraw)).toHaveLength(3);
    expect(set.diagnostics).toMatchObject([{ code: 'bad-line', line: 1, count: 1 }]);
  });
});
