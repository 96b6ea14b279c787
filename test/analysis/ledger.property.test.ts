import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledger, readTraces, type LedgerEntry, type Span, type Trace } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';

type Measure = (span: Span) => number | null;
const MEASURES: readonly (readonly [Measure, (entry: LedgerEntry) => number | null])[] = [
  [(span) => span.usage?.total ?? null, (entry) => entry.usage.total],
  [(span) => span.cost?.total ?? null, (entry) => entry.cost.total],
];

/**
 * The rule of `Ledger` word for word and slow: for every span, look at each span below it and the way there. A model
 * call is shadowed by what is reached without meeting a tool or agent, any other span by everything. Zero shadows
 * nothing.
 */
function counts(trace: Trace, span: Span, measure: Measure): boolean {
  if (measure(span) === null) return false;
  const isCall = ['llm', 'embedding', 'reranker'].includes(span.kind);
  return !Array.from(trace.spans()).some((below) => {
    if (!measure(below)) return false;
    let crossed = false;
    for (let at: Span | null = below; at; at = at.parent) {
      if (at.index === span.index) return below.index !== span.index && !(isCall && crossed);
      crossed ||= at.kind === 'tool' || at.kind === 'agent';
    }
    return false;
  });
}

/**
 * What a span that does not count is compared with: below a model call all amounts that no tool or agent lies before
 * and that have no such amount below themselves, below any other span all that counts.
 */
function shadowOf(trace: Trace, span: Span, measure: Measure): number | null {
  const all = Array.from(trace.spans());
  const reach = (from: Span) =>
    all
      .filter((below) => {
        for (let at: Span | null = below; at && at.index !== from.index; at = at.parent) {
          if (at.kind === 'tool' || at.kind === 'agent') return false;
          if (at.parent?.index === from.index) return true;
        }
        return false;
      })
      .filter((below) => measure(below) !== null);
  if (['llm', 'embedding', 'reranker'].includes(span.kind))
    return sum(
      reach(span)
        .filter((below) => !reach(below).some((under) => measure(under)))
        .map(measure),
    );
  return sum(
    all
      .slice(span.index + 1, span.index + 1 + span.descendantCount)
      .filter((below) => counts(trace, below, measure))
      .map(measure),
  );
}

const sum = (amounts: readonly (number | null)[]): number | null =>
  amounts.reduce<number | null>((total, amount) => (amount === null ? total : (total ?? 0) + amount), null);

describe('ledger', () => {
  it('adds up what an oracle that looks at all pairs counts, in every subtree', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const { total, subtree, conflicts } = ledger(trace);
          const all = [...trace.spans()];
          for (const [measure, read] of MEASURES) {
            const counted = all.map((span) => (counts(trace, span, measure) ? measure(span) : null));
            expect(read(total)).toBe(sum(counted));
            for (const { index, descendantCount } of all)
              expect(read(subtree(index))).toBe(sum(counted.slice(index, index + descendantCount + 1)));
          }
          const disagreeing = all.filter((span) =>
            MEASURES.some(
              ([measure]) =>
                measure(span) !== null &&
                !counts(trace, span, measure) &&
                measure(span) !== shadowOf(trace, span, measure),
            ),
          );
          expect(conflicts.map(({ key }) => key)).toEqual(disagreeing.map(({ key }) => key));
        }
      }),
    );
  });

  it('does not depend on the order of arrival', () => {
    const shuffled = anyForest.chain((spans) =>
      fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length })),
    );
    fc.assert(
      fc.property(shuffled, ([spans, arrived]) => {
        const totals = (list: readonly object[]) =>
          readTraces(documentOf(list)).traces.map((trace) => ledger(trace).total);
        expect(totals(arrived)).toEqual(totals(spans));
      }),
    );
  });

  it('never covers more calls than there are', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const { calls, callsWithUsage, callsWithCost } = ledger(trace).total;
          const models = Array.from(trace.spans()).filter(
            ({ kind, usage, cost }) => ['llm', 'embedding'].includes(kind) || (kind === 'reranker' && (usage ?? cost)),
          ).length;
          for (const span of trace.spans()) {
            const part = ledger(trace).subtree(span.index);
            expect(Math.max(part.callsWithUsage, part.callsWithCost)).toBeLessThanOrEqual(part.calls);
            expect(part.calls).toBeLessThanOrEqual(calls);
          }
          expect(Math.max(callsWithUsage, callsWithCost)).toBeLessThanOrEqual(calls);
          expect(calls).toBeLessThanOrEqual(models);
          expect(calls === 0).toBe(models === 0);
        }
      }),
    );
  });
});
