import { describe, expect, it } from 'vitest';
import { kindEvent } from '../../src/adapters/content/recordedEvents.ts';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue, SpanEvent } from '../../src/core.ts';

const event = (name: string, attributes: Record<string, AttributeValue>): SpanEvent => ({
  name: `gen_ai.${name}`,
  time: 0,
  attributes: new Map(Object.entries(attributes)),
});
const read = (attributes: Record<string, AttributeValue>, events: readonly SpanEvent[] = []) =>
  readContent(new Map(Object.entries(attributes)), events);

describe('one event per message', () => {
  it('is a conversation with calls of tools and their results', () => {
    const { messages } = read({}, [
      event('system.message', { 'gen_ai.system': 'openai', content: 'Be brief.' }),
      event('user.message', { content: 'Weather in Paris?' }),
      event('assistant.message', {
        tool_calls:
          '[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]',
      }),
      event('tool.message', { id: 'c1', content: '{"sky":"rainy"}' }),
      event('choice', { index: 0, finish_reason: 'stop', message: '{"role":"assistant","content":"It rains."}' }),
    ]);
    expect(messages).toEqual({
      input: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Weather in Paris?' }] },
        { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }] },
        { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: { sky: 'rainy' } }] },
      ],
      output: [{ role: 'assistant', finishReason: 'stop', parts: [{ type: 'text', text: 'It rains.' }] }],
    });
  });

  it.each([
    ['structure', { message: { content: 'Hi' } }],
    ['text alone', { message: 'Hi' }],
    ['JSON text of parts', { message: '[{"text":"Hi"}]' }],
    ['fields of the event itself', { content: 'Hi', role: 'assistant' }],
    [
      'one text of the whole event, as Azure writes it',
      { 'gen_ai.event.content': '{"index":0,"message":{"content":"Hi"}}' },
    ],
  ])('takes a choice that is %s', (_, attributes) => {
    expect(read({}, [event('choice', attributes as Record<string, AttributeValue>)]).messages!.output).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'Hi' }] },
    ]);
  });

  it('says of a span of unknown kind that it is a call of a model', () => {
    expect(kindEvent([{ name: 'exception' }, { name: 'gen_ai.choice' }])).toBe('llm');
    expect(kindEvent([{ name: 'exception' }, null, 7])).toBeNull();
  });

  it('yields to messages in attributes', () => {
    expect(
      read({ 'gen_ai.input.messages': '[{"role":"user","content":"A"}]' }, [event('user.message', { content: 'B' })])
        .messages!.input,
    ).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'A' }] }]);
  });

  it('survives what is no message', () => {
    expect(
      read({}, [
        event('tool.message', { id: { a: 1 }, content: { sky: 'grey' } }),
        event('user.message', { content: [1], role: { a: 1 }, tool_calls: 'x' }),
        event('choice', {}),
      ]).messages,
    ).toEqual({
      input: [
        { role: 'tool', parts: [{ type: 'toolResult', result: { sky: 'grey' } }] },
        { role: 'unknown', parts: [{ type: 'text', text: '1' }] },
      ],
      output: [{ role: 'assistant', parts: [] }],
    });
  });
});

describe('one text for all messages', () => {
  const prompt = '[{"role":"user","content":"Hi"}]';
  const completion = '[{"role":"assistant","content":"Hello"}]';
  const messages = {
    input: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
  };

  it('may be an attribute or in an event', () => {
    expect(read({ 'gen_ai.prompt': prompt, 'gen_ai.completion': completion }).messages).toEqual(messages);
    expect(
      read({}, [
        event('content.prompt', { 'gen_ai.prompt': prompt }),
        event('content.completion', { 'gen_ai.completion': completion }),
      ]).messages,
    ).toEqual(messages);
  });

  it('is input and output of any step, and no sign of a model', () => {
    const attributes = { 'gen_ai.prompt': '{"question":"refund?"}', 'gen_ai.completion': '[{"page":1}]' };
    expect([read(attributes).input!.text, read(attributes).output!.text, read(attributes).messages]).toEqual([
      '{"question":"refund?"}',
      '[{"page":1}]',
      null,
    ]);
    expect(readEnvelope(attributes).kind).toBe('span');
  });

  it('has its own words for tokens and provider', () => {
    expect(
      readEnvelope({
        'gen_ai.system': 'az.ai.openai',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.prompt_tokens': 7,
        'gen_ai.usage.completion_tokens': 8,
      }),
    ).toMatchObject({ kind: 'llm', provider: 'az.ai.openai', usage: { input: 7, output: 8, total: 15 } });
  });
});
