import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingParents } from '../../src/analysis/missingParents.ts';
import { ALL_CLOSED, ALL_OPEN, keepRows, setOpen, type Expansion } from '../../src/layout/rows/expansion.ts';
import { createCriticalLines } from '../../src/layout/gantt/criticalLines.ts';
import { guideLines } from '../../src/layout/rows/guideLines.ts';
import { loopRows } from '../../src/layout/rows/loopRows.ts';
import { rowNow, rowTree } from '../../src/layout/rows/rowTree.ts';
import { sortedOrder } from '../../src/layout/rows/sortedOrder.ts';
import { visibleRows, type RowView } from '../../src/layout/rows/visibleRows.ts';
import { placeOf } from '../../src/layout/time/stepPlaces.ts';
import { LINEAR, timeScale } from '../../src/layout/time/timeScale.ts';
import { createTraceStream, readTraces, toNativeJson, type Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** Rows as text: two spaces a level, names, and `?` with the id of a missing parent. */
function drawn(trace: Trace, view: Partial<RowView> = {}): string[] {
  const rows = visibleRows(trace, { expansion: ALL_OPEN, ...view });
  return Array.from({ length: rows.length }, (_, position) => {
    const row = rows.at(position);
    const name = row.type === 'span' ? trace.span(row.index).name : `?${row.parentSpanId}`;
    return '  '.repeat(row.depth) + name;
  });
}
const trace = drawTrace(`
  root       0---------100
    inside   10---40
  draft         20-30             parent=plan
    word        22-24
  late             50-60          parent=other
  check              70-80 parent=plan
`);
const idOf = (spanId: string): string =>
  trace.span([...trace.spans()].find(({ name }) => name === spanId)!.index).parentSpanId!;
const [plan, other] = [idOf('draft'), idOf('late')];

describe('rows of missing parents', () => {
  it('stand where the first of those stands that name them, with all of these below', () =>
    expect(drawn(trace)).toEqual([
      'root',
      '  inside',
      `?${plan}`,
      '  draft',
      '    word',
      '  check',
      `?${other}`,
      '  late',
    ]));

  it('are none where all parents are there', () => {
    const whole = drawTrace('a 0---10\n  b 2-4');
    expect(missingParents(whole)).toBeNull();
    expect(visibleRows(whole, { expansion: ALL_OPEN }).length).toBe(2);
  });

  it('are no spans: nothing but rows counts them', () => {
    expect(trace.spanCount).toBe(6);
    expect(trace.find(`${trace.key}/${plan}`)).toBeUndefined();
    expect(JSON.stringify(toNativeJson(trace))).not.toContain('missingParent');
    const rows = visibleRows(trace, { expansion: ALL_OPEN });
    expect([rows.length, rows.spans]).toEqual([8, 6]);
  });

  it('close like any other row', () => {
    const tree = rowTree(trace);
    const closed = setOpen(tree, ALL_OPEN, [tree.indexOf(`${trace.key}/${plan}`)], false);
    expect(closed.except).toEqual([`${trace.key}/${plan}`]);
    expect(drawn(trace, { expansion: closed })).toEqual(['root', '  inside', `?${plan}`, `?${other}`, '  late']);
    expect(drawn(trace, { expansion: ALL_CLOSED })).toEqual(['root', `?${plan}`, `?${other}`]);
    expect(drawn(trace, { expansion: { base: 1, except: [] } })).toContain('  draft');
  });

  it('are hidden with all that name them, and shown with one', () => {
    const kept = Uint8Array.from(trace.spans(), ({ name }) => (name === 'check' ? 1 : 0));
    expect(drawn(trace, { kept })).toEqual([`?${plan}`, '  check']);
    const rows = visibleRows(trace, { expansion: ALL_OPEN, kept });
    expect([rows.childrenOf(-1), rows.childrenOf(rows.indexAt(0)), rows.placeOf(rows.indexAt(1))]).toEqual([1, 1, 1]);
  });

  it('are sorted by the first of those below them', () => {
    const sorted = sortedOrder(trace, trace.columns.start, true);
    expect(drawn(trace, { sorted })).toEqual([
      `?${plan}`,
      '  check',
      '  draft',
      '    word',
      `?${other}`,
      '  late',
      'root',
      '  inside',
    ]);
  });

  it('have guides, siblings and a place in time', () => {
    const rows = visibleRows(trace, { expansion: ALL_OPEN });
    const lines = Array.from({ length: rows.length }, (_, position) => guideLines(rows, rows.indexAt(position)));
    expect(lines).toEqual(['0', "0'", '0', '0|', "0|'", "0'", '0', "0'"]);
    expect(rows.childrenOf(-1)).toBe(3);
    expect(rows.placeOf(rows.indexAt(2))).toBe(2);
    expect(placeOf(trace, rows.indexAt(2))).toEqual([20e6, 80e6]);
  });

  it('keep loops apart: what names different parents does not repeat', () => {
    const ofTwo = drawTrace(
      Array.from({ length: 6 }, (_, at) => `step ${at * 10}-${at * 10 + 5} parent=${at < 3 ? 'one' : 'two'}`).join(
        '\n',
      ),
    );
    expect(loopRows(ofTwo)!.all.map(({ iterations }) => iterations.length)).toEqual([3, 3]);
  });
});

/** Forests in which some parents are left out, as they may have arrived so far. */
const arrivals = fc
  .array(fc.record({ parent: fc.nat(), start: fc.nat(50), absent: fc.boolean() }), { minLength: 1, maxLength: 24 })
  .map((spans) =>
    spans.map(({ parent, start, absent }, at) => ({
      id: (at + 1).toString(16).padStart(16, '0'),
      parentId: at === 0 || parent % 5 === 0 ? null : ((parent % at) + 1).toString(16).padStart(16, '0'),
      start,
      absent: absent && at < spans.length - 1,
    })),
  );
type Arrival = (typeof arrivals extends fc.Arbitrary<infer Value> ? Value : never)[number];
const documentOf = (spans: readonly Arrival[]): object => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: spans.map(({ id, parentId, start }) => ({
            traceId: '5eed'.repeat(8),
            spanId: id,
            ...(parentId === null ? {} : { parentSpanId: parentId }),
            name: id,
            startTimeUnixNano: String(1_795_359_116_000_000_000n + BigInt(start)),
            endTimeUnixNano: String(1_795_359_116_000_000_100n + BigInt(start)),
          })),
        },
      ],
    },
  ],
});

