import { describe, expect, it } from 'vitest';
import { readMessages } from '../../src/conventions/content/messages/messages.ts';
import { resultBlocks } from '../../src/conventions/content/readContent.ts';
import type { Part } from '../../src/core.ts';

const partsOf = (parts: readonly unknown[]): readonly Part[] =>
  readMessages([{ role: 'assistant', content: parts }])![0]!.parts;

describe('parts', () => {
  it('of OpenTelemetry', () => {
    expect(
      partsOf([
        { type: 'text', content: 'Let me see.' },
        { type: 'reasoning', content: 'hm' },
        { type: 'refusal', refusal: 'no' },
        { type: 'tool_call', id: 'c1', name: 'search', arguments: '{"q":1}' },
        { type: 'tool_call_response', id: 'c1', response: { found: 2 } },
        { type: 'tool_call_response', id: 'c2', result: 'ok' },
        {
          type: 'server_tool_call',
          id: 's1',
          name: 'web_search',
          server_tool_call: { type: 'web_search', query: 'x' },
        },
        { type: 'server_tool_call_response', id: 's1', server_tool_call_response: { type: 'web_search', hits: 1 } },
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AA==' },
        { type: 'uri', modality: 'audio', uri: 'https://example.com/a.mp3' },
        { type: 'file', modality: 'document', file_id: 'f1' },
        { type: 'compaction', id: 'k1', content: 'Earlier: a refund.' },
        { type: 'compaction', id: 'k2' },
        { type: 'hologram', beam: 1 },
        'bare text',
      ]),
    ).toEqual([
      { type: 'text', text: 'Let me see.' },
      { type: 'reasoning', text: 'hm' },
      { type: 'refusal', text: 'no' },
      { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } },
      { type: 'toolResult', id: 'c1', result: { found: 2 } },
      { type: 'toolResult', id: 'c2', result: 'ok' },
      { type: 'toolCall', id: 's1', name: 'web_search', arguments: { type: 'web_search', query: 'x' } },
      { type: 'toolResult', id: 's1', result: { type: 'web_search', hits: 1 } },
      { type: 'image', mimeType: 'image/png', data: 'AA==' },
      { type: 'audio', uri: 'https://example.com/a.mp3' },
      { type: 'file', uri: 'f1' },
      { type: 'text', text: 'Earlier: a refund.' },
      { type: 'unknown', value: { type: 'compaction', id: 'k2' } },
      { type: 'unknown', value: { type: 'hologram', beam: 1 } },
      { type: 'text', text: 'bare text' },
    ]);
  });

  it('of OpenAI', () => {
    expect(
      partsOf([
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        { type: 'input_image', image_url: 'https://example.com/b.png' },
        { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
        { type: 'output_text', text: 'Hi' },
      ]),
    ).toEqual([
      { type: 'image', uri: 'https://example.com/a.png' },
      { type: 'image', data: 'data:image/png;base64,AA==' },
      { type: 'image', uri: 'https://example.com/b.png' },
      { type: 'audio', mimeType: 'audio/wav', data: 'AA==' },
      { type: 'file', data: 'data:application/pdf;base64,AA==' },
      { type: 'text', text: 'Hi' },
    ]);
  });

  it('of Anthropic', () => {
    expect(
      partsOf([
        { type: 'thinking', thinking: 'hm', signature: 'x' },
        { type: 'redacted_thinking', data: 'xyz' },
        { type: 'tool_use', id: 't1', name: 'search', input: { q: 1 } },
        { type: 'tool_result', tool_use_id: 't1', content: 'timed out', is_error: true },
        { type: 'web_search_tool_result', tool_use_id: 't2', content: [{ title: 'A' }] },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
        { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
      ]),
    ).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'reasoning', text: '', redacted: true },
      { type: 'toolCall', id: 't1', name: 'search', arguments: { q: 1 } },
      { type: 'toolResult', id: 't1', result: 'timed out', error: true },
      { type: 'toolResult', id: 't2', result: [{ title: 'A' }] },
      { type: 'image', mimeType: 'image/png', data: 'AA==' },
      { type: 'file', uri: 'https://example.com/a.pdf' },
    ]);
  });

  it('of the AI SDK, older and newer', () => {
    expect(
      partsOf([
        { type: 'tool-call', toolCallId: 'c1', toolName: 'add', args: { a: 1 } },
        { type: 'tool-result', toolCallId: 'c1', toolName: 'add', result: 3 },
        { type: 'tool-call', toolCallId: 'c2', toolName: 'add', input: { a: 1 } },
        { type: 'tool-result', toolCallId: 'c2', toolName: 'add', output: { type: 'json', value: 3 } },
        { type: 'tool-result', toolCallId: 'c3', toolName: 'add', output: { type: 'error-text', value: 'no' } },
        { type: 'file', mediaType: 'image/png', data: 'AA==' },
      ]),
    ).toEqual([
      { type: 'toolCall', id: 'c1', name: 'add', arguments: { a: 1 } },
      { type: 'toolResult', id: 'c1', name: 'add', result: 3 },
      { type: 'toolCall', id: 'c2', name: 'add', arguments: { a: 1 } },
      { type: 'toolResult', id: 'c2', name: 'add', result: 3 },
      { type: 'toolResult', id: 'c3', name: 'add', result: 'no', error: true },
      { type: 'image', mimeType: 'image/png', data: 'AA==' },
    ]);
  });

  it('of Pydantic AI, Bedrock and Gemini', () => {
    expect(
      partsOf([
        { type: 'image-url', url: 'https://example.com/a.png' },
        { type: 'binary', media_type: 'audio/wav', content: 'AA==' },
        { text: 'Hi' },
        { toolUse: { toolUseId: 'u1', name: 'search', input: { q: 1 } } },
        { toolResult: { toolUseId: 'u1', status: 'error', content: [{ text: 'no' }] } },
        { reasoningContent: { reasoningText: { text: 'hm' } } },
        { text: 'hm', thought: true },
        { functionCall: { name: 'search', args: { q: 1 } } },
        { function_response: { name: 'search', response: { hits: 1 } } },
      ]),
    ).toEqual([
      { type: 'image', uri: 'https://example.com/a.png' },
      { type: 'audio', mimeType: 'audio/wav', data: 'AA==' },
      { type: 'text', text: 'Hi' },
      { type: 'toolCall', id: 'u1', name: 'search', arguments: { q: 1 } },
      { type: 'toolResult', id: 'u1', result: 'no', error: true },
      { type: 'reasoning', text: 'hm' },
      { type: 'reasoning', text: 'hm' },
      { type: 'toolCall', name: 'search', arguments: { q: 1 } },
      { type: 'toolResult', name: 'search', result: { hits: 1 } },
    ]);
  });

  it('that are hostile stay what they are', () => {
    const hostile = [
      { type: 'constructor' },
      { type: '__proto__' },
      { type: { toString: 1 } },
      { type: 'text', text: { deep: 1 } },
      { type: 'image_url', image_url: 5 },
      { type: 'tool_use' },
      { type: 'file' },
    ];
    expect(partsOf(hostile)).toEqual([
      { type: 'unknown', value: hostile[0] },
      { type: 'unknown', value: hostile[1] },
      { type: 'unknown', value: hostile[2] },
      { type: 'text', text: '{"deep":1}' },
      { type: 'image', uri: '5' },
      { type: 'toolCall', name: '', arguments: undefined },
      { type: 'unknown', value: hostile[6] },
    ]);
  });
});

