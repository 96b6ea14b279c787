import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRows } from '../../src/analysis/filterRows.ts';
import type { Trace } from '../../src/core.ts';
import { ALL_OPEN, createIsOpen, foldedInto, reveal, WHOLLY_OPEN } from '../../src/layout/rows/expansion.ts';
import { loopFacts } from '../../src/layout/rows/loopFacts.ts';
import { closedLoops, loopRows, revealInLoops, setLoopsOpen, type Loops } from '../../src/layout/rows/loopRows.ts';
import { sortedOrder } from '../../src/layout/rows/sortedOrder.ts';
import { visibleRows, type RowList, type RowView } from '../../src/layout/rows/visibleRows.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** Four turns of a writer, in each of which a tool is called three times with a step below it. */
const drawn = (turns: number): Trace =>
  drawTrace(
    [
      `writer 0---${turns * 100 + 50}`,
      '  plan 0---10',
      ...Array.from({ length: turns }, (_, turn) => {
        const at = turn * 100 + 10;
        return [
          `  draft ${turn + 1} ${at}---${at + 90} id=draft${turn}`,
          ...[0, 1, 2].flatMap((call) => [
            `    look ${turn === 1 && call === 2 ? '✗ ' : ''}${at + call * 30}---${at + call * 30 + 20} id=look${turn}_${call}`,
            `      fetch ${at + call * 30}---${at + call * 30 + 10} id=fetch${turn}_${call}`,
          ]),
        ];
      }).flat(),
      `  reply ${turns * 100 + 10}---${turns * 100 + 50}`,
    ].join('\n'),
  );
const trace = drawn(4);
const loops = loopRows(trace)!;
const list = (rows: RowList): number[] => Array.from({ length: rows.length }, (_, position) => rows.indexAt(position));
const shown = (view: Partial<RowView> = {}): string[] =>
  list(visibleRows(trace, { expansion: ALL_OPEN, loops, ...view })).map((index) => trace.span(index).name);

