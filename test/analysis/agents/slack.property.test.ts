import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  criticalPath,
  onCriticalPath,
  readTraces,
  slack,
  speedups,
  whatIf,
  type Span,
  type Trace,
} from '../../../src/core.ts';
import { anyForest, anyTree, documentOf, type AnySpan } from '../../model/anyForest.ts';
import { DRAWING_EPOCH, drawTrace } from '../../model/drawTrace.ts';

const isOpen = ({ end }: Span): boolean => Number.isNaN(end);

/** Another reading of the words of `slack`, which looks at all pairs and asks again and again. */
function resimulate(trace: Trace, change: ReadonlyMap<number, number>): number {
  const all = Array.from(trace.spans());
  const childrenOf = (span: Span): readonly Span[] => all.filter(({ parent }) => parent?.index === span.index);
  const endOf = (span: Span): number => {
    if (!isOpen(span)) return Math.max(span.start, span.end);
    let running = true;
    for (let above = span.parent; above; above = above.parent) running &&= isOpen(above);
    return Math.max(span.start, running ? trace.end : Math.max(span.start, ...childrenOf(span).map(rawEnd)));
  };
  const rawEnd = (span: Span): number => (isOpen(span) ? endOf(span) : span.end);
  const ends = all.map(endOf);
  const wasOver = (span: Span, instant: number): boolean => {
    const late = ends[span.index]! - instant;
    return late <= 0 || (late <= 1e6 && 2 * late <= ends[span.index]! - span.start);
  };
  const counts = (span: Span, parent: Span): boolean =>
    ends[span.index]! > span.start && ends[span.index]! > parent.start;
  const newEnd = new Map<number, number>();
  const run = (span: Span, start: number): number => {
    const children = childrenOf(span);
    const done: { readonly child: Span; readonly end: number }[] = [];
    const wait = (instant: number, from: number, newFrom: number): number => {
      const before = done.filter(({ child }) => counts(child, span) && wasOver(child, instant));
      if (before.length === 0) return newFrom + instant - from;
      return (
        Math.max(...before.map(({ end }) => end)) + instant - Math.max(...before.map(({ child }) => ends[child.index]!))
      );
    };
    for (const child of children) done.push({ child, end: run(child, wait(child.start, span.start, start)) });
    const own = change.get(span.index);
    const end = own === undefined ? Math.max(start, wait(ends[span.index]!, span.start, start)) : start + own;
    newEnd.set(span.index, end);
    return end;
  };
  const roots = all.filter(({ parent }) => parent === null);
  const root = roots.find(({ diagnostics }) => !diagnostics.some(({ code }) => code === 'missing-parent')) ?? roots[0]!;
  return run(root, root.start);
}

const scaled = (spans: readonly AnySpan[], step: number): readonly AnySpan[] =>
  spans.map((span) => {
    const times = (['startTimeUnixNano', 'endTimeUnixNano'] as const).filter((field) => span[field] !== undefined);
    const moved = times.map((field) => [
      field,
      String(DRAWING_EPOCH + (BigInt(span[field]!) - DRAWING_EPOCH) * BigInt(step)),
    ]);
    return { ...span, ...Object.fromEntries(moved) };
  });
const anyTraces = fc
  .tuple(fc.oneof(anyTree, anyForest), fc.constantFrom(2, 400_000, 10_000_000))
  .map(([spans, step]) => readTraces(documentOf(scaled(spans, step))).traces)
  .filter((traces) => traces.length > 0);
const lengthOf = (trace: Trace, span: Span): number => Math.max(0, (isOpen(span) ? trace.end : span.end) - span.start);

