import { describe, expect, it } from 'vitest';
import { ledger } from '../../../src/core.ts';
import { contentOf, readWritten, spansOf, type Written } from './read.ts';

const kindsOf = (...spans: readonly Written[]) => spansOf(...spans).map(({ kind }) => kind);
const text = (words: string) => ({ type: 'text', text: words });

describe('Claude Code and its forks', () => {
  const request = {
    'span.type': 'llm_request',
    model: 'claude-opus-5',
    input_tokens: 7,
    output_tokens: 90,
    cache_read_tokens: 5000,
    cache_creation_tokens: 300,
    ttft_ms: 400,
  };

  it('says what was read from and written to the cache beside the input', () => {
    const [span] = spansOf({ name: 'claude_code.llm_request', attributes: request });
    expect(span).toMatchObject({ kind: 'llm', rawKind: 'llm_request', model: 'claude-opus-5', firstToken: 4e8 });
    expect(span!.usage).toMatchObject({ input: 5307, inputUncached: 7, cacheRead: 5000, cacheWrite: 300, total: 5397 });
  });

  it('is believed in its words of OpenTelemetry where it has them, which count the cache in', () => {
    const [span] = spansOf({
      name: 'claude_code.llm_request',
      attributes: {
        ...request,
        'gen_ai.usage.input_tokens': 5307,
        'gen_ai.usage.output_tokens': 90,
        'gen_ai.usage.cache_read.input_tokens': 5000,
        'gen_ai.usage.cache_write.input_tokens': 300,
      },
    });
    expect(span!.usage).toMatchObject({ input: 5307, inputUncached: 7, cacheRead: 5000, cacheWrite: 300 });
  });

  it.each([
    ['claude_code.interaction', 'interaction', 'agent'],
    ['fork-of-it.tool', 'tool', 'tool'],
    ['qwen-code.tool.execution', 'tool.execution', 'span'],
    ['claude_code.tool.blocked_on_user', 'tool.blocked_on_user', 'span'],
    ['claude_code.hook', 'hook', 'guardrail'],
  ])('%s of type %s is a step of kind %s', (name, type, kind) => {
    expect(kindsOf({ name, attributes: { 'span.type': type } })).toEqual([kind]);
  });

  it('names a row by its tool, whose arguments and result it tells', () => {
    const span: Written = {
      name: 'claude_code.tool',
      attributes: { 'span.type': 'tool', tool_name: 'Bash', full_command: 'make test', tool_use_id: 'toolu_7' },
      events: [{ name: 'tool.output', attributes: { output: '1 failed' } }],
    };
    expect(spansOf(span)[0]!.name).toBe('Bash');
    expect(contentOf(span).tool).toEqual({
      name: 'Bash',
      callId: 'toolu_7',
      arguments: { command: 'make test' },
      result: '1 failed',
    });
  });

  it('reads the conversation out of its headings', () => {
    const { messages } = contentOf({
      name: 'claude_code.llm_request',
      attributes: {
        'span.type': 'llm_request',
        system_prompt_preview: 'Be brief.',
        new_context: '[USER]\nCount the words\n\n---\n\n[TOOL RESULT: toolu_1]\n{"words":4}',
        'response.model_output': 'Four.',
        stop_reason: 'end_turn',
      },
    });
    expect(messages!.input).toEqual([
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Count the words')] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'toolu_1', result: { words: 4 } }] },
    ]);
    expect(messages!.output).toEqual([{ role: 'assistant', parts: [text('Four.')], finishReason: 'end_turn' }]);
  });

  it('leaves the same bare keys of other programs alone', () => {
    const spans = spansOf(
      { name: 'job', attributes: { input_tokens: 5, output_tokens: 6, model: 'm', tool_name: 'x', ttft_ms: 3 } },
      { name: 'get_stock.tool', attributes: { tool_name: 'x', input_tokens: 5 } },
      { name: 'job', attributes: { 'span.type': 'tool', input: 'x', output: 'y' } },
    );
    expect(spans.map(({ kind, usage, model, name }) => [kind, usage, model, name])).toEqual([
      ['span', null, null, 'job'],
      ['span', null, null, 'get_stock.tool'],
      ['span', null, null, 'job'],
    ]);
  });
});

