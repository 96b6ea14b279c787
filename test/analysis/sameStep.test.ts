import { describe, expect, it } from 'vitest';
import { earlierFirst, iterationsOf, sameStep } from '../../src/analysis/traces/sameStep.ts';
import type { Trace } from '../../src/core.ts';
import { drawPair, drawSide } from './diff/drawPair.ts';

const keyOf = (trace: Trace, name: string, place = 0): string =>
  Array.from(trace.spans()).filter((span) => span.name === name)[place]!.key;

const [a, b] = drawPair(
  `
  agent run          0-----------100
    step 1           0--30
      tool search    5-10
      tool search    12-20
    step 2           30--60
      tool search    35-40
    chat             60--70
    step 3           70--90
      tool search    72-80
      tool search    82-85`,
  `
  agent run          0-----------100
    plan             0--5
    step 1           5--30
      tool search    5-10
    step 2           30--60
      tool fetch     35-40`,
);

describe('the same step', () => {
  it('beside a span is each sibling of its name, counters aside', () => {
    const names = (name: string, place = 0): readonly string[] =>
      iterationsOf({ trace: a, key: keyOf(a, name, place) }).map((span) => span.name);
    expect(names('step 2')).toEqual(['step 1', 'step 3']);
    expect(names('tool search')).toEqual(['tool search']);
    expect(names('tool search', 2)).toEqual([]);
    expect(names('agent run')).toEqual([]);
    expect(iterationsOf({ trace: a, key: 'nobody' })).toEqual([]);
  });

  it('in another trace is at the end of the same way, in the same place or the last one', () => {
    const found = (name: string, place = 0): string | undefined => {
      const span = sameStep({ trace: a, key: keyOf(a, name, place) }, b);
      return span ? `${span.parent?.name ?? ''}/${span.name}` : undefined;
    };
    expect(found('agent run')).toBe('/agent run');
    expect(found('step 2')).toBe('agent run/step 2');
    expect(found('step 3')).toBe('agent run/step 2');
    expect(found('tool search', 1)).toBe('step 1/tool search');
    expect(found('tool search', 2)).toBeUndefined();
    expect(found('chat')).toBeUndefined();
  });

  it('is found however deep it is', () => {
    const lines = Array.from({ length: 300 }, (_, at) => `${'  '.repeat(at)}s${at}  0--10`).join('\n');
    const [one, other] = [drawSide(lines, 'c'.repeat(32)), drawSide(lines, 'd'.repeat(32))];
    expect(sameStep({ trace: one, key: keyOf(one, 's299') }, other)!.name).toBe('s299');
  });

  it('is compared from the earlier to the later', () => {
    const [first, second] = [
      { trace: a, key: keyOf(a, 'step 1') },
      { trace: a, key: keyOf(a, 'step 3') },
    ];
    expect(earlierFirst(second, first)).toEqual([first, second]);
    expect(earlierFirst(first, second)).toEqual([first, second]);
  });
});
