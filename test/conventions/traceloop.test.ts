import { describe, expect, it } from 'vitest';
import { kindEvent } from '../../src/adapters/content/recordedEvents.ts';
import { readTraces } from '../../src/adapters/readTraces.ts';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue, SpanEvent } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>, events: readonly SpanEvent[] = []) =>
  readContent(new Map(Object.entries(attributes)), events);

describe('the span of a decorated function', () => {
  it.each([
    ['workflow', 'chain'],
    ['task', 'chain'],
    ['agent', 'agent'],
    ['tool', 'tool'],
    ['session', 'span'],
    ['unknown', 'span'],
  ])('%s is a step of kind %s', (word, kind) => {
    expect(readEnvelope({ 'traceloop.span.kind': word, 'gen_ai.agent.name': 'planner' })).toMatchObject({
      kind,
      rawKind: word,
    });
  });

  it.each([
    ['get_stock.tool', 'get_stock'],
    ['get_stock', 'get_stock'],
    ['renamed by hand', 'renamed by hand'],
    ['get_stocks.tool', 'get_stocks.tool'],
  ])('%s is shown as %s', (name, shown) => {
    const attributes = [{ key: 'traceloop.entity.name', value: { stringValue: 'get_stock' } }];
    const set = readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: '0af7651916cd43dd8448eb211c80319c',
                  spanId: 'b7ad6b7169203331',
                  name,
                  startTimeUnixNano: '1',
                  endTimeUnixNano: '2',
                  attributes,
                },
              ],
            },
          ],
        },
      ],
    });
    expect(set.traces[0]!.span(0).name).toBe(shown);
  });

  it('tells session, user and metadata of its trace', () => {
    expect(
      readEnvelope({
        'traceloop.association.properties.session_id': 's',
        'traceloop.association.properties.chat_id': 'c',
        'traceloop.association.properties.user_id': 'u',
        'traceloop.association.properties.plan': 'family',
      }),
    ).toMatchObject({ sessionId: 's', userId: 'u', metadata: { plan: 'family' } });
    expect(readEnvelope({ 'traceloop.association.properties.chat_id': 'c' }).sessionId).toBe('c');
    const latitude = { 'latitude.tags': '["shop"]', 'latitude.metadata': '{"desk":"mugs"}' };
    expect(readEnvelope(latitude)).toMatchObject({ tags: ['shop'], metadata: { desk: 'mugs' } });
  });

  it('has input and output as recorded, and a tool its arguments', () => {
    const call = (input: string, kind = 'tool') =>
      read({
        'traceloop.span.kind': kind,
        'traceloop.entity.name': 'f',
        'traceloop.entity.input': input,
        'traceloop.entity.output': '{"price":12}',
      });
    expect([call('{"args":["ACME"],"kwargs":{}}').input!.text, call('{}').output!.json()]).toEqual([
      '{"args":["ACME"],"kwargs":{}}',
      { price: 12 },
    ]);
    expect(call('{"args":["ACME"],"kwargs":{}}').tool).toEqual({ name: 'f', arguments: 'ACME', result: { price: 12 } });
    expect(call('{"args":[],"kwargs":{"ticker":"ACME"}}').tool!.arguments).toEqual({ ticker: 'ACME' });
    expect(call('{"args":[1],"kwargs":{"ticker":"ACME"}}').tool!.arguments).toEqual({
      args: [1],
      kwargs: { ticker: 'ACME' },
    });
    expect(call('{"args":1}').tool!.arguments).toEqual({ args: 1 });
    expect(call('{}', 'task').tool).toBeNull();
  });

  it('names its prompt by key, with what was put in', () => {
    expect(
      read({
        'traceloop.prompt.key': 'greeting',
        'traceloop.prompt.version': 3,
        'traceloop.prompt.template_variables.name': 'Jo',
      }).promptTemplate,
    ).toEqual({ template: 'greeting', variables: { name: 'Jo' }, version: '3' });
    expect(
      read({ 'traceloop.prompt.template': 'Hi {name}', 'traceloop.prompt.template_variables': '{"name":"Jo"}' })
        .promptTemplate,
    ).toEqual({ template: 'Hi {name}', variables: { name: 'Jo' } });
  });
});

