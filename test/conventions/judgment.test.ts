import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import { createTraceStream, parseTraces, type AttributeValue, type TraceSet } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const call = { 'judgment.span_kind': 'llm' };

/** judgeval 1.2 sends a span when it begins, when more is known of it, and when it is over. */
function state(id: string, number: number, end: number, attributes: object, scope = 'judgeval') {
  const keys = { 'judgment.span_kind': 'agent', 'judgment.update_id': number, ...attributes };
  const span = {
    traceId: '5af7183fb1d4cf5f5af7183fb1d4cf5f',
    spanId: id.repeat(16),
    ...(id === '1' ? {} : { parentSpanId: '1'.repeat(16) }),
    name: id === '1' ? 'desk' : 'stock',
    startTimeUnixNano: '1795818571000000000',
    endTimeUnixNano: String(1795818571000000000n + BigInt(end) * 1_000_000n),
    attributes: Object.entries(keys).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: value } : { stringValue: value as string },
    })),
  };
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: scope }, spans: [span] }] }] };
}
const states = (scope?: string) => [
  state('1', 2, 90, { 'judgment.output': 'done', 'judgment.session_id': 's-1' }, scope),
  state('2', 0, 0, { 'judgment.span_kind': 'tool' }, scope),
  state('1', 0, 0, { 'judgment.input': '{"q":"mugs?"}' }, scope),
  state('2', 1, 40, { 'judgment.span_kind': 'tool', 'judgment.output': '{"left":3}' }, scope),
  state('1', 1, 10, { 'judgment.session_id': 's-1' }, scope),
];
const seen = ({ traces }: TraceSet) =>
  traces.flatMap((trace) => [...trace.spans()].map(({ name, kind, duration }) => [name, kind, duration / 1e6]));
const ONCE = [
  ['desk', 'agent', 90],
  ['stock', 'tool', 40],
];

describe('Judgment', () => {
  it('counts beside its input what was cached', () => {
    const envelope = readEnvelope({
      ...call,
      'judgment.llm.model': 'gpt-5',
      'judgment.usage.non_cached_input_tokens': 210,
      'judgment.usage.output_tokens': 60,
      'judgment.usage.cache_read_input_tokens': 1000,
      'judgment.usage.cache_creation_input_tokens': 100,
      'judgment.usage.total_cost_usd': 0.02,
      'judgment.usage.metadata': '{"completion_tokens_details":{"reasoning_tokens":20}}',
      'judgment.session_id': 's-1',
      'judgment.customer_id': 'c-1',
      'judgment.customer_user_id': 'u-1',
    });
    expect(envelope).toMatchObject({ kind: 'llm', model: 'gpt-5', sessionId: 's-1', userId: 'u-1' });
    expect(envelope.usage).toMatchObject({
      input: 1310,
      inputUncached: 210,
      cacheRead: 1000,
      output: 60,
      reasoning: 20,
    });
    expect(envelope.cost).toMatchObject({ total: 0.02 });
  });

  it('has the request and the answer of a model as they were', () => {
    const { messages, toolDefinitions } = read({
      ...call,
      'judgment.input':
        '{"model":"gpt-5","instructions":"Be short.","input":[{"role":"user","content":"Mugs?"}],"tools":[{"type":"function","name":"stock"}]}',
      'judgment.output':
        '{"object":"response","instructions":"Be short.","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Three."}]}]}',
    });
    const said = (side: 'input' | 'output') =>
      messages![side].map(({ role, parts: [part] }) => [role, part!.type === 'text' && part!.text]);
    expect(said('input')).toEqual([
      ['system', 'Be short.'],
      ['user', 'Mugs?'],
    ]);
    // The response repeats the instructions, which the model did not say.
    expect(said('output')).toEqual([['assistant', 'Three.']]);
    expect(toolDefinitions.map(({ name }) => name)).toEqual(['stock']);
    expect(read({ ...call, 'judgment.output': 'Three.' }).messages!.output[0]!.role).toBe('assistant');
    const tool = read({ 'judgment.span_kind': 'tool', 'judgment.input': '{"sku":"mug"}', 'judgment.output': 'Three.' });
    expect([tool.messages, tool.input!.text, tool.output!.text]).toEqual([null, '{"sku":"mug"}', 'Three.']);
  });

  it('is one span however often it was sent, in any order', async () => {
    const texts = states().map((each) => JSON.stringify(each));
    const set = await parseTraces(texts);
    expect([seen(set), set.traces[0]!.sessionId]).toEqual([ONCE, 's-1']);
    const root = await [...set.traces[0]!.spans()][0]!.content();
    expect([root.input?.text, root.output?.text]).toEqual(['{"q":"mugs?"}', 'done']);
    expect(seen(await parseTraces(texts.toReversed()))).toEqual(ONCE);
    const bytes = new TextEncoder().encode(texts.join('\n'));
    expect(seen(await parseTraces(bytes, { holdAs: 'bytes' }))).toEqual(ONCE);
    const stream = createTraceStream();
    for (const each of texts) {
      await stream.append(each);
      stream.snapshot();
    }
    expect(seen(stream.snapshot())).toEqual(ONCE);
    // Of another tracer they would be spans that contradict each other.
    const others = await parseTraces(states('app').map((each) => JSON.stringify(each)));
    expect(seen(others).length).toBe(5);
  });
});
