import { describe, expect, it } from 'vitest';
import { auditContent, ledger } from '../../../src/core.ts';
import { CHILD, codes, contentOf, GRANDCHILD, only, outline, read, ROOT, run, spansOf, START } from './run.ts';

const text = (words: string) => ({ type: 'text', text: words });

describe('times', () => {
  it.each<[unknown, bigint | null]>([
    [START, 1_718_000_000_000_000_000n],
    [String(START), 1_718_000_000_000_000_000n],
    [START + 0.25, 1_718_000_000_000_250_000n],
    ['2024-06-10T06:13:20.123456Z', 1_718_000_000_123_456_000n],
    ['2024-06-10T08:13:20.1+02:00', 1_718_000_000_100_000_000n],
    ['2024-06-10T06:13:20.123456', 1_718_000_000_123_456_000n],
    ['2024-06-10 06:13:20', 1_718_000_000_000_000_000n],
    ['2024-06-10 06:13:20.5+00', 1_718_000_000_500_000_000n],
    [new Date(START), 1_718_000_000_000_000_000n],
  ])('%s', (start, instant) => {
    const span = only({ start_time: start });
    expect(span.startUnixNano).toBe(instant);
    expect(span.diagnostics).toEqual([]);
  });

  it.each([
    ['a word', 'soon'],
    ['a list', [1, 2, 3]],
    ['an object', {}],
    ['no date', new Date(Number.NaN)],
  ])('%s is none', (_, start) => {
    expect(only({ start_time: start }).diagnostics.map(({ code }) => code)).toContain('bad-timestamp');
  });

  it('an end in whole milliseconds is not before a start whose microseconds only count', () => {
    expect(only({ start_time: '2024-06-10T06:13:20.000007Z', end_time: START })).toMatchObject({
      duration: 0,
      diagnostics: [],
      endUnixNano: 1_718_000_000_000_007_000n,
    });
    expect(only({ start_time: '2024-06-10T06:13:20.000007Z', end_time: START - 1 }).diagnostics).toMatchObject([
      { code: 'end-before-start' },
    ]);
    expect(only({ start_time: '2024-06-10T06:13:20.000007Z', end_time: START + 1 }).duration).toBe(993_000);
  });

  it('seconds are recognized and marked', () => {
    expect(only({ start_time: START / 1000 })).toMatchObject({
      startUnixNano: 1_718_000_000_000_000_000n,
      diagnostics: [{ code: 'unit-guessed' }],
    });
  });
});

describe('dotted order', () => {
  const order = (...ids: string[]) => ids.map((id, at) => `20240610T06132000000${at}Z${id}`).join('.');

  it('tells id, trace, parent and start where these are missing', () => {
    const part = (name: string, ...ids: string[]) => ({
      name,
      run_type: 'chain',
      end_time: START + 10,
      dotted_order: order(...ids),
    });
    const set = read([part('c', ROOT, CHILD, GRANDCHILD), part('a', ROOT), part('b', ROOT, CHILD)]);
    expect(outline(set)).toBe('a\n  b\n    c');
    expect(spansOf(set)[2]).toMatchObject({
      traceId: ROOT,
      spanId: GRANDCHILD,
      startUnixNano: 1_718_000_000_000_002_000n,
      diagnostics: [],
    });
  });

  it('orders runs that start together', () => {
    const part = (name: string, id: string, place: number) =>
      run({
        id,
        name,
        parent_run_id: ROOT,
        dotted_order: `20240610T061320000000Z${ROOT}.20240610T06132000000${place}Z${id}`,
      });
    expect(outline(read([run(), part('second', 'a', 2), part('first', 'b', 1)]))).toBe('answer\n  first\n  second');
  });

  it('does so for old tracers by their count', () => {
    const part = (name: string, id: string, place: number) =>
      run({ id, name, parent_run_id: ROOT, execution_order: place, child_execution_order: place });
    expect(outline(read([run(), part('tenth', 'a', 10), part('second', 'b', 2)]))).toBe('answer\n  second\n  tenth');
  });

  it.each(['', 'x', '20240610', `20240610T061320Z`, 7, {}, '.', 'Z.Z', `${ROOT}`])('%j tells nothing', (value) => {
    expect(only({ dotted_order: value })).toMatchObject({ spanId: ROOT, parentSpanId: null });
  });
});

