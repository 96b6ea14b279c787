import { describe, expect, it } from 'vitest';
import { readTraces, type AttributeValue, type SpanContent } from '../../src/core.ts';

const contentOf = (attributes: Readonly<Record<string, AttributeValue>>): SpanContent =>
  readTraces([
    { traceId: '7c1d0f8e5b6a49d2a3c4e5f60718293a', spanId: 'a1', startTimeUnixNano: '1795359116000000000', attributes },
  ])
    .traces[0]!.span(0)
    .content() as SpanContent;
const text = (words: string) => ({ type: 'text', text: words });
const recorded = (input: object, output: object) =>
  contentOf({
    'openinference.span.kind': 'LLM',
    'input.value': JSON.stringify(input),
    'output.value': JSON.stringify(output),
  });

describe('requests and answers of providers, recorded whole', () => {
  const ask = { messages: [{ role: 'user', content: 'Open?' }] };

  it.each<readonly [string, object, string]>([
    ['OpenAI', { ...ask, tools: [{ type: 'function', function: { name: 'hours' } }] }, 'hours'],
    ['Anthropic', { ...ask, tools: [{ name: 'hours', input_schema: {} }] }, 'hours'],
    ['Gemini', { contents: [], config: { tools: [{ functionDeclarations: [{ name: 'hours' }] }] } }, 'hours'],
    [
      'Bedrock',
      { ...ask, toolConfig: { tools: [{ toolSpec: { name: 'hours', inputSchema: { json: {} } } }] } },
      'hours',
    ],
  ])('tell the tools that %s was given', (_, request, name) => {
    expect(recorded(request, {}).toolDefinitions).toMatchObject([{ name }]);
  });

  it('tell why Bedrock and Cohere stopped, and what Cohere planned', () => {
    const bedrock = { output: { message: { role: 'assistant', content: [{ text: 'No.' }] } }, stopReason: 'end_turn' };
    expect(recorded(ask, bedrock).messages!.output).toEqual([
      { role: 'assistant', finishReason: 'end_turn', parts: [text('No.')] },
    ]);
    const cohere = {
      message: { role: 'assistant', tool_plan: 'Look it up.', content: [{ type: 'text', text: 'No.' }] },
      finish_reason: 'COMPLETE',
    };
    expect(recorded(ask, cohere).messages!.output).toEqual([
      { role: 'assistant', finishReason: 'COMPLETE', parts: [{ type: 'reasoning', text: 'Look it up.' }, text('No.')] },
    ]);
  });

  it('show the images that Ollama was given', () => {
    const asked = { messages: [{ role: 'user', content: 'What?', images: ['iVBORw0KGgo='] }] };
    expect(recorded(asked, {}).messages!.input[0]!.parts).toEqual([
      text('What?'),
      { type: 'image', data: 'iVBORw0KGgo=' },
    ]);
  });
});

describe('messages in other forms than the conventions ask for', () => {
  const said = (input: string) =>
    contentOf({ 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': input }).messages?.input;
  const OPEN = [{ role: 'user', parts: [text('Open?')] }];

  it.each([
    ['a text', 'Open?'],
    ['a text in quotes', '"Open?"'],
    ['JSON of JSON', JSON.stringify(JSON.stringify([{ role: 'user', content: 'Open?' }]))],
  ])('are read: %s', (_, input) => {
    expect(said(input)).toEqual(OPEN);
  });

  it('that were cut off stay the input they are', () => {
    const cut = '[{"role":"user","content":"Ope...';
    expect(said(cut)).toBeUndefined();
    expect(contentOf({ 'gen_ai.input.messages': cut }).input!.text).toBe(cut);
  });
});

describe('Copilot in VS Code', () => {
  it('tells request, thought and answer in attributes of its own', () => {
    const content = contentOf({
      'gen_ai.operation.name': 'chat',
      'copilot_chat.user_request': 'Rename it',
      'copilot_chat.reasoning_content': 'Where is it?',
      'copilot_chat.markdown_content': 'Done.',
    });
    expect(content.messages).toEqual({
      input: [{ role: 'user', parts: [text('Rename it')] }],
      output: [{ role: 'assistant', parts: [{ type: 'reasoning', text: 'Where is it?' }, text('Done.')] }],
    });
  });
});
