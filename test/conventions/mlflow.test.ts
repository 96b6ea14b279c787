import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue } from '../../src/core.ts';

/** MLflow's attributes are JSON text, words included. */
const encoded = (attributes: Record<string, unknown>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`mlflow.${key}`, JSON.stringify(value)]));
const envelope = (attributes: Record<string, unknown>) => readEnvelope(encoded(attributes));
const read = (attributes: Record<string, unknown>) => readContent(new Map(Object.entries(encoded(attributes))), []);

describe('envelope', () => {
  it.each([
    ['LLM', 'llm'],
    ['CHAT_MODEL', 'llm'],
    ['CHAIN', 'chain'],
    ['AGENT', 'agent'],
    ['TOOL', 'tool'],
    ['RETRIEVER', 'retriever'],
    ['EMBEDDING', 'embedding'],
    ['RERANKER', 'reranker'],
    ['PARSER', 'parser'],
    ['MEMORY', 'memory'],
    ['WORKFLOW', 'chain'],
    ['UNKNOWN', 'span'],
    ['my own', 'span'],
  ])('a span of type %s is %s', (spanType, kind) => {
    expect(envelope({ spanType })).toMatchObject({ kind, rawKind: spanType });
  });

  it('reads words that are not encoded, too', () => {
    expect(readEnvelope({ 'mlflow.spanType': 'CHAIN', 'mlflow.llm.model': 'gpt-4o' })).toMatchObject({
      kind: 'chain',
      model: 'gpt-4o',
    });
  });

  it('model, provider, session, user and request', () => {
    expect(
      envelope({
        'llm.model': 'gpt-4o',
        'llm.provider': 'openai',
        'trace.session': 's',
        'trace.user': 'u',
        traceRequestId: 'tr-abc',
      }),
    ).toMatchObject({
      model: 'gpt-4o',
      provider: 'openai',
      sessionId: 's',
      userId: 'u',
      metadata: { 'mlflow.traceRequestId': 'tr-abc' },
    });
  });

  it('tokens and cost', () => {
    expect(
      envelope({
        'chat.tokenUsage': {
          input_tokens: 70,
          output_tokens: 30,
          total_tokens: 100,
          cache_read_input_tokens: 20,
          cache_creation_input_tokens: 5,
        },
      }).usage,
    ).toMatchObject({ input: 70, inputUncached: 45, cacheRead: 20, cacheWrite: 5, output: 30, total: 100 });
    expect(envelope({ 'llm.cost': { input_cost: 0.25, output_cost: 0.5, total_cost: 0.75 } }).cost).toMatchObject({
      total: 0.75,
      parts: { input: 0.25, output: 0.5 },
    });
    expect(readEnvelope({ 'mlflow.chat.tokenUsage': { input_tokens: 7 } }).usage).toMatchObject({ input: 7 });
  });

  it('leaves the sums of the whole trace alone', () => {
    expect(envelope({ 'trace.tokenUsage': { input_tokens: 70 }, 'trace.cost': { total_cost: 1 } })).toMatchObject({
      usage: null,
      cost: null,
    });
  });

  it.each([7, null, [], 'text', { input_tokens: {}, total_cost: [] }])('finds no amounts in %j', (value) => {
    expect(envelope({ 'chat.tokenUsage': value, 'llm.cost': value })).toMatchObject({ usage: null, cost: null });
  });
});

describe('content', () => {
  it('shows an encoded text as the text, and structure as it is', () => {
    expect(read({ spanInputs: { question: 'q' }, spanOutputs: 'the answer' })).toMatchObject({
      input: { text: '{"question":"q"}', mimeType: 'application/json' },
      output: { text: 'the answer', mimeType: 'text/plain' },
      messages: null,
    });
  });

  it('reads the request and the completion of a model', () => {
    const { messages, parameters, toolDefinitions } = read({
      spanType: 'CHAT_MODEL',
      spanInputs: { model: 'gpt-4o', temperature: 0.1, stream: true, messages: [{ role: 'user', content: 'Hi' }] },
      spanOutputs: { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] },
      'chat.tools': [{ type: 'function', function: { name: 'now', description: 'the time' } }],
    });
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }], finishReason: 'stop' }],
    });
    expect(parameters).toEqual({ temperature: 0.1, stream: true });
    expect(toolDefinitions).toEqual([{ name: 'now', description: 'the time' }]);
  });

  it('reads a tool', () => {
    expect(
      read({ spanType: 'TOOL', spanFunctionName: 'search', spanInputs: { q: 1 }, spanOutputs: 'found' }).tool,
    ).toEqual({ name: 'search', arguments: { q: 1 }, result: 'found' });
  });

  it('reads the documents of a retriever', () => {
    expect(
      read({
        spanType: 'RETRIEVER',
        spanInputs: { query: 'q' },
        spanOutputs: [{ page_content: 'c1', metadata: { doc_uri: 'u1' }, id: 'd1' }],
      }).documents,
    ).toEqual({ query: 'q', input: [], output: [{ id: 'd1', content: 'c1', metadata: { doc_uri: 'u1' } }] });
  });
});