describe('loops as rows', () => {
  it('are one row where they are long, and open where they are short', () => {
    expect(shown()).toEqual(['writer', 'plan', 'draft 1', 'reply']);
    expect(loops.all.map(({ iterations }) => iterations.length)).toEqual([4, 3, 3, 3, 3]);
    const draft = loops.all[0]!;
    const opened = setLoopsOpen(loops, ALL_OPEN, [draft.head], true);
    expect(shown({ folds: opened })).toHaveLength(trace.spanCount);
    expect(setLoopsOpen(loops, opened, [draft.head], false)).toEqual(ALL_OPEN);
    expect(shown({ folds: { base: 'none', except: [] } })).toEqual(['writer', 'plan', 'draft 1', 'reply']);
    expect(shown({ folds: { base: 'none', except: [trace.span(draft.head).key] } })).toEqual([
      'writer',
      'plan',
      ...[1, 2, 3, 4].flatMap((turn) => [`draft ${turn}`, 'look']),
      'reply',
    ]);
  });

  it('say which loop a row stands for, and its place among the siblings that are left', () => {
    const rows = visibleRows(trace, { expansion: ALL_OPEN, loops });
    const { head } = loops.all[0]!;
    expect(rows.foldedLoop(head)).toBe(loops.all[0]);
    expect([rows.holdsLoop(0), rows.holdsLoop(1)]).toEqual([true, false]);
    expect(rows.loopFrom(head)).toBe(loops.all[0]);
    expect([rows.isOpen(head), rows.isOpen(0)]).toEqual([false, true]);
    expect(rows.foldedLoop(1)).toBeUndefined();
    expect([rows.placeOf(1), rows.placeOf(head), rows.placeOf(trace.spanCount - 1), rows.childrenOf(0)]).toEqual([
      1, 2, 3, 3,
    ]);
  });

  it('know what all iterations came to', () => {
    const facts = loopFacts(trace, loops.all[0]!);
    expect(facts.names).toEqual(['draft']);
    expect(facts.failed).toBe(1);
    expect(facts.iterations.map(({ failed }) => failed)).toEqual([0, 1, 0, 0]);
    expect([facts.start, facts.end, facts.median].map((time) => time / 1e6)).toEqual([10, 400, 90]);
    expect(facts.slowest).toBe(0);
  });

  it('stand where the first of their spans does that is shown, as rows are sorted', () => {
    const values = Float64Array.from({ length: trace.spanCount }, (_, index) => index);
    const sorted = sortedOrder(trace, values, true);
    expect(shown({ sorted })).toEqual(['writer', 'reply', 'draft 1', 'plan']);
    // Only something in the third turn matches.
    const third = trace.span([...trace.spans()].find(({ name }) => name === 'draft 3')!.index + 2).index;
    const hits = Uint8Array.from({ length: trace.spanCount }, (_, index) => Number(index === third));
    const kept = filterRows(trace, hits).shown;
    expect(shown({ kept })).toEqual(['writer', 'draft 1']);
    expect(shown({ kept, folds: WHOLLY_OPEN })).toEqual(['writer', 'draft 3', 'look', 'fetch']);
  });

  it('of two traces are none: they fold by themselves', () => {
    const other = Object.assign(Object.create(trace) as Trace, { closedAtFirst: new Uint8Array(trace.spanCount) });
    expect(loopRows(other)).toBeNull();
  });

  /** Any folds of any view. */
  const keys = [...trace.spans()].map(({ key }) => key);
  const expansions = fc.record({
    base: fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.nat(4)),
    except: fc.subarray(keys),
  });
  const views = fc.record({
    expansion: expansions,
    folds: expansions,
    matches: fc.option(fc.subarray(keys)),
    values: fc.option(fc.array(fc.nat(3), { minLength: trace.spanCount, maxLength: trace.spanCount })),
    descending: fc.boolean(),
  });
  const viewOf = (view: typeof views extends fc.Arbitrary<infer View> ? View : never): RowView => ({
    expansion: view.expansion,
    folds: view.folds,
    loops,
    sorted: view.values && sortedOrder(trace, Float64Array.from(view.values), view.descending),
    kept:
      view.matches &&
      filterRows(
        trace,
        Uint8Array.from(keys, (key) => Number(view.matches!.includes(key))),
      ).shown,
  });

  it('leave every span that is not hidden a row, its own or the one that stands for it', () => {
    fc.assert(
      fc.property(views, (given) => {
        const view = viewOf(given);
        const rows = visibleRows(trace, view);
        const seen = list(rows);
        expect(new Set(seen).size).toBe(seen.length);
        seen.forEach((index, position) => expect(rows.positionOf(index)).toBe(position));
        const isOpen = createIsOpen(trace, view.expansion);
        const closed = closedLoops(loops, view.folds!);
        const standsFor = new Set<number>();
        for (const { index } of trace.spans()) {
          const row = foldedInto(trace, isOpen, (at) => closed.at(at)?.head, index);
          if (view.kept && view.kept[index] === 0) continue;
          expect(rows.positionOf(row)).not.toBe(-1);
          standsFor.add(row);
        }
        expect(standsFor).toEqual(new Set(seen));
        // Places are counted from 1 without a gap among the siblings that are shown.
        const places = new Map<number, number[]>();
        for (const index of seen) {
          const above = trace.columns.parent[index]!;
          places.set(above, [...(places.get(above) ?? []), rows.placeOf(index)]);
        }
        for (const [above, found] of places) {
          expect(found).toEqual(found.map((_, at) => at + 1));
          expect(rows.childrenOf(above)).toBe(found.length);
        }
      }),
    );
  });

  it('closed and opened again show what they did', () => {
    fc.assert(
      fc.property(views, fc.nat(loops.all.length - 1), (given, which) => {
        const view = viewOf(given);
        const { head } = loops.all[which]!;
        const before = list(visibleRows(trace, view));
        const isOpen = closedLoops(loops, view.folds!).at(head) === undefined;
        const turned = setLoopsOpen(loops, view.folds!, [head], !isOpen);
        const back = setLoopsOpen(loops, turned, [head], isOpen);
        expect(list(visibleRows(trace, { ...view, folds: back }))).toEqual(before);
      }),
    );
  });

  it('open where somebody looks for a span inside, and no others', () => {
    fc.assert(
      fc.property(expansions, expansions, fc.nat(trace.spanCount - 1), (expansion, folds, index) => {
        const view = {
          expansion: reveal(trace, expansion, index),
          folds: revealInLoops(trace, loops, folds, index),
          loops,
        };
        expect(visibleRows(trace, view).positionOf(index)).not.toBe(-1);
        const [before, after] = [closedLoops(loops, folds), closedLoops(loops, view.folds)];
        for (const loop of loops.all) {
          if (before.at(loop.head) === after.at(loop.head)) continue;
          expect(index >= loop.head && index < loop.end).toBe(true);
        }
      }),
    );
  });

  it('are not looked for inside what is no loop', () => {
    expect(loopRows(drawTrace('root 0---10\n  a 0---5\n  b 5---10')) satisfies Loops | null).toBeNull();
  });
});