describe('messages', () => {
  it('may have the shape of OpenAI', () => {
    expect(
      readMessages([
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, refusal: 'I cannot.' },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'hm',
          tool_calls: [{ id: 'c1', function: { name: 'f', arguments: '{}' } }, 7],
        },
        { role: 'tool', tool_call_id: 'c1', content: '{"ok":1}' },
        { role: 'assistant', function_call: { name: 'g', arguments: '[1]' } },
        { role: 'function', name: 'g', content: 'done' },
      ]),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'refusal', text: 'I cannot.' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'hm' },
          { type: 'toolCall', id: 'c1', name: 'f', arguments: {} },
          { type: 'unknown', value: 7 },
        ],
      },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: { ok: 1 } }] },
      { role: 'assistant', parts: [{ type: 'toolCall', name: 'g', arguments: [1] }] },
      { role: 'function', name: 'g', parts: [{ type: 'toolResult', name: 'g', result: 'done' }] },
    ]);
  });

  it('may be choices, or items of a response', () => {
    expect(readMessages('[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hi"}}]')).toEqual([
      { role: 'assistant', finishReason: 'stop', parts: [{ type: 'text', text: 'Hi' }] },
    ]);
    expect(
      readMessages([
        { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'ok' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Done' }] },
      ]),
    ).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'hm' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'f', arguments: {} }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: 'ok' }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'Done' }] },
    ]);
  });

  it('hold results of tools wherever they stand', () => {
    const result = { type: 'toolResult', id: 'c1', result: 3 };
    expect(
      readMessages([
        { role: 'user', parts: [{ type: 'tool_call_response', id: 'c1', response: 3 }] },
        {
          role: 'assistant',
          parts: [
            { type: 'tool_call', id: 'c1', name: 'add', arguments: {} },
            { type: 'tool_call_response', id: 'c1', response: 3 },
          ],
        },
      ])!.map(({ parts }) => parts.at(-1)),
    ).toEqual([result, result]);
  });

  it('show a call once that stands in the content and beside it', () => {
    expect(
      readMessages([
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'c1', name: 'f', input: {} }],
          tool_calls: [
            { id: 'c1', name: 'f', args: {} },
            { id: 'c2', name: 'g', args: {} },
          ],
        },
      ])![0]!.parts,
    ).toEqual([
      { type: 'toolCall', id: 'c1', name: 'f', arguments: {} },
      { type: 'toolCall', id: 'c2', name: 'g', arguments: {} },
    ]);
  });

  it('survive what is no message', () => {
    expect(readMessages('not json')).toBeNull();
    expect(readMessages('{}')).toBeNull();
    expect(
      readMessages([
        null,
        7,
        'text',
        [{ toString: 1 }],
        { role: 5 },
        {},
        { role: { a: 1 }, tool_calls: { a: 1 }, message: 7 },
      ]),
    ).toEqual([
      { role: 'unknown', parts: [] },
      { role: 'unknown', parts: [{ type: 'text', text: '7' }] },
      { role: 'unknown', parts: [{ type: 'text', text: 'text' }] },
      { role: 'unknown', parts: [{ type: 'unknown', value: { toString: 1 } }] },
      { role: '5', parts: [] },
      { role: 'unknown', parts: [] },
      { role: 'unknown', parts: [] },
    ]);
  });
});

describe('blocks of a tool result', () => {
  it('are those of Anthropic and of the Model Context Protocol', () => {
    const blocks = [
      { type: 'text', text: 'Docs say: set X' },
      { type: 'image', data: 'AA==', mimeType: 'image/png' },
    ];
    const read = [
      { type: 'text', text: 'Docs say: set X' },
      { type: 'image', data: 'AA==', mimeType: 'image/png' },
    ];
    expect(resultBlocks(blocks)).toEqual(read);
    expect(resultBlocks({ content: blocks, isError: false })).toEqual(read);
  });

  it.each([
    ['text', 'plain'],
    ['no blocks', []],
    ['a list of rows', [{ id: 1, text: 'x' }]],
    [
      'more than text and media',
      [
        { type: 'text', text: 'x' },
        { type: 'tool_use', name: 'f' },
      ],
    ],
    ['structured content beside', { content: [{ type: 'text', text: '{"a":1}' }], structuredContent: { a: 1 } }],
    ['a type of their own', [{ type: 'hologram', beam: 1 }]],
  ])('leave %s as it is', (_, result) => {
    expect(resultBlocks(result)).toBeNull();
  });
});
