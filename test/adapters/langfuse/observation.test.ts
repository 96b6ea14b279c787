import { describe, expect, it } from 'vitest';
import { at, contentOf, observation, only, outline, read, TRACE } from './read.ts';

const amounts = (more: object) => {
  const { usage, cost } = only({ type: 'GENERATION', ...more });
  return { tokens: usage && [usage.input, usage.output, usage.total], cost: cost?.total ?? null };
};

describe('type', () => {
  it.each([
    ['GENERATION', 'llm'],
    ['EMBEDDING', 'embedding'],
    ['AGENT', 'agent'],
    ['TOOL', 'tool'],
    ['CHAIN', 'chain'],
    ['RETRIEVER', 'retriever'],
    ['EVALUATOR', 'evaluator'],
    ['GUARDRAIL', 'guardrail'],
    ['EVENT', 'event'],
    ['SPAN', 'span'],
  ])('%s is %s', (type, kind) => {
    expect(only({ type })).toMatchObject({ kind, rawKind: type.toLowerCase() });
  });
});

describe('level', () => {
  it('is a status, but for DEBUG', () => {
    expect(only({ level: 'ERROR', statusMessage: 'SMTP 550' })).toMatchObject({
      status: 'error',
      statusMessage: 'SMTP 550',
    });
    expect(only({ level: 'WARNING' }).status).toBe('warning');
    expect(only({ level: 'DEFAULT' }).status).toBe('unset');
    const debug = only({ level: 'DEBUG' });
    expect(debug.status).toBe('unset');
    expect(contentOf(debug).attributes.get('langfuse.observation.level')).toBe('DEBUG');
  });
});

describe('times', () => {
  it('are those of start and end, whatever the latency says', () => {
    expect(
      only({ startTime: '2026-09-21T14:00:00.000001Z', endTime: '2026-09-21T14:00:00.645002Z', latency: 645 }),
    ).toMatchObject({ duration: 645_001_000 });
  });

  it('without an end it runs, but an event never does', () => {
    expect(only({ endTime: null })).toMatchObject({ status: 'running' });
    expect(only({ type: 'EVENT', endTime: null })).toMatchObject({ status: 'unset', duration: 0 });
  });

  it('the first token comes at a moment, or after seconds', () => {
    expect(only({ completionStartTime: at(30), timeToFirstToken: 9 }).firstToken).toBe(30e6);
    expect(only({ completionStartTime: null, timeToFirstToken: 0.25 }).firstToken).toBe(250e6);
    expect(only({ completionStartTime: null, timeToFirstToken: null }).firstToken).toBeNaN();
  });

  it('that are none are reported', () => {
    expect(only({ startTime: 'soon' }).diagnostics.map(({ code }) => code)).toContain('bad-timestamp');
  });
});

describe('parents', () => {
  it('may be outside', () => {
    expect(only({ parentObservationId: 'elsewhere' })).toMatchObject({
      parent: null,
      parentSpanId: 'elsewhere',
      diagnostics: [expect.objectContaining({ code: 'missing-parent' })],
    });
  });

  it('give an observation their trace where it names none', () => {
    const set = read([
      observation('a'),
      observation('b', { traceId: undefined, parentObservationId: 'a' }),
      observation('c', { traceId: null, parentObservationId: 'b' }),
    ]);
    expect(set.traces.map(({ traceId }) => traceId)).toEqual([TRACE]);
    expect(outline(set)).toEqual(['a', '·b', '··c']);
  });
});

