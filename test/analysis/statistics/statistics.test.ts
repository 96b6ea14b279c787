import { describe, expect, it } from 'vitest';
import { parseQuery, searchSpans, statistics, type StatisticsBy } from '../../../src/core.ts';
import { asksForGroup, groupQuery } from '../../../src/analysis/statistics/groupQuery.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const trace = drawTrace(`
  agent planner       0------------100  service=api
    llm chat           10-40             in=10 out=5 model=gpt-4.1 cost=0.01
    llm chat           40-60             in=20 out=5 model=gpt-4.1-mini
    tool search ✗      60-------90
      agent reader     60------80
        llm read        60-70            in=7 out=1 model=gpt-4.1 cost=0.02
    open               95-
`);
const rowsBy = (by: StatisticsBy) => new Map(statistics(trace, { by }).rows.map((row) => [row.value, row]));
const MS = 1e6;

describe('statistics', () => {
  it('by model: what each cost, and what it is not known of', () => {
    const rows = rowsBy('model');
    expect(rows.get('gpt-4.1')).toMatchObject({ count: 2, amounts: { usage: { total: 23 }, cost: { total: 0.03 } } });
    expect(rows.get('gpt-4.1-mini')).toMatchObject({
      amounts: { usage: { total: 25 }, cost: { total: null }, calls: 1, callsWithCost: 0 },
    });
    expect(rows.get(null)).toMatchObject({ count: 4, amounts: { usage: { total: null }, calls: 0 } });
  });

  it('by agent: the nearest one around', () => {
    const rows = rowsBy('agent');
    expect(rows.get('agent reader')).toMatchObject({ count: 2, amounts: { usage: { total: 8 } } });
    expect(rows.get('agent planner')).toMatchObject({ count: 5, errors: 1, amounts: { usage: { total: 40 } } });
  });

  it('knows no duration of what has no end, and says so', () => {
    const row = rowsBy('name').get('open')!;
    expect(row).toMatchObject({ count: 1, timed: 0, total: Number.NaN, p95: Number.NaN });
    expect([...row.histogram].every((count) => count === 0)).toBe(true);
  });

  it('puts durations into bins that all rows share', () => {
    const { rows, edges } = statistics(trace, { by: 'kind' });
    expect(edges).toHaveLength(17);
    expect([edges[0], edges.at(-1)]).toEqual([10 * MS, 100 * MS]);
    const llm = rows.find(({ value }) => value === 'llm')!;
    expect(llm.histogram.reduce((a, b) => a + b)).toBe(3);
    expect(llm.histogram[0]).toBe(1);
    expect(llm).toMatchObject({ p50: 20 * MS, p95: 30 * MS, total: 60 * MS });
  });

  it('counts some spans only', () => {
    const only = Uint8Array.from({ length: trace.spanCount }, (_, index) => Number(index === 1));
    expect(statistics(trace, { by: 'kind', only }).rows).toMatchObject([{ value: 'llm', count: 1 }]);
  });
});

describe('the query of a row', () => {
  it.each([
    ['', 'name', 'llm chat', 'name="llm chat"'],
    ['kind:llm refund', 'kind', 'tool', 'kind:tool refund'],
    ['kind:llm refund', 'kind', 'llm', 'refund'],
    ['refund', 'model', null, '-has:model refund'],
    ['-has:model refund', 'model', 'gpt-4.1', 'model:gpt-4.1 refund'],
    ['-has:model refund', 'model', null, 'refund'],
    ['', 'agent', 'a "b"', String.raw`agent:"a \"b\""`],
  ] as const)('%s, by %s %s → %s', (before, by, value, after) => {
    expect(groupQuery(parseQuery(before), by, value)).toBe(after);
    expect(asksForGroup(parseQuery(after), by, value)).toBe(!asksForGroup(parseQuery(before), by, value));
  });

  it.each(['name', 'kind', 'model', 'service', 'agent'] as const)('finds the spans of the row by %s', async (by) => {
    for (const { value, count } of statistics(trace, { by }).rows) {
      const found = new Set<string>();
      for await (const hits of searchSpans(trace, groupQuery(parseQuery(''), by, value)))
        for (const { key } of hits) found.add(key);
      expect([value, found.size]).toEqual([value, count]);
    }
  });
});
