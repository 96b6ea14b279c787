import { describe, expect, it } from 'vitest';
import { ledger, readTraces, selfTime, type Trace } from '../../src/core.ts';
import { DRAWING_EPOCH } from './drawTrace.ts';

/** Span `i` of `count`, one second each, under `parentOf(i)`; every one reports ten tokens. */
function build(count: number, parentOf: (i: number) => number): Trace {
  const spanId = (i: number): string => (i + 1).toString(16).padStart(16, '0');
  const spans = Array.from({ length: count }, (_, i) => ({
    traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
    spanId: spanId(i),
    ...(i === 0 ? {} : { parentSpanId: spanId(parentOf(i)) }),
    name: `s${i}`,
    startTimeUnixNano: String(DRAWING_EPOCH + BigInt(i)),
    endTimeUnixNano: String(DRAWING_EPOCH + BigInt(i + 1_000_000_000)),
    attributes: [
      { key: 'openinference.span.kind', value: { stringValue: 'AGENT' } },
      { key: 'llm.token_count.total', value: { intValue: 10 + (i === count - 1 ? 1 : 0) } },
    ],
  }));
  // Children first, as exporters send them.
  return readTraces({ resourceSpans: [{ scopeSpans: [{ spans: spans.reverse() }] }] }).traces[0]!;
}

describe('extreme shapes', () => {
  it('a chain of 100,000, where every span repeats the sum below', () => {
    const trace = build(100_000, (i) => i - 1);
    expect(trace.columns.depth[99_999]).toBe(99_999);
    expect(trace.columns.subtreeEnd[0]).toBe(100_000);
    const { total, conflicts, subtree } = ledger(trace);
    expect(total.usage.total).toBe(11);
    expect(conflicts).toHaveLength(99_999);
    expect(conflicts[50_000]!.below.usage.total).toBe(11);
    expect(subtree(50_000).usage.total).toBe(11);
    expect(selfTime(trace)[50_000]).toBe(1);
  });

  it('200,000 siblings under one parent', () => {
    const trace = build(200_001, () => 0);
    expect(trace.span(0).childCount).toBe(200_000);
    expect(trace.span(200_000)).toMatchObject({ name: 's200000', depth: 1 });
    expect(ledger(trace).total.usage.total).toBe(2_000_001);
    expect(selfTime(trace)[0]).toBe(1);
  });

  it('a circle of 100,000', () => {
    const spans = Array.from({ length: 100_000 }, (_, i) => ({
      traceId: '01',
      spanId: `a${i}`,
      parentSpanId: `a${(i + 1) % 100_000}`,
      name: `s${i}`,
    }));
    const set = readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect(set.traces[0]!.columns.subtreeEnd[0]).toBe(100_000);
    expect(set.diagnostics).toContainEqual(expect.objectContaining({ code: 'parent-cycle', count: 1 }));
  });
});
