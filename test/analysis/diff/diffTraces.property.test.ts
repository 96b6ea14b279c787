import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTraces, readTraces, type DiffPair, type Trace, type TraceDiffResult } from '../../../src/core.ts';
import { REGIMES, tracePair, unrelatedPair } from '../../bench/diff/pairs.mjs';
import { scorePairs } from '../../bench/diff/score.mjs';

const traceOf = (document: object): Trace => readTraces(document).traces[0]!;
const anyPair = fc
  .record({
    size: fc.integer({ min: 1, max: 60 }),
    share: fc.constantFrom(0, 0.1, 0.4),
    regime: fc.constantFrom(...REGIMES),
    words: fc.constantFrom(25, 3000),
    seed: fc.nat(10_000),
  })
  .map((request) => tracePair(request));

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}
const spansOf = (document: object): Span[] =>
  (document as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  );

/** The same document with other ids and all times later. */
function disguised(document: object, later: bigint): object {
  const copy = structuredClone(document);
  const turned = (id: string): string =>
    Array.from(id, (digit) => ((Number.parseInt(digit, 16) * 7 + 3) % 16).toString(16)).join('');
  for (const span of spansOf(copy)) {
    Object.assign(span, {
      traceId: turned(span.traceId),
      spanId: turned(span.spanId),
      ...(span.parentSpanId === undefined ? {} : { parentSpanId: turned(span.parentSpanId) }),
    });
    for (const field of ['startTimeUnixNano', 'endTimeUnixNano'] as const)
      span[field] = String(BigInt(span[field]) + later);
  }
  return copy;
}

const indexPairs = (a: Trace, b: Trace, pairs: readonly DiffPair[]): string[] =>
  pairs.map((pair) => `${a.find(pair.a)!.index} ${b.find(pair.b)!.index} ${pair.confidence} ${pair.by}`).sort();
const ops = ({ rows }: TraceDiffResult, turn = false): string[] =>
  rows
    .map(({ a, b, op, moved, wrapped, changed }) => {
      const swapped: Readonly<Record<string, string>> = { added: 'removed', removed: 'added' };
      const [left, right] = turn ? [b, a] : [a, b];
      return `${left} ${right} ${turn ? (swapped[op] ?? op) : op} ${wrapped && (turn ? swapped[wrapped] : wrapped)} ${moved !== undefined} ${changed.join()}`;
    })
    .sort();

