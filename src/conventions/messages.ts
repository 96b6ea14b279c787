import { textOf } from '../model/attributes.ts';
import type { Message, Part } from '../model/types.ts';
import { isObject, jsonList, optional, parsed } from './json.ts';
import { toJson } from './toJson.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Chat messages as JSON text or structure: OpenTelemetry's `{ role, parts }` (gen-ai-input-messages.json) and, in the same attribute,
 * OpenAI's `{ role, content, tool_calls }`. Null where the value holds no list.
 */
export function readMessages(value: unknown): readonly Message[] | null {
  const list = jsonList(value);
  return list && list.map((entry) => (isObject(entry) ? message(entry) : { role: 'unknown', parts: readParts(entry) }));
}

function message(entry: Fields): Message {
  const role = textOf(entry['role']) ?? 'unknown';
  const parts = [...readParts(entry['parts'] ?? entry['content'] ?? [])];
  if (Array.isArray(entry['tool_calls'])) for (const call of entry['tool_calls']) parts.push(openAiCall(call));
  const callId = textOf(entry['tool_call_id']);
  const asResult = role === 'tool' && callId !== null
    ? parts.map((each): Part => (each.type === 'text' ? { type: 'toolResult', id: callId, result: parsed(each.text) } : each))
    : parts;
  return { role, ...optional('name', entry['name']), parts: asResult, ...optional('finishReason', entry['finish_reason']) };
}

/** The parts of a message: a list of them, or plain text. */
export function readParts(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.map((entry) => (isObject(entry) ? part(entry) : { type: 'text', text: textOf(entry) ?? toJson(entry) }));
  if (isObject(value)) return [part(value)];
  const text = textOf(value);
  return text === null ? [] : [{ type: 'text', text }];
}

function part(entry: Fields): Part {
  switch (entry['type']) {
    case 'text': return { type: 'text', text: textOf(entry['content'] ?? entry['text']) ?? '' };
    case 'reasoning': return { type: 'reasoning', text: textOf(entry['content'] ?? entry['text']) ?? '' };
    case 'refusal': return { type: 'refusal', text: textOf(entry['content'] ?? entry['refusal']) ?? '' };
    case 'tool_call': return { type: 'toolCall', ...optional('id', entry['id']), name: textOf(entry['name']) ?? '', arguments: parsed(entry['arguments']) };
    case 'tool_call_response': return { type: 'toolResult', ...optional('id', entry['id']), result: parsed(entry['response'] ?? entry['result']) };
    case 'image_url': {
      const url = textOf(isObject(entry['image_url']) ? entry['image_url']['url'] : entry['image_url']);
      return url === null ? { type: 'unknown', value: entry } : { type: 'image', ...(url.startsWith('data:') ? { data: url } : { uri: url }) };
    }
    case 'blob': case 'uri': case 'file': return media(entry);
    default: return { type: 'unknown', value: entry };
  }
}

function media(entry: Fields): Part {
  const modality = textOf(entry['modality']);
  const type = modality === 'image' || modality === 'audio' || modality === 'video' ? modality : 'file';
  return {
    type, ...optional('mimeType', entry['mime_type']), ...optional('uri', entry['uri'] ?? entry['file_id']),
    ...optional('data', entry['content']), ...optional('transcript', entry['transcript']),
  };
}

function openAiCall(entry: unknown): Part {
  if (!isObject(entry)) return { type: 'unknown', value: entry };
  const call = isObject(entry['function']) ? entry['function'] : entry;
  return { type: 'toolCall', ...optional('id', entry['id']), name: textOf(call['name']) ?? '', arguments: parsed(call['arguments']) };
}