describe('what a run is', () => {
  it('keeps the word for its type', () => {
    expect(
      ['llm', 'chat', 'Tool', 'retriever', 'embedding', 'prompt', 'parser', 'my own']
        .map((type) => only({ run_type: type }))
        .map(({ kind, rawKind }) => [kind, rawKind]),
    ).toEqual([
      ['llm', 'llm'],
      ['llm', 'chat'],
      ['tool', 'Tool'],
      ['retriever', 'retriever'],
      ['embedding', 'embedding'],
      ['prompt', 'prompt'],
      ['parser', 'parser'],
      ['span', 'my own'],
    ]);
  });

  it.each([
    [{ error: 'Error: x\n  at y', status: 'error' }, 'error'],
    [{ error: 'x', end_time: undefined }, 'error'],
    [{ status: 'error' }, 'error'],
    [{ error: { code: 1 } }, 'error'],
    [{}, 'ok'],
    [{ status: 'success' }, 'ok'],
    [{ status: 'pending' }, 'running'],
    [{ status: 'pending', end_time: null }, 'running'],
    [{ end_time: undefined }, 'running'],
    [{ status: 'interrupted' }, 'ok'],
    [{ error: '' }, 'ok'],
  ])('%j is %s', (more, status) => {
    expect(only(more).status).toBe(status);
  });

  it('says what went wrong', () => {
    expect(only({ error: 'TimeoutError()' }).statusMessage).toBe('TimeoutError()');
    expect(only({ error: { code: 7 } }).statusMessage).toBe('{"code":7}');
  });

  it('is named after what ran where it has no name', () => {
    expect(only({ name: null, serialized: { name: 'Retriever' } }).name).toBe('Retriever');
    expect(
      only({
        name: '',
        serialized: { lc: 1, type: 'not_implemented', id: ['langchain', 'chat_models', 'ChatX'], repr: '…' },
      }).name,
    ).toBe('ChatX');
    expect(only({ name: undefined, serialized: '{"id":["a","B"]}' }).name).toBe('B');
  });

  it('gets an id of its content where it has none, and so do runs below it', () => {
    const tree = {
      run_type: 'chain',
      name: 'a',
      start_time: START,
      child_runs: [
        {
          run_type: 'tool',
          name: 'b',
          child_runs: [
            { run_type: 'tool', name: 'c' },
            { run_type: 'tool', name: 'c' },
          ],
        },
      ],
    };
    const set = read(tree);
    expect(outline(set)).toBe('a\n  b\n    c');
    expect(set.accounting).toEqual({ entries: 4, shown: 3, merged: 1, skipped: 0 });
    expect(codes(set)).toMatchObject({ 'missing-span-id': 3, 'duplicate-span': 1 });
    expect(read(structuredClone(tree)).traces[0]!.key).toBe(set.traces[0]!.key);
  });

  it('hands over all that it holds, by reference', () => {
    const [inputs, manifest] = [{ q: 'hi' }, { deep: [1] }];
    const { attributes, raw } = contentOf(
      only({
        inputs,
        session_id: 'p',
        session_name: 'demo',
        reference_example_id: 'e',
        serialized: {},
        tags: [],
        status: 'interrupted',
        app_path: '/o/1',
        my_field: manifest,
        extra: { runtime: { sdk: 's' }, batch_size: 1, metadata: { x: manifest, ['__proto__']: 1 } },
        total_tokens: null,
      }),
    );
    expect(Object.fromEntries(attributes)).toEqual({
      'langsmith.span.id': ROOT,
      'langsmith.trace.name': 'answer',
      'langsmith.span.kind': 'chain',
      'gen_ai.prompt': inputs,
      'langsmith.trace.session_id': 'p',
      'langsmith.trace.session_name': 'demo',
      'langsmith.reference_example_id': 'e',
      'langsmith.run.status': 'interrupted',
      'langsmith.run.app_path': '/o/1',
      'langsmith.run.my_field': manifest,
      'langsmith.span.runtime': { sdk: 's' },
      'langsmith.run.extra.batch_size': 1,
      'langsmith.metadata.x': manifest,
      'langsmith.metadata.__proto__': 1,
    });
    expect(attributes.get('gen_ai.prompt')).toBe(inputs);
    expect(raw).toHaveLength(1);
  });

  it('has events with their arguments', () => {
    const span = only({
      run_type: 'llm',
      events: [
        { name: 'start', time: START },
        { name: 'new_token', time: '2024-06-10T06:13:20.450Z', kwargs: { token: 'He' }, extra: 1 },
        { name: 'new_token', time: START + 900 },
        null,
        'end',
        { name: {}, time: {} },
      ],
    });
    expect(span.firstToken).toBe(450_000_000);
    expect(
      contentOf(span).events.map(({ name, time, attributes }) => [name, time, Object.fromEntries(attributes)]),
    ).toEqual([
      ['start', 0, {}],
      ['new_token', 450_000_000, { extra: 1, token: 'He' }],
      ['new_token', 900_000_000, {}],
      ['end', Number.NaN, {}],
      ['', Number.NaN, {}],
    ]);
    expect(
      only({
        run_type: 'llm',
        first_token_time: '2024-06-10T06:13:20.250',
        events: [{ name: 'new_token', time: START + 900 }],
      }).firstToken,
    ).toBe(250_000_000);
  });

  it('names its attachments and leaves the bytes alone', () => {
    const { attributes } = contentOf(
      only({
        attachments: {
          photo: ['image/png', new Uint8Array(5)],
          note: ['text/plain', 'aGVsbG8='],
          sound: { mime_type: 'audio/wav', presigned_url: 'https://example.com/x' },
          doc: { mimeType: 'a/b', data: { type: 'Buffer', data: [1, 2] } },
          odd: null,
        },
      }),
    );
    expect(attributes.get('langsmith.attachments')).toEqual([
      { name: 'photo', mime_type: 'image/png', size: 5 },
      { name: 'note', mime_type: 'text/plain', size: 5 },
      { name: 'sound', mime_type: 'audio/wav', url: 'https://example.com/x' },
      { name: 'doc', mime_type: 'a/b', size: 2 },
      { name: 'odd' },
    ]);
  });

  it('says so where its values lie elsewhere', () => {
    const address = { ROOT: { presigned_url: 'https://example.com/x', s3_url: 's3' } };
    expect(
      codes(
        read([
          run({ inputs: {}, inputs_s3_urls: address }),
          run({ id: CHILD, outputs: null, outputs_s3_urls: address }),
        ]),
      ),
    ).toEqual({ 'partial-page': 2 });
    expect(codes(read(run({ inputs: { a: 1 }, inputs_s3_urls: address, outputs_s3_urls: {} })))).toEqual({});
  });
});

