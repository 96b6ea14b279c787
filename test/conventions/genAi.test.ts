import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readScores } from '../../src/conventions/readScores.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue, SpanEvent } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>, events: readonly SpanEvent[] = []) =>
  readContent(new Map(Object.entries(attributes)), events);
const inputOf = (value: unknown) => read({ 'gen_ai.input.messages': JSON.stringify(value) }).messages?.input;
const usageOf = (attributes: Record<string, AttributeValue>) => readEnvelope(attributes).usage;

describe('messages', () => {
  it('may be structured attributes instead of text', () => {
    expect(
      read({ 'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }] }).messages!.input,
    ).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]);
  });

  it('begin with the system instructions', () => {
    expect(
      read({
        'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
        'gen_ai.input.messages': '[{"role":"user","parts":[]}]',
      }).messages!.input,
    ).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [] },
    ]);
    expect(read({ 'gen_ai.system_instructions': 'Be brief.' }).messages).toEqual({
      input: [{ role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] }],
      output: [],
    });
  });

  it('have the system instructions once where the messages begin with them', () => {
    const system = { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] };
    const asked = (messages: object[]) =>
      read({
        'gen_ai.system_instructions': 'Be brief.',
        'gen_ai.input.messages': JSON.stringify(messages),
      }).messages!.input.map(({ role }) => role);
    expect(asked([system, { role: 'user', parts: [] }])).toEqual(['system', 'user']);
    expect(asked([{ ...system, parts: [{ type: 'text', content: 'Be kind.' }] }])).toEqual(['system', 'system']);
    expect(asked([{ ...system, parts: [] }])).toEqual(['system', 'system']);
    expect(asked([{ ...system, role: 'user' }])).toEqual(['system', 'user']);
  });

  it('keep ten and more in order', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ role: 'user', parts: [{ type: 'text', content: `m${i}` }] }));
    expect(inputOf(many)!.map(({ parts: [part] }) => part!.type === 'text' && part!.text)).toEqual(
      many.map((_, i) => `m${i}`),
    );
  });

  it('say why the model stopped, once per choice or in one word', () => {
    const answered = (reasons: AttributeValue, messages: object[]) =>
      read({
        'gen_ai.response.finish_reasons': reasons,
        'gen_ai.output.messages': JSON.stringify(messages),
      }).messages!.output.map(({ finishReason }) => finishReason);
    const message = { role: 'assistant', parts: [] };
    expect(answered(['stop', 'length'], [message, message])).toEqual(['stop', 'length']);
    expect(answered('["stop"]', [message, message])).toEqual([undefined, 'stop']);
    expect(answered('tool-calls', [message])).toEqual(['tool-calls']);
    expect(answered(['stop'], [{ ...message, finish_reason: 'end_turn' }])).toEqual(['end_turn']);
    expect(answered([{ toString: 1 }], [message])).toEqual([undefined]);
  });

  it('are taken apart where all of them are the one text that a user said', () => {
    // @traceloop/instrumentation-openai 0.27, a call of the Responses API.
    const said = (text: string, role = 'user') =>
      inputOf([{ role, parts: [{ type: 'text', content: text }] }])!.map(({ role: who, parts }) => [
        who,
        parts[0]!.type,
      ]);
    const items = [
      { role: 'user', content: 'How many mugs?' },
      { type: 'function_call', call_id: 'call_1', name: 'stock', arguments: '{"sku":"mug"}' },
      { type: 'function_call_output', call_id: 'call_1', output: '{"left":3}' },
    ];
    expect(said(JSON.stringify(items))).toEqual([
      ['user', 'text'],
      ['assistant', 'toolCall'],
      ['tool', 'toolResult'],
    ]);
    expect(said('[{"mug":3}]')).toEqual([['user', 'text']]);
    expect(said(JSON.stringify(items), 'assistant')).toEqual([['assistant', 'text']]);
  });

  it('have all items of a stream whose answer comes in several events', () => {
    // @opentelemetry/instrumentation-openai 0.22, a stream of the Responses API: a record for each item.
    const event = (parts: object[]): SpanEvent => ({
      name: 'gen_ai.client.inference.operation.details',
      time: 0,
      attributes: new Map<string, AttributeValue>([
        ['gen_ai.output.messages', [{ role: 'assistant', parts, finish_reason: 'stop' }] as unknown as AttributeValue],
      ]),
    });
    const thought = event([{ type: 'reasoning', text: 'Look it up.' }]);
    const call = event([{ type: 'tool_call', call_id: 'call_1', name: 'stock', arguments: '{}' }]);
    const parts = (events: SpanEvent[], own = {}) =>
      read({ 'gen_ai.operation.name': 'chat', ...own }, events).messages?.output.map(({ parts: [part] }) => part?.type);
    expect(parts([thought, call])).toEqual(['reasoning', 'toolCall']);
    expect(parts([thought, call, thought])).toEqual(['reasoning', 'toolCall']);
    expect(parts([thought, call], { 'gen_ai.output.messages': 'Three.' })).toEqual(['text']);
  });

  it('come from the event of details where the span has none', () => {
    const details: SpanEvent = {
      name: 'gen_ai.client.inference.operation.details',
      time: 0,
      attributes: new Map<string, AttributeValue>([
        ['gen_ai.input.messages', [{ role: 'user', parts: [{ type: 'text', content: 'of the event' }] }]],
        ['gen_ai.output.messages', [{ role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] }]],
        ['gen_ai.request.temperature', 1],
      ]),
    };
    const { messages, parameters } = read(
      { 'gen_ai.input.messages': '[{"role":"user","content":"of the span"}]', 'gen_ai.request.temperature': 0.5 },
      [details],
    );
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'of the span' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
    });
    expect(parameters).toEqual({ temperature: 0.5 });
  });

  it('of two dialects are never joined', () => {
    expect(
      read({
        'llm.input_messages.0.message.content': 'A',
        'gen_ai.input.messages': '[{"role":"user","content":"B"}]',
        'gen_ai.output.messages': '[{"role":"assistant","content":"C"}]',
      }).messages,
    ).toEqual({
      input: [{ role: 'unknown', parts: [{ type: 'text', text: 'A' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'C' }] }],
    });
  });
});

