import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readScores } from '../../src/conventions/readScores.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';
import type { AttributeValue } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>) => readContent(new Map(Object.entries(attributes)), []);

describe('messages', () => {
  const message = (i: number | string, fields: Record<string, AttributeValue>, side = 'input') =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [`llm.${side}_messages.${i}.message.${field}`, value]),
    );

  it('are read with role, name and text', () => {
    expect(
      read({
        ...message(0, { role: 'system', content: 'Be brief.' }),
        ...message(1, { role: 'user', content: 'Hi', name: 'jo' }),
        ...message(0, { role: 'assistant', content: 'Hello' }, 'output'),
      }).messages,
    ).toEqual({
      input: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', name: 'jo', parts: [{ type: 'text', text: 'Hi' }] },
      ],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
    });
  });

  it('begin with what the model was told beside them, among the settings of a call', () => {
    // @arizeai/openinference-instrumentation-anthropic 0.2.
    const roles = (system: unknown, first: string) =>
      read({
        ...message(0, { role: first, content: 'Hi' }),
        'llm.invocation_parameters': JSON.stringify({ max_tokens: 5, system }),
      }).messages!.input.map(({ role, parts: [part] }) => [role, part!.type === 'text' && part!.text]);
    const told = [
      ['system', 'Be brief.'],
      ['user', 'Hi'],
    ];
    expect(roles('Be brief.', 'user')).toEqual(told);
    expect(roles([{ type: 'text', text: 'Be brief.' }], 'user')).toEqual(told);
    expect(roles('Be brief.', 'system')).toEqual([['system', 'Hi']]);
    expect(roles(undefined, 'user')).toEqual([['user', 'Hi']]);
  });

  it('stand in the order of their numbers, past ten and over gaps', () => {
    const shuffled = [11, 2, 10, 0, 9, 300].map((i) => message(i, { content: `m${i}` }));
    const texts = read(Object.assign({}, ...shuffled) as Record<string, AttributeValue>).messages!.input.map(
      ({ role, parts: [part] }) => [role, part!.type === 'text' && part!.text],
    );
    expect(texts).toEqual(['m0', 'm2', 'm9', 'm10', 'm11', 'm300'].map((text) => ['unknown', text]));
  });

  it('are not led astray by hostile numbers', () => {
    const { messages } = read({
      ...message('999999999', { content: 'far' }),
      ...message('4294967296', { content: 'farther' }),
      ...message('99999999999999999999', { content: 'no' }),
      ...message('-1', { content: 'no' }),
      ...message('1e3', { content: 'no' }),
      ...message('__proto__', { content: 'no' }),
      ...message('constructor', { content: 'no' }),
      ...message('', { content: 'no' }),
    });
    expect(messages!.input.map(({ parts }) => parts)).toEqual([
      [{ type: 'text', text: 'far' }],
      [{ type: 'text', text: 'farther' }],
    ]);
  });

  it('hold parts of all sorts in order', () => {
    const parts: Record<string, AttributeValue> = {
      '0.message_content.type': 'text',
      '0.message_content.text': 'Look:',
      '1.message_content.type': 'image',
      '1.message_content.image.image.url': 'https://example.com/a.png',
      '2.message_content.type': 'image',
      '2.message_content.image.image.url': 'data:image/png;base64,AA==',
      '3.message_content.type': 'audio',
      '3.message_content.audio.audio.url': 'data:audio/wav;base64,AA==',
      '3.message_content.audio.audio.mime_type': 'audio/wav',
      '3.message_content.audio.audio.transcript': 'hm',
      '4.message_content.type': 'reasoning',
      '4.message_content.text': 'because',
      '5.message_content.type': 'reasoning',
      '5.message_content.data': 'xyz',
      '6.message_content.type': 'tool_use',
      '6.tool_call.id': 'c1',
      '6.tool_call.function.name': 'search',
      '6.tool_call.function.arguments': '{"q":"x"}',
      '8.message_content.type': 'reasoning',
      '8.message_content.encrypted_content': 'xyz',
      '7.message_content.type': 'hologram',
      '7.message_content.beam': 1,
    };
    const prefixed = Object.fromEntries(Object.entries(parts).map(([key, value]) => [`contents.${key}`, value]));
    expect(read(message(0, { role: 'user', ...prefixed })).messages!.input[0]!.parts).toEqual([
      { type: 'text', text: 'Look:' },
      { type: 'image', uri: 'https://example.com/a.png' },
      { type: 'image', data: 'data:image/png;base64,AA==' },
      { type: 'audio', data: 'data:audio/wav;base64,AA==', mimeType: 'audio/wav', transcript: 'hm' },
      { type: 'reasoning', text: 'because', redacted: false },
      { type: 'reasoning', text: '', redacted: true },
      { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 'x' } },
      { type: 'unknown', value: { 'message_content.type': 'hologram', 'message_content.beam': 1 } },
      { type: 'reasoning', text: '', redacted: true },
    ]);
  });

  it('show a tool call once that stands in both forms, and calls without an id each', () => {
    const call = (form: string, id: string | null, name: string) => ({
      ...(id === null ? {} : { [`${form}.tool_call.id`]: id }),
      [`${form}.tool_call.function.name`]: name,
      [`${form}.tool_call.function.arguments`]: '{}',
    });
    const { parts } = read(
      message(0, {
        role: 'assistant',
        ...call('contents.0', 'c1', 'a'),
        ...call('tool_calls.0', 'c1', 'a'),
        ...call('tool_calls.1', 'c2', 'b'),
        ...call('tool_calls.2', null, 'c'),
      }),
    ).messages!.input[0]!;
    expect(parts).toEqual([
      { type: 'toolCall', id: 'c1', name: 'a', arguments: {} },
      { type: 'toolCall', id: 'c2', name: 'b', arguments: {} },
      { type: 'toolCall', name: 'c', arguments: {} },
    ]);
  });

  it('read results of tools, parsed where they are JSON', () => {
    const results = {
      ...message(0, { role: 'tool', content: '{"ok":true}', tool_call_id: 'c1', name: 'search' }),
      ...message(1, { role: 'tool', content: 'plain' }),
    };
    expect(read(results).messages!.input.map(({ parts }) => parts)).toEqual([
      [{ type: 'toolResult', id: 'c1', name: 'search', result: { ok: true } }],
      [{ type: 'toolResult', result: 'plain' }],
    ]);
  });

  it('read the older call of a function, prompts and completions', () => {
    expect(
      read(message(0, { role: 'assistant', function_call_name: 'f', function_call_arguments_json: '[1]' })).messages!
        .input[0]!.parts,
    ).toEqual([{ type: 'toolCall', name: 'f', arguments: [1] }]);
    expect(read({ 'llm.prompts.0.prompt.text': 'Once', 'llm.choices.0.completion.text': 'upon' }).messages).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Once' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', text: 'upon' }] }],
    });
  });

  it('read the oldest forms: lists of texts, and the call of a function alone', () => {
    expect(
      read({ 'llm.prompts': ['Once', 'Twice'], 'llm.function_call': '{"name":"f","arguments":"{\\"x\\":1}"}' })
        .messages,
    ).toEqual({
      input: [
        { role: 'user', parts: [{ type: 'text', text: 'Once' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Twice' }] },
      ],
      output: [{ role: 'assistant', parts: [{ type: 'toolCall', name: 'f', arguments: { x: 1 } }] }],
    });
  });

  it('say why the model stopped', () => {
    expect(
      read({ ...message(0, { content: 'Hi' }, 'output'), 'llm.finish_reason': 'length' }).messages!.output,
    ).toEqual([{ role: 'unknown', finishReason: 'length', parts: [{ type: 'text', text: 'Hi' }] }]);
  });

  it.each([
    [
      'half',
      {
        'llm.input_messages': [
          {
            'message.role': 'assistant',
            'message.contents': [{ 'message_content.type': 'text', 'message_content.text': 'Hi' }],
            'message.tool_calls': [
              { 'tool_call.id': 'c1', 'tool_call.function.name': 'f', 'tool_call.function.arguments': '{}' },
            ],
          },
        ],
      },
    ],
    [
      'within lists',
      {
        'llm.input_messages': [
          {
            message: {
              role: 'assistant',
              contents: [{ message_content: { type: 'text', text: 'Hi' } }],
              tool_calls: [{ tool_call: { id: 'c1', function: { name: 'f', arguments: '{}' } } }],
            },
          },
        ],
      },
    ],
    [
      'all the way',
      {
        llm: {
          input_messages: [
            {
              message: {
                role: 'assistant',
                contents: [{ message_content: { type: 'text', text: 'Hi' } }],
                tool_calls: [{ tool_call: { id: 'c1', function: { name: 'f', arguments: '{}' } } }],
              },
            },
          ],
        },
      },
    ],
  ])('are the same where a store has nested them: %s', (_, attributes) => {
    expect(read(attributes).messages!.input).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Hi' },
          { type: 'toolCall', id: 'c1', name: 'f', arguments: {} },
        ],
      },
    ]);
  });

  it('show a content that is structure as JSON, however deep', () => {
    let deep: AttributeValue = 'core';
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    const [part] = read(message(0, { role: 'user', content: deep })).messages!.input[0]!.parts;
    expect(part).toEqual({ type: 'text', text: `${'['.repeat(20_000)}"core"${']'.repeat(20_000)}` });
  });
});

