import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  criticalInterval,
  criticalPath,
  criticalStretches,
  onCriticalPath,
} from '../../src/analysis/criticalPath/criticalPath.ts';
import { readTraces, type Span, type Trace } from '../../src/core.ts';
import { anyForest, anyTree, documentOf, type AnySpan } from '../model/anyForest.ts';
import { DRAWING_EPOCH } from '../model/drawTrace.ts';

/** When a span ended, by the words of `knownEnds`. */
function endOf(trace: Trace, span: Span): number {
  const isOpen = ({ end }: Span): boolean => Number.isNaN(end);
  if (!isOpen(span)) return span.end;
  let running = true;
  for (let above = span.parent; above; above = above.parent) running &&= isOpen(above);
  return running ? trace.end : Math.max(span.start, ...childrenOf(trace, span).map((child) => endOf(trace, child)));
}

const childrenOf = (trace: Trace, span: Span): readonly Span[] =>
  Array.from(trace.spans()).filter(({ parent }) => parent?.index === span.index);

/**
 * The children that a span waited for and from when to when, by the words of `criticalPath`, looking at all of them
 * each time.
 */
function waitedFor(
  trace: Trace,
  span: Span,
): readonly { readonly span: Span; readonly from: number; readonly to: number }[] {
  const children = childrenOf(trace, span)
    .map((child) => ({ child, start: child.start, end: endOf(trace, child) }))
    .filter(({ start, end }) => end > start);
  const list = [];
  for (let instant = endOf(trace, span); ;) {
    const over = children.filter(
      ({ start, end }) =>
        start < instant && (end <= instant || (end - instant <= 1e6 && 2 * (end - instant) <= end - start)),
    );
    const [last] = over.sort((a, b) => b.end - a.end || a.start - b.start || a.child.index - b.child.index);
    if (!last) return list;
    list.push({ span: last.child, from: last.start, to: Math.min(last.end, instant) });
    instant = last.start;
  }
}

/** Instant by instant, `step` apart: down from the root to the span that works while all above it wait. */
function slowly(trace: Trace, step: number): readonly { index: number; start: number; end: number }[] {
  const roots = Array.from(trace.spans()).filter(({ parent }) => parent === null);
  const root = roots.find(({ diagnostics }) => !diagnostics.some(({ code }) => code === 'missing-parent')) ?? roots[0]!;
  const path: { index: number; start: number; end: number }[] = [];
  const chains = new Map(Array.from(trace.spans(), (span) => [span.index, waitedFor(trace, span)]));
  for (let at = root.start; at < endOf(trace, root); at += step) {
    let working = root;
    for (
      let below: Span | undefined = root;
      below;
      below = chains.get(below.index)!.find(({ from, to }) => from <= at && at < to)?.span
    )
      working = below;
    const last = path[path.length - 1];
    if (last?.index === working.index) last.end = at + step;
    else path.push({ index: working.index, start: at, end: at + step });
  }
  return path;
}

/** The same spans at another scale: times this many nanoseconds apart. */
const scaled = (spans: readonly AnySpan[], step: number): readonly AnySpan[] =>
  spans.map((span) => {
    const times = (['startTimeUnixNano', 'endTimeUnixNano'] as const).filter((field) => span[field] !== undefined);
    return {
      ...span,
      ...Object.fromEntries(
        times.map((field) => [field, String(DRAWING_EPOCH + (BigInt(span[field]!) - DRAWING_EPOCH) * BigInt(step))]),
      ),
    };
  });

const anySpans = fc.oneof(anyTree, anyForest);
/**
 * Nanoseconds, where no overlap is longer than clocks explain, fractions of a millisecond, and milliseconds, where all
 * are.
 */
const anyStep = fc.constantFrom(1, 400_000, 10_000_000);
const anyTraces = fc.tuple(anySpans, anyStep).map(([spans, step]) => ({ spans: scaled(spans, step), step }));

describe('criticalPath', () => {
  it('is what remains when every instant is looked at', () => {
    fc.assert(
      fc.property(anyTraces, ({ spans, step }) => {
        for (const trace of readTraces(documentOf(spans)).traces)
          expect(criticalPath(trace)).toEqual(slowly(trace, step));
      }),
      { numRuns: 400 },
    );
  });

  it('covers the root without gap or overlap, with stretches that lie within their spans and all spans above', () => {
    fc.assert(
      fc.property(anyTraces, ({ spans }) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const path = criticalPath(trace);
          if (path.length === 0) continue;
          let root = trace.span(path[0]!.index);
          while (root.parent) root = root.parent;
          expect([path[0]!.start, path[path.length - 1]!.end]).toEqual([root.start, endOf(trace, root)]);
          path.forEach(({ index, start, end }, i) => {
            expect(end).toBeGreaterThan(start);
            expect(i === 0 || (path[i - 1]!.end === start && path[i - 1]!.index !== index)).toBe(true);
            for (let span: Span | null = trace.span(index); span; span = span.parent)
              expect(span.start <= start && end <= endOf(trace, span)).toBe(true);
          });
        }
      }),
    );
  });

  it('is the same in any order of arrival', () => {
    fc.assert(
      fc.property(
        anyTree.chain((spans) =>
          fc.tuple(fc.constant(spans), fc.shuffledSubarray([...spans], { minLength: spans.length })),
        ),
        ([spans, shuffled]) => {
          const paths = [spans, shuffled].map((list) => {
            const trace = readTraces(documentOf(list)).traces[0]!;
            return criticalPath(trace).map(({ index, start, end }) => [trace.span(index).key, start, end]);
          });
          expect(paths[1]).toEqual(paths[0]);
        },
      ),
    );
  });

  it('tells the same by span as in all', () => {
    fc.assert(
      fc.property(anyTraces, ({ spans }) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const path = criticalPath(trace);
          for (const { index, descendantCount } of trace.spans()) {
            const own = path.filter((stretch) => stretch.index === index);
            expect(Array.from(criticalStretches(trace, index))).toEqual(own.flatMap(({ start, end }) => [start, end]));
            expect(onCriticalPath(trace)[index]).toBe(own.reduce((sum, { start, end }) => sum + end - start, 0));
            const within = path.filter((stretch) => stretch.index >= index && stretch.index <= index + descendantCount);
            expect(criticalInterval(trace, index)).toEqual(
              within.length === 0 ? null : [within[0]!.start, within[within.length - 1]!.end],
            );
            expect(within.every(({ start }, i) => i === 0 || start === within[i - 1]!.end)).toBe(true);
          }
        }
      }),
    );
  });

  it('does not change when a span that it passes by is taken away', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), (spans, pick) => {
        const closed = scaled(
          spans.filter(({ endTimeUnixNano }) => endTimeUnixNano !== undefined),
          10_000_000,
        );
        fc.pre(closed.length > 0);
        const pathOf = (list: readonly AnySpan[]) => {
          const trace = readTraces(documentOf(list)).traces[0]!;
          return {
            trace,
            path: criticalPath(trace).map(({ index, start, end }) => [
              trace.span(index).key,
              trace.originUnixNano + BigInt(start),
              end - start,
            ]),
          };
        };
        const { trace, path } = pathOf(closed);
        const passed = Array.from(trace.spans()).filter(
          ({ index, parent, childCount }) => parent && childCount === 0 && !criticalInterval(trace, index),
        );
        fc.pre(passed.length > 0);
        const { spanId } = passed[pick % passed.length]!;
        expect(pathOf(closed.filter((span) => span.spanId !== spanId)).path).toEqual(path);
      }),
      { numRuns: 300 },
    );
  });
});
