import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTraceStream, readTraces } from '../../../src/core.ts';
import { anyForest, anyTree, documentOf, type AnySpan } from '../../model/anyForest.ts';
import { dump, dumpContent } from '../../model/dump.ts';

/** Spans in any order, some of them twice, and where batches end. */
const arrivals = (forest: fc.Arbitrary<readonly AnySpan[]>) =>
  forest.chain((spans) =>
    fc.record({
      arrived: fc
        .record({
          once: fc.shuffledSubarray([...spans], { minLength: spans.length, maxLength: spans.length }),
          again: fc.subarray([...spans], { maxLength: Math.min(6, spans.length) }),
        })
        .map(({ once, again }) => [...once, ...again]),
      sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
    }),
  );

describe.each([
  ['any forest, with circles, namesakes and missing times', anyForest],
  ['any tree', anyTree],
])('%s', (_, forest) => {
  it('is after each batch what reading all that has come gives', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals(forest), async ({ arrived, sizes }) => {
        const stream = createTraceStream();
        for (let at = 0, batch = 0; at < arrived.length; batch += 1) {
          const end = at + sizes[batch % sizes.length]!;
          await stream.append(documentOf(arrived.slice(at, end)));
          at = end;
          const set = stream.snapshot();
          const atOnce = readTraces(documentOf(arrived.slice(0, at)));
          expect(dump(set)).toEqual(dump(atOnce));
          expect(dumpContent(set)).toEqual(dumpContent(atOnce));
        }
      }),
      { numRuns: 300 },
    );
  });
});