describe('the rest of a span', () => {
  it('input and output stay text with their type, parsed when asked', () => {
    const { input, output } = read({
      'input.value': '{"q":1}',
      'input.mime_type': 'application/json',
      'output.value': 'no json',
    });
    expect([input!.text, input!.mimeType, input!.json()]).toEqual(['{"q":1}', 'application/json', { q: 1 }]);
    expect([output!.text, output!.mimeType, output!.json()]).toEqual(['no json', 'text/plain', undefined]);
    expect(read({}).input).toBeNull();
  });

  it('documents that were retrieved', () => {
    expect(
      read({
        'input.value': 'refund?',
        'retrieval.documents.1.document.content': 'B',
        'retrieval.documents.0.document.id': 'd0',
        'retrieval.documents.0.document.content': 'A',
        'retrieval.documents.0.document.score': '0.5',
        'retrieval.documents.0.document.metadata': '{"page":3}',
      }).documents,
    ).toEqual({
      query: 'refund?',
      input: [],
      output: [
        { id: 'd0', content: 'A', score: 0.5, scoreKind: 'similarity', metadata: { page: 3 } },
        { content: 'B' },
      ],
    });
  });

  it('documents that a store has nested, their metadata still whole', () => {
    expect(
      read({
        'retrieval.documents': [{ document: { id: 'd0', content: 'A', score: 0.5, metadata: { page: { no: 3 } } } }, 7],
      }).documents!.output,
    ).toEqual([{ id: 'd0', content: 'A', score: 0.5, scoreKind: 'similarity', metadata: { page: { no: 3 } } }, {}]);
  });

  it('documents before and after reranking', () => {
    expect(
      read({
        'reranker.query': 'q',
        'input.value': 'other',
        'reranker.input_documents.0.document.id': 'a',
        'reranker.input_documents.1.document.id': 'b',
        'reranker.output_documents.0.document.id': 'b',
        'reranker.output_documents.0.document.score': 0.9,
      }).documents,
    ).toEqual({
      query: 'q',
      input: [{ id: 'a' }, { id: 'b' }],
      output: [{ id: 'b', score: 0.9, scoreKind: 'relevance' }],
    });
  });

  it('embeddings, the vector given when asked', () => {
    const [first, second] = read({
      'embedding.embeddings.0.embedding.text': 'x',
      'embedding.embeddings.0.embedding.vector': [0.1, 0.2],
      'embedding.embeddings.1.embedding.text': 'y',
    }).embeddings;
    expect([first!.text, first!.dimensions, first!.vector()]).toEqual(['x', 2, [0.1, 0.2]]);
    expect([second!.text, second!.dimensions, second!.vector()]).toEqual(['y', undefined, null]);
  });

  it('the prompt template with its variables', () => {
    expect(
      read({
        'llm.prompt_template.template': 'Hi {name}',
        'llm.prompt_template.variables': '{"name":"Jo"}',
        'llm.prompt_template.version': 'v2',
      }).promptTemplate,
    ).toEqual({ template: 'Hi {name}', variables: { name: 'Jo' }, version: 'v2' });
    expect(
      read({ 'llm.prompt_template.template': 'Hi', 'llm.prompt_template.variables': 'broken {' }).promptTemplate,
    ).toEqual({ template: 'Hi', variables: {} });
  });

  it('tool definitions in either shape, and one that is broken', () => {
    expect(
      read({
        'llm.tools.0.tool.json_schema':
          '{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}',
        'llm.tools.1.tool.json_schema': '{"name":"g","input_schema":{}}',
        'llm.tools.2.tool.json_schema': '{broken',
      }).toolDefinitions,
    ).toEqual([
      { name: 'f', description: 'd', parameters: { type: 'object' } },
      { name: 'g', parameters: {} },
      { name: '' },
    ]);
  });

  it('tool definitions as one text', () => {
    expect(read({ 'llm.tools': '[{"name":"f"},{"name":"g"}]' }).toolDefinitions).toEqual([
      { name: 'f' },
      { name: 'g' },
    ]);
    expect(read({ 'llm.tools': '{"name":"f"}' }).toolDefinitions).toEqual([{ name: 'f' }]);
  });

  it('a tool that is named by its schema alone', () => {
    expect(
      read({
        'tool.json_schema': '{"type":"function","function":{"name":"search","description":"finds"}}',
        'input.value': '{"q":1}',
      }).tool,
    ).toEqual({ name: 'search', description: 'finds', arguments: { q: 1 } });
  });

  it('invocation parameters', () => {
    expect(read({ 'llm.invocation_parameters': '{"temperature":0.2,"__proto__":1}' }).parameters).toEqual(
      JSON.parse('{"temperature":0.2,"__proto__":1}'),
    );
    expect(read({ 'llm.invocation_parameters': 'none' }).parameters).toEqual({});
  });

  it('a tool with arguments and result', () => {
    expect(
      read({
        'tool.name': 'search',
        'tool.description': 'finds',
        'tool.id': 'c1',
        'tool.parameters': '{"q":{"type":"number"}}',
        'input.value': '{"q":1}',
        'output.value': '[1]',
      }).tool,
    ).toEqual({ name: 'search', description: 'finds', callId: 'c1', arguments: { q: 1 }, result: [1] });
    // @arizeai/openinference-instrumentation-bedrock-agent-runtime 1.2
    const call = 'llm.input_messages.0.message.tool_calls.0.tool_call.function';
    expect(
      read({ 'tool.name': 'stock', [`${call}.name`]: 'stock', [`${call}.arguments`]: '{"sku":"mug"}' }).tool,
    ).toEqual({
      name: 'stock',
      arguments: { sku: 'mug' },
    });
    expect(read({ 'tool.name': 'search', 'input.value': 'x' }).tool).toEqual({
      name: 'search',
      arguments: 'x',
      result: undefined,
    });
  });

  it('scores under either word, with the level they are about', () => {
    expect(
      readScores(
        new Map(
          Object.entries({
            'annotations.0.annotation.name': 'helpful',
            'annotations.0.annotation.score': 1,
            'annotations.0.annotation.annotator_kind': 'HUMAN',
            'annotations.0.annotation.explanation': 'yes',
            'evaluations.0.evaluation.name': 'toxic',
            'evaluations.0.evaluation.label': 'no',
            'evaluations.0.evaluation.annotator_kind': 'ROBOT',
            'evaluations.0.evaluation.metadata': '{"run":3}',
            'trace.annotations.0.annotation.name': 'solved',
            'trace.annotations.0.annotation.identifier': 'nightly',
            'session.evaluations.3.evaluation.name': 'calm',
          }),
        ),
        [],
      ),
    ).toEqual([
      { name: 'helpful', value: 1, label: null, comment: 'yes', source: 'human' },
      { name: 'toxic', value: null, label: 'no', comment: null, source: 'unknown', metadata: { run: 3 } },
      {
        name: 'solved',
        value: null,
        label: null,
        comment: null,
        source: 'unknown',
        level: 'trace',
        metadata: { identifier: 'nightly' },
      },
      { name: 'calm', value: null, label: null, comment: null, source: 'unknown', level: 'session' },
    ]);
  });
});