describe('Codex', () => {
  it('has the tokens of a call on a part of it, and those of a turn on the turn', () => {
    const scope = 'codex_exec';
    const set = readWritten(
      {
        name: 'session_task.turn',
        id: 't',
        scope,
        attributes: {
          model: 'gpt-6',
          'codex.turn.token_usage.input_tokens': 50,
          'codex.turn.token_usage.output_tokens': 9,
        },
      },
      { name: 'run_sampling_request', id: 'r', parent: 't', scope, attributes: { model: 'gpt-6' } },
      { name: 'try_run_sampling_request', id: 'y', parent: 'r', scope, attributes: { model: 'gpt-6' } },
      {
        name: 'handle_responses',
        id: 'h',
        parent: 'y',
        scope,
        attributes: {
          'gen_ai.usage.input_tokens': 50,
          'gen_ai.usage.cache_read.input_tokens': 30,
          'gen_ai.usage.output_tokens': 9,
          'codex.usage.reasoning_output_tokens': 4,
        },
      },
      {
        name: 'exec_command',
        parent: 't',
        id: 'x',
        scope,
        attributes: { tool_name: 'exec_command', call_id: 'c', 'conversation.id': 'talk' },
      },
    );
    const [trace] = set.traces;
    const [turn, call, attempt, part, tool] = [...trace!.spans()];
    expect([turn, call, attempt, part, tool].map((span) => span!.kind)).toEqual([
      'agent',
      'llm',
      'span',
      'span',
      'tool',
    ]);
    expect(call!.usage).toMatchObject({ input: 50, cacheRead: 30, output: 9, reasoning: 4 });
    expect(part!.usage).toBeNull();
    expect(ledger(trace!).total).toMatchObject({ calls: 1, callsWithUsage: 1, usage: { total: 59 } });
    expect(trace!.sessionId).toBe('talk');
  });

  it('is told by its scope alone', () => {
    expect(kindsOf({ name: 'run_sampling_request', attributes: { model: 'm' } })).toEqual(['span']);
  });
});

describe('the Agent Development Kit', () => {
  const scope = 'gcp.vertex.agent';

  it('calls a model in the request and answer of Gemini, thoughts beside the candidates', () => {
    const span: Written = {
      name: 'call_llm',
      scope,
      attributes: {
        'gen_ai.system': 'gcp.vertex.agent',
        'gen_ai.agent.name': 'harbour',
        'gen_ai.request.model': 'gemini-3-flash',
        'gen_ai.usage.input_tokens': 40,
        'gen_ai.usage.output_tokens': 6,
        'gcp.vertex.agent.llm_request': JSON.stringify({
          contents: [{ role: 'user', parts: [{ text: 'A berth?' }] }],
          config: {
            systemInstruction: 'Be kind.',
            tools: [{ functionDeclarations: [{ name: 'find', parameters: {} }] }],
          },
        }),
        'gcp.vertex.agent.llm_response': JSON.stringify({
          content: { role: 'model', parts: [{ functionCall: { id: 'f', name: 'find', args: { metres: 9 } } }] },
          usageMetadata: {
            promptTokenCount: 40,
            candidatesTokenCount: 6,
            thoughtsTokenCount: 4,
            cachedContentTokenCount: 30,
            totalTokenCount: 50,
          },
        }),
      },
    };
    const [read] = spansOf(span);
    expect(read).toMatchObject({ kind: 'llm', provider: null });
    expect(read!.usage).toMatchObject({ input: 40, cacheRead: 30, output: 10, reasoning: 4, outputText: 6, total: 50 });
    const { messages, toolDefinitions } = contentOf(span);
    expect(messages!.input).toEqual([
      { role: 'system', parts: [text('Be kind.')] },
      { role: 'user', parts: [text('A berth?')] },
    ]);
    expect(messages!.output[0]).toEqual({
      role: 'assistant',
      parts: [{ type: 'toolCall', id: 'f', name: 'find', arguments: { metres: 9 } }],
    });
    expect(toolDefinitions).toEqual([{ name: 'find', parameters: {} }]);
  });

  it('has a tool without an attribute, by its name in this scope and no other', () => {
    expect(
      kindsOf({ name: 'execute_tool price', scope }, { name: 'execute_tool price' }, { name: 'invocation', scope }),
    ).toEqual(['tool', 'span', 'chain']);
  });

  it('writes N/A and {} for nothing', () => {
    const { tool } = contentOf({
      name: 'execute_tool find',
      scope,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'find',
        'gcp.vertex.agent.tool_call_args': 'N/A',
        'gcp.vertex.agent.tool_response': '{"berth":4}',
      },
    });
    expect(tool).toMatchObject({ name: 'find', arguments: undefined, result: { berth: 4 } });
  });
});

