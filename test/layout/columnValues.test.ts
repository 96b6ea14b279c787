import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ledger, readTraces } from '../../src/core.ts';
import { columnValues, type SortableColumn } from '../../src/layout/rows/columnValues.ts';
import { BUILT_IN_COLUMNS, type BuiltInColumn } from '../../src/layout/rows/builtInColumns.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  agent run     0----------100   in=30 out=6 service=b
    llm plan    10-40            in=10 out=5 cost=0.01 model=m10 service=a
    llm again ✗    40-60         in=20 out=1 model=m2
    tool late          ?-70
    open                   80-
`);
const values = (id: string, columns: readonly SortableColumn[] = []): (number | null)[] | null => {
  const read = columnValues(trace, id, columns);
  return read && Array.from(read, (value) => (Number.isNaN(value) ? null : value));
};

describe('columnValues', () => {
  it('of times are nanoseconds, unknown where none was recorded', () => {
    expect(values('duration')).toEqual([100e6, null, 30e6, 20e6, null]);
    expect(values('start')).toEqual([0, null, 10e6, 40e6, 80e6]);
    expect(values('self')![0]).toBe(10e6);
  });
  it('of words are places in the alphabet, numbers in them as numbers', () => {
    expect(values('service')).toEqual([1, null, 0, null, null]);
    expect(values('model')).toEqual([null, null, 1, 0, null]);
  });
  it('of a status is how bad it is', () => expect(values('status')!.indexOf(4)).toBe(3));
  it('of children is their number', () => expect(values('children')).toEqual([4, 0, 0, 0, 0]));
  it('of anything unknown is nothing', () => {
    expect(values('attribute:a')).toBeNull();
    expect(values('constructor')).toBeNull();
  });

  it('of a host column are read once, and only where it may sort', () => {
    const value = vi.fn<SortableColumn['value']>((row) =>
      row.index === 1 ? null : row.index === 2 ? 'x' : 10 - row.index,
    );
    const column = { id: 'mine', sortable: true, value };
    // Numbers before words: 6 < 7 < 10 < x.
    expect(values('mine', [column])).toEqual([2, null, 3, 1, 0]);
    expect(values('mine', [column])).not.toBeNull();
    expect(value).toHaveBeenCalledTimes(5);
    expect(value.mock.calls[3]![0]).toMatchObject({ type: 'span', key: trace.span(3).key, index: 3, depth: 1 });
    expect(values('mine', [{ id: 'mine', value }])).toBeNull();
  });
  it("of a host column that replaces a built-in one are the host's", () => {
    expect(values('cost', [{ id: 'cost', sortable: true, value: () => 7 }])).toEqual([7, 7, 7, 7, 7]);
    expect(values('cost', [{ id: 'cost', value: () => 7 }])).toBeNull();
  });
  it('of a host column that throws are unknown', () => {
    expect(
      values('mine', [
        {
          id: 'mine',
          sortable: true,
          value: () => {
            throw new Error('host');
          },
        },
      ]),
    ).toEqual([null, null, null, null, null]);
  });

  it('of amounts are the sums of the ledger', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        for (const each of readTraces(documentOf(spans)).traces) {
          const { subtree } = ledger(each);
          const all = (id: string): (number | null)[] =>
            Array.from(columnValues(each, id, [])!, (value) => (Number.isNaN(value) ? null : value));
          const wanted = Array.from({ length: each.spanCount }, (_, index) => subtree(index));
          expect(all('tokens')).toEqual(wanted.map(({ usage }) => usage.total));
          expect(all('input')).toEqual(wanted.map(({ usage }) => usage.input));
          expect(all('cost')).toEqual(wanted.map(({ cost }) => cost.total));
        }
      }),
    );
  });
});

describe('the built-in columns', () => {
  it('order rows by what they say: equal values have equal keys, unknown ones none', () => {
    fc.assert(
      fc.property(anyForest, (forest) => {
        for (const each of readTraces(documentOf(forest)).traces)
          for (const [id, { value, sortKeys }] of Object.entries<BuiltInColumn>(BUILT_IN_COLUMNS)) {
            const keys = sortKeys(each);
            for (let index = 0; index < each.spanCount; index += 1) {
              const cell = value(each, index);
              const key = keys[index]!;
              expect([id, index, Number.isNaN(key)]).toEqual([id, index, cell === null]);
              // Sums are added in another order, words and mixed values are places.
              const wanted = typeof cell === 'number' && id !== 'scores' ? cell : key;
              expect([id, key || 0]).toEqual([id, expect.closeTo(wanted || 0, 6)]);
            }
          }
      }),
      { numRuns: 60 },
    );
  });
});

describe('sums of a deep trace', () => {
  /** Agents inside each other, each with a call of one token. */
  const chain = (depth: number) => {
    const idOf = (n: number): string => (n + 1).toString(16).padStart(16, '0');
    const span = (id: number, parent: number, kind: string, tokens: number | null) => ({
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: idOf(id),
      ...(parent === -1 ? {} : { parentSpanId: idOf(parent) }),
      name: kind,
      startTimeUnixNano: '1000',
      endTimeUnixNano: '2000',
      attributes: [
        { key: 'openinference.span.kind', value: { stringValue: kind } },
        ...(tokens === null ? [] : [{ key: 'llm.token_count.total', value: { intValue: tokens } }]),
      ],
    });
    const levels = Array.from({ length: depth }, (_, level) => level);
    return readTraces(
      documentOf(
        levels.flatMap((level) => [span(level, level - 1, 'AGENT', null), span(depth + level, level, 'LLM', 1)]),
      ),
    ).traces[0]!;
  };

  it('are those of the ledger, and no row walks all of it again', () => {
    const levels = 20_000;
    const deep = chain(levels);
    const found = Array.from({ length: deep.spanCount }, (_, index) => BUILT_IN_COLUMNS.tokens.value(deep, index));
    expect(found).toEqual(
      Array.from({ length: deep.spanCount }, (_, index) =>
        deep.span(index).kind === 'llm' ? 1 : levels - deep.columns.depth[index]!,
      ),
    );
    expect(found[levels / 2]).toBe(ledger(deep).subtree(levels / 2).usage.total);
  });
});
