import { describe, expect, it } from 'vitest';
import { parseTraces } from '../../../src/core.ts';

const event = (name: string, properties: object, more: object = {}): object => ({
  event: name,
  uuid: 'event-1',
  distinct_id: 'guest-4',
  timestamp: '2026-11-28T09:00:02.000Z',
  properties: { $ai_trace_id: 'run-1', ...properties },
  ...more,
});
const read = async (...events: object[]) => {
  const set = await parseTraces(JSON.stringify({ api_key: 'none', batch: events }));
  return { set, trace: set.traces[0]!, spans: [...set.traces[0]!.spans()] };
};
const one = async (properties: object, more: object = {}) => {
  const { trace, spans } = await read(event('$ai_generation', properties, more));
  return { trace, span: spans[0]!, content: await spans[0]!.content() };
};

describe('PostHog', () => {
  it('begins a step its length before it was captured, and one of OpenTelemetry when it says', async () => {
    const times = async (properties: object) => {
      const { startUnixNano, endUnixNano } = (await one(properties)).span;
      return [startUnixNano, endUnixNano].map((time) => Number(time! / 1_000_000n) - Date.UTC(2026, 10, 28, 9));
    };
    expect(await times({ $ai_latency: 0.25 })).toEqual([1750, 2000]);
    expect(await times({ $ai_latency: 0.25, $ai_ingestion_source: 'otel' })).toEqual([2000, 2250]);
    expect(await times({})).toEqual([2000, 2000]);
    const notes = (await one({})).span.diagnostics.map(({ code }) => code);
    expect([notes, (await one({ $ai_latency: 0.25 })).span.diagnostics]).toEqual([['estimated-time'], []]);
  });

  it('hangs below the trace what names no parent or the trace, and the rest below its span', async () => {
    const { spans } = await read(
      event('$ai_generation', { $ai_span_id: 'g', $ai_span_name: 'g' }),
      event('$ai_span', { $ai_span_id: 's', $ai_span_name: 's', $ai_parent_id: 'run-1' }),
      event('$ai_span', { $ai_span_id: 't', $ai_span_name: 't', $ai_parent_id: 's', $ai_span_type: 'tool' }),
      event('$ai_trace', { $ai_span_id: 'r', $ai_trace_name: 'r', $ai_latency: 1 }),
    );
    expect(spans.map(({ name, parent }) => [name, parent?.name ?? null])).toEqual([
      ['r', null],
      ['g', 'r'],
      ['s', 'r'],
      ['t', 's'],
    ]);
    const bare = await read(event('$ai_generation', { $ai_parent_id: 'run-1', $ai_model: 'gpt-5' }));
    expect(bare.spans.map(({ name, parentSpanId, kind }) => [name, parentSpanId, kind])).toEqual([
      ['gpt-5', null, 'llm'],
    ]);
  });

  it('counts what was cached inside the input or beside it, as the event or its provider says', async () => {
    const counts = async (properties: object) => {
      const { usage } = (await one({ $ai_input_tokens: 10, $ai_output_tokens: 5, ...properties })).span;
      return [usage!.input, usage!.inputUncached, usage!.output];
    };
    const cached = { $ai_cache_read_input_tokens: 6, $ai_cache_creation_input_tokens: 2 };
    expect(await counts({ ...cached, $ai_provider: 'openai' })).toEqual([10, 2, 5]);
    expect(await counts({ ...cached, $ai_provider: 'anthropic' })).toEqual([18, 10, 5]);
    expect(await counts({ ...cached, $ai_model: 'claude-sonnet-5' })).toEqual([18, 10, 5]);
    expect(await counts({ ...cached, $ai_provider: 'anthropic', $ai_cache_reporting_exclusive: false })).toEqual([
      10, 2, 5,
    ]);
    expect(await counts({ $ai_provider: 'gemini', $ai_reasoning_tokens: 3 })).toEqual([10, 10, 8]);
  });

  it('takes items of a response for what they are, which it sends as what the user said', async () => {
    const item = (fields: object) => ({ role: 'user', content: JSON.stringify(fields) });
    const { content } = await one({
      $ai_input: [
        { role: 'user', content: 'How many mugs?' },
        item({ type: 'function_call', call_id: 'c-1', name: 'stock', arguments: '{"sku":"mug"}' }),
        item({ type: 'function_call_output', call_id: 'c-1', output: '{"left":3}' }),
        item({ type: 'mug', left: 3 }),
      ],
    });
    expect(content.messages!.input.map(({ role, parts }) => [role, parts[0]!.type])).toEqual([
      ['user', 'text'],
      ['assistant', 'toolCall'],
      ['tool', 'toolResult'],
      ['user', 'text'],
    ]);
  });

  it('takes items of the Agents SDK for what they are, whoever they are said to be of', async () => {
    const { content } = await one({
      $ai_input: [
        { type: 'message', role: 'user', content: 'How many mugs?' },
        { type: 'reasoning', id: 'r-1', content: [{ type: 'input_text', text: 'Look it up.' }] },
        { type: 'function_call', callId: 'c-1', name: 'stock', arguments: '{"sku":"mug"}', role: 'assistant' },
        {
          type: 'function_call_result',
          callId: 'c-1',
          name: 'stock',
          output: { type: 'text', text: '3' },
          role: 'tool',
        },
      ],
    });
    expect(content.messages!.input).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'How many mugs?' }] },
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'Look it up.' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c-1', name: 'stock', arguments: { sku: 'mug' } }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c-1', name: 'stock', result: 3 }] },
    ]);
  });

  it('knows a tool of LangChain by its name, and what it gave by the message around it', async () => {
    const { spans } = await read(
      event('$ai_generation', { $ai_span_id: 'g', $ai_tools: [{ type: 'function', function: { name: 'stock' } }] }),
      event('$ai_span', {
        $ai_span_id: 's',
        $ai_span_name: 'stock',
        $ai_input_state: '{"sku":"mug"}',
        $ai_output_state: { type: 'tool', content: '{"left":3}', tool_call_id: 'c-1', name: 'stock' },
      }),
      event('$ai_span', { $ai_span_id: 't', $ai_span_name: 'tools' }),
    );
    expect(spans.map(({ name, kind }) => [name, kind])).toEqual(
      expect.arrayContaining([
        ['stock', 'tool'],
        ['tools', 'span'],
      ]),
    );
    const { tool } = await spans.find(({ name }) => name === 'stock')!.content();
    expect(tool).toEqual({ name: 'stock', callId: 'c-1', arguments: { sku: 'mug' }, result: { left: 3 } });
    const called = { $ai_span_id: 'toolu_1', $ai_span_type: 'tool', $ai_span_name: 'Bash', $ai_output_state: 'low' };
    const callIdOf = async (more: object) =>
      (await (await read(event('$ai_span', { ...called, ...more }))).spans[0]!.content()).tool!.callId;
    expect(await callIdOf({ $ai_framework: 'claude-agent-sdk' })).toBe('toolu_1');
    expect(await callIdOf({})).toBeUndefined();
  });

  it('says why a call failed, who asked, and how it was set', async () => {
    const { span, trace, content } = await one({
      $ai_is_error: true,
      $ai_error: '{"name":"BadRequestError","message":"the model refuses"}',
      $ai_model_parameters: { temperature: 0.5 },
      $ai_stop_reason: 'stop',
      desk: 'mugs',
    });
    expect([span.status, span.statusMessage, trace.userId]).toEqual(['error', 'the model refuses', 'guest-4']);
    expect(content.parameters).toEqual({ temperature: 0.5 });
    expect(content.attributes.get('desk')).toBe('mugs');
    // Of somebody who is not known.
    expect((await one({}, { distinct_id: 'run-1' })).trace.userId).toBeUndefined();
  });

  it('has scores of the trace, and of the event that was judged', async () => {
    const { trace, spans } = await read(
      event('$ai_generation', { $ai_span_id: 'g' }),
      event('$ai_feedback', { $ai_feedback_text: 'Too slow.' }, { uuid: 'event-2' }),
      event(
        '$ai_evaluation',
        { $ai_evaluation_name: 'true to facts', $ai_evaluation_result: false, $ai_target_event_id: 'event-1' },
        { uuid: 'event-3' },
      ),
    );
    expect(trace.scores.map(({ name, comment, source }) => [name, comment, source])).toEqual([
      ['feedback', 'Too slow.', 'human'],
    ]);
    expect(spans[0]!.scores.map(({ name, label, source }) => [name, label, source])).toEqual([
      ['true to facts', 'false', 'llm'],
    ]);
  });
});
