import { describe, expect, it } from 'vitest';
import { drawTrace } from './drawTrace.ts';
import { redraw } from './redraw.ts';

const skewed = (drawing: string): readonly string[] =>
  redraw(drawTrace(drawing)).filter((line) => line.includes('clock-skew'));

describe('clock-skew', () => {
  it('marks a span that shares no instant with its parent, and draws it where it says', () => {
    expect(
      skewed(`
      gateway   20----60              service=api
        early  0--10                  service=worker
        late             70-80        service=worker
        open                90-       service=worker
        inside     30-50              service=worker
        over           50---90        service=worker
        touches          60-70        service=worker
    `),
    ).toEqual(['  early 0-10 clock-skew', '  late 70-80 clock-skew', '  open 90- clock-skew']);
  });

  it('looks at the parent alone', () => {
    expect(
      skewed(`
      root    0--50
        a         60-70
          b       61-69
    `),
    ).toEqual(['  a 60-70 clock-skew']);
  });

  it('says nothing where a time is missing or the parent’s are in doubt', () => {
    expect(
      skewed(`
      open    10-
        a     5-90
        b       ?-6
      back          60-40
        c      41-45
      nowhere ?-20
        d         70-80
    `),
    ).toEqual([]);
  });
});
