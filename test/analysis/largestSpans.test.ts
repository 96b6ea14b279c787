import fc from 'fast-check';
import { expect, it } from 'vitest';
import { costliestSpans, slowestSpans } from '../../src/analysis/time/largestSpans.ts';
import { readTraces, selfTime, type Span, type Trace } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const names = (trace: Trace, places: Uint32Array): string[] => Array.from(places, (index) => trace.span(index).name);

it('the slowest step worked itself: who waits for it comes after', () => {
  const trace = drawTrace(`
    agent          0-----------100
      llm plan      5--30
      tool search     30----90
        http            35-85
  `);
  expect(names(trace, slowestSpans(trace))).toEqual(['http', 'llm plan', 'agent', 'tool search']);
});

it('the costliest step pays itself: a wrapper that repeats the cost of a call is none', () => {
  const trace = drawTrace(`
    agent          0-----------100  cost=0.05
      llm draft     5--30           cost=0.01
      llm answer      30----90      cost=0.04
      tool search       90-95
  `);
  expect(names(trace, costliestSpans(trace))).toEqual(['llm answer', 'llm draft']);
  expect(costliestSpans(drawTrace('alone 0-10'))).toHaveLength(0);
});

it('a call of a model counts whole, with the requests of its client', () => {
  const trace = drawTrace(`
    agent          0-----------100
      llm chat      5-----60
        POST /v1     6----59     kind=http
      tool search      60-90
        llm rank        61-89
          tool json      62-63
  `);
  expect(names(trace, slowestSpans(trace))).toEqual(['llm chat', 'llm rank', 'agent', 'tool search', 'tool json']);
});

it('nothing left out took longer', () => {
  fc.assert(
    fc.property(anyForest, (spans) => {
      for (const trace of readTraces(documentOf(spans)).traces) {
        const own = selfTime(trace);
        const ranked = slowestSpans(trace);
        expect(new Set(ranked).size).toBe(ranked.length);
        const all = Array.from(trace.spans());
        const isPlain = ({ kind }: Span): boolean => ['span', 'http', 'rpc', 'messaging', 'db'].includes(kind);
        const below = (span: Span): readonly Span[] => all.slice(span.index + 1, trace.columns.subtreeEnd[span.index]);
        const isWhole = (span: Span): boolean =>
          ['llm', 'embedding', 'reranker'].includes(span.kind) && below(span).every(isPlain);
        const amount = (span: Span): number =>
          isWhole(span)
            ? Math.max(0, (Number.isNaN(span.end) ? trace.end : span.end) - span.start)
            : all.some((call) => isWhole(call) && below(call).includes(span))
              ? 0
              : own[span.index]!;
        expect(Array.from(ranked, (index) => amount(all[index]!))).toEqual(
          all
            .map(amount)
            .filter((time) => time > 0)
            .toSorted((a, b) => b - a)
            .slice(0, 100),
        );
      }
    }),
  );
});
