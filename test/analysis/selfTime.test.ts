import { describe, expect, it } from 'vitest';
import { selfTime } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** By name, in the milliseconds of the drawing. */
const ownTimes = (drawing: string) => {
  const trace = drawTrace(drawing);
  const own = selfTime(trace);
  return Object.fromEntries(Array.from(trace.spans(), ({ name, index }) => [name, own[index]! / 1e6]));
};

describe('selfTime', () => {
  it('takes off children, not grandchildren', () => {
    expect(
      ownTimes(`
      root    0-------100
        a      10-40
          a1    20-30
        b         50-60
    `),
    ).toEqual({ root: 60, a: 20, a1: 10, b: 10 });
  });

  it('takes off parallel children once', () => {
    expect(
      ownTimes(`
      root    0-------100
        a      10---60
        b       20-30
        c         50--80
    `),
    ).toEqual({ root: 30, a: 50, b: 10, c: 30 });
  });

  it('counts of children only what lies within the parent', () => {
    expect(
      ownTimes(`
      anchor         0-200
      root    50-----100
        early 20-60
        late      90---150
        after            160-170
    `),
    ).toEqual({ anchor: 200, root: 30, early: 40, late: 60, after: 10 });
  });

  it('counts open spans to the last instant known', () => {
    expect(
      ownTimes(`
      root    0-
        open   40-
        done  10-20
      last     0-100
    `),
    ).toEqual({ root: 30, open: 60, done: 10, last: 100 });
  });

  it('is zero for spans without length and for parents that children fill', () => {
    expect(
      ownTimes(`
      root    0------100
        all   0------100
        back  60-40
    `),
    ).toEqual({ root: 0, all: 100, back: 0 });
  });

  it('is worked out once per trace', () => {
    const trace = drawTrace('root 0-100');
    expect(selfTime(trace)).toBe(selfTime(trace));
  });
});
