import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceInputError } from '../../src/model/diagnostics.ts';
import { auditContent, ledger, parseTraces, readTraces, type TraceSet } from '../../src/core.ts';
import { allFormats } from '../../src/formats.ts';
import { generatedFiles } from '../fixtures/generate/files.ts';

/** Asks for everything that a viewer would ask for. */
async function answersAll(set: TraceSet): Promise<true> {
  const { traces, accounting, diagnostics } = set;
  expect(accounting.shown + accounting.merged + accounting.skipped).toBe(accounting.entries);
  expect(traces.reduce((sum, trace) => sum + trace.spanCount, 0)).toBe(accounting.shown);
  for (const { count } of diagnostics) expect(count).toBeGreaterThan(0);
  for (const trace of traces) {
    expect(ledger(trace).conflicts).toBeInstanceOf(Array);
    for (const span of trace.spans()) expect(await span.content()).toHaveProperty('attributes');
  }
  expect(await auditContent(set)).toBeInstanceOf(Array);
  return true;
}

const refused = (error: unknown): null => {
  if (error instanceof TraceInputError) return null;
  throw error;
};

const documentsOf = (texts: readonly string[]): unknown[] =>
  texts.flatMap((text) => {
    try {
      return [JSON.parse(text) as unknown];
    } catch {
      return text.split('\n').map((line) => JSON.parse(line) as unknown);
    }
  });

/** Every place in a document, as the way to it. */
function placesIn(document: unknown): readonly (readonly (string | number)[])[] {
  const places: (string | number)[][] = [];
  const open: [unknown, (string | number)[]][] = [[document, []]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, way] = next;
    if (value === null || typeof value !== 'object') continue;
    for (const key of Object.keys(value)) {
      const to = [...way, Array.isArray(value) ? Number(key) : key];
      places.push(to);
      open.push([(value as Record<string, unknown>)[key], to]);
    }
  }
  return places;
}

function put(document: unknown, way: readonly (string | number)[], value: unknown): void {
  let at = document as Record<string | number, unknown>;
  for (const step of way.slice(0, -1)) {
    const next = at[step];
    if (next === null || typeof next !== 'object') return;
    at = next as Record<string | number, unknown>;
  }
  at[way.at(-1)!] = value;
}

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    0,
    -1,
    1e300,
    '',
    'x',
    true,
    [],
    {},
    [[]],
    { a: { b: 1 } },
    '__proto__',
    '2026-99-99T00:00:00Z',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

describe.each(generatedFiles.map((file) => [`${file.expected.format}: ${file.name}`, file] as const))(
  '%s',
  (_, { texts, expected }) => {
    const documents = documentsOf(texts);
    const places = placesIn(documents);

    it('with anything in any place is read, or refused with a TraceInputError, and is not changed', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(places.length - 1), anyValue), { minLength: 1, maxLength: 4 }),
          async (changes) => {
            const changed = JSON.parse(JSON.stringify(documents)) as unknown[];
            for (const [place, value] of changes) put(changed, places[place]!, value);
            const before = JSON.stringify(changed);
            try {
              await answersAll(readTraces(changed, { adapters: allFormats }));
              await answersAll(readTraces(changed, { adapters: allFormats, format: expected.format }));
            } catch (error) {
              refused(error);
            }
            expect(JSON.stringify(changed)).toBe(before);
          },
        ),
        { numRuns: 60 },
      );
    });
  },
);

describe('every format', () => {
  it.each(allFormats.map(({ name }) => name))('%s, asked for, reads any JSON or refuses it', async (format) => {
    const anyDocument = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), anyValue)));
    await fc.assert(
      fc.asyncProperty(anyDocument, async (value) => {
        const set = await parseTraces(JSON.stringify([value]), { format }).catch(refused);
        expect(set === null || (await answersAll(set))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
