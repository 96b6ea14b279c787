import { expect, it } from 'vitest';
import { firstToken } from '../../src/analysis/time/firstToken.ts';
import { readTraces, type Trace } from '../../src/core.ts';

const EPOCH = 1_795_359_116_000_000_000n;
const span = (id: string, parent: string, from: number, to: number, afterSeconds?: number) => ({
  traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
  spanId: id.padStart(16, '0'),
  parentSpanId: parent === '' ? '' : parent.padStart(16, '0'),
  name: id,
  startTimeUnixNano: String(EPOCH + BigInt(from) * 1_000_000n),
  endTimeUnixNano: String(EPOCH + BigInt(to) * 1_000_000n),
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '1' } },
    ...(afterSeconds === undefined
      ? []
      : [{ key: 'gen_ai.response.time_to_first_chunk', value: { doubleValue: afterSeconds } }]),
  ],
});
const traceOf = (...spans: readonly object[]): Trace =>
  readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
const millis = (trace: Trace): number => firstToken(trace) / 1e6;

it('is that of the last streaming call that began before the answer', () => {
  expect(
    millis(
      traceOf(
        span('1', '', 0, 1000),
        span('2', '1', 100, 300, 0.05),
        span('3', '1', 400, 900, 0.2),
        span('4', '', 2000, 2500, 0.1),
      ),
    ),
  ).toBe(2100);
  expect(
    millis(
      traceOf(
        span('1', '', 0, 1000),
        span('2', '1', 100, 300, 0.05),
        span('3', '1', 400, 900, 0.2),
        span('4', '1', 1200, 1500, 0.1),
      ),
    ),
  ).toBe(600);
});

it('counts from the request, also where work began before it', () => {
  expect(
    millis(traceOf(span('1', '', 10_000, 20_000), span('2', '1', 2000, 9000), span('3', '1', 19_000, 19_900, 0.5))),
  ).toBe(9500);
});

it('is unknown where nothing streams', () => expect(firstToken(traceOf(span('1', '', 0, 1000)))).toBeNaN());
