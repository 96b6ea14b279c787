import { describe, expect, it } from 'vitest';
import { usageDetails } from '../../src/conventions/dialects/langfuseUsage.ts';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import { readTraces, type AttributeValue } from '../../src/core.ts';
import { documentOf } from '../model/anyForest.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);
const usage = (details: object | string) =>
  readEnvelope({
    'langfuse.observation.usage_details': typeof details === 'string' ? details : JSON.stringify(details),
  }).usage;
const cost = (details: object) => readEnvelope({ 'langfuse.observation.cost_details': JSON.stringify(details) }).cost;
const kind = (type: AttributeValue, beside: object = {}) =>
  readEnvelope({ 'langfuse.observation.type': type, ...beside }).kind;
const status = (code: number, level: string) =>
  readTraces(
    documentOf([
      {
        traceId: 'a1',
        spanId: 'b1',
        startTimeUnixNano: '1',
        endTimeUnixNano: '2',
        status: { code },
        attributes: { 'langfuse.observation.level': level, 'langfuse.observation.status_message': 'SMTP 550 rejected' },
      },
    ]),
  ).traces[0]!.span(0);

describe('kind', () => {
  it.each([
    ['generation', 'llm'],
    ['embedding', 'embedding'],
    ['agent', 'agent'],
    ['TOOL', 'tool'],
    ['retriever', 'retriever'],
    ['guardrail', 'guardrail'],
    ['evaluator', 'evaluator'],
    ['event', 'event'],
  ])('of the type %s is %s', (type, expected) => {
    expect(kind(type)).toBe(expected);
  });

  it('is before all others, except that `span` leaves it to them', () => {
    expect(kind('chain', { 'openinference.span.kind': 'LLM' })).toBe('chain');
    expect(kind('span', { 'openinference.span.kind': 'LLM' })).toBe('llm');
    expect(kind('span')).toBe('span');
  });
});

describe('level', () => {
  it('is an error or a warning that OpenTelemetry’s status does not show', () => {
    expect(status(0, 'ERROR')).toMatchObject({ status: 'error', statusMessage: 'SMTP 550 rejected' });
    expect(status(0, 'WARNING').status).toBe('warning');
    expect(status(1, 'WARNING').status).toBe('warning');
  });

  it('of other sorts leaves the status alone, and no level hides an error', () => {
    expect([
      status(0, 'DEFAULT').status,
      status(1, 'DEBUG').status,
      status(2, 'DEFAULT').status,
      status(2, 'WARNING').status,
    ]).toEqual(['unset', 'ok', 'error', 'error']);
  });
});

describe('usage_details', () => {
  it('are disjoint: the total of all keys says so', () => {
    expect(usage({ input: 86, input_cached_tokens: 17_817, output: 40, total: 17_943 })).toMatchObject({
      input: 17_903,
      inputUncached: 86,
      cacheRead: 17_817,
      output: 40,
      total: 17_943,
    });
  });

  it('are disjoint where no total says otherwise', () => {
    expect(
      usage({
        input: 3,
        cache_read_input_tokens: 5000,
        cache_creation_input_tokens: 200,
        output: 50,
        output_reasoning_tokens: 30,
      }),
    ).toMatchObject({
      input: 5203,
      inputUncached: 3,
      cacheRead: 5000,
      cacheWrite: 200,
      output: 80,
      outputText: 50,
      reasoning: 30,
      total: 5283,
    });
  });

  it('hold cached tokens twice where the total is input and output alone', () => {
    // langfuse 10592: the integration copied OpenAI's prompt tokens into `input`.
    expect(usage({ input: 17_903, input_cached_tokens: 17_817, output: 40, total: 17_943 })).toMatchObject({
      input: 17_903,
      inputUncached: 86,
      cacheRead: 17_817,
      total: 17_943,
    });
  });

  it('may have the shape of OpenAI, where details are part of the sums', () => {
    expect(
      usage({
        prompt_tokens: 100,
        completion_tokens: 20,
        prompt_tokens_details: { cached_tokens: 64, audio_tokens: 6 },
        completion_tokens_details: { reasoning_tokens: 5 },
      }),
    ).toMatchObject({
      input: 100,
      inputUncached: 30,
      cacheRead: 64,
      audioInput: 6,
      output: 20,
      outputText: 15,
      reasoning: 5,
      total: 120,
    });
  });

  it('keep keys that are free, which are part of the total', () => {
    expect(usage({ input: 10, output: 5, image_tiles: 4 })).toMatchObject({
      input: 10,
      output: 5,
      total: 19,
      other: { image_tiles: 4 },
    });
  });

  it.each([{}, [], 'no json', '7', { input: 'many', total: null }])('say nothing in %j', (details) => {
    expect(usage(details)).toBeNull();
  });
});