describe('any forest', () => {
  it('has each span in one row, below the row of the parent that it names, and no placeholder without a child', () =>
    fc.assert(
      fc.property(arrivals, fc.boolean(), (spans, descending) => {
        const present = spans.filter(({ absent }) => !absent);
        const [read] = readTraces(documentOf(present)).traces;
        const sorted = sortedOrder(read!, read!.columns.start, descending);
        for (const view of [{}, { sorted }]) {
          const rows = visibleRows(read!, { expansion: ALL_OPEN, ...view });
          const all = Array.from({ length: rows.length }, (_, position) => rows.at(position));
          const below = new Map<string, number>();
          expect(
            all
              .filter(({ type }) => type === 'span')
              .map(({ index }) => index)
              .sort((a, b) => a - b),
          ).toEqual(Array.from(present, (_, index) => index));
          const open: string[] = [];
          for (const [position, row] of all.entries()) {
            open.length = row.depth;
            const above = open.at(-1);
            const parentId = row.type === 'span' ? read!.span(row.index).parentSpanId : null;
            expect(above).toBe(parentId === null ? undefined : `${read!.key}/${parentId}`);
            if (above !== undefined) below.set(above, (below.get(above) ?? 0) + 1);
            expect(rows.positionOf(row.index)).toBe(position);
            expect(rows.placeOf(row.index)).toBe(
              all.slice(0, position).filter((each) => rows.parentOf(each.index) === rows.parentOf(row.index)).length +
                1,
            );
            open.push(row.key);
          }
          for (const row of all) expect(rows.childrenOf(row.index)).toBe(below.get(row.key) ?? 0);
          expect(all.every(({ type, key }) => type === 'span' || below.has(key))).toBe(true);
          expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        }
      }),
    ));

  it('shows what it showed, and is open where it was, whichever parents have come meanwhile', async () =>
    fc.assert(
      fc.asyncProperty(arrivals, fc.constantFrom<Expansion['base']>('all', 'none', 1), async (spans, base) => {
        const stream = createTraceStream();
        const absent = spans.filter((span) => span.absent);
        await stream.append(documentOf(spans.filter((span) => !span.absent)));
        let [state] = stream.snapshot().traces;
        const closing = (missingParents(state!)?.all ?? []).filter((_, at) => at % 2 === 0);
        let expansion = setOpen(
          rowTree(state!),
          { base, except: [] },
          closing.map(({ key }) => rowTree(state!).indexOf(key)),
          base === 'none',
        );
        for (const batch of [absent.filter((_, at) => at % 2 === 0), absent.filter((_, at) => at % 2 === 1)]) {
          const before = state!;
          const was = visibleRows(before, { expansion });
          await stream.append(documentOf(batch));
          [state] = stream.snapshot().traces;
          expansion = keepRows(before, state!, expansion);
          const now = visibleRows(state!, { expansion });
          const keyOf = (row: number): string => rowTree(state!).keyOf(row);
          for (let position = 0; position < was.length; position += 1) {
            const row = rowNow(before, was.indexAt(position), state!);
            // What turns out to be below a row that somebody closed goes in there.
            let above = now.parentOf(row);
            while (above !== -1 && now.isOpen(above)) above = now.parentOf(above);
            const closedBefore = above === -1 ? -1 : rowTree(before).indexOf(keyOf(above));
            const wasClosed = closedBefore !== -1 && !was.isOpen(closedBefore);
            expect(above === -1 ? now.positionOf(row) !== -1 : wasClosed).toBe(true);
          }
          for (const { key } of missingParents(before)?.all ?? [])
            expect(now.isOpen(rowTree(state!).indexOf(key))).toBe(was.isOpen(rowTree(before).indexOf(key)));
        }
        expect(missingParents(state!)).toBeNull();
        expect(toNativeJson(state!)).toEqual(toNativeJson(readTraces(documentOf(spans)).traces[0]!));
      }),
      { numRuns: 60 },
    ));
});

