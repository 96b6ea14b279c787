import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentGraphInSteps,
  atOnce,
  ledger,
  ownTime,
  readTraces,
  type CallGraph,
  type GraphMode,
  type Trace,
} from '../../../src/core.ts';
import { anyForest, anyTree, documentOf } from '../../model/anyForest.ts';

const CALLED = ['agent', 'llm', 'tool', 'retriever', 'reranker', 'embedding', 'guardrail', 'evaluator', 'memory'];

/**
 * Spans that are calls, word for word and slow: those of a kind that is called which do not tell once more of the call
 * around them, and what is outermost.
 */
function callsOf(trace: Trace): readonly number[] {
  const calls = new Set<number>();
  for (const span of trace.spans()) {
    let around = span.parent;
    while (around && !calls.has(around.index)) around = around.parent;
    if (!around) calls.add(span.index);
    else if (CALLED.includes(span.kind)) {
      const names = (each: { name: string; model: string | null }): string => each.model ?? each.name;
      const isSame =
        span.kind === around.kind && span.kind !== 'agent' && (span.kind === 'llm' || names(span) === names(around));
      if (!isSame) calls.add(span.index);
    }
  }
  return [...calls].sort((a, b) => a - b);
}

const anySpans = fc.oneof(anyTree, anyForest);
const modes: readonly GraphMode[] = ['calls', 'run'];
const sum = (amounts: readonly (number | null)[]): number | null =>
  amounts.reduce((all, each) => (each === null ? all : (all ?? 0) + each), null);

function holds(law: (trace: Trace, graph: CallGraph) => void): void {
  fc.assert(
    fc.property(anySpans, (spans) => {
      for (const trace of readTraces(documentOf(spans)).traces)
        for (const mode of modes) law(trace, atOnce(agentGraphInSteps(trace, mode)));
    }),
    { numRuns: 300 },
  );
}

describe('of any trace', () => {
  it('each call that has a caller is on exactly one edge, each call in exactly one node', () =>
    holds((trace, { nodes, edges, edgeOf, nodeOf }) => {
      const calls = callsOf(trace);
      const inOrder = (lists: readonly { readonly calls: readonly number[] }[]): readonly number[] =>
        lists.flatMap((each) => each.calls).sort((a, b) => a - b);
      expect(inOrder(nodes)).toEqual(calls);
      expect(inOrder(edges)).toEqual(calls.filter((index) => trace.columns.parent[index] !== -1));
      edges.forEach((edge, at) =>
        edge.calls.forEach((call) => {
          expect(edgeOf[call]).toBe(at);
          expect(nodeOf[call]).toBe(edge.to);
        }),
      );
    }));

  it('what calls worked, used and cost for themselves is that of the trace: of all nodes, and of all edges and roots', () =>
    holds((trace, { nodes, edges, nodeOf }) => {
      const { usage, cost } = ledger(trace).total;
      const worked = ownTime(trace).reduce((all, each) => all + each, 0);
      expect(sum(nodes.map((node) => node.ownTime))).toBeCloseTo(worked, 3);
      expect(sum(nodes.map((node) => node.ownTokens))).toBe(usage.total);
      expect(sum(nodes.map((node) => node.ownCost))).toBe(cost.total);
      for (const [at, node] of nodes.entries()) {
        const led = edges.filter(({ to }) => to === at);
        const roots = node.calls.filter((call) => trace.columns.parent[call] === -1);
        expect(led.reduce((all, { calls }) => all + calls.length, roots.length)).toBe(node.calls.length);
        if (roots.length > 0) continue;
        expect(sum(led.map((edge) => edge.ownTokens))).toBe(node.ownTokens);
        expect(sum(led.map((edge) => edge.ownCost))).toBe(node.ownCost);
        expect(sum(led.map((edge) => edge.errors))).toBe(node.errors);
      }
      expect(nodeOf.every((node) => node >= 0 && node < nodes.length)).toBe(true);
    }));

  it('what is with all below is that of the ledger, each span once', () =>
    holds((trace, { edges }) => {
      const of = ledger(trace);
      for (const edge of edges) {
        const outermost = edge.calls.filter(
          (call) => !edge.calls.some((other) => other < call && call < trace.columns.subtreeEnd[other]!),
        );
        expect(edge.cost).toBe(sum(outermost.map((call) => of.subtree(call).cost.total)));
        expect(edge.tokens).toBe(sum(outermost.map((call) => of.subtree(call).usage.total)));
      }
    }));
});

describe('a chain of 100,000 agents', () => {
  it('is one edge from the agent to itself', () => {
    const idOf = (n: number): string => (n + 1).toString(16).padStart(16, '0');
    const spans = Array.from({ length: 100_000 }, (_, i) => ({
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: idOf(i),
      ...(i === 0 ? {} : { parentSpanId: idOf(i - 1) }),
      name: 'deep',
      startTimeUnixNano: String(1_795_359_116_000_000_000n + BigInt(i)),
      endTimeUnixNano: String(1_795_359_117_000_000_000n - BigInt(i)),
      attributes: [{ key: 'openinference.span.kind', value: { stringValue: 'AGENT' } }],
    }));
    const trace = readTraces(documentOf(spans)).traces[0]!;
    for (const mode of modes) {
      const { nodes, edges } = atOnce(agentGraphInSteps(trace, mode));
      expect([nodes.length, edges.length, edges[0]!.calls.length]).toEqual([1, 1, 99_999]);
    }
  });
});
