import { textOf } from '../../model/attributes.ts';
import type { Message, Part, ToolDefinition } from '../../model/types.ts';
import { chatMessages } from './messages/chat.ts';
import { isObject, jsonList, jsonObject, parsed, type Fields } from '../json.ts';
import { readMessage, readParts } from './messages/messages.ts';
import { readPart, toolCall, unblocked } from './messages/parts.ts';
import { readToolDefinition, readToolDefinitions } from './messages/toolDefinitions.ts';

/** JSON text inside JSON text, as far as it holds structure; a text that somebody put in quotes stays as it is. */
export function unwrapped(value: unknown): unknown {
  let at = value;
  for (let level = 0; level < 3 && typeof at === 'string' && /^\s*"\s*(?:\\*"\s*)*[[{]/.test(at); level += 1) {
    const inner = parsed(at);
    if (typeof inner !== 'string') break;
    at = inner;
  }
  return at;
}

/** The messages in what was asked: a chat, or of a model call the AI SDK's `{ system, prompt }`. */
export function askedMessages(value: unknown, isModelCall: boolean): readonly Message[] | null {
  const input = parsed(unwrapped(value));
  const list = Array.isArray(input) ? input.filter((entry) => definitionIn(entry) === null) : input;
  const chat = chatMessages(list) ?? (isModelCall && isObject(input) ? promptMessages(input) : null);
  return chat ?? (isModelCall ? textMessage('user', input) : null);
}

function promptMessages({ system, prompt }: Fields): readonly Message[] | null {
  const asked = textOf(prompt) === null ? chatMessages(prompt) : [{ role: 'user', parts: readParts(prompt) }];
  return asked && (textOf(system) === null ? asked : [{ role: 'system', parts: readParts(system) }, ...asked]);
}

/**
 * The messages in what a model answered: a chat, the AI SDK's list of the calls it makes, or a text and calls that are
 * recorded apart.
 */
export function answeredMessages(value: unknown, calls: unknown, isModelCall: boolean): readonly Message[] | null {
  const output = parsed(unwrapped(value));
  const chat = chatMessages(output);
  if (chat) return chat;
  if (Array.isArray(output) && output.length > 0 && output.every(isCall))
    return [{ role: 'assistant', parts: output.map(callPart) }];
  const apart = (jsonList(calls) ?? []).map((call) => toolCall(jsonObject(call) ?? call));
  if (!isModelCall) return null;
  if (apart.length === 0) return textMessage('assistant', output);
  return [
    {
      role: 'assistant',
      parts: [
        ...(isObject(output) ? readMessage({ role: 'assistant', ...output }).parts : readParts(output ?? [])),
        ...apart,
      ],
    },
  ];
}

/** What was asked of a model in plain text is the user's, what it answered its own. */
function textMessage(role: string, text: unknown): readonly Message[] | null {
  return typeof text === 'string' && text !== '' ? [{ role, parts: readParts(text) }] : null;
}

/** The arguments of a tool; events that became a chat hold them as its own message (Strands). */
export function toolArguments(recorded: unknown): unknown {
  const input = parsed(unwrapped(recorded));
  const [message, more] = Array.isArray(input) ? (input as readonly unknown[]) : [];
  return more === undefined && isObject(message) && message['role'] === 'tool' && 'content' in message
    ? parsed(message['content'])
    : input;
}

/** What a tool gave back, in the same way. */
export function toolResult(recorded: unknown): unknown {
  const output = parsed(unwrapped(recorded));
  const isChoice = isObject(output) && typeof output['message'] === 'string' && isChoiceOnly(output);
  return isChoice ? unblocked(parsed(output['message'])) : output;
}
const isChoiceOnly = (output: Fields): boolean =>
  Object.keys(output).every((key) => key === 'message' || key === 'id' || key === 'finish_reason') &&
  Array.isArray(parsed(output['message']));

const isCall = (entry: unknown): entry is Fields =>
  isObject(entry) && textOf(entry['toolName']) !== null && textOf(entry['toolCallId']) !== null;
const callPart = (entry: Fields): Part => (typeof entry['type'] === 'string' ? readPart(entry) : toolCall(entry));

/**
 * The tools that a model was given: a list or a record by their names, the `tools` beside the messages, or among these,
 * where Langfuse's handler for LangChain puts each as a message of the role `tool`.
 */
export function givenTools(recorded: unknown, input: unknown): readonly ToolDefinition[] | null {
  const list = readToolDefinitions(recorded);
  if (list && list.length > 0) return list;
  const named = Object.entries(jsonObject(recorded) ?? {}).map(([name, value]) => ({
    ...(readToolDefinition(value) ?? { name }),
    name,
  }));
  if (named.length > 0) return named;
  const asked = parsed(unwrapped(input));
  const listed = Array.isArray(asked) ? asked.flatMap((entry) => definitionIn(entry) ?? []) : null;
  const beside = isObject(asked) ? readToolDefinitions(asked['tools']) : listed;
  return beside && beside.length > 0 ? beside : null;
}

/** The definition of a tool that stands where a message belongs. */
function definitionIn(entry: unknown): ToolDefinition | null {
  if (!isObject(entry) || entry['role'] !== 'tool') return null;
  const content = jsonObject(entry['content']);
  return content && content['type'] === 'function' && isObject(content['function'])
    ? readToolDefinition(content)
    : null;
}
