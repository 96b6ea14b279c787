import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import { ledger, type AttributeValue } from '../../src/core.ts';
import { readWritten, spansOf, type Written } from './producers/read.ts';

const usageOf = (more: Record<string, AttributeValue>) =>
  readEnvelope({ 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 20, ...more }).usage;

describe('names of tokens', () => {
  it.each([
    ['gen_ai.usage.cache_write.input_tokens', 'cacheWrite'],
    ['gen_ai.usage.cache_write_input_tokens', 'cacheWrite'],
    ['gen_ai.usage.input_tokens.cache_write', 'cacheWrite'],
    ['gen_ai.usage.input_tokens.cached', 'cacheRead'],
    ['gen_ai.usage.cached_tokens', 'cacheRead'],
    ['gen_ai.usage.output_tokens.reasoning', 'reasoning'],
    ['gen_ai.usage.reasoning_output_tokens', 'reasoning'],
  ])('%s is a part of its sum', (key, bucket) => {
    expect(usageOf({ [key]: 7 })).toMatchObject({ input: 100, output: 20, total: 120, [bucket]: 7 });
  });

  it('adds up what was written to the cache by how long it lives there', () => {
    const written = {
      'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': 6,
      'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 4,
    };
    expect(usageOf(written)).toMatchObject({ cacheWrite: 10, inputUncached: 90 });
    expect(usageOf({ ...written, 'gen_ai.usage.cache_write.input_tokens': 10 })!.cacheWrite).toBe(10);
  });

  it('reads no sum in the count of one modality', () => {
    expect(usageOf({ 'gen_ai.usage.text.input_tokens': 60, 'gen_ai.usage.image.output_tokens': 5 })).toMatchObject({
      input: 100,
      total: 120,
      other: { imageOutput: 5 },
    });
  });

  it('keeps what a total has beyond its parts, and says so', () => {
    const [span] = spansOf({
      name: 'chat',
      attributes: {
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 80,
        'gen_ai.usage.total_tokens': 1280,
      },
    });
    expect(span!.usage).toMatchObject({ input: 100, output: 80, total: 1280, other: { unexplained: 1100 } });
    expect(span!.diagnostics.map(({ code }) => code)).toEqual(['total-above-parts']);
  });
});

describe('producers whose input is without the cache', () => {
  const tokens = {
    'gen_ai.usage.input_tokens': 2000,
    'gen_ai.usage.output_tokens': 80,
    'gen_ai.usage.total_tokens': 2080,
    'gen_ai.usage.cache_read.input_tokens': 1000,
    'gen_ai.usage.cache_creation.input_tokens': 100,
  };

  it('are known by their scope', () => {
    const [beside] = spansOf({ name: 'chat', scope: '@traceloop/instrumentation-anthropic', attributes: tokens });
    expect(beside!.usage).toMatchObject({ input: 3100, inputUncached: 2000, total: 3180, other: {} });
    const [inside] = spansOf({ name: 'chat', scope: '@traceloop/instrumentation-openai', attributes: tokens });
    expect(inside!.usage).toMatchObject({ input: 2000, inputUncached: 900, total: 2080 });
  });

  it('are known by the format that MLflow tells', () => {
    const usage = JSON.stringify({
      input_tokens: 1500,
      output_tokens: 50,
      total_tokens: 1550,
      cache_read_input_tokens: 1000,
    });
    const read = (format: string) =>
      readEnvelope({ 'mlflow.message.format': JSON.stringify(format), 'mlflow.chat.tokenUsage': usage }).usage;
    expect(read('anthropic')).toMatchObject({ input: 2500, inputUncached: 1500, total: 2550 });
    expect(read('openai')).toMatchObject({ input: 1500, inputUncached: 500, total: 1550 });
  });
});

describe('names of cost', () => {
  it.each([
    ['gen_ai.usage.total_cost'],
    ['gen_ai.cost.total_cost'],
    ['gen_ai.cost.total_tokens'],
    ['gen_ai.cost'],
    ['litellm.response-cost'],
  ])('%s is dollars', (key) => {
    expect(readEnvelope({ [key]: '0.25' }).cost).toMatchObject({ total: 0.25, origin: 'reported' });
  });

  it('takes a zero for nothing where another name says more', () => {
    expect(readEnvelope({ 'gen_ai.usage.cost': 0, 'gen_ai.cost': 0.5 }).cost!.total).toBe(0.5);
    expect(readEnvelope({ 'gen_ai.cost': 0.5, 'gen_ai.usage.cost': 0 }).cost!.total).toBe(0.5);
    expect(readEnvelope({ 'gen_ai.usage.cost': 0 }).cost!.total).toBe(0);
  });
});

describe('names of the first token', () => {
  const first = (attributes: Record<string, AttributeValue>, end = 1000) =>
    spansOf({ name: 'chat', end, attributes: { 'gen_ai.operation.name': 'chat', ...attributes } })[0]!.firstToken;

  it('are seconds or milliseconds', () => {
    expect(first({ 'gen_ai.server.time_to_first_token': 0.64 })).toBe(64e7);
    expect(first({ 'gen_ai.server.time_to_first_token': 640 })).toBe(64e7);
    expect(first({ 'ai.stream.msToFirstChunk': 30 })).toBe(3e7);
    expect(first({ 'gen_ai.client.inference.time_to_first_chunk': 0.5 })).toBe(5e8);
  });

  it('may be an event', () => {
    const [span] = spansOf({
      name: 'chat',
      attributes: { 'gen_ai.operation.name': 'chat' },
      events: [{ name: 'gen_ai.content.chunk' }],
    });
    expect(span!.firstToken).toBe(1e6);
  });
});

