import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';

const kindOf = (attributes: object) => {
  const { kind, rawKind } = readEnvelope(attributes);
  return [kind, rawKind];
};

describe('kind', () => {
  it.each([
    ['an OpenInference word in any case', { 'openinference.span.kind': 'Llm' }, ['llm', 'Llm']],
    ['an operation', { 'gen_ai.operation.name': 'execute_tool' }, ['tool', 'execute_tool']],
    [
      'OpenInference over an operation',
      { 'openinference.span.kind': 'CHAIN', 'gen_ai.operation.name': 'chat' },
      ['chain', 'CHAIN'],
    ],
    [
      'OpenInference over an operation, in the other order',
      { 'gen_ai.operation.name': 'chat', 'openinference.span.kind': 'CHAIN' },
      ['chain', 'CHAIN'],
    ],
    [
      'an operation where OpenInference says UNKNOWN',
      { 'openinference.span.kind': 'UNKNOWN', 'gen_ai.operation.name': 'chat' },
      ['llm', 'chat'],
    ],
    [
      'the same in the other order',
      { 'gen_ai.operation.name': 'chat', 'openinference.span.kind': 'UNKNOWN' },
      ['llm', 'chat'],
    ],
    ['a hint where nothing names a kind', { 'http.request.method': 'GET' }, ['http', null]],
    [
      'a hint where the named kind is not known, keeping the word',
      { 'openinference.span.kind': 'UNKNOWN', 'db.system': 'mysql' },
      ['db', 'UNKNOWN'],
    ],
    [
      'a named kind over a hint',
      { 'http.method': 'POST', 'gen_ai.operation.name': 'embeddings' },
      ['embedding', 'embeddings'],
    ],
    ['the first of several hints', { 'http.method': 'POST', 'gen_ai.tool.name': 'search' }, ['tool', null]],
    ['a tool call of MCP', { 'mcp.method.name': 'tools/call', 'rpc.system': 'jsonrpc' }, ['tool', 'tools/call']],
    ['a model with tokens', { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 }, ['llm', null]],
    ['a model without tokens as nothing known', { 'gen_ai.request.model': 'm' }, ['span', null]],
    ['nothing', {}, ['span', null]],
    [
      'words that are keys of every object as unknown',
      { 'openinference.span.kind': 'constructor' },
      ['span', 'constructor'],
    ],
    [
      'a structure where a word belongs as nothing',
      { 'openinference.span.kind': { toString: 1 }, 'http.method': { valueOf: 1 } },
      ['span', null],
    ],
    [
      'the last of equal keys',
      [
        { key: 'openinference.span.kind', value: { stringValue: 'TOOL' } },
        { key: 'openinference.span.kind', value: { stringValue: 'AGENT' } },
      ],
      ['agent', 'AGENT'],
    ],
  ])('is %s', (_, attributes, expected) => {
    expect(kindOf(attributes)).toEqual(expected);
  });
});

describe('other facts', () => {
  it('take the model that answered over the one asked for', () => {
    expect(readEnvelope({ 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.response.model': 'gpt-4.1-2025' }).model).toBe(
      'gpt-4.1-2025',
    );
    expect(readEnvelope({ 'gen_ai.request.model': 'gpt-4.1' }).model).toBe('gpt-4.1');
    expect(readEnvelope({ 'llm.request.model_name': 'asked', 'gen_ai.response.model': 'answered' }).model).toBe(
      'answered',
    );
  });

  it('come per field from the first dialect that has it', () => {
    expect(
      readEnvelope({
        'gen_ai.usage.output_tokens': 7,
        'llm.token_count.prompt': 3,
        'gen_ai.usage.input_tokens': 99,
        'gen_ai.provider.name': 'anthropic',
        'llm.provider': '',
      }),
    ).toMatchObject({ usage: { input: 3, output: 7 }, provider: 'anthropic' });
  });

  it('read sessions, users, tags and metadata, as text or structure', () => {
    expect(
      readEnvelope({ 'session.id': 's', 'user.id': 7, 'tag.tags': ['a', 'b', {}], metadata: '{"plan":"team"}' }),
    ).toMatchObject({ sessionId: 's', userId: '7', tags: ['a', 'b'], metadata: { plan: 'team' } });
    expect(readEnvelope({ 'gen_ai.conversation.id': 'c', 'tag.tags': '["a"]', metadata: 'no object' })).toMatchObject({
      sessionId: 'c',
      tags: ['a'],
      metadata: null,
    });
  });

  it('read the time to the first token in seconds', () => {
    expect(readEnvelope({ 'gen_ai.response.time_to_first_chunk': 0.25 }).firstTokenSeconds).toBe(0.25);
    expect(readEnvelope({}).firstTokenSeconds).toBeNaN();
  });
});

describe('cost', () => {
  it.each([
    ['the total as reported', { 'llm.cost.total': 0.5, 'llm.cost.prompt': 0.1 }, { total: 0.5, parts: { input: 0.1 } }],
    [
      'the sum of its parts',
      { 'llm.cost.prompt': 0.25, 'llm.cost.completion': 0.5 },
      { total: 0.75, parts: { input: 0.25, output: 0.5 } },
    ],
    ['zero where zero is reported', { 'gen_ai.usage.cost': 0 }, { total: 0, parts: {} }],
    ['text of a number', { 'gen_ai.usage.cost': '0.125' }, { total: 0.125, parts: {} }],
  ])('is %s', (_, attributes, cost) => {
    expect(readEnvelope(attributes).cost).toEqual({ ...cost, currency: 'USD', origin: 'reported' });
  });

  it.each([{}, { 'llm.cost.total': 'free' }, { 'llm.cost.total': 'NaN' }])('is unknown for %j', (attributes) => {
    expect(readEnvelope(attributes).cost).toBeNull();
  });
});
