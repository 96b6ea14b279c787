import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, selfTime, type Span, type Trace } from '../../src/core.ts';
import { anyForest, anyTree, documentOf } from '../model/anyForest.ts';

/** Nanosecond by nanosecond: those within the span and within none of its children. */
function slowly(trace: Trace, span: Span): number {
  const endOf = ({ end }: Span): number => (Number.isNaN(end) ? trace.end : end);
  const children = Array.from(trace.spans()).filter(({ parent }) => parent?.index === span.index);
  let own = 0;
  for (let ns = span.start; ns < endOf(span); ns += 1)
    if (!children.some((child) => child.start <= ns && ns < endOf(child))) own += 1;
  return own;
}

describe('selfTime', () => {
  it.each([
    ['trees', anyTree],
    ['forests with everything missing', anyForest],
  ] as const)('is what remains when every nanosecond of %s is looked at', (_, spans) => {
    fc.assert(
      fc.property(spans, (list) => {
        for (const trace of readTraces(documentOf(list)).traces)
          expect(Array.from(selfTime(trace))).toEqual(Array.from(trace.spans(), (span) => slowly(trace, span)));
      }),
    );
  });
});
