import { describe, expect, it } from 'vitest';
import { createTraceStream, findings, readTraces } from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const told = async (drawing: string): Promise<readonly (readonly [string, string])[]> =>
  (await findings(drawTrace(drawing))).map(({ code, message }) => [code, message] as const);

describe('findings', () => {
  it('says nothing where there is nothing to say', async () => {
    expect(
      await told(`
      agent      0-----------100
        llm ask  0-40        in=10 out=5 cost=0.01
        tool a   40-60
        llm ask  60-100      in=10 out=5 cost=0.01
    `),
    ).toEqual([]);
  });

  it('does not take tools whose arguments nobody recorded for the same call again and again', async () => {
    expect(
      await told(`
      agent      0-----------140
        llm ask  0-20
        tool a   20-60
        tool a   60-100
        tool a   100-140
    `),
    ).toEqual([]);
  });

  it('names the cause of an error, not what failed with it', async () => {
    const trace = drawTrace(`
      agent ✗        0-----------100
        chain step ✗ 0-40
          tool a     0-10
          tool b ✗   10-40
        tool c ✗     40-50
        tool c ✗     50-60
    `);
    const [first, second, ...rest] = await findings(trace);
    expect(rest).toEqual([]);
    expect([first!.message, second!.message]).toEqual([
      'tool b failed: failed, and agent failed with it',
      'tool c failed 2 times: failed, and agent failed with it',
    ]);
    expect(first!.keys.map((key) => trace.find(key)!.name)).toEqual(['tool b', 'chain step', 'agent']);
    expect(second!.facts).toEqual({ name: 'tool c', times: 2, why: 'failed', top: 'agent' });
  });

  it('tells of fan-outs that held up the end, of orphans, and of what costs most', async () => {
    expect(
      await told(`
      agent       0-----------1000
        llm ask   0-100       cost=0.5
        tool a    100-300
        tool b    300-500
        llm ask   500-600     cost=0.01
        llm ask   600-1000    cost=0.01
      lost        0-10        parent=nobody
    `),
    ).toEqual([
      ['serialised', '2 steps of agent ran one after the other: side by side they would be done 200 ms sooner'],
      ['slow', 'llm ask took 400 ms, 40 % of the whole, and the end waited for it; its other calls take 100 ms'],
      ['orphans', 'The parent of a span is missing'],
      ['costliest', 'llm ask alone cost $0.5000, 96 % of the whole'],
    ]);
  });

  it('does not miss what may still arrive', async () => {
    const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), parentSpanId: '3'.repeat(16), name: 'early' };
    const times = { startTimeUnixNano: '1795855538000000000', endTimeUnixNano: '1795855539000000000' };
    const stream = createTraceStream();
    await stream.append({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] });
    const codes = async () => (await findings(stream.snapshot().traces[0]!)).map(({ code }) => code);
    expect(await codes()).toEqual([]);
    stream.close();
    expect(await codes()).toEqual(['orphans']);
  });

  it('holds spans against the rules of a host, also those that throw', async () => {
    const trace = drawTrace(`
      agent      0-----------100
        tool a   0-40
        tool b   40-90
    `);
    const found = await findings(trace, {
      rules: [
        {
          id: 'short',
          check: ({ kind, duration, name }) => (kind === 'tool' && duration > 45e6 ? `${name} is slow` : null),
        },
        {
          id: 'odd',
          severity: 'info',
          check: () => {
            throw new Error('oh');
          },
        },
        { id: 'fine', check: () => null },
      ],
    });
    expect(found.map(({ severity, message, keys }) => [severity, message, keys.length])).toEqual([
      ['error', 'tool b is slow', 1],
      ['info', 'the rule failed: oh; 3 spans break this rule', 3],
    ]);
    await expect(findings(trace, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('takes no pause and no hand-over of a graph for a failure, though its tracers record one', async () => {
    const nanos = (millis: number): string => String(millis * 1e6);
    const span = (id: number, parent: number, name: string, message: string | null) => ({
      traceId: '1'.repeat(32),
      spanId: String(id).padStart(16, '0'),
      parentSpanId: parent === 0 ? '' : String(parent).padStart(16, '0'),
      name,
      startTimeUnixNano: nanos(id),
      endTimeUnixNano: nanos(100 - id),
      status: message === null ? {} : { code: 2, message },
    });
    const spans = [
      span(1, 0, 'LangGraph', null),
      span(2, 1, 'ask_person', '[{"value":"Refund 20 euros?"}]\n\nGraphInterrupt: …'),
      span(3, 1, 'triage', '\n\nParentCommand'),
    ];
    const [trace] = readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces;
    expect((await findings(trace!)).map(({ severity, message }) => [severity, message])).toEqual([
      ['info', 'ask_person paused to wait for an answer'],
    ]);
  });
});
