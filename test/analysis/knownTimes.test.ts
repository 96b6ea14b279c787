import { describe, expect, it } from 'vitest';
import { beganAt, wholeLength } from '../../src/analysis/traces/knownTimes.ts';
import { sortTraces } from '../../src/analysis/traces/sortTraces.ts';
import { answeredAfter, traceFacts } from '../../src/analysis/traces/traceFacts.ts';
import { readTraces } from '../../src/core.ts';
import { DRAWING_EPOCH, drawTrace } from '../model/drawTrace.ts';

const untimed = drawTrace('agent ?--\n  llm plan ?--');
const justBegun = drawTrace('agent 0--\n  llm plan 0--');

describe('times that nobody recorded', () => {
  it('are unknown, not 0', () => {
    expect(beganAt(untimed)).toBeNull();
    expect([wholeLength(untimed), answeredAfter(untimed)]).toEqual([Number.NaN, Number.NaN]);
    expect(traceFacts(untimed)).toMatchObject({ unfinished: false, statusKnown: false, errors: 0 });
  });

  it('come last in a list, whichever way it is sorted', () => {
    const known = drawTrace('agent 0-----5');
    for (const column of ['start', 'duration'] as const)
      for (const descending of [true, false])
        expect(sortTraces([untimed, known], { column, descending })).toEqual([known, untimed]);
  });

  it('leave what is recorded as it is: a begin without any end has a date and no length', () => {
    expect(beganAt(justBegun)).toBe(DRAWING_EPOCH);
    expect(wholeLength(justBegun)).toBeNaN();
    expect(traceFacts(justBegun).unfinished).toBe(true);
  });

  it('are not the 0 of a span that took no time', () => {
    expect(wholeLength(drawTrace('agent 3-3'))).toBe(0);
  });
});

describe('whether a trace says that nothing failed', () => {
  it.each([
    ['every root does', 'ok', 'ok', true],
    ['one root does not', 'ok', 'unset', false],
    ['none does', 'unset', 'unset', false],
  ])('%s', (_, first, second, known) => {
    const span = (spanId: string, status: string) => ({
      traceId: 'a'.repeat(32),
      spanId: spanId.repeat(16),
      name: spanId,
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000000000005',
      status: status === 'ok' ? { code: 1 } : {},
    });
    const spans = [span('1', first), span('2', second)];
    const [trace] = readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces;
    expect(traceFacts(trace!).statusKnown).toBe(known);
  });
});
