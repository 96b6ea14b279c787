import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const inputOf = (value: unknown) => read({ 'langsmith.span.kind': 'llm', 'gen_ai.prompt': JSON.stringify(value) }).messages?.input;
const outputOf = (value: unknown) => read({ 'langsmith.span.kind': 'llm', 'gen_ai.completion': JSON.stringify(value) }).messages?.output;
const serialized = (name: string, kwargs: object) => ({ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', name], kwargs });
const text = (words: string) => ({ type: 'text', text: words });

describe('envelope', () => {
  it.each([['llm', 'llm'], ['chain', 'chain'], ['tool', 'tool'], ['retriever', 'retriever'], ['embedding', 'embedding'], ['prompt', 'prompt'], ['parser', 'parser'], ['my own', 'span']])('a run of type %s is %s', (type, kind) => {
    expect(readEnvelope({ 'langsmith.span.kind': type })).toMatchObject({ kind, rawKind: type });
  });

  it('inputs and outputs alone make no model call', () => {
    expect(readEnvelope({ 'gen_ai.prompt': '{"q":1}', 'gen_ai.completion': '{"a":2}' }).kind).toBe('span');
  });

  it('name, tags, thread, user, model and provider', () => {
    expect(readEnvelope({
      'langsmith.trace.name': 'ChatOpenAI', 'langsmith.trace.session_name': 'default', 'langsmith.trace.session_id': 'a-project', 'langsmith.span.tags': 'seq:step:1, prod',
      'langsmith.metadata.thread_id': 'thread-1', 'langsmith.metadata.user_id': 'u', 'langsmith.metadata.ls_model_name': 'gpt-4o', 'langsmith.metadata.ls_provider': 'openai',
    })).toMatchObject({ name: 'ChatOpenAI', tags: ['seq:step:1', 'prod'], sessionId: 'thread-1', userId: 'u', model: 'gpt-4o', provider: 'openai', metadata: { project: 'default' } });
  });

  it('believes the model that answered over the one that was configured', () => {
    expect(readEnvelope({ 'langsmith.metadata.ls_model_name': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-11-20' }).model).toBe('gpt-4o-2024-11-20');
  });

  it('usage with details that are part of the totals, and cost', () => {
    const { usage, cost } = readEnvelope({ 'langsmith.usage_metadata': JSON.stringify({
      input_tokens: 100, output_tokens: 30, total_tokens: 130, input_token_details: { cache_read: 60, cache_creation: 10, audio: 5 }, output_token_details: { reasoning: 20 },
      input_cost: 0.25, output_cost: 0.5, total_cost: 0.75,
    }) });
    expect(usage).toEqual({ input: 100, output: 30, total: 130, inputUncached: 25, cacheRead: 60, cacheWrite: 10, audioInput: 5, outputText: 10, reasoning: 20, audioOutput: null, other: {} });
    expect(cost).toEqual({ total: 0.75, currency: 'USD', origin: 'reported', parts: { input: 0.25, output: 0.5 } });
  });

  it.each(['no json', '[]', '{"input_tokens":{},"input_token_details":7}', ''])('no usage in %j', (value) => {
    expect(readEnvelope({ 'langsmith.usage_metadata': value })).toMatchObject({ usage: null, cost: null });
  });
});

describe('inputs and outputs', () => {
  it('are shown as recorded for every type of run', () => {
    expect(read({ 'langsmith.span.kind': 'chain', 'gen_ai.prompt': '{"question":"q"}', 'gen_ai.completion': '{"output":"a"}' })).toMatchObject({
      input: { text: '{"question":"q"}' }, output: { text: '{"output":"a"}' }, messages: null,
    });
  });

  it('of a tool are its arguments and result', () => {
    expect(read({ 'langsmith.span.kind': 'tool', 'langsmith.trace.name': 'search', 'gen_ai.prompt': '{"q":1}', 'gen_ai.completion': '{"output":"found"}' }).tool).toEqual({ name: 'search', arguments: { q: 1 }, result: { output: 'found' } });
  });

  it('of a retriever are its query and documents', () => {
    expect(read({ 'langsmith.span.kind': 'retriever', 'gen_ai.prompt': '{"query":"q"}', 'gen_ai.completion': '{"documents":[{"page_content":"c","metadata":{"page":3},"type":"Document"}]}' }).documents).toEqual({ query: 'q', input: [], output: [{ content: 'c', metadata: { page: 3 } }] });
  });

  it('are messages in the shapes of LangChain', () => {
    const expected = [{ role: 'system', parts: [text('Be brief.')] }, { role: 'user', parts: [text('Hi')] }];
    expect(inputOf({ messages: [[serialized('SystemMessage', { content: 'Be brief.' }), serialized('HumanMessage', { content: 'Hi' })]] })).toEqual(expected);
    expect(inputOf({ messages: [{ type: 'system', content: 'Be brief.' }, { type: 'human', data: { content: 'Hi' } }] })).toEqual(expected);
    expect(inputOf({ messages: [['system', 'Be brief.'], ['human', 'Hi']] })).toEqual(expected);
    expect(inputOf({ messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hi' }] })).toEqual(expected);
  });

  it('are answers with calls of tools, each shown once', () => {
    const call = { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } };
    const message = serialized('AIMessage', { content: [{ type: 'text', text: 'Let me see.' }, { type: 'tool_use', id: 'c1', name: 'search', input: { q: 1 } }], tool_calls: [{ name: 'search', args: { q: 1 }, id: 'c1', type: 'tool_call' }], response_metadata: { stop_reason: 'tool_use' } });
    expect(outputOf({ generations: [[{ text: '', message }]] })).toEqual([{ role: 'assistant', parts: [text('Let me see.'), call], finishReason: 'tool_use' }]);
    expect(outputOf({ generations: [[{ text: '', message: serialized('AIMessageChunk', { content: '', additional_kwargs: { tool_calls: [{ id: 'c1', function: { name: 'search', arguments: '{"q":1}' } }] } }) }]] })).toEqual([{ role: 'assistant', parts: [call] }]);
    expect(inputOf({ messages: [serialized('ToolMessage', { content: '{"ok":1}', tool_call_id: 'c1' })] })).toEqual([{ role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: { ok: 1 } }] }]);
  });

  it('are the choices of a raw completion', () => {
    expect(outputOf({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] })).toEqual([{ role: 'assistant', parts: [text('Hi')], finishReason: 'stop' }]);
  });

  it.each([{ documents: [1] }, { messages: 'no list' }, { messages: [{ type: 'banana', content: 'x' }] }, [['a', 'b', 'c']], [], {}, { generations: 7 }, { choices: [null] }, { lc: 1, type: 'constructor', id: 5 }])('are no messages in %j', (value) => {
    expect(inputOf(value)).toBeUndefined();
  });

  it('tell the parameters of a model', () => {
    expect(read({ 'langsmith.metadata.ls_temperature': 0.2, 'langsmith.metadata.ls_max_tokens': 99 }).parameters).toEqual({ temperature: 0.2, max_tokens: 99 });
  });
});
