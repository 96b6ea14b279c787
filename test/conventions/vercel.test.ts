import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const usageOf = (attributes: object) => readEnvelope(attributes).usage;

describe('the envelope', () => {
  it.each([
    ['ai.generateText', 'agent'],
    ['ai.generateText.doGenerate', 'llm'],
    ['ai.streamObject', 'agent'],
    ['ai.streamObject.doStream', 'llm'],
    ['ai.toolCall', 'tool'],
    ['ai.embedMany', 'chain'],
    ['ai.embedMany.doEmbed', 'embedding'],
    ['ai.rerank', 'chain'],
    ['ai.rerank.doRerank', 'reranker'],
    ['constructor', 'span'],
  ])('%s is a step of kind %s', (operation, kind) => {
    expect(readEnvelope({ 'ai.operationId': operation }).kind).toBe(kind);
  });

  it('has model, provider and the time to the first chunk', () => {
    expect(
      readEnvelope({
        'ai.model.id': 'gpt-4o-mini',
        'ai.model.provider': 'openai.chat',
        'ai.response.model': 'gpt-4o-mini-2024',
        'ai.response.msToFirstChunk': 426.5,
      }),
    ).toMatchObject({ model: 'gpt-4o-mini-2024', provider: 'openai.chat', firstTokenSeconds: 0.4265 });
  });

  it('tells session, user, tags and metadata of the trace', () => {
    expect(
      readEnvelope({
        'ai.telemetry.metadata.sessionId': 's',
        'ai.telemetry.metadata.userId': 'u',
        'ai.telemetry.metadata.tags': ['x', 'y'],
        'ai.telemetry.metadata.plan': 'team',
      }),
    ).toMatchObject({ sessionId: 's', userId: 'u', tags: ['x', 'y'], metadata: { plan: 'team' } });
    expect(
      readEnvelope({
        'ai.settings.context.sessionId': 's',
        'ai.settings.context.userId': 'u',
        'ai.settings.context.tags': ['x'],
      }),
    ).toMatchObject({ sessionId: 's', userId: 'u', tags: ['x'] });
    expect(
      readEnvelope({
        'ai.telemetry.metadata.raindrop.convoId': 's',
        'ai.telemetry.metadata.raindrop.ai.userId': 'u',
      }),
    ).toMatchObject({ sessionId: 's', userId: 'u' });
  });
});

describe('tokens', () => {
  it('of version 4', () => {
    expect(usageOf({ 'ai.usage.promptTokens': 11, 'ai.usage.completionTokens': 5 })).toMatchObject({
      input: 11,
      output: 5,
      total: 16,
      cacheRead: null,
      reasoning: null,
    });
  });

  it('of version 5', () => {
    expect(
      usageOf({
        'ai.usage.inputTokens': 11,
        'ai.usage.outputTokens': 5,
        'ai.usage.totalTokens': 16,
        'ai.usage.cachedInputTokens': 3,
        'ai.usage.reasoningTokens': 2,
      }),
    ).toMatchObject({ input: 11, inputUncached: 8, cacheRead: 3, output: 5, outputText: 3, reasoning: 2, total: 16 });
  });

  it('of version 6, with its details', () => {
    expect(
      usageOf({
        'ai.usage.inputTokens': 117_231,
        'ai.usage.inputTokenDetails.noCacheTokens': 1_647,
        'ai.usage.inputTokenDetails.cacheReadTokens': 115_584,
        'ai.usage.inputTokenDetails.cacheWriteTokens': 0,
        'ai.usage.outputTokens': 5,
        'ai.usage.outputTokenDetails.textTokens': 3,
        'ai.usage.outputTokenDetails.reasoningTokens': 2,
        'ai.usage.cachedInputTokens': 115_584,
      }),
    ).toMatchObject({
      input: 117_231,
      inputUncached: 1_647,
      cacheRead: 115_584,
      cacheWrite: 0,
      output: 5,
      outputText: 3,
      reasoning: 2,
    });
  });

  it('of embeddings', () => {
    expect(usageOf({ 'ai.usage.tokens': 10 })).toMatchObject({ input: 10, output: null, total: 10 });
  });

  it('left over in version 7 fill what gen_ai does not say, and are none by themselves', () => {
    const details = {
      'ai.usage.inputTokenDetails.noCacheTokens': 40,
      'ai.usage.inputTokenDetails.cacheReadTokens': 50,
      'ai.usage.outputTokenDetails.reasoningTokens': 4,
    };
    expect(
      usageOf({
        ...details,
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 9,
        'gen_ai.usage.cache_read.input_tokens': 60,
      }),
    ).toMatchObject({ input: 100, cacheRead: 60, inputUncached: 40, reasoning: 4, outputText: 5 });
    expect(usageOf(details)).toBeNull();
  });
});