describe('cost_details', () => {
  it('have a total, or are added up', () => {
    expect(cost({ input: 0.5, output: 0.25, total: 0.8 })).toMatchObject({
      total: 0.8,
      parts: { input: 0.5, output: 0.25 },
    });
    expect(cost({ input: '0.5', input_cached_tokens: 0.25 })).toMatchObject({
      total: 0.75,
      parts: { input: 0.5, input_cached_tokens: 0.25 },
    });
    expect(cost({})).toBeNull();
  });
});

describe('the rest of a span', () => {
  it('the first token arrives at a time in JSON', () => {
    const [trace] = readTraces(
      documentOf([
        {
          traceId: 'a1',
          spanId: 'b1',
          startTimeUnixNano: '1795353752642000000',
          endTimeUnixNano: '1795353752662979729',
          attributes: {
            'langfuse.observation.type': 'generation',
            'langfuse.observation.completion_start_time': '"2026-11-22T13:22:32.645Z"',
          },
        },
      ]),
    ).traces;
    expect(trace!.span(0).firstToken).toBe(3_000_000);
  });

  it('input and output are messages where they are a chat', () => {
    expect(
      read({
        'langfuse.observation.input': '[{"role":"user","content":"Refund?"}]',
        'langfuse.observation.output': '{"role":"assistant","content":"30 days."}',
      }),
    ).toMatchObject({
      input: { text: '[{"role":"user","content":"Refund?"}]', mimeType: 'application/json' },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', text: 'Refund?' }] }],
        output: [{ role: 'assistant', parts: [{ type: 'text', text: '30 days.' }] }],
      },
    });
    expect(
      read({ 'langfuse.observation.input': '{"ticket":42}', 'langfuse.observation.output': 'sent' }),
    ).toMatchObject({ messages: null, output: { text: 'sent', mimeType: 'text/plain' } });
  });

  it('model, parameters and prompt', () => {
    expect(readEnvelope({ 'langfuse.observation.model.name': 'gpt-4o' }).model).toBe('gpt-4o');
    expect(
      read({
        'langfuse.observation.model.parameters': '{"temperature":0.1}',
        'langfuse.observation.prompt.name': 'refund',
        'langfuse.observation.prompt.version': 4,
      }),
    ).toMatchObject({
      parameters: { temperature: 0.1 },
      promptTemplate: { template: 'refund', version: '4' },
    });
  });

  it('documents of a retriever', () => {
    expect(
      read({
        'langfuse.observation.type': 'retriever',
        'langfuse.observation.input': 'refund',
        'langfuse.observation.output': '[{"id":"kb1","text":"30 days"}]',
      }).documents,
    ).toEqual({ query: 'refund', input: [], output: [{ id: 'kb1', content: '30 days' }] });
  });
});

describe('messages and tools in the forms that exports have', () => {
  const input = (value: unknown) =>
    read({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.input': typeof value === 'string' ? value : JSON.stringify(value),
    });
  const output = (value: unknown, beside: Record<string, AttributeValue> = {}) =>
    read({ 'langfuse.observation.type': 'generation', 'langfuse.observation.output': JSON.stringify(value), ...beside })
      .messages?.output;
  const call = { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } };

  it('text in text is opened where it holds structure', () => {
    expect(input(JSON.stringify(JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }] })))).toMatchObject({
      input: { text: '{"messages":[{"role":"user","content":"Hi"}]}', mimeType: 'application/json' },
      messages: { input: [{ role: 'user' }] },
    });
    expect(input('"Hello"').input).toMatchObject({ text: '"Hello"' });
    expect(input('"[1"').input).toMatchObject({ text: '[1', mimeType: 'text/plain' });
  });

  it('a prompt of the AI SDK, of a model call only', () => {
    expect(input({ system: 'Be brief.', prompt: 'Hi' }).messages?.input).toMatchObject([
      { role: 'system', parts: [{ text: 'Be brief.' }] },
      { role: 'user', parts: [{ text: 'Hi' }] },
    ]);
    expect(input({ prompt: [{ role: 'user', content: 'Hi' }] }).messages?.input).toMatchObject([{ role: 'user' }]);
    expect(
      read({ 'langfuse.observation.type': 'span', 'langfuse.observation.input': '{"prompt":"Hi"}' }).messages,
    ).toBeNull();
  });

  it('calls of the AI SDK, of LangChain, and recorded apart', () => {
    expect(output([{ toolCallId: 'c1', toolName: 'search', input: '{"q":1}' }])).toEqual([
      { role: 'assistant', parts: [call] },
    ]);
    expect(
      output({
        role: 'assistant',
        content: '',
        additional_kwargs: {
          tool_calls: [{ id: 'c1', function: { name: 'search', arguments: '{"q":1}' }, type: 'function' }],
          refusal: null,
        },
      }),
    ).toEqual([{ role: 'assistant', parts: [call] }]);
    expect(
      output('Wait.', { 'langfuse.observation.tool_calls': ['{"id":"c1","name":"search","arguments":"{\\"q\\":1}"}'] }),
    ).toEqual([{ role: 'assistant', parts: [{ type: 'text', text: 'Wait.' }, call] }]);
  });

  it('definitions of tools stand apart, beside the messages, or among them', () => {
    const definition = {
      type: 'function',
      function: { name: 'search', description: 'Finds.', parameters: { type: 'object' } },
    };
    const expected = [{ name: 'search', description: 'Finds.', parameters: { type: 'object' } }];
    expect(input({ messages: [{ role: 'user', content: 'Hi' }], tools: [definition] }).toolDefinitions).toEqual(
      expected,
    );
    const among = input([
      { role: 'user', content: 'Hi' },
      { role: 'tool', content: definition },
    ]);
    expect(among.toolDefinitions).toEqual(expected);
    expect(among.messages?.input).toHaveLength(1);
    expect(read({ 'langfuse.observation.tool_definitions': [definition] }).toolDefinitions).toEqual(expected);
    expect(
      read({
        'langfuse.observation.tool_definitions': { search: { description: 'Finds.', parameters: { type: 'object' } } },
      }).toolDefinitions,
    ).toEqual(expected);
  });

  it('parameters are those that are set', () => {
    expect(
      read({ 'langfuse.observation.model.parameters': { temperature: 0, stop: null, user: '' } }).parameters,
    ).toEqual({ temperature: 0 });
  });

  it('a tool has a name, its own or that of the record', () => {
    const about = {
      'langfuse.observation.type': 'tool',
      'langfuse.observation.input': '{"q":1}',
      'langfuse.observation.output': 'found',
    };
    expect(read({ ...about, 'langfuse.observation.name': 'search' }).tool).toEqual({
      name: 'search',
      arguments: { q: 1 },
      result: 'found',
    });
    expect(
      read({
        ...about,
        'langfuse.observation.name': 'running tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.call.id': 'c1',
      }).tool,
    ).toMatchObject({ name: 'search', callId: 'c1' });
  });

  it('the first token may come after so many seconds', () => {
    expect(readEnvelope({ 'langfuse.observation.time_to_first_token': 0.25 }).firstTokenSeconds).toBe(0.25);
  });
});