describe('the older span of a model call', () => {
  it.each([
    ['chat', 'llm'],
    ['completion', 'llm'],
    ['embedding', 'embedding'],
    ['rerank', 'reranker'],
    ['unknown', 'span'],
  ])('%s is a step of kind %s', (word, kind) => {
    expect(readEnvelope({ 'llm.request.type': word }).kind).toBe(kind);
  });

  it('counts tokens in words of its own', () => {
    expect(
      readEnvelope({
        'gen_ai.usage.prompt_tokens': 50,
        'gen_ai.usage.completion_tokens': 9,
        'llm.usage.total_tokens': 59,
        'gen_ai.usage.cache_read_input_tokens': 40,
        'llm.usage.reasoning_tokens': 4,
      }).usage,
    ).toMatchObject({ input: 50, inputUncached: 10, cacheRead: 40, output: 9, outputText: 5, reasoning: 4, total: 59 });
  });

  it('has flattened messages with calls of tools', () => {
    const { messages } = read({
      'gen_ai.prompt.10.role': 'user',
      'gen_ai.prompt.10.content': 'Thanks',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'You quote stocks.',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': '[{"type":"text","text":"Price of ACME?"}]',
      'gen_ai.prompt.2.role': 'assistant',
      'gen_ai.prompt.2.content': 'null',
      'gen_ai.prompt.2.tool_calls.0.id': 'c1',
      'gen_ai.prompt.2.tool_calls.0.name': 'get_stock',
      'gen_ai.prompt.2.tool_calls.0.arguments': '{"ticker":"ACME"}',
      'gen_ai.prompt.3.role': 'tool',
      'gen_ai.prompt.3.tool_call_id': 'c1',
      'gen_ai.prompt.3.content': '[{"type":"quote","price":12}]',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': '',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.function_call.name': 'f',
      'gen_ai.completion.0.function_call.arguments': '{}',
    });
    expect(messages).toEqual({
      input: [
        { role: 'system', parts: [{ type: 'text', text: 'You quote stocks.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Price of ACME?' }] },
        {
          role: 'assistant',
          parts: [{ type: 'toolCall', id: 'c1', name: 'get_stock', arguments: { ticker: 'ACME' } }],
        },
        { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: [{ type: 'quote', price: 12 }] }] },
        { role: 'user', parts: [{ type: 'text', text: 'Thanks' }] },
      ],
      output: [
        { role: 'assistant', finishReason: 'tool_calls', parts: [{ type: 'toolCall', name: 'f', arguments: {} }] },
      ],
    });
  });

  it('has flattened tools, whose schema JS calls arguments', () => {
    expect(
      read({
        'llm.request.functions.0.name': 'f',
        'llm.request.functions.0.description': 'd',
        'llm.request.functions.0.arguments': '{"type":"object"}',
        'llm.request.functions.1.name': 'g',
        'llm.request.functions.1.parameters': '{"x":1}',
      }).toolDefinitions,
    ).toEqual([
      { name: 'f', description: 'd', parameters: { type: 'object' } },
      { name: 'g', parameters: { x: 1 } },
    ]);
  });

  it('has parameters under llm', () => {
    expect(read({ 'llm.is_streaming': true, 'llm.top_k': 4, 'llm.headers': 'authorization: x' }).parameters).toEqual({
      stream: true,
      top_k: 4,
    });
  });
});

describe('a vector search', () => {
  const found = (name: string, fields: Record<string, AttributeValue>): SpanEvent => ({
    name,
    time: 0,
    attributes: new Map(Object.entries(fields).map(([field, value]) => [`${name}.${field}`, value])),
  });

  it('has one event for each document, similar or near', () => {
    expect(
      read({}, [
        found('db.query.result', {
          id: 'r1',
          score: 0.91,
          distance: null,
          document: 'Lentil dal',
          metadata: '{"minutes":25}',
        }),
        found('db.search.result', { id: 7, distance: '0.2', entity: { title: 'Soup' } }),
        found('db.query.embeddings', { vector: '[1]' }),
      ]).documents,
    ).toEqual({
      input: [],
      output: [
        { id: 'r1', content: 'Lentil dal', score: 0.91, scoreKind: 'similarity', metadata: { minutes: 25 } },
        { id: '7', content: '{"title":"Soup"}', score: 0.2, scoreKind: 'distance' },
      ],
    });
  });

  it('may have its results flattened on the span', () => {
    expect(
      read({ 'db.vector.query.result.0.id': 'a', 'db.vector.query.result.0.score': 0.5 }).documents!.output,
    ).toEqual([{ id: 'a', score: 0.5, scoreKind: 'similarity' }]);
  });

  it('is a retriever by its events, or by the store', () => {
    expect(kindEvent([{ name: 'db.query.result' }])).toBe('retriever');
    expect([readEnvelope({ 'db.system': 'Pinecone' }).kind, readEnvelope({ 'db.system': 'postgresql' }).kind]).toEqual([
      'retriever',
      'db',
    ]);
  });
});

it('a guardrail has its kind, what it looked at and what it found', () => {
  const attributes = {
    'gen_ai.guardrail.name': 'pii',
    'gen_ai.guardrail.input': '"a@b.c"',
    'gen_ai.guardrail.output': '{"pass":false}',
  };
  expect([readEnvelope(attributes).kind, read(attributes).input!.json(), read(attributes).output!.json()]).toEqual([
    'guardrail',
    'a@b.c',
    { pass: false },
  ]);
});
