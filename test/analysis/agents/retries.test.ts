import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, readTraces, retries, type Trace } from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const told = async (trace: Trace) =>
  (await retries(trace)).map(({ attempts, worked }) => [attempts.map((key) => trace.find(key)!.start / 1e6), worked]);

interface Call {
  readonly at: readonly [from: number, to: number];
  readonly asked: string;
  readonly failed?: boolean;
}

/** Calls of one tool below an agent; times in ms. */
function calls(list: readonly Call[]): Trace {
  const nanos = (millis: number): string => String(BigInt(1_700_000_000_000 + millis) * 1_000_000n);
  const ids = { traceId: '1'.repeat(32) };
  const spans = [
    { ...ids, spanId: 'a'.repeat(16), name: 'agent', startTimeUnixNano: nanos(0), endTimeUnixNano: nanos(1000) },
    ...list.map(({ at: [from, to], asked, failed = false }, place) => ({
      ...ids,
      spanId: String(place + 1).padStart(16, '0'),
      parentSpanId: 'a'.repeat(16),
      name: 'look_up',
      startTimeUnixNano: nanos(from),
      endTimeUnixNano: nanos(to),
      status: failed ? { code: 2 } : {},
      attributes: [
        { key: 'openinference.span.kind', value: { stringValue: 'TOOL' } },
        { key: 'input.value', value: { stringValue: asked } },
      ],
    })),
  ];
  return readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
}

describe('retries', () => {
  it('are attempts with the same input, one after the other, until one works', async () => {
    const trace = calls([
      { at: [0, 10], asked: 'x', failed: true },
      { at: [20, 30], asked: 'x', failed: true },
      { at: [40, 50], asked: 'x' },
      { at: [60, 70], asked: 'x' },
    ]);
    expect(await told(trace)).toEqual([[[0, 20, 40], true]]);
  });

  it('are none where the input is another one', async () => {
    expect(
      await told(
        calls([
          { at: [0, 10], asked: 'x', failed: true },
          { at: [20, 30], asked: 'y' },
        ]),
      ),
    ).toEqual([]);
  });

  it('are none where two ran side by side, and each of these may be tried again', async () => {
    const trace = calls([
      { at: [0, 10], asked: 'x', failed: true },
      { at: [1, 12], asked: 'y', failed: true },
      { at: [20, 30], asked: 'y' },
      { at: [21, 31], asked: 'x', failed: true },
    ]);
    expect(await told(trace)).toEqual([
      [[0, 21], false],
      [[1, 20], true],
    ]);
    expect(
      await told(
        calls([
          { at: [0, 10], asked: 'x', failed: true },
          { at: [5, 15], asked: 'x' },
        ]),
      ),
    ).toEqual([]);
  });

  it('stand right beside each other where no input is recorded', async () => {
    const drawing = (between: string) => `
      agent      0-----------100
        tool a ✗ 0-10
        ${between}
        tool a   30-40
    `;
    expect(await told(drawTrace(drawing('')))).toEqual([[[0, 30], true]]);
    expect(await told(drawTrace(drawing('tool b   15-20')))).toEqual([]);
  });

  it('are found in a recorded agent: the gateway timed out, and the same question worked', async () => {
    const file = new URL('../../fixtures/otlp/support-agent.otlp.jsonl', import.meta.url);
    const [trace] = (await parseTraces(readFileSync(file))).traces;
    const [found, ...others] = await retries(trace!);
    expect(others).toEqual([]);
    expect(found!.attempts.map((key) => trace!.find(key)!.name)).toEqual(['refund.eligibility', 'refund.eligibility']);
    expect(found!.worked).toBe(true);
  });

  it('are looked for among few siblings, so that thousands of failures stay quick', async () => {
    const many = Array.from({ length: 5000 }, (_, place) => ({
      at: [place * 2, place * 2 + 1] as const,
      asked: String(place),
      failed: true,
    }));
    expect(await told(calls(many))).toEqual([]);
  });

  it('end with the signal', async () => {
    const trace = calls([{ at: [0, 1], asked: 'x', failed: true }]);
    await expect(retries(trace, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