describe('kind', () => {
  it.each([
    ['generate_content', 'llm'],
    ['embeddings', 'embedding'],
    ['retrieval', 'retriever'],
    ['rerank', 'reranker'],
    ['execute_tool', 'tool'],
    ['invoke_agent', 'agent'],
    ['invoke_workflow', 'chain'],
    ['plan', 'chain'],
    ['search_memory', 'memory'],
    ['delete_memory_store', 'memory'],
    ['agent_step', 'chain'],
    ['guard', 'guardrail'],
  ])('%s is a step of kind %s', (operation, kind) => {
    expect(readEnvelope({ 'gen_ai.operation.name': operation }).kind).toBe(kind);
  });

  it.each([
    ['an agent by its name alone', { 'gen_ai.agent.name': 'planner', 'gen_ai.request.model': 'm' }, 'agent'],
    [
      'a model call, by a model and tokens of its own, before it is an agent',
      { 'gen_ai.agent.name': 'planner', 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 },
      'llm',
    ],
    [
      'not an agent where an operation is named, even one that is not known',
      { 'gen_ai.agent.name': 'planner', 'gen_ai.operation.name': 'ai.transcribe' },
      'span',
    ],
    [
      'not an agent inside a workflow, where every span names its agent',
      { 'gen_ai.agent.name': 'planner', 'traceloop.workflow.name': 'plan' },
      'span',
    ],
    [
      'an HTTP request of such an agent',
      { 'gen_ai.agent.name': 'planner', 'traceloop.workflow.name': 'plan', 'http.method': 'GET' },
      'http',
    ],
    [
      'a model call though it did HTTP',
      { 'http.request.method': 'POST', 'gen_ai.request.model': 'm', 'gen_ai.usage.output_tokens': 5 },
      'llm',
    ],
    ['a tool call over MCP', { 'mcp.method.name': 'tools/call', 'rpc.system': 'jsonrpc' }, 'tool'],
    ['another request of MCP', { 'mcp.method.name': 'initialize', 'rpc.system': 'jsonrpc' }, 'rpc'],
  ])('is %s', (_, attributes, kind) => {
    expect(readEnvelope(attributes).kind).toBe(kind);
  });
});