describe('tokens and cost', () => {
  it('count the cache inside the prompt, under either name', () => {
    expect(
      readEnvelope({ 'llm.token_count.prompt': 17_903, 'llm.token_count.prompt_details.cache_read': 17_817 }).usage,
    ).toMatchObject({ input: 17_903, inputUncached: 86 });
    expect(
      readEnvelope({ 'llm.token_count.prompt': 117_231, 'llm.token_count.prompt_details.cache_input': 115_584 }).usage,
    ).toMatchObject({ cacheRead: 115_584, inputUncached: 1_647 });
  });

  it('say what each part cost', () => {
    expect(
      readEnvelope({
        'llm.cost.prompt': 0.5,
        'llm.cost.completion': 0.25,
        'llm.cost.prompt_details.cache_read': 0.1,
        'llm.cost.prompt_details.cache_write': 0.2,
        'llm.cost.prompt_details.input': '0.2',
        'llm.cost.completion_details.reasoning': 0.05,
        'llm.cost.completion_details.audio': 'free',
      }).cost,
    ).toMatchObject({
      total: 0.75,
      parts: { input: 0.5, output: 0.25, cacheRead: 0.1, cacheWrite: 0.2, inputUncached: 0.2, reasoning: 0.05 },
    });
  });
});

it('keeps the call id of a tool result that stands in contents', () => {
  const { messages } = readContent(
    new Map([
      ['llm.input_messages.0.message.role', 'tool'],
      ['llm.input_messages.0.message.tool_call_id', 'c1'],
      ['llm.input_messages.0.message.contents.0.message_content.type', 'text'],
      ['llm.input_messages.0.message.contents.0.message_content.text', '{"a":1}'],
    ]),
    [],
  );
  expect(messages!.input[0]!.parts).toEqual([{ type: 'toolResult', id: 'c1', result: { a: 1 } }]);
});

describe('a tool of LangChain', () => {
  it('gave back what its message holds, and ran the call that the message names', () => {
    const kwargs = { status: 'success', content: 'status: pending', tool_call_id: 'call_01', name: 'track_parcel' };
    const id = ['langchain_core', 'messages', 'ToolMessage'];
    expect(
      read({
        'openinference.span.kind': 'TOOL',
        'tool.name': 'track_parcel',
        'input.value': 'P-88',
        // As the instrumentation of LangChain.js writes it (4.1).
        'output.value': JSON.stringify({ output: { lc: 1, type: 'constructor', id, kwargs } }),
        'output.mime_type': 'application/json',
      }).tool,
    ).toMatchObject({ callId: 'call_01', arguments: 'P-88', result: 'status: pending' });
  });
});
