import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRows } from '../../src/analysis/filterRows.ts';
import { readTraces } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

describe('filterRows', () => {
  it('keeps matches and what stands above them', () => {
    const trace = drawTrace(`
      a            0---------100
        b           0----50
          match      0--20
          c          20-40
        match       50---90
          d          50-60
      e            100--200
    `);
    const { shown, ...counts } = filterRows(
      trace,
      Uint8Array.from(trace.spans(), ({ name }) => (name === 'match' ? 1 : 0)),
    );
    expect([...shown]).toEqual([2, 2, 1, 0, 1, 0, 0]);
    expect(counts).toEqual({ matches: 2, ancestors: 2, hidden: 3 });
  });

  it('does not take what is undecided for a match', () => {
    expect(filterRows(drawTrace('a 0-1\n  b 0-1'), Uint8Array.of(0, 2))).toEqual({
      shown: Uint8Array.of(0, 0),
      matches: 0,
      ancestors: 0,
      hidden: 2,
    });
  });

  it('is that in any forest', () => {
    fc.assert(
      fc.property(anyForest, fc.infiniteStream(fc.nat(2)), (spans, stream) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const matches = Uint8Array.from(stream.take(trace.spanCount));
          const { shown, ...counts } = filterRows(trace, matches);
          const slowly = Array.from(trace.spans(), ({ index }) => {
            if (matches[index] === 1) return 1;
            const below = matches.subarray(index + 1, trace.columns.subtreeEnd[index]);
            return below.includes(1) ? 2 : 0;
          });
          expect([...shown]).toEqual(slowly);
          expect(counts).toEqual({
            matches: slowly.filter((mark) => mark === 1).length,
            ancestors: slowly.filter((mark) => mark === 2).length,
            hidden: slowly.filter((mark) => mark === 0).length,
          });
        }
      }),
    );
  });

  it('keeps a chain of 100,000 for its last span', () => {
    const count = 100_000;
    const parent = Int32Array.from({ length: count }, (_, index) => index - 1);
    const matches = new Uint8Array(count);
    matches[count - 1] = 1;
    const {
      matches: found,
      ancestors,
      hidden,
    } = filterRows({ columns: { parent } as never, spanCount: count }, matches);
    expect([found, ancestors, hidden]).toEqual([1, count - 1, 0]);
  });
});