describe('what is said of the trace', () => {
  it('names, tags and metadata, whole and by key', () => {
    expect(
      readEnvelope({
        'langfuse.trace.name': 'support',
        'langfuse.trace.tags': ['a'],
        'langfuse.trace.metadata': '{"plan":"team","tier":"old"}',
        'langfuse.trace.metadata.tier': 'gold',
      }),
    ).toMatchObject({
      traceName: 'support',
      tags: ['a'],
      metadata: { plan: 'team', tier: 'gold' },
    });
  });

  it('sessions and users under old and new names', () => {
    expect(readEnvelope({ 'session.id': 's', 'user.id': 'u' })).toMatchObject({ sessionId: 's', userId: 'u' });
    expect(readEnvelope({ 'langfuse.session.id': 's', 'langfuse.user.id': 'u' })).toMatchObject({
      sessionId: 's',
      userId: 'u',
    });
  });

  it('keeps hostile keys ordinary', () => {
    const { metadata } = readEnvelope(
      JSON.parse('{"langfuse.trace.metadata.__proto__":"x","langfuse.trace.metadata.":"y"}') as object,
    );
    expect(Object.entries(metadata!)).toEqual([
      ['__proto__', 'x'],
      ['', 'y'],
    ]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('usage_details of producers that disagree', () => {
  it.each([
    [
      'two names for one bucket',
      { input: 10, output: 5, total: 15, input_tokens: 10, output_tokens: 5, total_tokens: 15 },
      { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    ],
    [
      'two names for the cache',
      { input: 100, output: 5, total: 105, input_cached_tokens: 60, cache_read_input_tokens: 60 },
      { inputTokens: 100, cacheRead: 60, totalTokens: 105 },
    ],
    [
      'cached inside, reasoning beside',
      { input: 100, input_cached_tokens: 60, output: 5, output_reasoning_tokens: 2, total: 107 },
      { inputTokens: 100, outputTokens: 7, totalTokens: 107 },
    ],
    [
      'cached beside, reasoning inside',
      { input: 40, input_cached_tokens: 60, output: 20, output_reasoning_tokens: 5, total: 120 },
      { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
    ],
    [
      'all disjoint',
      { input: 40, input_cached_tokens: 60, output: 20, output_reasoning_tokens: 5, total: 125 },
      { inputTokens: 100, outputTokens: 25, totalTokens: 125 },
    ],
    [
      'a total that fits nothing',
      { input: 40, output: 20, total: 99 },
      { inputTokens: 40, outputTokens: 20, totalTokens: 99 },
    ],
    [
      'camel case',
      { promptTokens: 10, completionTokens: 5, totalTokens: 15 },
      { inputTokens: 10, outputTokens: 5, totalTokens: 15, otherTokens: {} },
    ],
  ])('%s', (_, details, expected) => {
    expect(usageDetails(details)).toMatchObject(expected);
  });
});
