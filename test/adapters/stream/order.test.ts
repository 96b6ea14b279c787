import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTraceStream, parseTraces, toNativeJson, type Diagnostic, type TraceSet } from '../../../src/core.ts';
import { recordings } from './recorded.ts';

const asText = (documents: readonly object[]): string =>
  documents.map((document) => JSON.stringify(document)).join('\n');

/** All that does not name a place in the input, in an order of its own. */
const told = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ code, count, keys = [] }) => `${code} ${count} ${keys.toSorted().join()}`).sort();

const seen = (set: TraceSet) => ({ ...set.accounting, told: told(set.diagnostics), native: toNativeJson(set) });

/** Each record of a list by a number, in any order, and where batches end; a look in between is as good as none. */
const arrivals = (count: number) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, at) => at),
      { minLength: count, maxLength: count },
    ),
    sizes: fc.array(fc.nat({ max: 24 }), { minLength: 1, maxLength: 8 }),
    looks: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
  });

const RUNS = Math.ceil(1000 / recordings.length);

describe.each(recordings)('$name, arriving in any order and any batches', ({ documents }) => {
  it('gives what reading it at once gives', { timeout: 60_000 }, async () => {
    const atOnce = seen(await parseTraces(asText(documents)));
    await fc.assert(
      fc.asyncProperty(arrivals(documents.length), async ({ order, sizes, looks }) => {
        const stream = createTraceStream();
        for (let at = 0, batch = 0; at < order.length; batch += 1) {
          const size = 1 + sizes[batch % sizes.length]!;
          await stream.append(asText(order.slice(at, at + size).map((number) => documents[number]!)));
          if (looks[batch % looks.length]) stream.snapshot();
          at += size;
        }
        expect(stream.snapshot().traces.every(({ live }) => live)).toBe(true);
        stream.close();
        const set = stream.snapshot();
        expect(set.traces.some(({ live }) => live)).toBe(false);
        expect(seen(set)).toEqual(atOnce);
      }),
      { numRuns: RUNS },
    );
  });
});
