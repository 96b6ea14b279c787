import { describe, expect, it } from 'vitest';
import { drawSpans, drawTrace } from './drawTrace.ts';
import { redraw } from './redraw.ts';

describe('drawTrace', () => {
  it('reads what it documents', () => {
    const trace = drawTrace(`
      agent           0------------100   in=30 out=5
        llm plan       10-40             in=10 out=5 model=gpt-4.1 cost=0.01 service=api
        tool search ✗      40----90
        no start       ?---------60
        open                     80-
        lost           20-30             parent=nobody
    `);
    expect(redraw(trace)).toEqual([
      'agent 0-100',
      '  no start 0-60 missing-start',
      '  llm plan 10-40',
      '  tool search ✗ 40-90',
      '  open 80-',
      'lost 20-30 missing-parent',
    ]);
    expect(trace.find('0000000000000002')).toMatchObject({
      kind: 'llm',
      model: 'gpt-4.1',
      service: 'api',
      usage: { input: 10, output: 5 },
      cost: { total: 0.01 },
    });
  });

  it('gives spans the id or the parent of a drawn one', () => {
    const [plan, again, child] = drawSpans(`
      llm plan   0-1
      llm again  2-3  id=plan
      child      4-5  parent=again
    `);
    expect(again!.spanId).toBe(plan!.spanId);
    expect(child!.parentSpanId).toBe('0000000000000002');
  });

  it('says which line it cannot read', () => {
    expect(() => drawSpans('root 0-1\n  nonsense')).toThrow('“  nonsense”');
  });
});
