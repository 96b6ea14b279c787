import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const inputOf = (value: unknown) =>
  read({ 'langsmith.span.kind': 'llm', 'gen_ai.prompt': JSON.stringify(value) }).messages?.input;
const outputOf = (value: unknown) =>
  read({ 'langsmith.span.kind': 'llm', 'gen_ai.completion': JSON.stringify(value) }).messages?.output;
const serialized = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs,
});
const text = (words: string) => ({ type: 'text', text: words });

describe('envelope', () => {
  it.each([
    ['llm', 'llm'],
    ['chain', 'chain'],
    ['tool', 'tool'],
    ['retriever', 'retriever'],
    ['embedding', 'embedding'],
    ['prompt', 'prompt'],
    ['parser', 'parser'],
    ['my own', 'span'],
  ])('a run of type %s is %s', (type, kind) => {
    expect(readEnvelope({ 'langsmith.span.kind': type })).toMatchObject({ kind, rawKind: type });
  });

  it('inputs and outputs alone make no model call', () => {
    expect(readEnvelope({ 'gen_ai.prompt': '{"q":1}', 'gen_ai.completion': '{"a":2}' }).kind).toBe('span');
  });

  it('name, tags, thread, user, model and provider', () => {
    expect(
      readEnvelope({
        'langsmith.trace.name': 'ChatOpenAI',
        'langsmith.trace.session_name': 'default',
        'langsmith.trace.session_id': 'a-project',
        'langsmith.span.tags': 'seq:step:1, prod',
        'langsmith.metadata.thread_id': 'thread-1',
        'langsmith.metadata.user_id': 'u',
        'langsmith.metadata.ls_model_name': 'gpt-4o',
        'langsmith.metadata.ls_provider': 'openai',
      }),
    ).toMatchObject({
      name: 'ChatOpenAI',
      tagsOfRoot: ['seq:step:1', 'prod'],
      sessionId: 'thread-1',
      userId: 'u',
      model: 'gpt-4o',
      provider: 'openai',
      metadata: { project: 'default' },
    });
  });

  it('believes the model that answered over the one that was configured', () => {
    expect(
      readEnvelope({ 'langsmith.metadata.ls_model_name': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-11-20' })
        .model,
    ).toBe('gpt-4o-2024-11-20');
  });

  it('usage with details that are part of the totals, and cost', () => {
    const { usage, cost } = readEnvelope({
      'langsmith.usage_metadata': JSON.stringify({
        input_tokens: 100,
        output_tokens: 30,
        total_tokens: 130,
        input_token_details: { cache_read: 60, cache_creation: 10, audio: 5 },
        output_token_details: { reasoning: 20 },
        input_cost: 0.25,
        output_cost: 0.5,
        total_cost: 0.75,
      }),
    });
    expect(usage).toEqual({
      input: 100,
      output: 30,
      total: 130,
      inputUncached: 25,
      cacheRead: 60,
      cacheWrite: 10,
      audioInput: 5,
      outputText: 10,
      reasoning: 20,
      audioOutput: null,
      other: {},
    });
    expect(cost).toEqual({ total: 0.75, currency: 'USD', origin: 'reported', parts: { input: 0.25, output: 0.5 } });
  });

  it.each<[string, object, object]>([
    [
      'OpenAI',
      {
        prompt_tokens: 100,
        completion_tokens: 30,
        total_tokens: 130,
        prompt_tokens_details: { cached_tokens: 60, audio_tokens: 5 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 100, output: 30, total: 130, cacheRead: 60, audioInput: 5, reasoning: 20 },
    ],
    [
      'OpenAI, responses',
      {
        input_tokens: 100,
        output_tokens: 30,
        input_tokens_details: { cached_tokens: 60 },
        output_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 100, output: 30, total: 130, cacheRead: 60, reasoning: 20 },
    ],
    [
      'Anthropic, beside the input',
      { input_tokens: 10, output_tokens: 30, cache_read_input_tokens: 4, cache_creation_input_tokens: 2 },
      { input: 16, inputUncached: 10, cacheRead: 4, cacheWrite: 2, total: 46 },
    ],
    [
      'LangChain for JavaScript',
      { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
      { input: 1, output: 2, total: 3 },
    ],
    [
      'the AI SDK',
      { inputTokens: 10, outputTokens: 2, totalTokens: 12, cachedInputTokens: 4, reasoningTokens: 1 },
      { input: 10, output: 2, total: 12, cacheRead: 4, reasoning: 1 },
    ],
    [
      'LangChain, by the life of a cache',
      {
        input_tokens: 10,
        output_tokens: 1,
        total_tokens: 11,
        input_token_details: { cache_creation: 0, ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 1 },
      },
      { cacheWrite: 4, inputUncached: 6 },
    ],
  ])('usage in the words of %s', (_, recorded, usage) => {
    expect(readEnvelope(new Map([['langsmith.usage_metadata', recorded]])).usage).toMatchObject(usage);
  });

  it('the model of a call stands among its parameters', () => {
    expect(readEnvelope(new Map([['langsmith.run.extra.invocation_params', { model_name: 'm' }]])).model).toBe('m');
    expect(
      readEnvelope({ 'langsmith.metadata.invocation_params': '{"model":"m"}', 'langsmith.metadata.ls_model_name': 'n' })
        .model,
    ).toBe('m');
    expect(readEnvelope({ 'langsmith.span.kind': 'tool', 'langsmith.metadata.ls_model_name': 'n' }).model).toBeNull();
  });

  it.each(['no json', '[]', '{"input_tokens":{},"input_token_details":7}', ''])('no usage in %j', (value) => {
    expect(readEnvelope({ 'langsmith.usage_metadata': value })).toMatchObject({ usage: null, cost: null });
  });
});

describe('inputs and outputs', () => {
  it('are shown as recorded for every type of run', () => {
    expect(
      read({
        'langsmith.span.kind': 'chain',
        'gen_ai.prompt': '{"question":"q"}',
        'gen_ai.completion': '{"output":"a"}',
      }),
    ).toMatchObject({
      input: { text: '{"question":"q"}' },
      output: { text: '{"output":"a"}' },
      messages: null,
    });
  });

  it('of a tool are its arguments and result', () => {
    expect(
      read({
        'langsmith.span.kind': 'tool',
        'langsmith.trace.name': 'search',
        'gen_ai.prompt': '{"q":1}',
        'gen_ai.completion': '{"output":"found"}',
      }).tool,
    ).toEqual({ name: 'search', arguments: { q: 1 }, result: { output: 'found' } });
  });

  it('of a retriever are its query and documents', () => {
    expect(
      read({
        'langsmith.span.kind': 'retriever',
        'gen_ai.prompt': '{"query":"q"}',
        'gen_ai.completion': '{"documents":[{"page_content":"c","metadata":{"page":3},"type":"Document"}]}',
      }).documents,
    ).toEqual({ query: 'q', input: [], output: [{ content: 'c', metadata: { page: 3 } }] });
  });

  it('are messages in the shapes of LangChain', () => {
    const expected = [
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Hi')] },
    ];
    expect(
      inputOf({
        messages: [
          [serialized('SystemMessage', { content: 'Be brief.' }), serialized('HumanMessage', { content: 'Hi' })],
        ],
      }),
    ).toEqual(expected);
    expect(
      inputOf({
        messages: [
          { type: 'system', content: 'Be brief.' },
          { type: 'human', data: { content: 'Hi' } },
        ],
      }),
    ).toEqual(expected);
    expect(
      inputOf({
        messages: [
          ['system', 'Be brief.'],
          ['human', 'Hi'],
        ],
      }),
    ).toEqual(expected);
    expect(
      inputOf({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
      }),
    ).toEqual(expected);
  });

  it('are answers with calls of tools, each shown once', () => {
    const call = { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } };
    const message = serialized('AIMessage', {
      content: [
        { type: 'text', text: 'Let me see.' },
        { type: 'tool_use', id: 'c1', name: 'search', input: { q: 1 } },
      ],
      tool_calls: [{ name: 'search', args: { q: 1 }, id: 'c1', type: 'tool_call' }],
      response_metadata: { stop_reason: 'tool_use' },
    });
    expect(outputOf({ generations: [[{ text: '', message }]] })).toEqual([
      { role: 'assistant', parts: [text('Let me see.'), call], finishReason: 'tool_use' },
    ]);
    expect(
      outputOf({
        generations: [
          [
            {
              text: '',
              message: serialized('AIMessageChunk', {
                content: '',
                additional_kwargs: { tool_calls: [{ id: 'c1', function: { name: 'search', arguments: '{"q":1}' } }] },
              }),
            },
          ],
        ],
      }),
    ).toEqual([{ role: 'assistant', parts: [call] }]);
    expect(inputOf({ messages: [serialized('ToolMessage', { content: '{"ok":1}', tool_call_id: 'c1' })] })).toEqual([
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: { ok: 1 } }] },
    ]);
  });

  it('are the choices of a raw completion', () => {
    expect(
      outputOf({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] }),
    ).toEqual([{ role: 'assistant', parts: [text('Hi')], finishReason: 'stop' }]);
  });

  it('are the items of a response, and messages in a wrapping', () => {
    expect(
      outputOf({
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
          { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' },
        ],
      }),
    ).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'Hm' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'f', arguments: {} }] },
    ]);
    expect(outputOf({ message: { role: 'ai', content: 'Hi' } })).toEqual([{ role: 'assistant', parts: [text('Hi')] }]);
    expect(
      inputOf({
        input: {
          lc: 1,
          id: ['ChatPromptValue'],
          kwargs: { messages: [serialized('HumanMessage', { content: 'Hi' })] },
        },
      }),
    ).toEqual([{ role: 'user', parts: [text('Hi')] }]);
    expect(outputOf(serialized('AIMessage', { content: '', additional_kwargs: { reasoning_content: 'Hm' } }))).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'Hm' }] },
    ]);
  });

  it('say why the model stopped, wherever that stands', () => {
    expect(outputOf({ generations: [[{ text: 'Hi', generation_info: { finish_reason: 'length' } }]] })).toEqual([
      { role: 'assistant', parts: [text('Hi')], finishReason: 'length' },
    ]);
    expect(
      outputOf({
        generations: [
          [
            {
              message: serialized('AIMessage', { content: 'Hi', response_metadata: { finish_reason: 'stop' } }),
              generation_info: { finish_reason: 'other' },
            },
          ],
        ],
      }),
    ).toMatchObject([{ finishReason: 'stop' }]);
    expect(outputOf({ choices: [{ text: 'Hi', finish_reason: 'stop' }] })).toEqual([
      { role: 'assistant', parts: [text('Hi')], finishReason: 'stop' },
    ]);
  });

  it('without a role are those of a model call, and of no other run', () => {
    const of = (kind: string) =>
      read({
        'langsmith.span.kind': kind,
        'gen_ai.prompt': '{"prompts":["Hi"]}',
        'gen_ai.completion': '{"content":"Hello"}',
      }).messages;
    expect(of('llm')).toEqual({
      input: [{ role: 'user', parts: [text('Hi')] }],
      output: [{ role: 'assistant', parts: [text('Hello')] }],
    });
    expect(of('tool')).toBeNull();
  });

  it('hold the tools that a model may call', () => {
    expect(
      read({ 'gen_ai.prompt': '{"messages":[],"tools":[{"type":"function","function":{"name":"f"}}]}' })
        .toolDefinitions,
    ).toEqual([{ name: 'f' }]);
  });

  it.each([
    { documents: [1] },
    { messages: 'no list' },
    { messages: [{ type: 'banana', content: 'x' }] },
    [['a', 'b', 'c']],
    [],
    {},
    { generations: 7 },
    { choices: [null] },
    { lc: 1, type: 'constructor', id: 5 },
  ])('are no messages in %j', (value) => {
    expect(inputOf(value)).toBeUndefined();
  });

  it('tell the parameters of a model', () => {
    expect(
      read({ 'langsmith.metadata.ls_temperature': 0.2, 'langsmith.metadata.ls_max_tokens': 99 }).parameters,
    ).toEqual({ temperature: 0.2, max_tokens: 99 });
  });
});
