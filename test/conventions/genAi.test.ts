import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/readContent.ts';
import type { AttributeValue, SpanEvent } from '../../src/core.ts';

const read = (attributes: Record<string, AttributeValue>, events: readonly SpanEvent[] = []) => readContent(new Map(Object.entries(attributes)), events, 't/s');
const inputOf = (value: unknown) => read({ 'gen_ai.input.messages': typeof value === 'string' ? value : JSON.stringify(value) }).messages?.input;

describe('messages', () => {
  it('hold parts of all sorts', () => {
    expect(inputOf([{
      role: 'assistant', name: 'planner', finish_reason: 'tool_call', parts: [
        { type: 'text', content: 'Let me see.' }, { type: 'reasoning', content: 'hm' }, { type: 'refusal', refusal: 'no' },
        { type: 'tool_call', id: 'c1', name: 'search', arguments: '{"q":1}' }, { type: 'tool_call_response', id: 'c1', response: { found: 2 } }, { type: 'tool_call_response', id: 'c2', result: 'ok' },
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AA==' }, { type: 'uri', modality: 'audio', uri: 'https://example.com/a.mp3' }, { type: 'file', modality: 'pdf', file_id: 'f1' },
        { type: 'server_tool_call', id: 'c3' }, 'bare text',
      ],
    }])).toEqual([{
      role: 'assistant', name: 'planner', finishReason: 'tool_call', parts: [
        { type: 'text', text: 'Let me see.' }, { type: 'reasoning', text: 'hm' }, { type: 'refusal', text: 'no' },
        { type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 1 } }, { type: 'toolResult', id: 'c1', result: { found: 2 } }, { type: 'toolResult', id: 'c2', result: 'ok' },
        { type: 'image', mimeType: 'image/png', data: 'AA==' }, { type: 'audio', uri: 'https://example.com/a.mp3' }, { type: 'file', uri: 'f1' },
        { type: 'unknown', value: { type: 'server_tool_call', id: 'c3' } }, { type: 'text', text: 'bare text' },
      ],
    }]);
  });

  it('may be structured attributes instead of text', () => {
    expect(read({ 'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }] }).messages!.input).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]);
  });

  it('may have the shape of OpenAI', () => {
    expect(inputOf([
      { role: 'user', content: 'Hi' }, { role: 'user', content: [{ type: 'text', text: 'Look' }, { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
      { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'f', arguments: '{}' } }, 7] }, { role: 'tool', tool_call_id: 'c1', content: '{"ok":1}' },
    ])).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Look' }, { type: 'image', uri: 'https://example.com/a.png' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'f', arguments: {} }, { type: 'unknown', value: 7 }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: { ok: 1 } }] },
    ]);
  });

  it('begin with the system instructions', () => {
    expect(read({ 'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]', 'gen_ai.input.messages': '[{"role":"user","parts":[]}]' }).messages!.input).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] }, { role: 'user', parts: [] },
    ]);
    expect(read({ 'gen_ai.system_instructions': 'Be brief.' }).messages).toEqual({ input: [{ role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] }], output: [] });
  });

  it('keep ten and more in order', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ role: 'user', parts: [{ type: 'text', content: `m${i}` }] }));
    expect(inputOf(many)!.map(({ parts: [part] }) => part!.type === 'text' && part!.text)).toEqual(many.map((_, i) => `m${i}`));
  });

  it('survive what is no message', () => {
    expect(inputOf('not json')).toBeUndefined();
    expect(inputOf('{}')).toBeUndefined();
    expect(inputOf([null, 7, 'text', [{ toString: 1 }], { role: 5 }, {}])).toEqual([
      { role: 'unknown', parts: [] }, { role: 'unknown', parts: [{ type: 'text', text: '7' }] }, { role: 'unknown', parts: [{ type: 'text', text: 'text' }] },
      { role: 'unknown', parts: [{ type: 'unknown', value: { toString: 1 } }] }, { role: '5', parts: [] }, { role: 'unknown', parts: [] },
    ]);
  });

  it('of two dialects are never joined', () => {
    expect(read({ 'llm.input_messages.0.message.content': 'A', 'gen_ai.input.messages': '[{"role":"user","content":"B"}]', 'gen_ai.output.messages': '[{"role":"assistant","content":"C"}]' }).messages).toEqual({
      input: [{ role: 'unknown', parts: [{ type: 'text', text: 'A' }] }], output: [{ role: 'assistant', parts: [{ type: 'text', text: 'C' }] }],
    });
  });
});

describe('the rest of a span', () => {
  it('parameters of the request, not the model', () => {
    expect(read({ 'gen_ai.request.model': 'm', 'gen_ai.request.temperature': 0.2, 'gen_ai.request.stop_sequences': ['x'] }).parameters).toEqual({ temperature: 0.2, stop_sequences: ['x'] });
  });

  it('tool definitions in three shapes', () => {
    expect(read({ 'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'a', parameters: { x: 1 } }, { type: 'function', function: { name: 'b', description: 'd' } }, { name: 'c', inputSchema: { y: 1 } }, 7]) }).toolDefinitions).toEqual([
      { name: 'a', parameters: { x: 1 } }, { name: 'b', description: 'd', parameters: undefined }, { name: 'c', parameters: { y: 1 } },
    ]);
  });

  it('a tool call with arguments and result', () => {
    expect(read({ 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.id': 'c1', 'gen_ai.tool.call.arguments': '{"q":1}', 'gen_ai.tool.call.result': 'found' }).tool).toEqual({ name: 'search', callId: 'c1', arguments: { q: 1 }, result: 'found' });
  });

  it('documents that were retrieved', () => {
    expect(read({ 'gen_ai.retrieval.query.text': 'q', 'gen_ai.retrieval.documents': '[{"id":"a","score":0.5,"page":3},7]' }).documents).toEqual({ query: 'q', input: [], output: [{ id: 'a', score: 0.5, scoreKind: 'relevance', metadata: { page: 3 } }] });
  });

  it('scores out of events of evaluation', () => {
    const event = { name: 'gen_ai.evaluation.result', time: 0, attributes: new Map<string, AttributeValue>([['gen_ai.evaluation.name', 'faithful'], ['gen_ai.evaluation.score.value', 0.75], ['gen_ai.evaluation.score.label', 'pass']]) };
    expect(read({}, [event, { ...event, name: 'other' }]).scores).toEqual([{ name: 'faithful', value: 0.75, label: 'pass', comment: null, source: 'unknown', target: { level: 'span', key: 't/s' } }]);
  });
});