describe('the trace', () => {
  it('takes name, tags and metadata of its root, and the thread from any run', () => {
    const set = read([
      run({
        session_name: 'demo',
        tags: ['prod'],
        extra: { metadata: { tier: 'gold', ls_method: 'traceable', LANGSMITH_TRACING: 'true', user_id: 'u' } },
      }),
      run({
        id: CHILD,
        parent_run_id: ROOT,
        name: 'b',
        session_name: 'demo',
        tags: ['seq:step:1'],
        extra: { metadata: { conversation_id: 'c', tier: 'tin' } },
      }),
    ]);
    expect(set.traces[0]).toMatchObject({
      name: 'answer',
      tags: ['prod'],
      sessionId: 'c',
      userId: 'u',
      metadata: { project: 'demo', tier: 'gold' },
    });
    expect(set.traces).toHaveLength(1);
  });

  it('is the one of its root where no run names it', () => {
    const set = read([run({ id: GRANDCHILD, parent_run_id: CHILD }), run({ id: CHILD, parent_run_id: ROOT }), run()]);
    expect(set.traces.map(({ key, spanCount }) => [key, spanCount])).toEqual([[ROOT, 3]]);
  });
});

describe('usage', () => {
  const usage = (input: number, output: number) => ({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
  });
  const llm = (more: object) => only({ run_type: 'llm', ...more });
  const generation = (message: object) => ({ generations: [[{ text: '', message }]] });

  it.each<[string, object, [number, number]]>([
    [
      'outputs',
      { outputs: { usage_metadata: usage(1, 2), ...generation({ kwargs: { usage_metadata: usage(3, 4) } }) } },
      [1, 2],
    ],
    [
      'a serialized message',
      {
        outputs: {
          ...generation({ lc: 1, kwargs: { usage_metadata: usage(3, 4) } }),
          llm_output: { token_usage: { prompt_tokens: 5, completion_tokens: 6 } },
        },
      },
      [3, 4],
    ],
    ['a plain message', { outputs: generation({ type: 'ai', usage_metadata: usage(3, 4) }) }, [3, 4]],
    [
      'llm_output',
      {
        outputs: { llm_output: { token_usage: { prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 } } },
        extra: { metadata: { usage_metadata: usage(9, 9) } },
      },
      [5, 6],
    ],
    [
      'llmOutput',
      { outputs: { llmOutput: { tokenUsage: { promptTokens: 5, completionTokens: 6, totalTokens: 11 } } } },
      [5, 6],
    ],
    [
      'the answer of a provider',
      {
        outputs: {
          choices: [],
          usage: {
            prompt_tokens: 7,
            completion_tokens: 8,
            total_tokens: 15,
            prompt_tokens_details: { cached_tokens: 3 },
          },
        },
      },
      [7, 8],
    ],
    ['a wrapped message', { outputs: { output: { type: 'ai', usage_metadata: usage(3, 4) } } }, [3, 4]],
    [
      'metadata',
      {
        outputs: { llm_output: { token_usage: {} } },
        extra: { metadata: { usage_metadata: usage(9, 10) } },
        prompt_tokens: 100,
        completion_tokens: 100,
      },
      [9, 10],
    ],
    [
      'fields of the run',
      { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, prompt_token_details: { cache_read: 60 } },
      [100, 50],
    ],
    [
      'text',
      { outputs: JSON.stringify({ usage_metadata: usage(1, 2) }), extra: JSON.stringify({ metadata: {} }) },
      [1, 2],
    ],
  ])('stands in %s', (_, more, [input, output]) => {
    expect(llm(more).usage).toMatchObject({ input, output, total: input + output });
  });

  it('has details, in all spellings', () => {
    expect(
      llm({
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_token_details: { cache_read: 60 },
        completion_token_details: { reasoning: 20 },
      }).usage,
    ).toMatchObject({ inputUncached: 40, cacheRead: 60, reasoning: 20, outputText: 30 });
    expect(
      llm({
        outputs: {
          usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 90, cache_creation_input_tokens: 0 },
        },
      }).usage,
    ).toMatchObject({ input: 100, inputUncached: 10, cacheRead: 90, output: 5 });
    expect(
      llm({
        outputs: {
          usage_metadata: {
            ...usage(100, 5),
            input_token_details: { cache_creation: 0, ephemeral_5m_input_tokens: 30, cache_read: 20 },
          },
        },
      }).usage,
    ).toMatchObject({ inputUncached: 50, cacheWrite: 30, cacheRead: 20 });
  });

  it('is unknown where the API says nothing but zeros', () => {
    expect(only({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, total_cost: 0 })).toMatchObject({
      usage: null,
      cost: null,
    });
    expect(llm({ outputs: { usage_metadata: usage(0, 0) } }).usage).toMatchObject({ total: 0 });
  });

  it('costs, as decimal text or numbers, from where they stand', () => {
    expect(
      llm({
        outputs: { usage_metadata: usage(1, 2) },
        total_cost: '0.003',
        prompt_cost: '0.001',
        completion_cost: '0.002',
      }),
    ).toMatchObject({ usage: { total: 3 }, cost: { total: 0.003, parts: { input: 0.001, output: 0.002 } } });
    expect(
      llm({ outputs: { usage_metadata: { ...usage(1, 2), total_cost: 0.5 } }, total_cost: '9' }).cost,
    ).toMatchObject({ total: 0.5 });
    expect(llm({ total_cost: null, prompt_cost: 'x' }).cost).toBeNull();
  });

  it('of ancestors, which the API adds up, counts once', () => {
    const set = read([
      run({ prompt_tokens: 30, completion_tokens: 12, total_tokens: 42, total_cost: '0.42' }),
      run({
        id: CHILD,
        run_type: 'llm',
        parent_run_id: ROOT,
        outputs: { usage_metadata: usage(20, 10) },
        prompt_tokens: 30,
        completion_tokens: 12,
        total_tokens: 42,
        total_cost: '0.3',
      }),
      run({
        id: GRANDCHILD,
        run_type: 'llm',
        parent_run_id: ROOT,
        prompt_tokens: 10,
        completion_tokens: 2,
        total_tokens: 12,
        total_cost: '0.12',
      }),
    ]);
    expect(ledger(set.traces[0]!)).toMatchObject({
      total: { usage: { input: 30, output: 12, total: 42 }, cost: { total: 0.42 }, calls: 2, callsWithUsage: 2 },
      conflicts: [],
    });
  });

  it.each(['chain', 'tool', 'retriever', 'prompt', 'parser'])(
    'of a model that a %s passes on is not its own',
    (type) => {
      const more = {
        run_type: type,
        outputs: { output: { usage_metadata: usage(3, 4) }, ...generation({ usage_metadata: usage(3, 4) }) },
        extra: { metadata: { usage_metadata: usage(3, 4) } },
      };
      expect(only(more).usage).toBeNull();
    },
  );
});