describe('Mastra over OTLP', () => {
  const of = (type: string, more: Written['attributes'] = {}) => ({
    'mastra.span.type': type,
    'openinference.span.kind': 'LLM',
    ...more,
  });

  it('calls the model in an inference, and before it had those in a generation', () => {
    expect(
      kindsOf(
        { name: 'g', id: 'g', attributes: of('model_generation') },
        { name: 's', id: 's', parent: 'g', attributes: of('model_step') },
        { name: 'i', id: 'i', parent: 's', attributes: of('model_inference') },
        { name: 'c', id: 'c', parent: 'i', attributes: of('model_chunk') },
      ),
    ).toEqual(['chain', 'chain', 'llm', 'event']);
    expect(
      kindsOf(
        { name: 'g', id: 'g', attributes: of('model_generation') },
        { name: 's', id: 's', parent: 'g', attributes: of('model_step') },
      ),
    ).toEqual(['llm', 'chain']);
  });

  it('tells session, user, tags, and a first token that lies within the call', () => {
    const [trace] = readWritten({
      name: 'i',
      attributes: of('model_inference', {
        'mastra.metadata.sessionId': 's',
        'mastra.metadata.userId': 'u',
        'mastra.tags': '["a","b"]',
        'mastra.completion_start_time': new Date(1_795_359_116_250).toISOString(),
      }),
    }).traces;
    expect([trace!.sessionId, trace!.userId, trace!.tags]).toEqual(['s', 'u', ['a', 'b']]);
    expect(trace!.span(0).firstToken).toBe(25e7);
  });

  it('takes no first token from before the call', () => {
    const [span] = spansOf({
      name: 'i',
      attributes: of('model_inference', { 'mastra.completion_start_time': new Date(1_795_359_115_000).toISOString() }),
    });
    expect(span!.firstToken).toBeNaN();
  });

  it('has messages in the input and output of its own', () => {
    const { messages } = contentOf({
      name: 's',
      attributes: of('model_step', {
        'mastra.model_step.input': '[{"role":"user","content":"Stock?"}]',
        'mastra.model_step.output': '{"text":"","toolCalls":[{"toolCallId":"c","toolName":"stock","args":{"part":1}}]}',
      }),
    });
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [text('Stock?')] }],
      output: [{ role: 'assistant', parts: [{ type: 'toolCall', id: 'c', name: 'stock', arguments: { part: 1 } }] }],
    });
  });
});

describe('Genkit', () => {
  it('has model, tokens and messages in the JSON of a model’s action, and counts no generate around it', () => {
    const output = JSON.stringify({
      message: {
        role: 'model',
        content: [{ reasoning: 'Look.' }, { toolRequest: { ref: 'c', name: 'find', input: { a: 1 } } }],
      },
      finishReason: 'stop',
      usage: { inputTokens: 20, outputTokens: 5, thoughtsTokens: 3, cachedContentTokens: 8, totalTokens: 28 },
    });
    const input = JSON.stringify({
      messages: [{ role: 'tool', content: [{ toolResponse: { ref: 'b', name: 'find', output: 7 } }] }],
    });
    const model: Written = {
      name: 'acme/deep-1',
      id: 'm',
      parent: 'g',
      attributes: {
        'genkit:type': 'action',
        'genkit:metadata:subtype': 'model',
        'genkit:name': 'acme/deep-1',
        'genkit:input': input,
        'genkit:output': output,
      },
    };
    const set = readWritten(
      {
        name: 'generate',
        id: 'g',
        attributes: { 'genkit:type': 'util', 'genkit:name': 'generate', 'genkit:output': output },
      },
      model,
    );
    const [wrapper, call] = [...set.traces[0]!.spans()];
    expect([wrapper!.kind, wrapper!.usage]).toEqual(['chain', null]);
    expect(call).toMatchObject({ kind: 'llm', model: 'deep-1', provider: 'acme' });
    expect(call!.usage).toMatchObject({ input: 20, cacheRead: 8, output: 8, reasoning: 3, total: 28 });
    expect(contentOf({ ...model, parent: undefined } as unknown as Written).messages).toEqual({
      input: [{ role: 'tool', parts: [{ type: 'toolResult', id: 'b', name: 'find', result: 7 }] }],
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'Look.' },
            { type: 'toolCall', id: 'c', name: 'find', arguments: { a: 1 } },
          ],
          finishReason: 'stop',
        },
      ],
    });
  });
});

