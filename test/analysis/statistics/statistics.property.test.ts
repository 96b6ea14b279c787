import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ledger,
  ownTime,
  readTraces,
  statistics,
  type StatisticsBy,
  type Trace,
  type Usage,
} from '../../../src/core.ts';
import { quantile } from '../../../src/analysis/statistics/quantile.ts';
import { anyForest, documentOf } from '../../model/anyForest.ts';

const BY: readonly StatisticsBy[] = ['name', 'kind', 'model', 'service', 'agent'];
const sum = (amounts: readonly (number | null)[]): number | null =>
  amounts.reduce<number | null>((all, amount) => (amount === null ? all : (all ?? 0) + amount), null);
const tracesOf = (spans: readonly object[]): readonly Trace[] => readTraces(documentOf(spans)).traces;

describe('statistics', () => {
  it('add up to the ledger and to the own times, by whatever they are put together', () => {
    fc.assert(
      fc.property(anyForest, fc.constantFrom(...BY), (spans, by) => {
        for (const trace of tracesOf(spans)) {
          const { rows } = statistics(trace, { by });
          const { total } = ledger(trace);
          const all = (of: (row: (typeof rows)[number]) => number | null) => sum(rows.map(of));
          expect(all(({ count }) => count)).toBe(trace.spanCount);
          expect(all(({ own }) => own)).toBeCloseTo(
            ownTime(trace).reduce((a, b) => a + b, 0),
            6,
          );
          for (const bucket of Object.keys(total.usage).filter((key) => key !== 'other') as (keyof Omit<
            Usage,
            'other'
          >)[])
            expect([bucket, all(({ amounts }) => amounts.usage[bucket])]).toEqual([bucket, total.usage[bucket]]);
          expect(all(({ amounts }) => amounts.cost.total)).toBe(total.cost.total);
          for (const count of ['calls', 'callsWithUsage', 'callsWithCost'] as const)
            expect(all(({ amounts }) => amounts[count])).toBe(total[count]);
          expect(all(({ errors }) => errors)).toBe(
            [...trace.spans()].filter(({ status }) => status === 'error').length,
          );
        }
      }),
    );
  });

  it('say of each row what an oracle that looks at each span says', () => {
    fc.assert(
      fc.property(anyForest, fc.constantFrom('name', 'kind', 'agent'), (spans, by) => {
        for (const trace of tracesOf(spans)) {
          for (const row of statistics(trace, { by }).rows) {
            const mine = [...trace.spans()].filter((span) => {
              if (by === 'name') return (span.name || null) === row.value;
              if (by === 'kind') return span.kind === row.value;
              let at: typeof span | null = span;
              while (at && at.kind !== 'agent') at = at.parent;
              return (at?.name ?? null) === row.value;
            });
            const durations = mine
              .map(({ duration }) => Math.max(0, duration))
              .filter((duration) => !Number.isNaN(duration))
              .sort((a, b) => a - b);
            const rank = (share: number): number =>
              durations[Math.max(0, Math.ceil(share * durations.length) - 1)] ?? Number.NaN;
            expect({
              count: row.count,
              timed: row.timed,
              total: row.total,
              p50: row.p50,
              p95: row.p95,
              longest: row.longest,
              binned: row.histogram.reduce((a, b) => a + b, 0),
            }).toEqual({
              count: mine.length,
              timed: durations.length,
              total: sum(durations) ?? Number.NaN,
              p50: rank(0.5),
              p95: rank(0.95),
              longest: durations.at(-1) ?? Number.NaN,
              binned: durations.length,
            });
          }
        }
      }),
    );
  });

  it('of a set are those of its traces together', () => {
    fc.assert(
      fc.property(anyForest, fc.constantFrom(...BY), (spans, by) => {
        const traces = tracesOf(spans);
        const together = statistics({ traces }, { by }).rows;
        const apart = traces.flatMap((trace) => statistics(trace, { by }).rows);
        for (const row of together) {
          const parts = apart.filter(({ value }) => value === row.value);
          expect(row.count).toBe(sum(parts.map(({ count }) => count)));
          expect(row.amounts.usage.total).toBe(sum(parts.map(({ amounts }) => amounts.usage.total)));
          expect(row.amounts.cost.total).toBe(sum(parts.map(({ amounts }) => amounts.cost.total)));
        }
        expect(new Set(together.map(({ value }) => value)).size).toBe(together.length);
      }),
    );
  });

  it('find the same ranks as sorting', () => {
    const amount = fc.oneof(fc.nat(20), fc.nat(2 ** 31 - 1), fc.constantFrom(0, 1, 2 ** 53 - 1));
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 400 }),
        fc.constantFrom(0, 0.5, 0.95, 1),
        (values, share) => {
          const sorted = values.toSorted((a, b) => a - b);
          expect(quantile(values, share)).toBe(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]);
        },
      ),
    );
  });
});