describe('tokens', () => {
  // Published figures of prompt caching.
  it.each([
    [17_903, 17_817, 86],
    [117_231, 115_584, 1_647],
  ])('%d of input with %d cached leave %d', (input, cached, uncached) => {
    expect(
      usageOf({ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.cache_read.input_tokens': cached }),
    ).toMatchObject({ input, cacheRead: cached, inputUncached: uncached });
  });

  it('of Anthropic as it counts itself, without the cache, are added up', () => {
    expect(
      usageOf({
        'gen_ai.usage.input_tokens': 86,
        'gen_ai.usage.cache_read_input_tokens': 17_817,
        'gen_ai.usage.cache_creation_input_tokens': 100,
        'gen_ai.usage.output_tokens': 9,
      }),
    ).toMatchObject({ input: 18_003, inputUncached: 86, cacheRead: 17_817, cacheWrite: 100, total: 18_012 });
  });

  it.each([
    [
      'OpenTelemetry',
      {
        'gen_ai.usage.cache_creation.input_tokens': 10,
        'gen_ai.usage.cache_read.input_tokens': 60,
        'gen_ai.usage.reasoning.output_tokens': 20,
      },
    ],
    [
      'Traceloop',
      {
        'gen_ai.usage.cache_creation_input_tokens': 10,
        'gen_ai.usage.cache_read_input_tokens': 60,
        'gen_ai.usage.reasoning_tokens': 20,
      },
    ],
    [
      'Pydantic AI',
      {
        'gen_ai.usage.details.cache_write_tokens': 10,
        'gen_ai.usage.details.cache_read_tokens': 60,
        'gen_ai.usage.details.reasoning_tokens': 20,
      },
    ],
    [
      'LangSmith',
      {
        'gen_ai.usage.input_token_details': '{"cache_read":60,"cache_creation":10}',
        'gen_ai.usage.output_token_details': '{"reasoning":20}',
      },
    ],
  ])('have details in the words of %s', (_, details) => {
    expect(usageOf({ 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': '50', ...details })).toMatchObject(
      {
        input: 100,
        inputUncached: 30,
        cacheWrite: 10,
        cacheRead: 60,
        output: 50,
        outputText: 30,
        reasoning: 20,
        total: 150,
      },
    );
  });

  it('of several modalities stand apart', () => {
    expect(
      usageOf({
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.audio.input_tokens': 10,
        'gen_ai.usage.image.input_tokens': 40,
        'gen_ai.usage.video.input_tokens': 20,
        'gen_ai.usage.audio.output_tokens': 3,
        'gen_ai.usage.output_tokens': 5,
      }),
    ).toMatchObject({
      input: 100,
      audioInput: 10,
      inputUncached: 90,
      audioOutput: 3,
      outputText: 2,
      other: { imageInput: 40, videoInput: 20 },
    });
  });

  it('that are no numbers are unknown', () => {
    expect(
      usageOf({
        'gen_ai.usage.input_tokens': { constructor: 1 },
        'gen_ai.usage.input_token_details': ['x'],
        'gen_ai.usage.output_token_details': '{broken',
      }),
    ).toBeNull();
  });
});

describe('the rest of a span', () => {
  it('parameters of the request, not the model', () => {
    expect(
      read({
        'gen_ai.request.model': 'm',
        'gen_ai.request.temperature': 0.2,
        'gen_ai.request.stop_sequences': ['x'],
        'gen_ai.openai.request.seed': 7,
        'openai.request.service_tier': 'flex',
        'gen_ai.output.type': 'json',
      }).parameters,
    ).toEqual({ temperature: 0.2, stop_sequences: ['x'], seed: 7, service_tier: 'flex', 'output.type': 'json' });
  });

  it('tool definitions in three shapes, and a tool of the provider', () => {
    expect(
      read({
        'gen_ai.tool.definitions': JSON.stringify([
          { type: 'function', name: 'a', parameters: { x: 1 } },
          { type: 'function', function: { name: 'b', description: 'd' } },
          { name: 'c', inputSchema: { y: 1 } },
          { type: 'web_search' },
          7,
        ]),
      }).toolDefinitions,
    ).toEqual([
      { name: 'a', parameters: { x: 1 } },
      { name: 'b', description: 'd' },
      { name: 'c', parameters: { y: 1 } },
      { name: 'web_search' },
    ]);
  });

  it('no tool on the call of a model, where OpenLIT names what that asked for', () => {
    const named = { 'gen_ai.tool.name': 'stock, price', 'gen_ai.tool.call.id': 'call_1, call_2' };
    expect(read({ 'gen_ai.operation.name': 'chat', ...named }).tool).toBeNull();
    expect(readEnvelope({ 'gen_ai.operation.name': 'chat', ...named }).kind).toBe('llm');
    expect(read({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'stock' }).tool!.name).toBe('stock');
  });

  it('a tool call with arguments and result', () => {
    expect(
      read({
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.call.id': 'c1',
        'gen_ai.tool.call.arguments': '{"q":1}',
        'gen_ai.tool.call.result': 'found',
      }).tool,
    ).toEqual({ name: 'search', callId: 'c1', arguments: { q: 1 }, result: 'found' });
  });

  it('documents that were retrieved', () => {
    expect(
      read({ 'gen_ai.retrieval.query.text': 'q', 'gen_ai.retrieval.documents': '[{"id":"a","score":0.5,"page":3},7]' })
        .documents,
    ).toEqual({
      query: 'q',
      input: [],
      output: [{ id: 'a', score: 0.5, scoreKind: 'relevance', metadata: { page: 3 } }],
    });
  });

  it('what was found in a memory', () => {
    expect(
      read({
        'gen_ai.memory.query.text': 'diet',
        'gen_ai.memory.records': [
          { id: 'm1', content: 'vegetarian', score: 0.5, metadata: { source: 'chat' } },
          { content: { likes: 'lentils' } },
        ],
      }).documents,
    ).toEqual({
      query: 'diet',
      input: [],
      output: [
        { id: 'm1', content: 'vegetarian', score: 0.5, scoreKind: 'relevance', metadata: { source: 'chat' } },
        { content: '{"likes":"lentils"}' },
      ],
    });
  });

  it('the size of embeddings, whose numbers are not recorded', () => {
    const [embedding] = read({ 'gen_ai.embeddings.dimension.count': 512 }).embeddings;
    expect([embedding!.dimensions, embedding!.vector()]).toEqual([512, null]);
  });

  it('scores out of events of evaluation', () => {
    const event = {
      name: 'gen_ai.evaluation.result',
      time: 0,
      attributes: new Map<string, AttributeValue>([
        ['gen_ai.evaluation.name', 'faithful'],
        ['gen_ai.evaluation.score.value', 0.75],
        ['gen_ai.evaluation.score.label', 'pass'],
      ]),
    };
    expect(readScores(new Map(), [event, { ...event, name: 'other' }])).toEqual([
      { name: 'faithful', value: 0.75, label: 'pass', comment: null, source: 'unknown' },
    ]);
  });
});

it('shows messages that a limit on attributes has cut off as the text they are', () => {
  const text = '[{"role":"user","parts":[{"type":"text","content":"hel';
  const { messages, input } = readContent(new Map([['gen_ai.input.messages', text]]), []);
  expect(messages).toBeNull();
  expect(input!.text).toBe(text);
});
