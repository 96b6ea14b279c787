import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flameGraph,
  ledger,
  ownTime,
  readTraces,
  type FlameGraph,
  type FlameMeasure,
  type Trace,
} from '../../../src/core.ts';
import { stepLabels } from '../../../src/analysis/agents/stepLabels.ts';
import { anyForest, documentOf } from '../../model/anyForest.ts';

const MEASURES: readonly FlameMeasure[] = ['time', 'own', 'cost', 'errors', 'tokens', 'input'];
const looks = fc.record({
  measure: fc.constantFrom(...MEASURES),
  merged: fc.boolean(),
  inverted: fc.boolean(),
  most: fc.constantFrom(3, 20_000),
});
const sum = (amounts: Iterable<number>): number => {
  let all = 0;
  for (const amount of amounts) all += amount;
  return all;
};

/** What all widths come to, by another way. */
function totalOf(trace: Trace, measure: FlameMeasure): number | null {
  const { total } = ledger(trace);
  switch (measure) {
    case 'own':
      return sum(ownTime(trace));
    case 'cost':
      return total.cost.total;
    case 'tokens':
      return total.usage.total;
    case 'input':
      return total.usage.input;
    case 'errors':
      return [...trace.spans()].filter(({ status }) => status === 'error').length;
    default: {
      const { parent, start, end } = trace.columns;
      return sum(
        [...trace.spans()]
          .filter(({ index }) => parent[index] === -1)
          .map(({ index }) => Math.max(0, (Number.isNaN(end[index]!) ? trace.end : end[index]!) - start[index]!)),
      );
    }
  }
}

/** By path of labels, how wide its bars are together. */
function byPath(trace: Trace, { nodes }: FlameGraph): ReadonlyMap<string, number> {
  const labels = stepLabels(trace);
  const paths: string[] = [];
  const widths = new Map<string, number>();
  for (const { parent, first, value } of nodes) {
    const path = `${parent === -1 ? '' : paths[parent]}/${labels[first]}`;
    paths.push(path);
    widths.set(path, (widths.get(path) ?? 0) + value);
  }
  return widths;
}

const forEachTrace = (spans: readonly object[], check: (trace: Trace) => void): void => {
  for (const trace of readTraces(documentOf(spans)).traces) check(trace);
};

describe('a flame graph', () => {
  it('is as wide as the ledger, the own times, the roots or the failures say', () => {
    fc.assert(
      fc.property(anyForest, looks, (spans, look) =>
        forEachTrace(spans, (trace) => {
          const { total } = flameGraph(trace, look);
          const wanted = totalOf(trace, look.measure);
          expect(total === null).toBe(wanted === null);
          expect(total ?? 0).toBeCloseTo(wanted ?? 0, 6);
        }),
      ),
    );
  });

  it('has on each bar what fits on it, from its left edge on, and the rest is its own', () => {
    fc.assert(
      fc.property(anyForest, looks, (spans, look) =>
        forEachTrace(spans, (trace) => {
          const { nodes, depth, nodeOf } = flameGraph(trace, look);
          expect(nodes.length).toBeLessThanOrEqual(look.most);
          nodes.forEach((node, place) => {
            const above = nodes.flatMap((each, at) => (each.parent === place ? [{ ...each, at }] : []));
            expect(node.value).toBeGreaterThan(0);
            expect(node.own + node.cut + sum(above.map(({ value }) => value))).toBeCloseTo(node.value, 6);
            above.reduce((from, each) => {
              expect(each.from).toBeCloseTo(from, 6);
              return from + each.value;
            }, node.from);
            expect(node.depth).toBe(node.parent === -1 ? 0 : nodes[node.parent]!.depth + 1);
            expect(node.depth).toBeLessThan(depth);
            const last = above.at(-1);
            expect(node.end).toBe(last ? last.end : place + 1);
            expect(above.every(({ at }) => at > place && at < node.end)).toBe(true);
          });
          expect(nodeOf).toHaveLength(trace.spanCount);
          expect(nodeOf.every((place) => place >= -1 && place < nodes.length)).toBe(true);
        }),
      ),
    );
  });

  it('merged is what it is as it ran, path by path', () => {
    fc.assert(
      fc.property(anyForest, fc.constantFrom(...MEASURES), (spans, measure) =>
        forEachTrace(spans, (trace) => {
          const apart = byPath(trace, flameGraph(trace, { measure, merged: false }));
          const together = flameGraph(trace, { measure });
          const merged = byPath(trace, together);
          expect(merged.size).toBe(together.nodes.length);
          expect([...merged.keys()].sort()).toEqual([...apart.keys()].sort());
          for (const [path, width] of merged) expect(apart.get(path)).toBeCloseTo(width, 6);
        }),
      ),
    );
  });

  it('upside down begins with what each step has of its own', () => {
    fc.assert(
      fc.property(anyForest, fc.constantFrom('own', 'errors', 'cost'), (spans, measure) =>
        forEachTrace(spans, (trace) => {
          const labels = stepLabels(trace);
          const own = new Map<number, number>();
          for (const { first, own: mine } of flameGraph(trace, { measure, merged: false }).nodes)
            if (mine > 0) own.set(labels[first]!, (own.get(labels[first]!) ?? 0) + mine);
          const roots = flameGraph(trace, { measure, inverted: true }).nodes.filter(({ parent }) => parent === -1);
          expect(roots.map(({ first }) => labels[first]!).sort()).toEqual([...own.keys()].sort());
          for (const { first, value } of roots) expect(value).toBeCloseTo(own.get(labels[first]!)!, 6);
        }),
      ),
    );
  });
});
