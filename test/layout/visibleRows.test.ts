import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_CLOSED,
  ALL_OPEN,
  createIsOpen,
  parentsWithin,
  reveal,
  setOpen,
  type Expansion,
} from '../../src/layout/rows/expansion.ts';
import { filterRows } from '../../src/analysis/filterRows.ts';
import { sortedOrder } from '../../src/layout/rows/sortedOrder.ts';
import { visibleRows } from '../../src/layout/rows/visibleRows.ts';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  root        0---------100
    a         10---40
      a1      10-20
      a2         20-40
    b             50--90
      b1          50-60
        b2        50-55
`);
const names = (expansion: Expansion): string[] => {
  const rows = visibleRows(trace, { expansion });
  return Array.from({ length: rows.length }, (_, position) => trace.span(rows.at(position).index).name);
};
const indexOf = (name: string): number => [...trace.spans()].find((span) => span.name === name)!.index;

describe('visibleRows', () => {
  it('is the trace itself where all is open', () =>
    expect(names(ALL_OPEN)).toEqual(['root', 'a', 'a1', 'a2', 'b', 'b1', 'b2']));
  it('keeps only roots where all is closed', () => expect(names(ALL_CLOSED)).toEqual(['root']));
  it('opens down to a depth', () => expect(names({ base: 1, except: [] })).toEqual(['root', 'a', 'b']));
  it('leaves out the inside of a closed span', () =>
    expect(names(setOpen(trace, ALL_OPEN, [indexOf('a')], false))).toEqual(['root', 'a', 'b', 'b1', 'b2']));
  it('reveals a span by opening its ancestors and nothing else', () => {
    expect(names(reveal(trace, ALL_CLOSED, indexOf('b2')))).toEqual(['root', 'a', 'b', 'b1', 'b2']);
    expect(reveal(trace, ALL_OPEN, indexOf('b2'))).toBe(ALL_OPEN);
  });
  it('closes a subtree with all that is in it', () => {
    const closed = setOpen(trace, ALL_OPEN, parentsWithin(trace, indexOf('b')), false);
    expect(names(setOpen(trace, closed, [indexOf('b')], true))).toEqual(['root', 'a', 'a1', 'a2', 'b', 'b1']);
  });
  it('forgets exceptions that agree with the base again', () => {
    expect(setOpen(trace, setOpen(trace, ALL_OPEN, [1], false), [1], true)).toEqual(ALL_OPEN);
  });
  it('ignores keys that no span has', () => expect(names({ base: 'all', except: ['x/y'] })).toHaveLength(7));

  it('holds exactly the spans whose ancestors are all open, and finds each again', () => {
    const keys = [...trace.spans()].map(({ key }) => key);
    const expansions = fc.record({
      base: fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.nat(4)),
      except: fc.subarray(keys),
    });
    fc.assert(
      fc.property(expansions, (expansion) => {
        const isOpen = createIsOpen(trace, expansion);
        const wanted = [...trace.spans()]
          .filter((span) => {
            for (let above = span.parent; above; above = above.parent) if (!isOpen(above.index)) return false;
            return true;
          })
          .map(({ index }) => index);
        const rows = visibleRows(trace, { expansion });
        expect(Array.from({ length: rows.length }, (_, position) => rows.at(position).index)).toEqual(wanted);
        for (const { index } of trace.spans()) expect(rows.positionOf(index)).toBe(wanted.indexOf(index));
      }),
    );
  });

  it('throws outside the list', () =>
    expect(() => visibleRows(trace, { expansion: ALL_CLOSED }).at(1)).toThrow(RangeError));

  it('leaves out what is hidden, and counts the siblings that are left', () => {
    const kept = Uint8Array.of(1, 1, 0, 1, 1, 0, 0);
    const rows = visibleRows(trace, { expansion: ALL_OPEN, kept });
    expect(Array.from({ length: rows.length }, (_, position) => trace.span(rows.indexAt(position)).name)).toEqual([
      'root',
      'a',
      'a2',
      'b',
    ]);
    expect(rows.positionOf(indexOf('a2'))).toBe(2);
    expect(rows.positionOf(indexOf('a1'))).toBe(-1);
    expect([
      rows.placeOf(indexOf('a2')),
      rows.childrenOf(indexOf('a')),
      rows.childrenOf(indexOf('b')),
      rows.childrenOf(-1),
    ]).toEqual([1, 1, 0, 1]);
  });

  it('counts places as the rows are ordered', () => {
    const rows = visibleRows(trace, {
      expansion: ALL_OPEN,
      sorted: sortedOrder(trace, Float64Array.of(0, 1, 1, 2, 2, 0, 0), true),
    });
    expect(Array.from({ length: rows.length }, (_, position) => trace.span(rows.at(position).index).name)).toEqual([
      'root',
      'b',
      'b1',
      'b2',
      'a',
      'a2',
      'a1',
    ]);
    expect([
      rows.placeOf(indexOf('b')),
      rows.placeOf(indexOf('a')),
      rows.placeOf(indexOf('a1')),
      rows.childrenOf(0),
      rows.childrenOf(-1),
    ]).toEqual([1, 2, 2, 2, 1]);
    expect(() => rows.at(7)).toThrow(RangeError);
  });

  it('is the sorted order less what is hidden and what is closed, and finds each row again', () => {
    const keys = [...trace.spans()].map(({ key }) => key);
    const drawn = fc.record({
      expansion: fc.record({
        base: fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.nat(4)),
        except: fc.subarray(keys),
      }),
      matches: fc.option(fc.subarray(keys)),
      values: fc.option(fc.array(fc.nat(3), { minLength: 7, maxLength: 7 })),
      descending: fc.boolean(),
    });
    fc.assert(
      fc.property(drawn, ({ expansion, matches, values, descending }) => {
        const sorted = values && sortedOrder(trace, Float64Array.from(values), descending);
        const kept =
          matches &&
          filterRows(
            trace,
            Uint8Array.from(keys, (key) => Number(matches.includes(key))),
          ).shown;
        const isOpen = createIsOpen(trace, expansion);
        const wanted = Array.from(sorted?.order ?? keys.keys()).filter((index) => {
          for (let above = trace.columns.parent[index]!; above !== -1; above = trace.columns.parent[above]!)
            if (!isOpen(above)) return false;
          return !kept || kept[index] !== 0;
        });
        const rows = visibleRows(trace, { expansion, kept, sorted });
        expect(Array.from({ length: rows.length }, (_, position) => rows.at(position).index)).toEqual(wanted);
        for (const { index } of trace.spans()) expect(rows.positionOf(index)).toBe(wanted.indexOf(index));
        const shown = Array.from(sorted?.order ?? keys.keys()).filter((index) => !kept || kept[index] !== 0);
        for (const index of shown) {
          const family = shown.filter((other) => trace.columns.parent[other] === trace.columns.parent[index]);
          expect([rows.placeOf(index), rows.childrenOf(trace.columns.parent[index]!)]).toEqual([
            family.indexOf(index) + 1,
            family.length,
          ]);
        }
        expect(visibleRows(trace, { expansion, kept, sorted })).toBe(rows);
      }),
    );
  });
});
