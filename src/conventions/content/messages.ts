import { textOf } from '../../model/attributes.ts';
import type { Message, Part } from '../../model/types.ts';
import { isObject, jsonList, jsonObject, optional, parsed, type Fields } from '../json.ts';
import { readPart, readParts, toolCall } from './parts.ts';

export { readParts };

/**
 * Chat messages as JSON text or structure: OpenTelemetry's `{ role, parts }` (gen-ai-input-messages.json) and, in the
 * same attribute, the `{ role, content }` of OpenAI, Anthropic and the AI SDK, and OpenAI's list of response items.
 * Null where the value holds no list and no message.
 */
export function readMessages(value: unknown): readonly Message[] | null {
  const list = jsonList(value);
  if (list)
    return list.map((entry) => (isObject(entry) ? readMessage(entry) : { role: 'unknown', parts: readParts(entry) }));
  const single = jsonObject(value);
  return single && textOf(single['role']) !== null ? [readMessage(single)] : null;
}

/**
 * One message; also a choice `{ message, finish_reason }` and a response item that is a call or a result without a
 * message around it.
 */
export function readMessage(entry: Fields): Message {
  const inner = entry['message'];
  const body = entry['role'] === undefined && isObject(inner) ? inner : entry;
  const content = body['parts'] ?? body['content'];
  if (body['role'] === undefined && content === undefined && typeof body['type'] === 'string') return item(body);
  const role = textOf(body['role']) ?? (body === entry ? 'unknown' : 'assistant');
  const parts: Part[] = [...thoughts(body), ...readParts(content ?? []), ...extras(body)];
  const listed = new Set(parts.flatMap((part) => (part.type === 'toolCall' && part.id !== undefined ? [part.id] : [])));
  for (const call of jsonList(body['tool_calls']) ?? []) {
    const part = toolCall(call);
    if (part.type !== 'toolCall' || part.id === undefined || !listed.has(part.id)) parts.push(part);
  }
  const name = optional('name', body['name']);
  return {
    role,
    ...name,
    parts: role === 'tool' || role === 'function' ? asResults(parts, body) : parts,
    ...optional(
      'finishReason',
      entry['finish_reason'] ?? entry['finishReason'] ?? body['finish_reason'] ?? body['stop_reason'],
    ),
  };
}

/** Text that a tool says is its result; the message says of which call. */
function asResults(parts: readonly Part[], body: Fields): readonly Part[] {
  const about = { ...optional('id', body['tool_call_id'] ?? body['toolCallId']), ...optional('name', body['name']) };
  return parts.map((part) =>
    part.type === 'text' ? { type: 'toolResult', ...about, result: parsed(part.text) } : part,
  );
}

/** What a model thought before it spoke, as DeepSeek, OpenRouter and others put it beside the content. */
function thoughts(body: Fields): readonly Part[] {
  const text = textOf(body['reasoning_content'] ?? body['reasoning']);
  return text === null ? [] : [{ type: 'reasoning', text }];
}

/** OpenAI's parts that stand beside the content. */
function extras(body: Fields): readonly Part[] {
  const refusal = textOf(body['refusal']);
  const call = jsonObject(body['function_call']);
  return [
    ...(refusal === null ? [] : [{ type: 'refusal', text: refusal } as const]),
    ...(isObject(body['audio']) ? [readPart({ type: 'audio', audio: body['audio'] })] : []),
    ...(call ? [toolCall(call)] : []),
  ];
}

/** Who speaks in an item without a role, by its part; all others are the model's. */
const ROLES: ReadonlyMap<Part['type'], string> = new Map([
  ['toolResult', 'tool'],
  ['unknown', 'unknown'],
  ['text', 'unknown'],
]);

function item(body: Fields): Message {
  const part = readPart(body);
  return {
    role: ROLES.get(part.type) ?? 'assistant',
    parts: [part],
  };
}

/**
 * Messages with the reasons for which the model stopped, where they name none themselves: one reason per choice, or one
 * word. Where the numbers differ, the only reason is that of the last message.
 */
export function withFinishReasons(messages: readonly Message[] | null, recorded: unknown): readonly Message[] | null {
  if (!messages || messages.length === 0) return messages;
  const reasons = jsonList(recorded) ?? [recorded];
  return messages.map((message, place) => {
    const only = reasons.length === 1 && place === messages.length - 1 ? reasons[0] : undefined;
    const reason = reasons.length === messages.length ? reasons[place] : only;
    return message.finishReason === undefined ? { ...message, ...optional('finishReason', reason) } : message;
  });
}