describe('VoltAgent', () => {
  it('has kinds, a session and tokens in bare words', () => {
    const entity = { 'entity.type': 'agent', 'entity.name': 'desk', 'conversation.id': 'c-1' };
    const set = readWritten(
      {
        name: 'desk',
        id: 'd',
        attributes: { ...entity, 'agent.state': 'completed', 'usage.prompt_tokens': 30, 'usage.completion_tokens': 4 },
      },
      {
        name: 'llm:generateText',
        parent: 'd',
        id: 'l',
        attributes: {
          ...entity,
          'span.type': 'llm',
          'span.label': 'x',
          'llm.model': 'm-1',
          'llm.usage.prompt_tokens': 30,
          'llm.usage.completion_tokens': 4,
          'llm.usage.cached_tokens': 10,
        },
      },
      {
        name: 'tool.execution:find',
        parent: 'd',
        id: 't',
        attributes: {
          ...entity,
          'span.type': 'tool',
          'span.label': 'find',
          'tool.name': 'find',
          'tool.call.id': 'f',
          input: '{"a":1}',
          output: '{"b":2}',
        },
      },
    );
    const spans = [...set.traces[0]!.spans()];
    expect(spans.map(({ kind }) => kind).sort()).toEqual(['agent', 'llm', 'tool']);
    expect(set.traces[0]!.sessionId).toBe('c-1');
    expect(ledger(set.traces[0]!)).toMatchObject({ conflicts: [], total: { usage: { total: 34, cacheRead: 10 } } });
    const tool = spans.find(({ kind }) => kind === 'tool')!;
    expect((tool.content() as ReturnType<typeof contentOf>).tool).toEqual({
      name: 'find',
      callId: 'f',
      arguments: { a: 1 },
      result: { b: 2 },
    });
  });

  describe('a call of several rounds, of which it tells the last', () => {
    const entity = { 'entity.type': 'agent', 'entity.name': 'desk' };
    const tokens = (prefix: string, input: number) => ({
      [`${prefix}usage.prompt_tokens`]: input,
      [`${prefix}usage.completion_tokens`]: 10,
      [`${prefix}usage.total_tokens`]: input + 10,
    });
    const agent = (id: string, input: number, parent?: string): Written => ({
      name: id,
      id,
      ...(parent === undefined ? {} : { parent }),
      attributes: { ...entity, 'agent.state': 'completed', ...tokens('', input) },
    });
    const call = (id: string, parent: string, input: number): Written => ({
      name: 'llm:generateText',
      id,
      parent,
      attributes: { ...entity, 'span.type': 'llm', 'llm.model': 'm-1', ...tokens('llm.', input) },
    });
    const tool: Written = {
      name: 'tool.execution:ask',
      id: 't',
      parent: 'a',
      attributes: { ...entity, 'span.type': 'tool' },
    };
    const inputOf = (...spans: readonly Written[]) => ledger(readWritten(...spans).traces[0]!).total.usage.input;

    it('has the tokens of all, which its agent knows; those of an agent that it asks are beside them', () => {
      expect(inputOf(agent('a', 300), call('l', 'a', 100))).toBe(300);
      expect(inputOf(agent('a', 300), call('l', 'a', 100), tool, agent('b', 50, 't'), call('m', 'b', 40))).toBe(350);
    });

    it('stays as it is where nobody knows whose tokens those of the agent are', () => {
      expect(inputOf(agent('a', 300), call('l', 'a', 100), call('m', 'a', 120))).toBe(220);
    });
  });
});

