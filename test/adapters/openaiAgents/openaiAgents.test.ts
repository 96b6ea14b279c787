import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, type SpanContent } from '../../../src/core.ts';

const item = (id: string, parent: string | null, data: object, more: object = {}) => ({
  object: 'trace.span',
  id: `span_${id}`,
  trace_id: 'trace_7',
  parent_id: parent === null ? null : `span_${parent}`,
  started_at: '2026-11-22T13:20:48.250Z',
  ended_at: '2026-11-22T13:20:49.250Z',
  span_data: data,
  error: null,
  ...more,
});
const usage = { input_tokens: 50, output_tokens: 9, cached_input_tokens: 20, cache_write_input_tokens: 0 };
const turn = { type: 'custom', name: 'turn', data: { sdk_span_type: 'turn', turn: 2, usage } };
const trace = { object: 'trace', id: 'trace_7', workflow_name: 'Desk', group_id: 'day-3', metadata: { hall: '4' } };

const read = async (...data: readonly object[]) => {
  const set = await parseTraces(JSON.stringify({ data }));
  const spans = [...set.traces[0]!.spans()];
  return {
    set,
    spans,
    contents: spans.map((span) => span.content() as SpanContent),
    total: ledger(set.traces[0]!).total,
  };
};

describe('the OpenAI Agents SDK', () => {
  it('names trace and session', async () => {
    const { set } = await read(item('a', null, { type: 'agent', name: 'Guide', tools: ['find'] }), trace);
    expect(set.format).toBe('openai-agents');
    expect(set.traces[0]).toMatchObject({ name: 'Desk', sessionId: 'day-3', metadata: { hall: '4' } });
  });

  it('counts what a response used once, which its turn and task tell', async () => {
    const task = { type: 'task', name: 'Agent workflow', usage: { ...usage, requests: 1, total_tokens: 59 } };
    const { spans, total } = await read(
      item('a', null, task),
      item('b', 'a', turn),
      item('c', 'b', { type: 'response', response_id: 'resp_1' }),
    );
    expect(spans.map(({ name, kind, rawKind }) => [name, kind, rawKind])).toEqual([
      ['Agent workflow', 'chain', 'task'],
      ['turn 2', 'chain', 'turn'],
      ['response', 'llm', 'response'],
    ]);
    expect(spans[2]!.usage).toBeNull();
    expect(total).toMatchObject({
      calls: 1,
      usage: { input: 50, cacheRead: 20, inputUncached: 30, output: 9, total: 59 },
    });
  });

  it('gives a generation the messages, usage and model of its completion', async () => {
    const completion = {
      id: 'c1',
      model: 'gpt-5-mini-2026-08-01',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'k', type: 'function', function: { name: 'find', arguments: '{"q":"map"}' } }],
          },
        },
      ],
      usage: {
        prompt_tokens: 50,
        completion_tokens: 9,
        prompt_tokens_details: { cached_tokens: 20 },
        completion_tokens_details: { reasoning_tokens: 4 },
      },
    };
    const { spans, contents, total } = await read(
      item('b', null, turn),
      item('c', 'b', {
        type: 'generation',
        model: 'gpt-5-mini',
        model_config: { temperature: 0.2, base_url: 'http://x' },
        input: [{ role: 'user', content: 'Where?' }],
        output: [completion],
      }),
    );
    expect(spans[1]).toMatchObject({ kind: 'llm', model: 'gpt-5-mini-2026-08-01', usage: { reasoning: 4 } });
    expect(contents[1]).toMatchObject({
      parameters: { temperature: 0.2 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', text: 'Where?' }] }],
        output: [
          {
            role: 'assistant',
            finishReason: 'tool_calls',
            parts: [{ type: 'toolCall', id: 'k', name: 'find', arguments: { q: 'map' } }],
          },
        ],
      },
    });
    expect(total.usage).toMatchObject({ total: 59, cacheRead: 20, reasoning: 4 });
  });

  it('reads the response that a processor saw within the program', async () => {
    const seen = {
      id: 'resp_2',
      model: 'gpt-5',
      instructions: 'Be brief.',
      tools: [{ type: 'function', name: 'find', parameters: {} }],
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Here.' }] }],
      usage: { input_tokens: 5, output_tokens: 1, total_tokens: 6, input_tokens_details: { cached_tokens: 2 } },
    };
    const { spans, contents } = await read(item('c', null, { type: 'response', _input: 'Where?', _response: seen }));
    expect(spans[0]).toMatchObject({ model: 'gpt-5', usage: { input: 5, cacheRead: 2, total: 6 } });
    expect(contents[0]!.messages).toMatchObject({
      input: [{ role: 'system' }, { role: 'user', parts: [{ text: 'Where?' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'Here.' }] }],
    });
    expect(contents[0]!.toolDefinitions).toMatchObject([{ name: 'find' }]);
  });

  it('tells tools, hand-overs, guardrails and what failed', async () => {
    const failed = { error: { message: 'Error running tool', data: { tool_name: 'find', error: 'no map' } } };
    const { spans, contents } = await read(
      item('a', null, { type: 'function', name: 'find', input: '{"q":"map"}', output: 'none' }, failed),
      item('b', 'a', { type: 'handoff', from_agent: 'Guide', to_agent: 'Guard' }),
      item('c', 'a', { type: 'guardrail', name: 'No cards', triggered: true }),
      item('d', 'a', { type: 'custom', name: 'mine', data: { n: 1 } }, { ended_at: null }),
    );
    expect(spans.map(({ kind, name, status, statusMessage }) => [kind, name, status, statusMessage])).toEqual([
      ['tool', 'find', 'error', 'Error running tool: no map'],
      ['chain', 'Guide → Guard', 'unset', null],
      ['guardrail', 'No cards', 'unset', null],
      ['span', 'mine', 'running', null],
    ]);
    expect(contents[0]!.tool).toMatchObject({ name: 'find', arguments: { q: 'map' }, result: 'none' });
    expect(contents[2]!.attributes.get('openai.agents.triggered')).toBe(true);
    expect(contents[3]!.attributes.get('openai.agents.data')).toEqual({ n: 1 });
  });

  it('reads what its exporter posted', async () => {
    const text = readFileSync(new URL('../../fixtures/openai-agents/help-desk.chat.jsonl', import.meta.url), 'utf8');
    const { traces } = await parseTraces(text);
    expect(traces[0]).toMatchObject({ name: 'Order help', sessionId: 'chat-5531' });
    expect(
      [...traces[0]!.spans()].filter(({ status }) => status === 'error').map(({ statusMessage }) => statusMessage),
    ).toEqual(['Error running tool (non-fatal): Tool execution failed. Error details are redacted.']);
  });
});