describe('what is named nowhere else', () => {
  it('is a model call with a model and tokens, and an agent only around another one', () => {
    const call = { 'gen_ai.agent.name': 'desk', 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 };
    const kinds = spansOf(
      { name: 'outer', id: 'a', attributes: call },
      { name: 'inner', id: 'b', parent: 'a', attributes: call },
      { name: 'tool', id: 'c', parent: 'b', attributes: { 'gen_ai.operation.name': 'execute_tool' } },
      { name: 'below the tool', id: 'd', parent: 'c', attributes: call },
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['agent', 'llm', 'tool', 'llm']);
  });

  it('is named by its tool', () => {
    const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find' };
    expect(spansOf({ name: 'tool_call', attributes: tool })[0]!.name).toBe('find');
    expect(spansOf({ name: 'execute_tool find', attributes: tool })[0]!.name).toBe('execute_tool find');
  });
});

describe('one call recorded twice', () => {
  const call = (id: string, name: string, more: object = {}) => ({
    name,
    id,
    parent: 'r',
    start: 10,
    end: 900,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 80,
    },
    ...more,
  });
  const total = (...spans: readonly Written[]) => {
    const [trace] = readWritten({ name: 'root', id: 'r' }, ...spans).traces;
    const { total: sum, countedOnce } = ledger(trace!);
    return [sum.usage.total, sum.calls, countedOnce.length];
  };

  it('counts once where two instrumentations did', () => {
    expect(total(call('a', 'OpenAI.chat'), call('b', 'ChatCompletion', { start: 13, end: 897 }))).toEqual([580, 1, 1]);
    expect(total(call('a', 'chat', { scope: 'one' }), call('b', 'chat', { scope: 'other' }))).toEqual([580, 1, 1]);
  });

  it('counts twice where one did, or where time, tokens or model differ', () => {
    expect(total(call('a', 'chat'), call('b', 'chat'))).toEqual([1160, 2, 0]);
    expect(total(call('a', 'x'), call('b', 'y', { start: 200 }))).toEqual([1160, 2, 0]);
    const other = { ...call('b', 'y').attributes, 'gen_ai.request.model': 'gpt-4o-mini' };
    expect(total(call('a', 'x'), call('b', 'y', { attributes: other }))).toEqual([1160, 2, 0]);
    const more = { ...call('b', 'y').attributes, 'gen_ai.usage.output_tokens': 81 };
    expect(total(call('a', 'x'), call('b', 'y', { attributes: more }))).toEqual([1161, 2, 0]);
  });
});

describe('one unfamiliar item', () => {
  const langfuse = (input: unknown, output: unknown) =>
    readContent(
      new Map<string, AttributeValue>([
        ['langfuse.observation.type', 'generation'],
        ['langfuse.observation.input', JSON.stringify(input)],
        ['langfuse.observation.output', JSON.stringify(output)],
      ]),
      [],
    ).messages!;

  it('stays in its place and hides no conversation', () => {
    const search = { type: 'web_search_call', id: 'ws', status: 'completed' };
    const { input, output } = langfuse(
      { instructions: 'Be brief.', input: 'News?' },
      { output: [search, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'None.' }] }] },
    );
    expect(input.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(output).toEqual([
      { role: 'assistant', parts: [{ type: 'unknown', value: search }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'None.' }] },
    ]);
  });

  it('is an image where it holds the base64 of one', () => {
    const png = `iVBORw0KGgo${'A'.repeat(80)}`;
    const { output } = langfuse('x', {
      output: [
        { type: 'image_generation_call', result: png },
        { role: 'assistant', content: [{ type: 'output_text', text: png }] },
      ],
    });
    expect(output.map(({ parts }) => parts)).toEqual([[{ type: 'image', data: png }], [{ type: 'image', data: png }]]);
  });

  it('makes no conversation of a list without a message', () => {
    expect(langfuse([{ type: 'web_search_call' }], { a: 1 })).toBeNull();
  });

  it('is the assistant’s where it has calls of tools alone, or is what a model answered', () => {
    expect(langfuse('x', { tool_calls: [{ function: { name: 'read', arguments: '{}{}' } }] }).output).toEqual([
      { role: 'assistant', parts: [{ type: 'toolCall', name: 'read', arguments: '{}{}' }] },
    ]);
    expect(langfuse('Why?', 'So.')).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Why?' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'So.' }] }],
    });
  });

  it('is a tool’s result where it has the id of a call, whatever its role', () => {
    expect(langfuse([{ role: 'user', tool_call_id: 'c', content: '{"a":1}' }], 'ok').input).toEqual([
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c', result: { a: 1 } }] },
    ]);
  });

  it('shows thoughts beside the content', () => {
    expect(
      langfuse('x', { role: 'assistant', content: 'Done.', thinking: [{ type: 'thinking', content: 'Look.' }] })
        .output[0]!.parts,
    ).toEqual([
      { type: 'reasoning', text: 'Look.' },
      { type: 'text', text: 'Done.' },
    ]);
  });
});