describe('Monocle', () => {
  const version = { 'monocle_apptrace.version': '0.5.0' };

  it('has the model among its entities, and tokens and words in events', () => {
    const span: Written = {
      name: 'openai.chat',
      status: 1,
      attributes: {
        ...version,
        'span.type': 'inference',
        'entity.1.type': 'inference.openai',
        'entity.2.name': 'gpt-4o',
        'entity.2.type': 'model.llm.gpt-4o',
      },
      events: [
        { name: 'data.input', attributes: { input: ['{"system": "Be brief."}', '{"user": "Why?"}'] } },
        { name: 'data.output', attributes: { response: '{"assistant": "So."}' } },
        { name: 'metadata', attributes: { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 } },
      ],
    };
    expect(spansOf(span)[0]).toMatchObject({ kind: 'llm', model: 'gpt-4o', provider: 'openai', usage: { total: 10 } });
    expect(contentOf(span).messages).toEqual({
      input: [
        { role: 'system', parts: [text('Be brief.')] },
        { role: 'user', parts: [text('Why?')] },
      ],
      output: [{ role: 'assistant', parts: [text('So.')] }],
    });
  });

  it('has a tool, and an error that only its output tells', () => {
    const span: Written = {
      name: 'adk.tool',
      status: 1,
      attributes: {
        ...version,
        'span.type': 'agentic.tool.invocation',
        'entity.1.type': 'tool.adk',
        'entity.1.name': 'book',
      },
      events: [
        { name: 'data.input', attributes: { Inputs: ['{"from":"A"}'] } },
        { name: 'data.output', attributes: { response: 'closed', status: 'error' } },
      ],
    };
    expect(spansOf(span)[0]).toMatchObject({ kind: 'tool', name: 'book', status: 'error', statusMessage: 'closed' });
    expect(contentOf(span).tool).toEqual({ name: 'book', arguments: { from: 'A' }, result: 'closed' });
  });
});

describe('Laminar, Strands, Sentry and the Anthropic SDK', () => {
  it('reads Laminar', () => {
    const span: Written = {
      name: 'plan',
      attributes: {
        'lmnr.span.type': 'EXECUTOR',
        'lmnr.span.input': '[1]',
        'lmnr.association.properties.session_id': 's',
      },
    };
    expect(readWritten(span).traces[0]).toMatchObject({ sessionId: 's' });
    expect(spansOf(span)[0]!.kind).toBe('chain');
    expect(contentOf(span).input!.text).toBe('[1]');
  });

  it('tells a function of Laminar that threw, for which no status is recorded', () => {
    const threw = (scope: string) => {
      const [span] = spansOf({
        name: 'price',
        scope,
        attributes: { 'lmnr.span.type': 'TOOL' },
        events: [{ name: 'exception', attributes: { 'exception.message': 'the till does not answer' } }],
      });
      return [span!.kind, span!.status, span!.statusMessage];
    };
    expect(threw('lmnr.tracer')).toEqual(['tool', 'error', 'the till does not answer']);
    expect(threw('app')).toEqual(['tool', 'warning', null]);
  });

  it('reads Langtrace', () => {
    const call = { id: 'c-1', type: 'function', function: { name: 'stock', arguments: '{"sku":"mug"}' } };
    const span = (completions: readonly object[]): Written => ({
      name: 'openai.chat.completions.create',
      attributes: {
        'langtrace.service.type': 'llm',
        'langtrace.service.name': 'openai',
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.tools': '[{"type":"function","function":{"name":"stock"}}]',
      },
      events: [
        {
          name: 'gen_ai.content.prompt',
          attributes: { 'gen_ai.prompt': '[{"role":"user","content":"How many mugs?"}]' },
        },
        ...completions.map((completion) => ({
          name: 'gen_ai.content.completion',
          attributes: { 'gen_ai.completion': JSON.stringify([{ role: 'assistant', ...completion }]) },
        })),
      ],
    });
    const asked = span([{ content: JSON.stringify([call]) }]);
    expect(spansOf(asked)[0]).toMatchObject({ kind: 'llm', provider: 'openai' });
    const { messages, toolDefinitions, parameters } = contentOf(asked);
    expect(messages!.output[0]!.parts).toEqual([
      { type: 'toolCall', id: 'c-1', name: 'stock', arguments: { sku: 'mug' } },
    ]);
    expect([toolDefinitions.map(({ name }) => name), parameters]).toEqual([['stock'], {}]);
    // A stream says again and again what it has so far.
    const streamed = span([{ content: '' }, { content: 'Three' }, { content: 'Three mugs.' }]);
    expect(contentOf(streamed).messages!.output).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'Three mugs.' }] },
    ]);
    const told = span([{ content: '[{"mugs":3}]' }]);
    expect(contentOf(told).messages!.output[0]!.parts).toEqual([{ type: 'text', text: '[{"mugs":3}]' }]);
    const kinds = (...types: readonly string[]) =>
      kindsOf(...types.map((type) => ({ name: 'call', attributes: { 'langtrace.service.type': type } })));
    expect(kinds('vectordb', 'framework', 'llm')).toEqual(['retriever', 'chain', 'span']);
    expect(kindsOf({ name: 'embed', attributes: { 'gen_ai.operation.name': 'embed' } })).toEqual(['embedding']);
  });

  it('reads a tool of Strands, whose events are its arguments and result', () => {
    const span: Written = {
      name: 'execute_tool read',
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'read',
        'gen_ai.tool.status': 'error',
        'gen_ai.system': 'strands-agents',
      },
      events: [
        { name: 'gen_ai.tool.message', attributes: { content: '{"bay":3}', id: 't-1' } },
        { name: 'gen_ai.choice', attributes: { message: '[{"json":{"celsius":31}}]', id: 't-1' } },
      ],
    };
    expect(spansOf(span)[0]).toMatchObject({ status: 'error', statusOrigin: 'gen_ai.tool.status', provider: null });
    const { tool, messages } = contentOf(span);
    expect(tool).toEqual({ name: 'read', callId: 't-1', arguments: { bay: 3 }, result: { celsius: 31 } });
    expect(messages).toBeNull();
    expect(kindsOf({ name: 'execute_agent_loop_cycle' }, { name: 'execute_event_loop_cycle' })).toEqual([
      'chain',
      'chain',
    ]);
  });

  it('reads messages where Sentry puts them', () => {
    const { messages, toolDefinitions, parameters } = contentOf({
      name: 'chat',
      attributes: {
        'gen_ai.request.messages': '[{"role":"user","content":"Rain?"}]',
        'gen_ai.response.text': '["No."]',
        'gen_ai.request.available_tools': '[{"name":"sky"}]',
      },
    });
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [text('Rain?')] }],
      output: [{ role: 'assistant', parts: [text('No.')] }],
    });
    expect([toolDefinitions, parameters]).toEqual([[{ name: 'sky' }], {}]);
  });

  it('finds the words of a failed tool of the Anthropic SDK in its result', () => {
    const span: Written = {
      name: 'anthropic.custom_tool_use tide',
      status: 2,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'tide',
        'error.type': 'tool_error',
        'anthropic.tool_result.content': '[{"type":"text","text":"no table"}]',
      },
    };
    expect(spansOf(span)[0]).toMatchObject({ statusMessage: 'no table', statusOrigin: 'recorded' });
    expect(contentOf(span).tool!.result).toBe('no table');
  });
});