describe('tokens and cost', () => {
  it.each([
    ['usageDetails', { usageDetails: { input: 10, output: 5, total: 15 }, costDetails: { input: 0.1, total: 0.3 } }],
    ['JSON text', { usageDetails: '{"input":10,"output":5,"total":15}', costDetails: '{"total":"0.3"}' }],
    [
      'the details of the producer',
      { usageDetails: { input: 10, output: 5, total: 15 }, costDetails: {}, providedCostDetails: { total: 0.3 } },
    ],
    [
      'usage',
      { usage: { input: 10, output: 5, total: 15, unit: 'TOKENS', inputCost: 0.1, outputCost: 0.2, totalCost: 0.3 } },
    ],
    [
      'the words of OpenAI',
      { usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15 }, calculatedTotalCost: '0.3' },
    ],
    ['flat fields', { usageDetails: {}, inputUsage: 10, outputUsage: 5, totalUsage: 15, totalCost: '0.3' }],
    [
      'older flat fields',
      {
        promptTokens: 10,
        completionTokens: 5,
        totalTokens: 15,
        calculatedInputCost: 0.1,
        calculatedOutputCost: 0.2,
        calculatedTotalCost: 0.3,
      },
    ],
  ])('stand in %s', (_, fields) => {
    expect(amounts(fields)).toEqual({ tokens: [10, 5, 15], cost: 0.3 });
  });

  it('are unknown where fields are empty or filled with zeros', () => {
    const zeros = {
      usageDetails: {},
      costDetails: {},
      providedCostDetails: {},
      inputUsage: 0,
      outputUsage: 0,
      totalUsage: 0,
      inputCost: null,
      totalCost: 0,
      usage: { input: 0, output: 0, total: 0, unit: 'TOKENS' },
    };
    expect(amounts(zeros)).toEqual({ tokens: null, cost: null });
    expect(
      amounts({ ...zeros, type: 'SPAN', usageDetails: { input: 0, output: 0, total: 0 }, costDetails: { total: 0 } }),
    ).toEqual({ tokens: null, cost: null });
  });

  it('of a model call may well be zero', () => {
    expect(amounts({ usageDetails: { input: 10, output: 0, total: 10 }, costDetails: { total: 0 } })).toEqual({
      tokens: [10, 0, 10],
      cost: 0,
    });
  });

  it.each(['CHARACTERS', 'SECONDS', 'IMAGES', 'REQUESTS', 'MILLISECONDS'])('%s are no tokens', (unit) => {
    const fields = {
      usage: { input: 31, output: 2, total: 33, unit },
      usageDetails: { input: 31, output: 2, total: 33 },
      totalUsage: 33,
      totalCost: 0.5,
    };
    expect(amounts(fields)).toEqual({ tokens: null, cost: 0.5 });
    expect(contentOf(only(fields)).attributes.get('langfuse.observation.usage')).toEqual(fields.usage);
    expect(amounts({ unit, totalUsage: 33 }).tokens).toBeNull();
  });
});

describe('what is said of the model', () => {
  it('is its name, its parameters that are set, and the prompt', () => {
    const span = only({
      type: 'GENERATION',
      providedModelName: 'gpt-4o',
      internalModelId: 'm1',
      modelParameters: { temperature: 0, stop: null, user: '' },
      promptName: 'refund',
      promptVersion: 4,
    });
    expect(span.model).toBe('gpt-4o');
    expect(contentOf(span)).toMatchObject({
      parameters: { temperature: 0 },
      promptTemplate: { template: 'refund', version: '4' },
    });
    expect(contentOf(span).parameters).toEqual({ temperature: 0 });
    expect(contentOf(span).attributes.get('langfuse.observation.internalModelId')).toBe('m1');
  });

  it('tools, given and called', () => {
    const span = only({
      type: 'GENERATION',
      toolDefinitions: { search: '{"description":"Finds.","parameters":{"type":"object"}}' },
      output: 'Let me see.',
      toolCalls: ['{"id":"c1","name":"search","arguments":"{\\"q\\":1}"}'],
    });
    expect(contentOf(span)).toMatchObject({
      toolDefinitions: [{ name: 'search', description: 'Finds.', parameters: { type: 'object' } }],
      messages: {
        output: [
          {
            role: 'assistant',
            parts: [
              { type: 'text', text: 'Let me see.' },
              { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } },
            ],
          },
        ],
      },
    });
  });
});

