import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTraces, readTraces, type Trace } from '../../../src/core.ts';
import { atOnce } from '../../../src/analysis/steps.ts';
import { createPairLayout } from '../../../src/layout/diff/pairMarks.ts';
import { mergeTraces, type MergedOptions, type MergedTrace } from '../../../src/layout/diff/mergedTrace.ts';
import { createIsOpen, wholeExpansion, ALL_OPEN } from '../../../src/layout/rows/expansion.ts';
import { visibleRows } from '../../../src/layout/rows/visibleRows.ts';
import { LINEAR, timeScale } from '../../../src/layout/time/timeScale.ts';
import { drawPair } from '../../analysis/diff/drawPair.ts';

const SIGNS = { same: ' ', changed: '~', added: '+', removed: '-' };

/** A row as a reader sees it: indent, sign, name; runs and loops in brackets, places that were left in parentheses. */
function rowOf(merged: MergedTrace, index: number): string {
  const { type, spans, iterations } = merged.groups[index]!;
  const { depth, name } = merged.span(index);
  const indent = '  '.repeat(depth);
  const row = merged.row(index);
  if (type === 'unchanged') return `${indent}[${spans} unchanged]`;
  if (type === 'loop') return `${indent}[${name} ×${iterations!.a} → ×${iterations!.b}]`;
  if (type === 'left') return `${indent}(${name})`;
  return `${indent}${row!.moved ? '↕' : SIGNS[row!.op]} ${name}`;
}
/** The rows that are seen at first. */
const rowsOf = (merged: MergedTrace): string[] => {
  const rows = visibleRows(merged, { expansion: ALL_OPEN });
  return Array.from({ length: rows.length }, (_, position) => rowOf(merged, rows.indexAt(position)));
};
const merge = (a: string, b: string, options?: MergedOptions): MergedTrace => {
  const sides = drawPair(a, b);
  return atOnce(mergeTraces(diffTraces(...sides), sides, options));
};

const BASE = `
  agent run        0---------------100  says=refund_the_order gives=done
    llm plan       0--10                says=make_a_plan gives=four_steps
    tool one          10-20             says=first_arguments gives=first_result
    tool two          20-30             says=second_arguments gives=second_result
    tool three        30-40             says=third_arguments gives=third_result
    chain inner          50-----80      says=inner_work gives=inner_done
      llm write          50-----80      says=write_it gives=written
    tool last                   80-100  says=last_arguments gives=last_result`;

/** An agent that goes round so many times. */
const loop = (turns: number): string =>
  `
  agent run 0---1000 says=go gives=${turns}
${Array.from(
  { length: turns },
  (_, turn) => `    chain step ${turn * 100}-${turn * 100 + 90} says=turn_${turn} gives=turn_${turn}
      llm think ${turn * 100}-${turn * 100 + 80} says=thought_${turn} gives=more_${turn}`,
).join('\n')}`;

