import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import { ledger, readTraces, type AttributeValue } from '../../src/core.ts';
import { documentOf } from '../model/anyForest.ts';
import { dump } from '../model/dump.ts';
import { redraw } from '../model/redraw.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const text = (words: string) => ({ type: 'text', text: words });

describe('envelope', () => {
  it('tells an agent by what only agents have, in the versions without an operation', () => {
    expect(readEnvelope({ agent_name: 'planner', model_name: 'gpt-4o', 'gen_ai.usage.input_tokens': 5 })).toMatchObject(
      { kind: 'agent', model: 'gpt-4o' },
    );
    expect(readEnvelope({ all_messages_events: '[]' }).kind).toBe('agent');
    expect(readEnvelope({ 'pydantic_ai.all_messages': '[]' }).kind).toBe('agent');
  });

  it('tells a tool by its name', () => {
    expect(
      readEnvelope({ 'gen_ai.tool.name': 'now', tool_arguments: '{}', 'logfire.msg': 'running tool: now' }),
    ).toMatchObject({ kind: 'tool', name: 'running tool: now' });
  });

  it('reads the details of usage and the cost', () => {
    expect(
      readEnvelope({
        'gen_ai.usage.input_tokens': 140,
        'gen_ai.usage.output_tokens': 22,
        'gen_ai.usage.details.reasoning_tokens': 4,
        'gen_ai.usage.details.cache_read_tokens': 100,
        'operation.cost': 0.00057,
      }),
    ).toMatchObject({
      usage: { input: 140, inputUncached: 40, cacheRead: 100, output: 22, outputText: 18, reasoning: 4 },
      cost: { total: 0.00057 },
    });
  });

  it('takes the sum of a run for nobody’s own usage', () => {
    expect(
      readEnvelope({
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.aggregated_usage.input_tokens': 140,
        'gen_ai.aggregated_usage.output_tokens': 22,
        'gen_ai.aggregated_usage.details.reasoning_tokens': 4,
      }).usage,
    ).toBeNull();
  });

  it('counts once what an older agent repeats', () => {
    const tokens = (input: number) => ({ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': 2 });
    const [trace] = readTraces(
      documentOf([
        {
          traceId: 'a1',
          spanId: 'b1',
          startTimeUnixNano: '1',
          attributes: { agent_name: 'agent', 'gen_ai.usage.input_tokens': 30, 'gen_ai.usage.output_tokens': 4 },
        },
        {
          traceId: 'a1',
          spanId: 'b2',
          parentSpanId: 'b1',
          startTimeUnixNano: '2',
          attributes: { 'gen_ai.operation.name': 'chat', ...tokens(10) },
        },
        {
          traceId: 'a1',
          spanId: 'b3',
          parentSpanId: 'b1',
          startTimeUnixNano: '3',
          attributes: { 'gen_ai.operation.name': 'chat', ...tokens(20) },
        },
      ]),
    ).traces;
    expect(ledger(trace!).total.usage).toMatchObject({ input: 30, output: 4, total: 34 });
  });

  it.each([
    [9, null],
    [13, 'warning'],
    [17, 'error'],
    [21, 'error'],
    ['much', null],
  ])('a level of %j is the status %j', (level, status) => {
    expect(readEnvelope({ 'logfire.level_num': level }).status).toBe(status);
  });

  it('shows a log as an event, unless more is known of it', () => {
    expect(
      readEnvelope({ 'logfire.span_type': 'log', 'logfire.msg': 'cache miss', 'logfire.tags': ['db'] }),
    ).toMatchObject({ kind: 'event', name: 'cache miss', tags: ['db'] });
    expect(readEnvelope({ 'logfire.span_type': 'log', 'gen_ai.operation.name': 'chat' }).kind).toBe('llm');
    expect(readEnvelope({ 'logfire.span_type': 'span' })).toMatchObject({ kind: 'span', rawKind: null });
  });
});

describe('messages', () => {
  const events = [
    { role: 'system', content: 'Be brief.', 'gen_ai.message.index': 0, 'event.name': 'gen_ai.system.message' },
    { role: 'user', content: 'Weather?', 'gen_ai.message.index': 0, 'event.name': 'gen_ai.user.message' },
    {
      role: 'assistant',
      content: 'Let me check.',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: { city: 'Oslo' } } }],
      'event.name': 'gen_ai.assistant.message',
    },
    { role: 'tool', content: 'sunny', id: 'c1', name: 'weather', 'event.name': 'gen_ai.tool.message' },
  ];
  const expected = [
    { role: 'system', parts: [text('Be brief.')] },
    { role: 'user', parts: [text('Weather?')] },
    {
      role: 'assistant',
      parts: [text('Let me check.'), { type: 'toolCall', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }],
    },
    expect.objectContaining({
      role: 'tool',
      parts: [expect.objectContaining({ type: 'toolResult', id: 'c1', result: 'sunny' })],
    }),
  ];

  it('of a call in version 1 are events in an attribute', () => {
    const choice = { index: 0, message: { role: 'assistant', content: 'Sunny.' }, 'event.name': 'gen_ai.choice' };
    expect(read({ events: JSON.stringify([...events, choice]) }).messages).toEqual({
      input: expected,
      output: [{ role: 'assistant', parts: [text('Sunny.')] }],
    });
  });

  it('of a run in version 1 end with the answer', () => {
    const answer = {
      role: 'assistant',
      content: [
        { kind: 'thinking', text: 'hm' },
        { kind: 'text', text: 'Sunny.' },
      ],
      'event.name': 'gen_ai.assistant.message',
    };
    expect(read({ all_messages_events: JSON.stringify([...events, answer]) }).messages).toEqual({
      input: expected,
      output: [{ role: 'assistant', parts: [{ type: 'reasoning', text: 'hm' }, text('Sunny.')] }],
    });
  });

  it('of a run from version 2 on have parts, with the instructions before them', () => {
    const messages = [
      { role: 'user', parts: [{ type: 'text', content: 'go' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 't1', name: 'now', arguments: {} }] },
      { role: 'user', parts: [{ type: 'tool_call_response', id: 't1', result: '12:00' }] },
    ];
    expect(
      read({
        'pydantic_ai.all_messages': JSON.stringify(messages),
        'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
      }).messages,
    ).toEqual({
      input: [
        { role: 'system', parts: [text('Be brief.')] },
        { role: 'user', parts: [text('go')] },
        { role: 'assistant', parts: [{ type: 'toolCall', id: 't1', name: 'now', arguments: {} }] },
        { role: 'user', parts: [{ type: 'toolResult', id: 't1', result: '12:00' }] },
      ],
      output: [],
    });
  });

  it('of a call from version 2 on are those of OpenTelemetry', () => {
    expect(
      read({
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"go"}]}]',
        model_request_parameters: '{}',
      }).messages!.input,
    ).toEqual([{ role: 'user', parts: [text('go')] }]);
  });

  it.each(['no json', '{}', '[]', '[null,7,{"event.name":5},{"event.name":"other.event"}]'])(
    'are none in events like %j',
    (value) => {
      expect(read({ events: value, all_messages_events: value }).messages).toBeNull();
    },
  );
});