describe('a diff', () => {
  it('of a trace with itself under other ids and at another time is all same', () => {
    fc.assert(
      fc.property(anyPair, ({ a }) => {
        const [left, right] = [traceOf(a), traceOf(disguised(a, 86_400_000_000_123n))];
        const diff = diffTraces(left, right);
        expect(diff.counts).toEqual({ same: left.spanCount, changed: 0, added: 0, removed: 0, moved: 0 });
        expect(diff.pairs.every((pair) => left.find(pair.a)!.index === right.find(pair.b)!.index)).toBe(true);
        expect([diff.changes, diff.divergence]).toEqual([[], null]);
      }),
    );
  });

  it('turned round is the same diff turned round', () => {
    fc.assert(
      fc.property(anyPair, ({ a, b }) => {
        const [left, right] = [traceOf(a), traceOf(b)];
        const [there, back] = [diffTraces(left, right), diffTraces(right, left)];
        expect(
          back.pairs.map(({ a: x, b: y, ...rest }) => ({ a: y, b: x, ...rest })).sort((x, y) => (x.a < y.a ? -1 : 1)),
        ).toEqual([...there.pairs].sort((x, y) => (x.a < y.a ? -1 : 1)));
        expect(ops(back, true)).toEqual(ops(there));
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on ids, nor on when the runs were', () => {
    fc.assert(
      fc.property(anyPair, ({ a, b }) => {
        const [left, right, other] = [traceOf(a), traceOf(b), traceOf(disguised(b, 3_600_000_000_000n))];
        expect(indexPairs(left, other, diffTraces(left, other).pairs)).toEqual(
          indexPairs(left, right, diffTraces(left, right).pairs),
        );
      }),
    );
  });

  it('has each span in one row and at most one pair, children below their parents, counts that add up', () => {
    fc.assert(
      fc.property(anyPair, ({ a, b }) => {
        const [left, right] = [traceOf(a), traceOf(b)];
        const { rows, pairs, counts } = diffTraces(left, right);
        const keys = (trace: Trace): string[] => Array.from(trace.spans(), ({ key }) => key).sort();
        expect(rows.flatMap((row) => row.a ?? []).sort()).toEqual(keys(left));
        expect(rows.flatMap((row) => row.b ?? []).sort()).toEqual(keys(right));
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
        expect(pairs.length).toBe(rows.filter((row) => row.a !== null && row.b !== null).length);
        expect(counts.same + counts.changed + counts.added + counts.removed).toBe(rows.length);
        rows.forEach(({ depth }, at) => expect(depth).toBeLessThanOrEqual(at === 0 ? 0 : rows[at - 1]!.depth + 1));
        const roots = rows.filter(({ depth }) => depth === 0);
        expect(roots.reduce((sum, { op, childCounts }) => sum + Number(op === 'added') + childCounts.added, 0)).toBe(
          counts.added,
        );
        expect(structuredClone(rows)).toEqual(rows);
      }),
    );
  });

  it('finds steps that run side by side whatever order they start in', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.string({ minLength: 20, maxLength: 40, unit: fc.constantFrom(...'abcdefgh ') }), {
            minLength: 2,
            maxLength: 8,
          })
          .chain((texts) => fc.tuple(fc.constant(texts), fc.shuffledSubarray(texts, { minLength: texts.length }))),
        ([texts, shuffled]) => {
          const document = (list: readonly string[], digit: string): object => ({
            resourceSpans: [
              {
                scopeSpans: [
                  {
                    spans: [
                      {
                        traceId: digit.repeat(32),
                        spanId: digit.repeat(16),
                        name: 'map',
                        startTimeUnixNano: '1000',
                        endTimeUnixNano: '900000000',
                      },
                      ...list.map((text, at) => ({
                        traceId: digit.repeat(32),
                        spanId: `${digit}${String(at).padStart(15, '0')}`,
                        parentSpanId: digit.repeat(16),
                        name: 'work',
                        startTimeUnixNano: String(2000 + at),
                        endTimeUnixNano: '800000000',
                        attributes: [{ key: 'input.value', value: { stringValue: text } }],
                      })),
                    ],
                  },
                ],
              },
            ],
          });
          const [a, b] = [traceOf(document(texts, 'a')), traceOf(document(shuffled, 'b'))];
          for (const pair of diffTraces(a, b).pairs)
            expect(shuffled[b.find(pair.b)!.index - 1]).toBe(texts[a.find(pair.a)!.index - 1]);
        },
      ),
    );
  });
});

describe('how well it finds', () => {
  it.each([
    ['same prompt', 0.985],
    ['other model', 0.98],
    ['no texts', 0.96],
  ] as const)('with %s, a tenth edited', (regime, least) => {
    for (const seed of [1, 2, 3]) {
      const pair = tracePair({ size: 1000, share: 0.1, regime, seed });
      const [a, b] = [traceOf(pair.a), traceOf(pair.b)];
      const { f1, trusted } = scorePairs(pair, a, b, diffTraces(a, b).pairs);
      expect(f1).toBeGreaterThan(least);
      expect(trusted).toBeGreaterThan(0.98);
    }
  });

  it('does not force together what has nothing in common', () => {
    for (const sameNames of [false, true]) {
      const pair = unrelatedPair({ size: 500, sameNames });
      const diff = diffTraces(traceOf(pair.a), traceOf(pair.b));
      expect(diff.pairs.length).toBeLessThan(150);
      expect(diff.pairs.filter(({ confidence }) => confidence >= 0.9)).toEqual([]);
      expect(diff.warnings).toContain('low evidence: the traces have hardly a text in common');
    }
  });
});