describe('Mastra since 1.60', () => {
  const step = (output: object) => ({
    'mastra.span.type': 'model_step',
    'mastra.model_step.input': '[{"role":"user","content":"Open?"}]',
    'mastra.model_step.output': JSON.stringify(output),
  });
  const call = {
    'mastra.span.type': 'model_inference',
    'gen_ai.operation.name': 'chat',
    'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":""}]}]',
  };

  it('tells on the step what the call in it was asked and asked for', async () => {
    const output = { text: '', toolCalls: [{ toolCallId: 'c1', toolName: 'hours', args: { day: 'Sun' } }] };
    const [, llm] = spansOf(
      { name: 'agent_step Desk', id: 'a', attributes: step(output) },
      { name: 'chat gpt', id: 'b', parent: 'a', attributes: call },
    );
    expect(llm!.kind).toBe('llm');
    const { messages, attributes } = await llm!.content();
    expect(messages).toEqual({
      input: [{ role: 'user', parts: [text('Open?')] }],
      output: [
        { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'hours', arguments: { day: 'Sun' } }] },
      ],
    });
    // What the span itself recorded stays what it was.
    expect([...attributes.keys()]).toEqual(Object.keys(call));
  });
});

describe('Gemini CLI', () => {
  it('tells in a log record what was cached and thought', () => {
    const [span] = spansOf({
      name: 'llm_call',
      scope: 'gemini-cli',
      attributes: {
        'gen_ai.operation.name': 'llm_call',
        'gen_ai.usage.input_tokens': 900,
        'gen_ai.usage.output_tokens': 30,
      },
      events: [
        {
          name: 'gemini_cli.api_response',
          attributes: {
            input_token_count: 900,
            output_token_count: 30,
            cached_content_token_count: 700,
            thoughts_token_count: 12,
            total_token_count: 942,
          },
        },
      ],
    });
    expect(span!.usage).toMatchObject({
      input: 900,
      cacheRead: 700,
      output: 42,
      outputText: 30,
      reasoning: 12,
      total: 942,
    });
  });
});

describe('Claude Code beside its logs', () => {
  it('knows what a request cost', () => {
    const [span] = spansOf({
      name: 'claude_code.llm_request',
      attributes: { 'span.type': 'llm_request', model: 'claude-opus-5', input_tokens: 5 },
      events: [{ name: 'claude_code.api_request', attributes: { cost_usd: 0.25 } }],
    });
    expect(span!.cost).toMatchObject({ total: 0.25, origin: 'reported' });
  });
});