describe('input and output', () => {
  const chat = [{ role: 'user', content: 'Hi' }];
  const expected = { input: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }] };

  it.each([
    ['JSON', chat],
    ['JSON text', JSON.stringify(chat)],
    ['text in text', JSON.stringify(JSON.stringify(chat))],
    ['an object', { messages: chat }],
    ['messages of LangChain', { messages: [{ type: 'human', content: 'Hi' }] }],
  ])('are a chat in %s', (_, input) => {
    expect(contentOf(only({ type: 'GENERATION', input })).messages).toMatchObject(expected);
  });

  it('are a tool’s arguments and result', () => {
    expect(contentOf(only({ type: 'TOOL', name: 'search', input: '{"q":1}', output: [1] })).tool).toEqual({
      name: 'search',
      arguments: { q: 1 },
      result: [1],
    });
  });

  it('are kept as they are where they are text', () => {
    expect(contentOf(only({ input: "{'query': 'x'}", output: 'end' }))).toMatchObject({
      input: { text: "{'query': 'x'}", mimeType: 'text/plain' },
      output: { text: 'end' },
      messages: null,
    });
  });
});

describe('metadata', () => {
  const original = {
    attributes: {
      'openinference.span.kind': 'RETRIEVER',
      'session.id': 's-9',
      'retrieval.documents.0.document.content': 'doc',
    },
    resourceAttributes: { 'service.name': 'shop' },
    scope: { name: 'tracer', version: '1', attributes: { key: 'k' } },
    team: 'a',
  };

  it.each([
    ['as JSON', original],
    ['as text', JSON.stringify(original)],
  ])('%s gives back what OpenTelemetry said', (_, metadata) => {
    const set = read([observation('a', { metadata })]);
    const span = set.traces[0]!.span(0);
    expect(span).toMatchObject({ kind: 'retriever', service: 'shop' });
    expect(set.traces[0]!.sessionId).toBe('s-9');
    expect(contentOf(span)).toMatchObject({
      resource: new Map([['service.name', 'shop']]),
      scope: { name: 'tracer', version: '1', attributes: new Map([['key', 'k']]) },
      documents: { output: [{ content: 'doc' }] },
    });
    expect(Object.fromEntries([...contentOf(span).attributes].filter(([key]) => key.includes('metadata')))).toEqual({
      'langfuse.observation.metadata.team': 'a',
    });
  });

  it('does not go before what Langfuse says', () => {
    expect(
      only({
        type: 'CHAIN',
        model: 'm1',
        metadata: { ...original, attributes: { ...original.attributes, 'gen_ai.response.model': 'm2' } },
      }),
    ).toMatchObject({ kind: 'chain', model: 'm1' });
  });

  it('of other people is left as it is', () => {
    const { attributes } = contentOf(
      only({ metadata: { attributes: { color: 'red' }, scope: 'wide', resourceAttributes: 7, __proto__x: 1 } }),
    );
    expect(attributes.get('langfuse.observation.metadata.attributes')).toEqual({ color: 'red' });
    expect(attributes.get('langfuse.observation.metadata.scope')).toBe('wide');
    expect(contentOf(only({ metadata: 'words' })).attributes.get('langfuse.observation.metadata')).toBe('words');
  });

  it('keeps hostile keys ordinary', () => {
    const metadata = JSON.parse(
      '{"__proto__":{"x":1},"constructor":2,"attributes":{"__proto__":"y","a.b":1}}',
    ) as object;
    const { attributes } = contentOf(only({ metadata }));
    expect([
      attributes.get('langfuse.observation.metadata.__proto__'),
      attributes.get('langfuse.observation.metadata.constructor'),
      attributes.get('__proto__'),
    ]).toEqual([{ x: 1 }, 2, 'y']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

it('keeps all other fields under a prefix, but for what is empty', () => {
  const { attributes } = contentOf(
    only({
      environment: 'production',
      version: '2',
      promptId: 'p1',
      isRootObservation: true,
      toolCallNames: [],
      usagePricingTierName: null,
      latency: 0.1,
    }),
  );
  expect(Object.fromEntries(attributes)).toEqual({
    'langfuse.observation.type': 'span',
    'langfuse.observation.level': 'DEFAULT',
    'langfuse.environment': 'production',
    'langfuse.version': '2',
    'langfuse.observation.promptId': 'p1',
    'langfuse.observation.isRootObservation': true,
    'langfuse.observation.latency': 0.1,
  });
});
