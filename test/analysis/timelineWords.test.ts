import { describe, expect, it } from 'vitest';
import { timelineWords } from '../../src/analysis/time/timelineWords.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** By name, with the sibling before by name and times in the milliseconds of the drawing. */
function words(drawing: string) {
  const trace = drawTrace(drawing);
  return Object.fromEntries(
    Array.from(trace.spans(), ({ name, index }) => {
      const { siblings, overlapping, after, critical, criticalWithin, share } = timelineWords(trace, index);
      return [
        name,
        {
          siblings,
          overlapping,
          after: after === null ? null : trace.span(after).name,
          critical: critical / 1e6,
          within: criticalWithin / 1e6,
          share,
        },
      ];
    }),
  );
}

describe('timelineWords', () => {
  it('tells what a bar shows beside its neighbours', () => {
    expect(
      words(`
      root      0-------------------100
        plan     10--30
        search       30----70
          db          40-60
        fetch           50----90
        point           50-50
        answer                90-100
    `),
    ).toEqual({
      root: { siblings: 0, overlapping: 0, after: null, critical: 30, within: 100, share: 1 },
      plan: { siblings: 4, overlapping: 0, after: null, critical: 20, within: 20, share: 0.2 },
      search: { siblings: 4, overlapping: 1, after: 'plan', critical: 0, within: 0, share: 0.4 },
      db: { siblings: 0, overlapping: 0, after: null, critical: 0, within: 0, share: 0.2 },
      fetch: { siblings: 4, overlapping: 1, after: 'point', critical: 40, within: 40, share: 0.4 },
      point: { siblings: 4, overlapping: 0, after: 'plan', critical: 0, within: 0, share: 0 },
      answer: { siblings: 4, overlapping: 0, after: 'fetch', critical: 10, within: 10, share: 0.1 },
    });
  });

  it('does not call side by side what only clocks make overlap', () => {
    expect(
      words(`
      root   0----------100
        a     0--50.4
        b       50----90
        c             89-95
    `),
    ).toMatchObject({
      a: { overlapping: 0, after: null },
      b: { overlapping: 0, after: 'a' },
      c: { overlapping: 0, after: 'b' },
    });
  });

  it('takes roots for siblings, and of those that start together none for the one before', () => {
    expect(
      words(`
      first   0--40
      second  0--40
      third      40-
    `),
    ).toMatchObject({
      first: { siblings: 2, overlapping: 1, after: null },
      second: { siblings: 2, overlapping: 1, after: null },
      third: { siblings: 2, overlapping: 0, after: 'first', within: 0 },
    });
  });

  it('counts the requests of a client with the call of its model', () => {
    expect(
      words(`
      agent        0----------100
        llm chat    10-----90
          POST        20--80    kind=http
    `),
    ).toMatchObject({
      agent: { critical: 20, within: 100 },
      'llm chat': { critical: 80, within: 80 },
      POST: { critical: 60, within: 60 },
    });
  });

  it('knows no share where the trace has no length', () => {
    expect(words('root 5-5')).toEqual({
      root: { siblings: 0, overlapping: 0, after: null, critical: 0, within: 0, share: null },
    });
  });
});