describe('a call that two instrumentations tell of, one around the other', () => {
  const outer = {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'claude-opus-5',
    'llm.token_count.prompt': 1300,
    'llm.token_count.completion': 80,
    'llm.token_count.prompt_details.cache_read': 1000,
    'llm.token_count.prompt_details.cache_write': 100,
  };
  const inner = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'claude-opus-5',
    'gen_ai.usage.input_tokens': 1300,
    'gen_ai.usage.output_tokens': 80,
    'gen_ai.usage.cache_read.input_tokens': 1000,
    'gen_ai.usage.reasoning.output_tokens': 30,
  };
  const read = (below: typeof inner) =>
    ledger(
      readWritten(
        { name: 'messages', id: 'a', attributes: outer },
        { name: 'chat', id: 'b', parent: 'a', attributes: below },
      ).traces[0]!,
    );

  it('counts once, with what either tells of it', () => {
    const { total, conflicts } = read(inner);
    expect(total).toMatchObject({
      calls: 1,
      usage: {
        input: 1300,
        inputUncached: 200,
        cacheRead: 1000,
        cacheWrite: 100,
        output: 80,
        outputText: 50,
        reasoning: 30,
        total: 1380,
      },
    });
    expect(conflicts).toEqual([]);
  });

  it('with other sums counts as the inner one says', () => {
    const { total, conflicts } = read({ ...inner, 'gen_ai.usage.input_tokens': 1200 });
    expect(total.usage).toMatchObject({ input: 1200, inputUncached: 200, cacheWrite: null });
    expect(conflicts).toHaveLength(1);
  });
});

it('Langfuse’s wrapper of OpenAI calls embeddings generations', () => {
  const attributes = { 'langfuse.observation.type': 'generation' };
  expect(kindsOf({ name: 'OpenAI.embeddings', attributes })).toEqual(['embedding']);
  expect(kindsOf({ name: 'OpenAI.chat', attributes })).toEqual(['llm']);
});

describe('Ax', () => {
  const call: Written = {
    name: 'AI Chat Request',
    attributes: {
      'gen_ai.system': 'OpenAI',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'm-1',
      'gen_ai.request.llm_is_streaming': true,
    },
    events: [
      { name: 'gen_ai.choice', attributes: { index: 0, has_content: true } },
      { name: 'gen_ai.choice', attributes: { index: 0, has_content: true } },
      { name: 'gen_ai.choice', attributes: { index: 0, finish_reason: 'stop' } },
      {
        name: 'gen_ai.usage',
        attributes: {
          'gen_ai.usage.input_tokens': 100,
          'gen_ai.usage.output_tokens': 40,
          'gen_ai.usage.total_tokens': 1140,
          'gen_ai.usage.thoughts_tokens': 15,
        },
      },
    ],
  };

  it('writes tokens into an event, where what came from a cache is in the total alone', () => {
    expect(spansOf(call)[0]!.usage).toMatchObject({ input: 100, output: 40, total: 1140, reasoning: 15 });
    expect(spansOf(call)[0]!.usage!.other).toEqual({ unexplained: 1000 });
  });

  it('answers once, however many pieces a stream had', () => {
    expect(contentOf(call).messages!.output).toEqual([{ role: 'assistant', parts: [], finishReason: 'stop' }]);
  });

  it('has tools and programs', () => {
    expect(
      kindsOf(
        { name: 'AxGen', id: 'g', attributes: { signature_name: 'unknown_signature', output_field_count: 1 } },
        { name: 'Tool: stock', parent: 'g', attributes: { 'tool.name': 'stock', 'tool.mode': 'native' } },
      ),
    ).toEqual(['chain', 'tool']);
  });
});

