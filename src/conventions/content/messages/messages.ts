import { textOf } from '../../../model/attributes.ts';
import type { Message, Part } from '../../../model/types.ts';
import { isObject, jsonList, jsonObject, optional, parsed, type Fields } from '../../json.ts';
import { readPart, readParts, toolCall } from './parts.ts';

export { readParts };

/**
 * Chat messages as JSON text or structure: OpenTelemetry's `{ role, parts }` (gen-ai-input-messages.json) and, in the
 * same attribute, the `{ role, content }` of OpenAI, Anthropic and the AI SDK, and OpenAI's list of response items.
 * Null where the value holds no list and no message. `speaker` is who says what names no role.
 */
export function readMessages(value: unknown, speaker = 'unknown'): readonly Message[] | null {
  const outer = typeof value === 'string' && TWICE.test(value) ? parsed(value) : value;
  const list = withoutNull(jsonList(outer));
  // Parts alone, without anything around them, are one message.
  if (list && list.length > 0 && list.every(isBarePart)) return [{ role: speaker, parts: readParts(list) }];
  if (list)
    return list.map((entry) => {
      const message = isObject(entry) ? readMessage(entry) : { role: 'unknown', parts: readParts(entry) };
      return message.role === 'unknown' ? { ...message, role: speaker } : message;
    });
  const single = jsonObject(outer);
  return single && (textOf(single['role']) !== null || candidate(single)) ? [readMessage(single)] : null;
}

/** JSON text of JSON text. */
const TWICE = /^\s*"\s*[[{]/;

/** Gemini CLI writes null for an empty piece of a stream among contents. */
const withoutNull = (list: readonly unknown[] | null): readonly unknown[] | null =>
  list?.includes(null) &&
  list.every((entry) => entry === null || (isObject(entry) && (entry['parts'] ?? candidate(entry))))
    ? list.filter((entry) => entry !== null)
    : list;

/** Gemini's and Bedrock's parts name no type, and no message is without a role, parts or content. */
const isBarePart = (entry: unknown): boolean =>
  isObject(entry) &&
  !['role', 'parts', 'content', 'message', 'type', 'tool_calls'].some((field) => field in entry) &&
  ['text', 'functionCall', 'functionResponse', 'inlineData', 'fileData'].some((field) => field in entry);

/** The content in Gemini's `{ content: { role, parts }, finishReason }`. */
function candidate(entry: Fields): Fields | undefined {
  const { content } = entry;
  return isObject(content) && Array.isArray(content['parts']) ? content : undefined;
}

/**
 * One message; also a choice `{ message, finish_reason }` and a response item that is a call or a result without a
 * message around it.
 */
export function readMessage(entry: Fields): Message {
  const inner = entry['message'];
  const body = candidate(entry) ?? (entry['role'] === undefined && isObject(inner) ? inner : entry);
  const content = body['parts'] ?? body['content'];
  if (content === undefined && isItem(body)) return item(body);
  const role = roleOf(body, entry);
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

/** Who speaks. What has the id of a tool's call is that tool's, and only a model calls tools. */
function roleOf(body: Fields, entry: Fields): string {
  const role = textOf(body['role']);
  if (role === 'model') return 'assistant';
  const isResult = textOf(body['tool_call_id'] ?? body['toolCallId']) !== null && body['tool_calls'] === undefined;
  if (isResult && role !== 'assistant' && role !== 'function') return 'tool';
  return role ?? (body !== entry || Array.isArray(body['tool_calls']) ? 'assistant' : 'unknown');
}

/** Text that a tool says is its result; the message says of which call. */
function asResults(parts: readonly Part[], body: Fields): readonly Part[] {
  const about = {
    ...optional('id', body['tool_call_id'] ?? body['toolCallId']),
    ...optional('name', body['name'] ?? body['toolName']),
    ...(body['isError'] === true || body['is_error'] === true ? { error: true } : {}),
  };
  return parts.map((part) =>
    part.type === 'text' ? { type: 'toolResult', ...about, result: parsed(part.text) } : part,
  );
}

/** What a model thought before it spoke, as DeepSeek, OpenRouter, Cohere and others put it beside the content. */
function thoughts(body: Fields): readonly Part[] {
  const thought = body['reasoning_content'] ?? body['reasoning'] ?? body['thinking'] ?? body['tool_plan'];
  if (Array.isArray(thought))
    return thought.flatMap((each) =>
      isObject(each) ? [readPart({ ...each, type: each['type'] ?? 'reasoning' })] : [],
    );
  const text = textOf(thought);
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
    // Ollama's, in bare base64.
    ...(Array.isArray(body['images'])
      ? body['images'].flatMap((image): readonly Part[] =>
          typeof image === 'string' && image !== '' ? [{ type: 'image', data: image }] : [],
        )
      : []),
  ];
}

/** PostHog says of the calls and results of OpenAI's Agents SDK who speaks, too. */
const isItem = ({ role, type }: Fields): boolean =>
  typeof type === 'string' && (role === undefined || type === 'function_call' || type === 'function_call_result');

/** What a provider's own tools did, among OpenAI's items: `web_search_call`, `mcp_call`… */
export const isCallItem = (entry: Fields): boolean => /_call$/.test(textOf(entry['type']) ?? '');

/** Who speaks in an item without a role, by its part; all others are the model's. */
const ROLES: ReadonlyMap<Part['type'], string> = new Map([
  ['toolResult', 'tool'],
  ['unknown', 'unknown'],
  ['text', 'unknown'],
]);

function item(body: Fields): Message {
  const part = readPart(body);
  return {
    role: isCallItem(body) ? 'assistant' : (ROLES.get(part.type) ?? 'assistant'),
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
