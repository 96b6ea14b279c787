import { textOf } from '../../model/attributes.ts';
import type { Message, Part } from '../../model/types.ts';
import { flattenedList } from '../flattened.ts';
import { jsonObject, optional, parsed, payload } from '../json.ts';
import { systemOf } from './messages/chat.ts';
import { readParts, withFinishReasons } from './messages/messages.ts';
import { toolCall as plainToolCall } from './messages/parts.ts';
import type { Attributes } from '../types.ts';

/** What OpenInference says went into a model: chat messages, or the prompts of a completion. */
export const inputMessages = (attributes: Attributes): readonly Message[] | null =>
  withSystem(messages(attributes, 'llm.input_messages'), attributes) ??
  completions(attributes, 'llm.prompts', 'prompt.text', 'user');

/** The instrumentation of Anthropic's client leaves what the model was told beside the messages among its settings. */
function withSystem(said: readonly Message[] | null, attributes: Attributes): readonly Message[] | null {
  const settings = said === null || said[0]?.role === 'system' ? null : parameters(attributes);
  const system = settings && systemOf(settings);
  return said && system ? [{ role: 'system', parts: readParts(system) }, ...said] : said;
}
const parameters = (attributes: Attributes) => jsonObject(attributes.get('llm.invocation_parameters'));

/** What came out: chat messages, the texts of a completion, or in the oldest spans the call of a function alone. */
export const outputMessages = (attributes: Attributes): readonly Message[] | null =>
  withFinishReasons(
    messages(attributes, 'llm.output_messages') ??
      completions(attributes, 'llm.choices', 'completion.text', 'assistant') ??
      functionCall(attributes),
    attributes.get('llm.finish_reason'),
  );

function messages(attributes: Attributes, prefix: string): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0 ? null : list.map(message);
}

function message(item: Attributes): Message {
  const role = textOf(item.get('message.role')) ?? 'unknown';
  const callId = textOf(item.get('message.tool_call_id'));
  const parts: Part[] = [];
  const content = item.get('message.content');
  const contents = flattenedList(item, 'message.contents');
  // Some say a text twice, alone and as the one entry of the contents.
  const isRepeated = contents.length === 1 && contents[0]!.get('message_content.text') === content;
  if (content !== undefined && content !== null && content !== '' && !isRepeated) {
    if (role === 'tool')
      parts.push({
        type: 'toolResult',
        ...optional('id', callId),
        ...optional('name', item.get('message.name')),
        result: parsed(content),
      });
    else parts.push({ type: 'text', text: payload(content)!.text });
  }
  for (const part of contents) {
    const read = contentPart(part);
    parts.push(
      role === 'tool' && read.type === 'text'
        ? {
            type: 'toolResult',
            ...optional('id', callId),
            ...optional('name', item.get('message.name')),
            result: parsed(read.text),
          }
        : read,
    );
  }
  const listed = new Set(parts.flatMap((part) => (part.type === 'toolCall' && part.id !== undefined ? [part.id] : [])));
  for (const call of flattenedList(item, 'message.tool_calls')) {
    const part = toolCall(call);
    if (part.type !== 'toolCall' || part.id === undefined || !listed.has(part.id)) parts.push(part);
  }
  const legacy = textOf(item.get('message.function_call_name'));
  if (legacy !== null)
    parts.push({ type: 'toolCall', name: legacy, arguments: parsed(item.get('message.function_call_arguments_json')) });
  return { role, ...optional('name', item.get('message.name')), parts };
}

function contentPart(part: Attributes): Part {
  const type = textOf(part.get('message_content.type'));
  const text = textOf(part.get('message_content.text')) ?? '';
  if (type === 'text') return { type: 'text', text };
  // Thought that the provider keeps to itself is sent as a cipher.
  if (type === 'reasoning')
    return {
      type: 'reasoning',
      text,
      redacted:
        text === '' && ['data', 'encrypted_content', 'signature'].some((field) => part.has(`message_content.${field}`)),
    };
  if (type === 'tool_use' || part.has('tool_call.function.name')) return toolCall(part);
  const image = textOf(part.get('message_content.image.image.url'));
  if (image !== null) return { type: 'image', ...source(image) };
  const audio = textOf(part.get('message_content.audio.audio.url'));
  if (audio !== null) {
    return {
      type: 'audio',
      ...source(audio),
      ...optional('mimeType', part.get('message_content.audio.audio.mime_type')),
      ...optional('transcript', part.get('message_content.audio.audio.transcript')),
    };
  }
  return text === '' ? { type: 'unknown', value: Object.fromEntries(part) } : { type: 'text', text };
}

const source = (url: string): { readonly uri: string } | { readonly data: string } =>
  url.startsWith('data:') ? { data: url } : { uri: url };

const toolCall = (call: Attributes): Part => ({
  type: 'toolCall',
  ...optional('id', call.get('tool_call.id')),
  name: textOf(call.get('tool_call.function.name')) ?? '',
  arguments: parsed(call.get('tool_call.function.arguments')),
});

function completions(
  attributes: Attributes,
  prefix: string,
  field: string,
  role: Message['role'],
): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0
    ? null
    : list.map((item) => ({ role, parts: [{ type: 'text', text: textOf(item.get(field) ?? item.get('')) ?? '' }] }));
}

function functionCall(attributes: Attributes): readonly Message[] | null {
  const call = jsonObject(attributes.get('llm.function_call'));
  return (
    call && [{ role: 'assistant', parts: [plainToolCall({ ...call, name: call['name'] ?? call['function_name'] })] }]
  );
}