describe('whatIf', () => {
  it('is what comes out when all is run again with the change', () => {
    fc.assert(
      fc.property(anyTraces, fc.nat(), fc.nat(200), (traces, which, percent) => {
        for (const trace of traces) {
          const span = trace.span(which % trace.spanCount);
          const duration = Math.round((lengthOf(trace, span) * percent) / 100);
          const before = resimulate(trace, new Map());
          const after = resimulate(trace, new Map([[span.index, duration]]));
          expect(whatIf(trace, { key: span.key, duration })).toEqual({ end: after, saved: before - after });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes several changes, and changes nothing where there are none', () => {
    fc.assert(
      fc.property(anyTraces, fc.array(fc.nat(), { maxLength: 4 }), (traces, which) => {
        for (const trace of traces) {
          const spans = which.map((at) => trace.span(at % trace.spanCount));
          const before = resimulate(trace, new Map());
          const after = resimulate(trace, new Map(spans.map(({ index }) => [index, 0])));
          expect(
            whatIf(
              trace,
              spans.map(({ key }) => ({ key, duration: 0 })),
            ),
          ).toEqual({ end: after, saved: before - after });
          expect(whatIf(trace, [{ key: 'nobody', duration: 0 }]).saved).toBe(0);
        }
      }),
    );
  });

  it('says what a change is worth', () => {
    const trace = drawTrace(`
      agent        0------------100
        tool slow  0----60
        tool quick 0--50
        llm answer 60------100
    `);
    const at = (index: number, duration: number): number =>
      whatIf(trace, { key: trace.span(index).key, duration: duration * 1e6 }).saved / 1e6;
    const index = (name: string): number => Array.from(trace.spans()).find((span) => span.name === name)!.index;
    expect(at(index('tool slow'), 30)).toBe(10);
    expect(at(index('tool quick'), 0)).toBe(0);
    expect(at(index('llm answer'), 20)).toBe(20);
    expect(at(index('tool quick'), 70)).toBe(-10);
  });
});

describe('slack', () => {
  it('is as much longer as a span may be, and not a nanosecond more', () => {
    fc.assert(
      fc.property(anyTraces, fc.nat(), (traces, which) => {
        for (const trace of traces) {
          const span = trace.span(which % trace.spanCount);
          const free = slack(trace)[span.index]!;
          // As long as the simulation says it is, whatever is recorded.
          const length = span.index === 0 ? resimulate(trace, new Map()) - span.start : null;
          const is = length ?? lengthBySlack(trace, span);
          const before = resimulate(trace, new Map());
          const by = (more: number): number => resimulate(trace, new Map([[span.index, is + more]])) - before;
          const found = free === Infinity ? [by(1e12)] : [by(free), by(free + 1), by(free + 1000)];
          expect(found).toEqual(free === Infinity ? [0] : [0, 1, 1000]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing where the critical path is, and no less than nothing anywhere', () => {
    fc.assert(
      fc.property(anyTraces, (traces) => {
        for (const trace of traces) {
          const free = slack(trace);
          expect(free.every((each) => each >= 0)).toBe(true);
          for (const { index } of criticalPath(trace)) expect([index, free[index]]).toEqual([index, 0]);
        }
      }),
    );
  });
});

/** The length that `knownEnds` gives an open span. */
function lengthBySlack(trace: Trace, span: Span): number {
  if (!isOpen(span)) return Math.max(0, span.end - span.start);
  let running = true;
  for (let above = span.parent; above; above = above.parent) running &&= isOpen(above);
  if (running) return Math.max(0, trace.end - span.start);
  const children = Array.from(trace.spans()).filter(({ parent }) => parent?.index === span.index);
  return Math.max(
    0,
    ...children.map((child) => (isOpen(child) ? child.start + lengthBySlack(trace, child) : child.end) - span.start),
  );
}

describe('speedups', () => {
  it('ranks steps by what the end gains, all calls of a step together', () => {
    const trace = drawTrace(`
      agent          0------------100
        llm ask 1    0--20
        tool search  20-------70
        tool side    20--30
        llm ask 2    70---100
    `);
    expect(
      speedups(trace).map(({ name, keys, half, cached }) => [name, keys.length, half / 1e6, cached / 1e6]),
    ).toEqual([
      ['llm ask 1', 2, 25, 50],
      ['tool search', 1, 25, 40],
    ]);
  });

  it('saves what `whatIf` says of the same spans, and only what is on the critical path', () => {
    fc.assert(
      fc.property(anyTraces, (traces) => {
        for (const trace of traces)
          for (const { keys, cached } of speedups(trace)) {
            expect(
              whatIf(
                trace,
                keys.map((key) => ({ key, duration: 0 })),
              ).saved,
            ).toBe(cached);
            expect(keys.some((key) => slack(trace)[trace.find(key)!.index] === 0)).toBe(true);
          }
      }),
    );
  });

  it('goes as deep as a trace does', () => {
    const trace = readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: Array.from({ length: 20_000 }, (_, at) => ({
                traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
                spanId: (at + 1).toString(16).padStart(16, '0'),
                ...(at === 0 ? {} : { parentSpanId: at.toString(16).padStart(16, '0') }),
                name: `s${at}`,
                startTimeUnixNano: String(DRAWING_EPOCH),
                endTimeUnixNano: String(DRAWING_EPOCH + 1_000_000_000n),
              })),
            },
          ],
        },
      ],
    }).traces[0]!;
    expect(whatIf(trace, { key: trace.span(19_999).key, duration: 0 }).saved).toBe(1e9);
    expect(slack(trace)[19_999]).toBe(0);
    expect(onCriticalPath(trace)[19_999]).toBe(1e9);
  });
});
