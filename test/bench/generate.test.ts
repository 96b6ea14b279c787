import { describe, expect, it } from 'vitest';
import { ledger, readTraces } from '../../src/core.ts';
import { generateDocument } from './generate.mjs';

describe('the generated trace', () => {
  it.each([1, 2, 7, 1000])('has exactly %i spans, one root and nothing to repair', (count) => {
    const { traces, accounting, diagnostics } = readTraces(generateDocument(count));
    expect(accounting).toEqual({ entries: count, shown: count, merged: 0, skipped: 0 });
    expect(traces[0]!.columns.subtreeEnd[0]).toBe(count);
    expect(diagnostics).toEqual([]);
  });

  it('is the same for the same seed', () => {
    expect(generateDocument(50, 3)).toEqual(generateDocument(50, 3));
    expect(generateDocument(50, 3)).not.toEqual(generateDocument(50, 4));
  });

  it('looks like the traces that are read: about a kilobyte per span, agents, calls with tokens, tools, retrieval, services', () => {
    const document = generateDocument(1000);
    expect(JSON.stringify(document).length / 1000).toBeGreaterThan(900);
    expect(JSON.stringify(document).length / 1000).toBeLessThan(1300);
    const trace = readTraces(document).traces[0]!;
    const spans = [...trace.spans()];
    expect(new Set(spans.map(({ kind }) => kind))).toEqual(
      new Set(['agent', 'chain', 'llm', 'tool', 'retriever', 'embedding', 'http', 'db']),
    );
    expect(new Set(spans.map(({ service }) => service)).size).toBe(3);
    const { calls, callsWithUsage } = ledger(trace).total;
    expect(calls).toBe(callsWithUsage);
    expect(calls).toBeGreaterThan(50);
  });
});
