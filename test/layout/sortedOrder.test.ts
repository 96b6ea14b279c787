import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, type Trace } from '../../src/core.ts';
import { sortedOrder } from '../../src/layout/rows/sortedOrder.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const names = (trace: Trace, values: readonly number[], descending = false): string =>
  Array.from(sortedOrder(trace, Float64Array.from(values), descending).order, (index) => trace.span(index).name).join(
    ' ',
  );

/** The same by recursion and comparison. */
function bruteForce(trace: Trace, values: Float64Array, descending: boolean): number[] {
  const compare = (a: number, b: number): number => {
    if (Number.isNaN(values[a]!) || Number.isNaN(values[b]!))
      return Number(Number.isNaN(values[a]!)) - Number(Number.isNaN(values[b]!)) || a - b;
    if (values[a] === values[b]) return a - b;
    const below = values[a]! < values[b]!;
    return below === descending ? 1 : -1;
  };
  const all = Array.from({ length: trace.spanCount }, (_, index) => index);
  const below = (above: number): number[] =>
    all
      .filter((index) => trace.columns.parent[index] === above)
      .sort(compare)
      .flatMap((index) => [index, ...below(index)]);
  return below(-1);
}

describe('sortedOrder', () => {
  const trace = drawTrace(`
    root        0---------100
      a         10---40
        a1      10-20
        a2         20-40
      b             50--90
        b1          50-60
      c                 95-99
    other       0---------100
  `);

  it('orders siblings and keeps children below their parent', () => {
    expect(names(trace, [0, 3, 1, 2, 1, 0, 2, 9])).toBe('root b b1 c a a1 a2 other');
    expect(names(trace, [0, 3, 1, 2, 1, 0, 2, 9], true)).toBe('other root a a2 a1 c b b1');
  });
  it('leaves ties as they were, both ways', () => {
    expect(names(trace, [1, 1, 1, 1, 1, 1, 1, 1])).toBe('root a a1 a2 b b1 c other');
    expect(names(trace, [1, 1, 1, 1, 1, 1, 1, 1], true)).toBe('root a a1 a2 b b1 c other');
  });
  it('puts what is unknown last, both ways', () => {
    expect(names(trace, [0, Number.NaN, 0, 0, 1, 0, 2, 0])).toBe('root b b1 c a a1 a2 other');
    expect(names(trace, [0, Number.NaN, 0, 0, 1, 0, 2, 0], true)).toBe('root c b b1 a a1 a2 other');
  });
  it('takes 0 and -0 for the same, and knows negative and infinite numbers', () => {
    expect(names(trace, [0, 0, 0, 0, -0, 0, 0, 0], true)).toBe('root a a1 a2 b b1 c other');
    expect(names(trace, [0, -1, 0, 0, -Infinity, 0, Infinity, 0])).toBe('root b b1 a a1 a2 c other');
    expect(names(trace, [0, -1, 0, 0, -2, 0, -3, 0], true)).toBe('root a a1 a2 b b1 c other');
  });
  it('is worked out once', () => {
    const values = new Float64Array(8);
    expect(sortedOrder(trace, values, true)).toBe(sortedOrder(trace, values, true));
    expect(sortedOrder(trace, values, true)).not.toBe(sortedOrder(trace, values, false));
  });
  it('has nothing to say of a trace without spans', () => {
    const empty = {
      spanCount: 0,
      columns: { parent: new Int32Array(0), subtreeEnd: new Uint32Array(0) },
    } as unknown as Trace;
    expect(sortedOrder(empty, new Float64Array(0), true).order).toHaveLength(0);
  });

  it('is what comparing would give: a permutation, parents before children, ranks its inverse', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(Number.NaN, 0, -0, 70_000, 1e300),
    );
    fc.assert(
      fc.property(
        anyForest,
        fc.array(number, { minLength: 40, maxLength: 40 }),
        fc.boolean(),
        (spans, drawn, descending) => {
          for (const each of readTraces(documentOf(spans)).traces) {
            const values = Float64Array.from(drawn.slice(0, each.spanCount));
            const { order, rank } = sortedOrder(each, values, descending);
            expect(Array.from(order)).toEqual(bruteForce(each, values, descending));
            expect(Array.from(rank, (place) => order[place])).toEqual(Array.from(rank, (_, index) => index));
            expect(each.columns.parent.every((above, index) => above === -1 || rank[above]! < rank[index]!)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