it('a gap in the critical path is none where a missing parent has its row', () => {
  const lines = createCriticalLines(
    drawTrace('first 0-40 parent=nobody\nsecond 40-100 parent=nobody\n  inside 60-100'),
  );
  const rows = (indices: readonly number[], open: boolean) =>
    lines(
      indices.map((index, at) => ({ index, open, top: at * 20 })),
      timeScale([0, 100e6], 100, LINEAR),
      20,
    );
  // Rails are place, from, to.
  expect([...rows([3, 0, 1, 2], true).rails]).toEqual([37, 0, 40]);
  expect([...rows([3], false).rails]).toEqual([17, 0, 40]);
});

it('has a key of its own, also where the id that is named looks like the key of a span', () => {
  const twice = drawTrace(`
    first    0---9  id=0a
    other    1-2    id=0a
    orphan   3-4    parent=x
  `);
  const [key] = [...twice.spans()].map((span) => span.key).filter((each) => each.includes('#'));
  expect(key).toBeDefined();
  const id = key!.slice(`${twice.key}/`.length);
  const named = { ...twice.span(2), parentSpanId: id };
  const asked = Object.create(twice, {
    span: { value: (index: number) => (index === 2 ? named : twice.span(index)) },
  }) as Trace;
  const missing = missingParents(asked)!;
  expect(missing.all.map(({ spanId }) => spanId)).toEqual([id]);
  expect(twice.find(missing.all[0]!.key)).toBeUndefined();
});