describe('messages and models', () => {
  const lc = (name: string, kwargs: object) => ({
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', name],
    kwargs,
  });
  const messages = (inputs: unknown, outputs: unknown = {}) =>
    contentOf(only({ run_type: 'llm', inputs, outputs })).messages;

  it('of LangChain, in all its forms', () => {
    const expected = [
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Hi')] },
    ];
    for (const list of [
      [[lc('SystemMessage', { content: 'Be brief.' }), lc('HumanMessage', { content: 'Hi' })]],
      [
        { type: 'system', data: { content: 'Be brief.' } },
        { type: 'human', data: { content: 'Hi' } },
      ],
      [
        ['system', 'Be brief.'],
        ['human', 'Hi'],
      ],
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'human', content: [text('Hi')] },
      ],
    ])
      expect(messages({ messages: list })!.input).toEqual(expected);
    expect(messages({ prompts: ['Hi'] })!.input).toEqual([expected[1]]);
  });

  it('of OpenAI, Anthropic and models that do not chat', () => {
    const said = (finishReason?: string) => [
      { role: 'assistant', parts: [text('Hello')], ...(finishReason === undefined ? {} : { finishReason }) },
    ];
    expect(
      messages({}, { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] })!.output,
    ).toEqual(said('stop'));
    expect(messages({}, { choices: [{ text: 'Hello', finish_reason: 'length' }] })!.output).toEqual(said('length'));
    expect(
      messages({}, { generations: [[{ text: 'Hello', generation_info: { finish_reason: 'stop' } }]] })!.output,
    ).toEqual(said('stop'));
    expect(
      messages({}, { type: 'message', role: 'assistant', content: [text('Hello')], stop_reason: 'end_turn' })!.output,
    ).toEqual(said('end_turn'));
    expect(messages({}, { content: [text('Hello')], stop_reason: 'end_turn' })!.output).toEqual(said('end_turn'));
    expect(messages({}, { content: 'Hello' })!.output).toEqual(said());
    expect(messages({}, { output: 'Hello' })!.output).toEqual(said());
    expect(messages({}, { output: lc('AIMessage', { content: 'Hello' }) })!.output).toEqual(said());
    expect(
      messages(
        { input: [{ role: 'user', content: 'Hi' }] },
        {
          output: [
            { type: 'reasoning', summary: [text('Hm')] },
            { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
            { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
          ],
        },
      )!.output,
    ).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'Hm' }] },
      ...said(),
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c', name: 'f', arguments: {} }] },
    ]);
  });

  it('are not read into what other runs give', () => {
    expect(
      contentOf(only({ run_type: 'chain', inputs: { input: 'Hi' }, outputs: { output: 'Hello' } })).messages,
    ).toBeNull();
  });

  it('name the model that answered, the one that was asked, and how', () => {
    expect(
      only({ run_type: 'llm', inputs: { model: 'asked', messages: [] }, outputs: { model: 'answered' } }).model,
    ).toBe('answered');
    expect(
      only({ run_type: 'llm', inputs: { model: 'asked', messages: [] }, extra: { metadata: { ls_model_name: 'set' } } })
        .model,
    ).toBe('asked');
    expect(
      only({
        run_type: 'llm',
        outputs: {
          generations: [[{ message: lc('AIMessage', { content: '', response_metadata: { model_name: 'answered' } }) }]],
        },
      }).model,
    ).toBe('answered');
    expect(only({ run_type: 'llm', outputs: { llm_output: { model_name: 'answered' } } }).model).toBe('answered');
    const span = only({
      run_type: 'llm',
      extra: {
        invocation_params: {
          model_name: 'called',
          temperature: 0.5,
          tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
        },
        metadata: { ls_provider: 'openai', ls_max_tokens: 9 },
      },
    });
    expect(span).toMatchObject({ model: 'called', provider: 'openai' });
    expect(contentOf(span)).toMatchObject({
      parameters: { model_name: 'called', temperature: 0.5, max_tokens: 9 },
      toolDefinitions: [{ name: 'f', parameters: {} }],
    });
    expect(
      contentOf(only({ run_type: 'llm', inputs: { messages: [], tools: [{ name: 'g', input_schema: {} }] } }))
        .toolDefinitions,
    ).toEqual([{ name: 'g', parameters: {} }]);
  });

  it('stand beside documents, tools and prompts', () => {
    const documents = [{ page_content: 'c', metadata: { page: 3, score: 0.5 }, type: 'Document' }];
    for (const outputs of [{ documents }, { output: documents }, { outputs: documents }, { outputs: { documents } }]) {
      expect(contentOf(only({ run_type: 'retriever', inputs: { query: 'q' }, outputs })).documents).toEqual({
        query: 'q',
        input: [],
        output: [{ content: 'c', score: 0.5, scoreKind: 'relevance', metadata: { page: 3, score: 0.5 } }],
      });
    }
    expect(
      contentOf(only({ run_type: 'tool', name: 'search', inputs: { q: 1 }, outputs: { output: 'found' } })).tool,
    ).toEqual({ name: 'search', arguments: { q: 1 }, result: { output: 'found' } });
    const answer = {
      output: lc('ToolMessage', { content: '{"ok":1}', tool_call_id: 'c1', name: 'search', status: 'success' }),
    };
    expect(contentOf(only({ run_type: 'tool', name: 'search', inputs: { q: 1 }, outputs: answer })).tool).toEqual({
      name: 'search',
      callId: 'c1',
      arguments: { q: 1 },
      result: { ok: 1 },
    });
    const prompt = contentOf(
      only({
        run_type: 'prompt',
        inputs: { topic: 'x' },
        outputs: {
          output: {
            lc: 1,
            type: 'constructor',
            id: ['langchain_core', 'prompt_values', 'ChatPromptValue'],
            kwargs: { messages: [lc('HumanMessage', { content: 'About x' })] },
          },
        },
        extra: { metadata: { lc_hub_owner: 'me', lc_hub_repo: 'essay', lc_hub_commit_hash: 'abc' } },
      }),
    );
    expect(prompt).toMatchObject({
      messages: { output: [{ role: 'user', parts: [text('About x')] }] },
      promptTemplate: { template: 'me/essay', version: 'abc', variables: { topic: 'x' } },
    });
  });

  it('leave nothing to complain about', async () => {
    expect(await auditContent(read(run({ inputs: { messages: [[lc('HumanMessage', { content: 'Hi' })]] } })))).toEqual(
      [],
    );
  });
});
