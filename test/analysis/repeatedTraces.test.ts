import { describe, expect, it } from 'vitest';
import { sessionTotals } from '../../src/analysis/traces/sessions.ts';
import { readTraces, repeatedTraces, type Trace } from '../../src/core.ts';

const usage = (input: number) => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'claude-opus-5',
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': 80,
});
/** A trace of its own for each call; times are milliseconds. */
const read = (...calls: readonly Call[]): readonly Trace[] =>
  readTraces(
    calls.map(({ name, scope, start, end, attributes }, at) => ({
      traceId: String(at + 1).padStart(32, 'a'),
      spanId: '00000000000000a1',
      name,
      scope: { name: scope },
      startTimeUnixNano: `${1_795_359_116_000 + start}000000`,
      endTimeUnixNano: `${1_795_359_116_000 + end}000000`,
      attributes,
    })),
  ).traces;
interface Call {
  readonly name: string;
  readonly scope: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: object;
}

const native = {
  name: 'anthropic.messages.create',
  scope: 'com.anthropic',
  start: 0,
  end: 360,
  attributes: { ...usage(1300), 'gen_ai.usage.cache_write.input_tokens': 100 },
};
const wrapper = {
  name: 'Anthropic Messages',
  scope: 'openinference',
  start: 0,
  end: 358,
  attributes: usage(1300),
};

describe('a call that two traces record', () => {
  it('counts once where they meet, as the one that tells more', () => {
    const traces = read(wrapper, native);
    expect(repeatedTraces(traces).map(({ trace, of }) => [trace.name, of.name])).toEqual([
      ['Anthropic Messages', 'anthropic.messages.create'],
    ]);
    expect(repeatedTraces([...traces].reverse())).toEqual(repeatedTraces(traces));
    expect(sessionTotals(traces)).toMatchObject({ tokens: 1380, calls: 1, repeated: 1 });
  });

  it.each<readonly [string, Call]>([
    ['of other tokens', { ...wrapper, attributes: usage(1200) }],
    ['at another time', { ...wrapper, start: 200, end: 560 }],
    ['of another model', { ...wrapper, attributes: { ...usage(1300), 'gen_ai.request.model': 'gpt-5' } }],
    ['by one instrumentation', { ...native }],
  ])('is another one: %s', (_, other) => {
    expect(repeatedTraces(read(native, other))).toEqual([]);
    expect(sessionTotals(read(native, other))).toMatchObject({ calls: 2, repeated: 0 });
  });
});