/** A small tree with names and texts that repeat. */
const drawing = fc
  .array(fc.record({ depth: fc.nat({ max: 3 }), name: fc.constantFrom('a', 'b', 'c'), start: fc.nat({ max: 90 }) }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((spans) => {
    let depth = -1;
    return spans
      .map(({ depth: wanted, name, start }, place) => {
        depth = place === 0 ? 0 : Math.max(1, Math.min(wanted, depth + 1));
        return `${'  '.repeat(depth + 1)}tool ${name} ${start}-${start + 10} says=${name}${place % 4}`;
      })
      .join('\n');
  });

describe('two traces as one', () => {
  it('folds runs of unchanged steps, keeps what leads to a change open', () => {
    expect(rowsOf(merge(BASE, BASE.replace('gives=written', 'gives=something_else_entirely')))).toEqual([
      '  agent run',
      '  [4 unchanged]',
      '    chain inner',
      '    ~ llm write',
      '    tool last',
    ]);
  });

  it('of equal runs is one run below the root', () => {
    expect(rowsOf(merge(BASE, BASE))).toEqual(['  agent run', '  [7 unchanged]']);
  });

  it('takes a step that is much slower for a change', () => {
    const slow = BASE.replace('50-----80      says=write_it', '50------180     says=write_it');
    expect(rowsOf(merge(BASE, slow)).join()).toContain('llm write');
  });

  it('says where a moved step is and where it was, and filters leave the way to what they ask for', () => {
    const line = '    tool one          10-20             says=first_arguments gives=first_result\n';
    const moved = BASE.replace(line, '').replace(
      '      llm write',
      '      tool one           50-60          says=first_arguments gives=first_result\n      llm write',
    );
    const rows = rowsOf(merge(BASE, moved));
    expect(rows).toContain('    ↕ tool one');
    expect(rows).toContain('  (tool one)');
    expect(rows.indexOf('  (tool one)')).toBeLessThan(rows.indexOf('    ↕ tool one'));
    expect(rowsOf(merge(BASE, moved, { filter: 'moved' }))).toEqual([
      '  agent run',
      '  (tool one)',
      '    chain inner',
      '    ↕ tool one',
    ]);
  });

  it('shows a loop with the iterations of either side, closed while all that changed is their number', () => {
    expect(rowsOf(merge(loop(4), loop(6)))).toEqual(['~ agent run', '  [chain step ×4 → ×6]']);
    const other = loop(6).replace('gives=more_2', 'gives=quite_another_thought');
    expect(rowsOf(merge(loop(4), other))).toContain('      ~ llm think');
  });

  it('puts what changed most first where there are very many siblings', () => {
    const wide = (of: (place: number) => string): string =>
      `  agent run 0---1000 says=go gives=went\n${Array.from({ length: 60 }, (_, place) => `    tool t${place} 0-${of(place)} says=arguments_${place} gives=result_${place}`).join('\n')}`;
    const rows = rowsOf(
      merge(
        wide(() => '100'),
        wide((place) => (place === 41 ? '900' : place === 17 ? '400' : '100')),
      ),
    );
    expect(rows).toEqual(['  agent run', '    tool t41', '    tool t17', '  [58 unchanged]']);
  });

  it('has all that is a trace: pre-order, subtrees, keys, times within its end', () => {
    fc.assert(
      fc.property(
        drawing,
        drawing,
        fc.constantFrom('trace', 'span', 'apart' as const),
        fc.constantFrom('all', 'added', 'removed', 'changed', 'moved' as const),
        (a, b, alignment, filter) => {
          const merged = merge(a, b, { alignment: alignment as 'trace', filter: filter as 'all' });
          const { parent, subtreeEnd, start, end } = merged.columns;
          const keys = new Set<string>();
          for (let index = 0; index < merged.spanCount; index += 1) {
            const { key } = merged.span(index);
            keys.add(key);
            expect(merged.find(key)!.index).toBe(index);
            expect(parent[index]!).toBeLessThan(index);
            const above = parent[index]!;
            expect(above === -1 || subtreeEnd[index]! <= subtreeEnd[above]!).toBe(true);
            expect(start[index]!).toBeLessThanOrEqual(end[index]!);
            expect(end[index]!).toBeLessThanOrEqual(merged.end);
          }
          expect(keys.size).toBe(merged.spanCount);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has each row of the diff once, with its bars', () => {
    fc.assert(
      fc.property(drawing, drawing, (a, b) => {
        const merged = merge(a, b);
        const rows = merged.groups.filter(({ type }) => type === 'row').map(({ row }) => row);
        expect(rows.sort((x, y) => x - y)).toEqual(merged.diff.rows.map((_, row) => row));
        merged.diff.rows.forEach((row, at) => {
          const { index } = merged.spanOfRow(at)!;
          expect(Number.isNaN(merged.bars[index * 4]!)).toBe(row.a === null);
          expect(Number.isNaN(merged.bars[index * 4 + 2]!)).toBe(row.b === null);
        });
      }),
    );
  });

  it('is of two subtrees, whose times begin where they do', () => {
    const [a, b] = drawPair(BASE, BASE);
    const inner = (trace: Trace) => ({
      trace,
      key: [...trace.spans()].find(({ name }) => name === 'chain inner')!.key,
    });
    const sides = [inner(a), inner(b)] as const;
    const merged = atOnce(mergeTraces(diffTraces(...sides), sides));
    expect(rowsOf(merged)).toEqual(['  chain inner', '    llm write']);
    expect([merged.b.spanCount, merged.columns.start[0], merged.end / 1e6]).toEqual([2, 0, 30]);
  });

  it('finds a span of either side by its own key, also by the side it was on before the two were swapped', () => {
    const merged = merge(BASE, BASE.replace('gives=written', 'gives=other'));
    const { key, index } = merged.spanOfRow(3)!;
    const { a, b } = merged.row(index)!;
    expect([a!, b!, `a:${b!}`, key].map((each) => merged.find(each)!.index)).toEqual([index, index, index, index]);
    expect(merged.find('nothing')).toBeUndefined();
  });

  it('opens and closes from what is closed at first', () => {
    const merged = merge(BASE, BASE);
    const open = (expansion: typeof ALL_OPEN): number[] =>
      Array.from({ length: merged.spanCount }, (_, index) => Number(createIsOpen(merged, expansion)(index)));
    expect(open(ALL_OPEN)).not.toEqual(open(wholeExpansion(merged, true)));
    expect(open(wholeExpansion(merged, true)).every((each) => each === 1)).toBe(true);
    expect(open(wholeExpansion(merged, false)).every((each) => each === 0)).toBe(true);
  });

  it('does not recurse: a chain of 50,000 spans', () => {
    const records = (trace: string): object[] =>
      Array.from({ length: 50_000 }, (_, at) => ({
        traceId: trace,
        spanId: (at + 1).toString(16).padStart(16, '0'),
        ...(at === 0 ? {} : { parentSpanId: at.toString(16).padStart(16, '0') }),
        name: 'link',
        startTimeUnixNano: '1000000000000000000',
        endTimeUnixNano: '1000000001000000000',
      }));
    const sides = ['a', 'b'].map((letter) => readTraces(records(letter.repeat(32))).traces[0]!) as [Trace, Trace];
    const merged = atOnce(mergeTraces(diffTraces(...sides), sides));
    expect(merged.spanCount).toBe(50_000);
    expect(merged.columns.depth.at(-1)).toBe(49_999);
  });
});

describe('the bars of two traces', () => {
  const slower = BASE.replace('10-20             says=first', '10---60           says=first');
  const marksOf = (options: MergedOptions, name: string): string[] => {
    const merged = merge(BASE, slower, options);
    const layout = createPairLayout(merged);
    const index = merged.groups.findIndex((_, at) => merged.span(at).name === name);
    const scale = timeScale([0, merged.end], merged.end / 1e6, LINEAR);
    return layout
      .marks(index, true, scale)
      .map(({ type, x, width }) => `${type} ${Math.round(x)}+${Math.round(width)}`);
  };

  it('stand both from the start, where the partner starts, or behind each other', () => {
    expect(marksOf({ alignment: 'trace' }, 'tool two')).toEqual(['before 20+10', 'after 20+10']);
    expect(marksOf({ alignment: 'trace' }, 'tool one')).toEqual(['before 10+10', 'after 10+50']);
    expect(marksOf({ alignment: 'apart' }, 'tool one')).toEqual(['before 10+10', 'after 210+50']);
    const later = BASE.replace('80-100  says=last', '200-220 says=last');
    const merged = merge(BASE, later, { alignment: 'span' });
    const { index } = merged.spanOfRow(merged.diff.rows.length - 1)!;
    expect(Array.from(merged.bars.subarray(index * 4, index * 4 + 4), (time) => time / 1e6)).toEqual([
      200, 220, 200, 220,
    ]);
  });

  it('of a closed loop are its iterations, those of one side alone drawn otherwise', () => {
    const merged = merge(loop(4), loop(6));
    const index = merged.groups.findIndex(({ type }) => type === 'loop');
    const marks = createPairLayout(merged).marks(index, false, timeScale([0, merged.end], 1000, LINEAR));
    expect(marks.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 4 }, () => 'turnA'),
      ...Array.from({ length: 4 }, () => 'turnB'),
      'afterWait',
      'afterWait',
    ]);
  });

  it('are hollow where others are inside', () => {
    expect(marksOf({}, 'chain inner')).toEqual(['beforeWait 50+30', 'afterWait 50+30']);
  });
});
