import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentTurns } from '../../src/analysis/amounts/agentTurns.ts';
import { readTraces, type Span, type Trace } from '../../src/core.ts';
import { anyForest, anyTree, documentOf } from '../model/anyForest.ts';

/**
 * Span by span: the first agent, tool or model call above a model call says whose it is. A call begins a turn unless
 * one that began before it still runs.
 */
function slowly(trace: Trace, agent: Span): number {
  const above = (span: Span): Span | null => {
    const { parent } = span;
    return parent === null || ['agent', 'tool', 'llm'].includes(parent.kind) ? parent : above(parent);
  };
  const endOf = ({ end }: Span): number => (Number.isNaN(end) ? trace.end : end);
  const own =
    agent.kind === 'agent'
      ? Array.from(trace.spans()).filter((span) => span.kind === 'llm' && above(span)?.index === agent.index)
      : [];
  const isBefore = (a: Span, b: Span): boolean => a.start < b.start || (a.start === b.start && a.index < b.index);
  return own.filter((call) => !own.some((other) => isBefore(other, call) && endOf(other) - 1e6 > call.start)).length;
}

describe('agentTurns', () => {
  it.each([
    ['trees', anyTree],
    ['forests with everything missing', anyForest],
  ] as const)(
    'counts in %s the model calls, one after the other, whose nearest agent, tool or call is the agent',
    (_, spans) => {
      fc.assert(
        fc.property(spans, (list) => {
          for (const trace of readTraces(documentOf(list)).traces)
            expect(Array.from(agentTurns(trace))).toEqual(Array.from(trace.spans(), (span) => slowly(trace, span)));
        }),
      );
    },
  );
});