describe('what went in', () => {
  it('the messages of a call', () => {
    expect(
      read({
        'ai.prompt.messages':
          '[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"1+2?"}]},{"role":"tool","content":[{"type":"tool-result","toolCallId":"c1","toolName":"add","output":{"type":"json","value":3}}]}]',
      }).messages!.input,
    ).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: '1+2?' }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', name: 'add', result: 3 }] },
    ]);
  });

  it.each([
    ['a prompt', { prompt: 'Hi' }],
    ['messages', { messages: [{ role: 'user', content: 'Hi' }] }],
    ['messages as the prompt', { prompt: [{ role: 'user', content: 'Hi' }] }],
  ])('what the application passed: %s', (_, prompt) => {
    const user = { role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
    expect(read({ 'ai.prompt': JSON.stringify(prompt) }).messages!.input).toEqual([user]);
    const system = { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] };
    expect(read({ 'ai.prompt': JSON.stringify({ system: 'Be brief.', ...prompt }) }).messages!.input).toEqual([
      system,
      user,
    ]);
    expect(
      read({ 'ai.prompt': JSON.stringify({ system: [{ role: 'system', content: 'Be brief.' }], ...prompt }) }).messages!
        .input,
    ).toEqual([system, user]);
  });

  it('tools, each a text of its own, and settings', () => {
    const { toolDefinitions, parameters } = read({
      'ai.prompt.tools': [
        '{"type":"function","name":"add","parameters":{"x":1}}',
        '{"type":"function","name":"sub","description":"d","inputSchema":{"y":1}}',
        '{broken',
      ],
      'ai.prompt.toolChoice': '{"type":"auto"}',
      'ai.settings.temperature': 0.2,
      'ai.settings.maxRetries': 2,
      'ai.settings.context.sessionId': 's',
    });
    expect(toolDefinitions).toEqual([
      { name: 'add', parameters: { x: 1 } },
      { name: 'sub', description: 'd', parameters: { y: 1 } },
    ]);
    expect(parameters).toEqual({ temperature: 0.2, maxRetries: 2, toolChoice: { type: 'auto' } });
  });
});

describe('what came out', () => {
  it('one message of all that was answered, with calls of version 4 and 5', () => {
    expect(
      read({
        'ai.response.text': 'Let me add.',
        'ai.response.reasoning': 'hm',
        'ai.response.finishReason': 'tool-calls',
        'ai.response.files': '[{"mediaType":"image/png","data":"AA=="}]',
        'ai.response.toolCalls':
          '[{"toolCallType":"function","toolCallId":"c1","toolName":"add","args":"{\\"a\\":1}"},{"toolCallId":"c2","toolName":"add","input":"{\\"a\\":2}"}]',
      }).messages!.output,
    ).toEqual([
      {
        role: 'assistant',
        finishReason: 'tool-calls',
        parts: [
          { type: 'reasoning', text: 'hm' },
          { type: 'text', text: 'Let me add.' },
          { type: 'image', mimeType: 'image/png', data: 'AA==' },
          { type: 'toolCall', id: 'c1', name: 'add', arguments: { a: 1 } },
          { type: 'toolCall', id: 'c2', name: 'add', arguments: { a: 2 } },
        ],
      },
    ]);
  });

  it('an object, also under the name of version 3', () => {
    for (const key of ['ai.response.object', 'ai.result.object']) {
      const { messages, output } = read({ [key]: '{"a":5}' });
      expect([messages!.output, output!.json()]).toEqual([
        [{ role: 'assistant', parts: [{ type: 'text', text: '{"a":5}' }] }],
        { a: 5 },
      ]);
    }
  });

  it('nothing where nothing was recorded', () => {
    expect(read({ 'ai.response.finishReason': 'error', 'ai.response.toolCalls': '{broken' }).messages).toBeNull();
  });

  it('the result of a tool', () => {
    const { tool, input, output } = read({
      'ai.toolCall.name': 'add',
      'ai.toolCall.id': 'c1',
      'ai.toolCall.args': '{"a":1}',
      'ai.toolCall.result': '3',
    });
    expect([tool, input!.text, output!.text]).toEqual([
      { name: 'add', callId: 'c1', arguments: { a: 1 }, result: 3 },
      '{"a":1}',
      '3',
    ]);
  });

  it('embeddings, one or several', () => {
    const numbers = (attributes: Record<string, AttributeValue>) =>
      read(attributes).embeddings.map((each) => [each.text, each.dimensions, each.vector()]);
    expect(numbers({ 'ai.value': '"fox"', 'ai.embedding': '[0.5,1]' })).toEqual([['fox', 2, [0.5, 1]]]);
    expect(numbers({ 'ai.values': ['"fox"', '"dog"'], 'ai.embeddings': ['[0.5,1]', 'broken'] })).toEqual([
      ['fox', 2, [0.5, 1]],
      ['dog', undefined, null],
    ]);
  });

  it('documents before and after a ranking, which names them by place', () => {
    expect(
      read({
        'ai.documents': ['"A"', '{"title":"B"}'],
        'ai.ranking': ['{"index":1,"relevanceScore":0.9}', '{"index":-1,"relevanceScore":0.1}', '7'],
      }).documents,
    ).toEqual({
      input: [{ content: 'A' }, { content: '{"title":"B"}' }],
      output: [
        { content: '{"title":"B"}', score: 0.9, scoreKind: 'relevance' },
        { score: 0.1, scoreKind: 'relevance' },
      ],
    });
  });
});
