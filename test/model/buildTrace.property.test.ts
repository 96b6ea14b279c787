import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTraces, readTraces, type Trace } from '../../src/core.ts';
import { anyForest, documentOf } from './anyForest.ts';
import { deepFreeze } from './deepFreeze.ts';
import { dump } from './dump.ts';

describe('any forest', () => {
  it('shows every span exactly once, under keys that are all different', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        const { traces, accounting } = readTraces(documentOf(spans));
        expect(accounting.entries).toBe(spans.length);
        expect(accounting.shown + accounting.merged + accounting.skipped).toBe(spans.length);
        const keys = traces.flatMap((trace) => Array.from(trace.spans(), ({ key }) => key));
        expect(keys).toHaveLength(accounting.shown);
        expect(new Set(keys).size).toBe(keys.length);
        // What is merged was equal to, or the beginning of, a span that is shown. An all-zero id means "none".
        const shown = new Set(
          traces.flatMap((trace) =>
            Array.from(trace.spans(), ({ traceId, spanId, name }) => `${traceId}/${spanId}/${name}`),
          ),
        );
        expect(
          spans.filter(
            ({ traceId, spanId, name }) => !/^0+$/.test(spanId) && !shown.has(`${traceId}/${spanId}/${name}`),
          ),
        ).toEqual([]);
      }),
    );
  });

  it('has columns that agree with each other', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        expect(readTraces(documentOf(spans)).traces.every(agrees)).toBe(true);
      }),
    );
  });

  it('gives the same trace in whatever order spans arrive and however they are spread over documents', async () => {
    const spread = anyForest.chain((spans) =>
      fc.record({
        spans: fc.constant(spans),
        arrived: fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length }),
        cuts: fc
          .array(fc.nat(spans.length), { maxLength: 4 })
          .map((list) => [0, ...list.sort((a, b) => a - b), spans.length]),
      }),
    );
    await fc.assert(
      fc.asyncProperty(spread, async ({ spans, arrived, cuts }) => {
        const whole = dump(readTraces(documentOf(spans)));
        const parts = cuts.slice(1).map((end, i) => documentOf(arrived.slice(cuts[i], end)));
        expect(dump(readTraces(parts))).toEqual(whole);
        expect(dump(await parseTraces(parts.map((part) => JSON.stringify(part)).join('\n')))).toEqual(whole);
      }),
    );
  });

  it('is read without being changed', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        const input = documentOf(spans);
        const before = structuredClone(input);
        for (const trace of readTraces(deepFreeze(input)).traces) for (const span of trace.spans()) void span.content();
        expect(input).toEqual(before);
      }),
    );
  });
});

/** Parent, depth and subtreeEnd all follow from pre-order and the parents; here they are worked out the slow way. */
function agrees(trace: Trace): true {
  const { parent, depth, subtreeEnd, start, end } = trace.columns;
  for (let index = 0; index < trace.spanCount; index += 1) {
    expect(parent[index]).toBeLessThan(index);
    const line: number[] = [];
    for (let above = parent[index]!; above !== -1; above = parent[above]!) line.push(above);
    expect(depth[index]).toBe(line.length);
    const below = Array.from(parent, (_, other) => other).filter((other) => {
      for (let above = parent[other]!; above !== -1; above = parent[above]!) if (above === index) return true;
      return false;
    });
    expect(below).toEqual(Array.from(below, (_, i) => index + 1 + i));
    expect(subtreeEnd[index]).toBe(index + 1 + below.length);
    expect(end[index]! < start[index]!).toBe(false);
    const siblings = Array.from(parent, (_, other) => other).filter((other) => parent[other] === parent[index]);
    for (let i = 1; i < siblings.length; i += 1)
      expect(start[siblings[i - 1]!]).toBeLessThanOrEqual(start[siblings[i]!]!);
    const span = trace.span(index);
    expect(span.childCount).toBe(parent.filter((above) => above === index).length);
    expect(trace.find(span.key)?.index).toBe(index);
  }
  return true;
}