describe('the rest of a span', () => {
  it('arguments and response of a tool', () => {
    expect(
      read({
        'gen_ai.tool.name': 'now',
        'gen_ai.tool.call.id': 't1',
        tool_arguments: '{"zone":"CET"}',
        tool_response: '12:00',
      }),
    ).toMatchObject({
      tool: { name: 'now', callId: 't1', arguments: { zone: 'CET' }, result: '12:00' },
      input: { text: '{"zone":"CET"}' },
      output: { text: '12:00' },
    });
    expect(read({ 'gen_ai.tool.name': 'now', 'gen_ai.tool.call.arguments': '{"zone":"CET"}' }).tool).toMatchObject({
      name: 'now',
      arguments: { zone: 'CET' },
    });
  });

  it('the result of a run, and the tools that a model was offered', () => {
    expect(read({ final_result: 'done' }).output!.text).toBe('done');
    expect(
      read({
        model_request_parameters:
          '{"function_tools":[{"name":"now","description":"the time","parameters_json_schema":{"type":"object"}}],"output_tools":[]}',
      }).toolDefinitions,
    ).toEqual([{ name: 'now', description: 'the time', parameters: { type: 'object' } }]);
  });
});

describe('a pending span', () => {
  const span = (fields: object) => ({
    traceId: 'a1',
    startTimeUnixNano: '1795353751000000000',
    endTimeUnixNano: '1795353753000000000',
    attributes: {},
    ...fields,
  });
  const pending = (spanId: string, marks: string, parent: string) =>
    span({
      spanId,
      parentSpanId: marks,
      name: 'work',
      endTimeUnixNano: '1795353751000000000',
      attributes: { 'logfire.span_type': 'pending_span', 'logfire.pending_parent_id': parent, 'logfire.msg': 'work' },
    });
  const root = span({
    spanId: '00000000000000b1',
    name: 'root',
    startTimeUnixNano: '1795353750500000000',
    endTimeUnixNano: '1795353754000000000',
  });
  const work = span({ spanId: '00000000000000b2', parentSpanId: '00000000000000b1', name: 'work' });
  const marker = pending('00000000000000c2', '00000000000000b2', '00000000000000b1');

  it('is merged with the span that it announces, counted and reported', () => {
    const set = readTraces(documentOf([root, marker, work]));
    expect(redraw(set.traces[0]!)).toEqual(['root 0-3500', '  work 500-2500']);
    expect(set.accounting).toEqual({ entries: 3, shown: 2, merged: 1, skipped: 0 });
    expect(set.diagnostics).toEqual([
      expect.objectContaining({ code: 'start-marker', severity: 'info', count: 1, keys: [set.traces[0]!.span(1).key] }),
    ]);
  });

  it('stands for the span, still running, where that is not there', () => {
    const set = readTraces(documentOf([root, marker]));
    expect(redraw(set.traces[0]!)).toEqual(['root 0-3500', '  work 500-']);
    expect(set.traces[0]!.span(1)).toMatchObject({ spanId: '00000000000000b2', status: 'running' });
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
  });

  it('of a root alone makes a root', () => {
    const set = readTraces(documentOf([pending('00000000000000c1', '00000000000000b1', '0000000000000000')]));
    expect(redraw(set.traces[0]!)).toEqual(['work 0-']);
  });

  it('makes the same trace in whatever order things come, and however often', () => {
    const all = [
      root,
      marker,
      work,
      pending('00000000000000c1', '00000000000000b1', '0000000000000000'),
      pending('00000000000000c3', '00000000000000b3', '00000000000000b2'),
    ];
    const expected = dump(readTraces(documentOf(all)));
    expect(expected.traces[0]!.spans.map(({ name, depth }) => [name, depth])).toEqual([
      ['root', 0],
      ['work', 1],
      ['work', 2],
    ]);
    for (let turn = 1; turn < all.length; turn += 1)
      expect(dump(readTraces(documentOf([...all.slice(turn), ...all.slice(0, turn)])))).toEqual(expected);
    expect(readTraces(documentOf([...all, ...all])).accounting).toEqual({
      entries: 10,
      shown: 3,
      merged: 7,
      skipped: 0,
    });
  });

  it('without the id of what it announces is shown as it is', () => {
    const { parentSpanId: _, ...lost } = marker as { parentSpanId?: string };
    expect(redraw(readTraces(documentOf([lost])).traces[0]!)).toEqual(['work 0-0']);
  });
});