describe('LangWatch', () => {
  const wrapped = (type: string, value: unknown) => JSON.stringify({ type, value });

  it('has kinds, people and amounts of its own', () => {
    const [span] = spansOf({
      name: 'ask',
      attributes: {
        'langwatch.span.type': 'llm',
        'gen_ai.request.model': 'm-1',
        'langwatch.metrics': wrapped('json', { promptTokens: 1100, completionTokens: 40, cost: 0.01 }),
      },
    });
    expect(span).toMatchObject({ kind: 'llm', usage: { input: 1100, output: 40 }, cost: { total: 0.01 } });
    const root = { 'langwatch.thread.id': 's', 'langwatch.user.id': 'u', 'langwatch.labels': ['a', 'b'] };
    expect(readWritten({ name: 'run', attributes: root }).traces[0]).toMatchObject({
      sessionId: 's',
      userId: 'u',
      tags: ['a', 'b'],
    });
    expect(
      ['agent', 'tool', 'rag', 'guardrail', 'evaluation', 'module', 'client'].flatMap((type) =>
        kindsOf({ name: 'x', attributes: { 'langwatch.span.type': type } }),
      ),
    ).toEqual(['agent', 'tool', 'retriever', 'guardrail', 'evaluator', 'chain', 'span']);
  });

  it('wraps what was said, given and found', () => {
    const chat = contentOf({
      name: 'ask',
      attributes: {
        'langwatch.span.type': 'llm',
        'langwatch.input': wrapped('chat_messages', [{ role: 'user', content: 'How many?' }]),
        'langwatch.output': wrapped('text', 'Three.'),
      },
    });
    expect(chat.messages).toEqual({
      input: [{ role: 'user', parts: [text('How many?')] }],
      output: [{ role: 'assistant', parts: [text('Three.')] }],
    });
    const found = contentOf({
      name: 'search',
      attributes: {
        'langwatch.span.type': 'rag',
        'langwatch.input': wrapped('text', 'mugs'),
        'langwatch.output': wrapped('list', [{ type: 'text', value: 'a' }]),
        'langwatch.contexts': wrapped('json', [{ document_id: 'd', chunk_id: 'c', content: 'Mugs are blue.' }]),
      },
    });
    expect(found.documents).toEqual({ query: 'mugs', input: [], output: [{ id: 'c', content: 'Mugs are blue.' }] });
    expect([found.input!.text, found.output!.text, found.messages]).toEqual(['mugs', '["a"]', null]);
  });
});

describe('Sentry', () => {
  it('writes an empty text before a call without a word', () => {
    const call = { id: 'c', type: 'function', function: { name: 'find', arguments: '{"a":1}' } };
    const { messages } = contentOf({
      name: 'chat',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.response.text': '[""]',
        'gen_ai.response.tool_calls': JSON.stringify([call]),
      },
    });
    expect(messages!.output).toEqual([
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c', name: 'find', arguments: { a: 1 } }] },
    ]);
  });
});

describe('TanStack AI', () => {
  const usage = { 'gen_ai.usage.input_tokens': 30, 'gen_ai.usage.output_tokens': 4 };
  const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm-1', 'tanstack.ai.iteration': 0, ...usage };
  const root = { 'gen_ai.request.model': 'm-1', 'tanstack.ai.iterations': 1, ...usage };
  const tool: Written = {
    name: 'execute_tool stock',
    parent: 'c',
    attributes: {
      'gen_ai.tool.name': 'stock',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.input.messages': JSON.stringify([{ role: 'tool', content: '{"sku":"mug"}' }]),
      'langfuse.observation.input': JSON.stringify([{ role: 'tool', content: '{"sku":"mug"}' }]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'tool', content: '{"left":3}' }]),
      'langfuse.observation.output': JSON.stringify([{ role: 'tool', content: '{"left":3}' }]),
    },
  };

  it('is one model call for each round, within an agent that sums them up', () => {
    const set = readWritten(
      { name: 'chat m-1', id: 'r', attributes: root },
      { name: 'chat m-1 #0', parent: 'r', id: 'c', attributes: call },
      tool,
    );
    expect([...set.traces[0]!.spans()].map(({ kind }) => kind)).toEqual(['agent', 'llm', 'tool']);
    expect(ledger(set.traces[0]!).total.usage).toMatchObject({ input: 30, output: 4 });
  });

  it('lets a tool say what it was asked and what it gave, which is no conversation', () => {
    const { tool: use, messages } = contentOf(tool);
    expect(use).toEqual({ name: 'stock', callId: 'call_1', arguments: { sku: 'mug' }, result: { left: 3 } });
    expect(messages).toBeNull();
  });
});

describe('Effect', () => {
  const tool: Written = { name: 'Toolkit.handle', attributes: { tool: 'stock', parameters: '{\n  "sku": "mug"\n}' } };

  it('handles a tool, whose name and arguments are two bare words', () => {
    expect(spansOf(tool).map(({ kind, name }) => [kind, name])).toEqual([['tool', 'stock']]);
    expect(contentOf(tool).tool).toEqual({ name: 'stock', arguments: { sku: 'mug' } });
  });
});
