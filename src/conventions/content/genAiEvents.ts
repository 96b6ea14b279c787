import { textOf } from '../../model/attributes.ts';
import type { Message, SpanEvent } from '../../model/types.ts';
import { firstOf, isObject, jsonList, jsonObject, parsed, payload, type Fields } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { readMessage, withFinishReasons } from './messages/messages.ts';

/** The role that an event stands for where it records none. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

/** What a span holds, in the words of `genAiEvents`. */
export const genAiEventsContent: Partial<ContentReaders> = {
  input: (attributes, events) => payload(oneText(attributes, events, 'prompt')),
  output: (attributes, events) => payload(oneText(attributes, events, 'completion')),
  inputMessages: (attributes, events) =>
    (isToolSpan(attributes) ? null : inputEvents(events)) ?? chat(oneText(attributes, events, 'prompt')),
  outputMessages: (attributes, events) =>
    withFinishReasons(
      (isToolSpan(attributes) ? null : choiceEvents(events)) ??
        chat(oneText(attributes, events, 'completion')) ??
        openRouterAnswer(oneText(attributes, events, 'completion')),
      firstOf(attributes, 'gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason'),
    ),
};

/** On the span of a tool, the events are what it was given and gave back (Strands). */
const isToolSpan = (attributes: Attributes): boolean => attributes.get('gen_ai.operation.name') === 'execute_tool';

/** OpenRouter's `{ completion, reasoning }`. */
function openRouterAnswer(value: unknown): readonly Message[] | null {
  const answer = jsonObject(value);
  return answer && typeof answer['completion'] === 'string'
    ? [readMessage({ role: 'assistant', reasoning: answer['reasoning'], content: answer['completion'] })]
    : null;
}

/** Of several events the last has all that came before, where an answer was streamed (Langtrace). */
const oneText = (attributes: Attributes, events: readonly SpanEvent[], side: 'prompt' | 'completion') =>
  attributes.get(`gen_ai.${side}`) ??
  events.findLast(({ name }) => name === `gen_ai.content.${side}`)?.attributes.get(`gen_ai.${side}`);

/** A list of `{ role, content }`; null for any other input or output. */
function chat(value: unknown): readonly Message[] | null {
  const list = jsonList(value);
  return list &&
    list.length > 0 &&
    list.every((entry) => isObject(entry) && (textOf(entry['role']) !== null || isObject(entry['message'])))
    ? (list as readonly Fields[]).map((entry) => readMessage(withCalls(entry)))
    : null;
}

/** Langtrace puts the calls of tools, as JSON text, in the place of what the model says. */
function withCalls(entry: Fields): Fields {
  const { role, content } = entry;
  const calls =
    role === 'assistant' && typeof content === 'string' && content.startsWith('[{') ? jsonList(content) : null;
  return calls?.every((call) => isObject(call) && isObject(call['function']))
    ? { ...entry, content: null, tool_calls: calls }
    : entry;
}

function inputEvents(events: readonly SpanEvent[]): readonly Message[] | null {
  const messages = events.flatMap(({ name, attributes }) => {
    const role = ROLES.get(name);
    return role === undefined ? [] : [eventMessage({ role, ...bodyOf(attributes) })];
  });
  return messages.length > 0 ? messages : null;
}

function choiceEvents(events: readonly SpanEvent[]): readonly Message[] | null {
  const choices = events
    .filter(({ name }) => name === 'gen_ai.choice')
    .map(({ attributes }) => {
      const { finish_reason, message, ...beside } = bodyOf(attributes);
      const inner = parsed(message);
      // The message is `{ role?, content, tool_calls }`, or its content alone; some put its fields right into the
      // event.
      const content = inner === undefined ? beside : { content: inner };
      const body = isObject(inner) ? inner : content;
      return eventMessage({ role: 'assistant', tool_calls: beside['tool_calls'], ...body, finish_reason });
    });
  // Ax writes an event for each piece of a stream, without the piece.
  const told = choices.filter(({ parts, finishReason }) => parts.length > 0 || finishReason !== undefined);
  if (told.length > 0) return told;
  return choices.length > 0 ? choices : null;
}

/** The fields of an event: its attributes, or one JSON text of them all, as Azure's SDKs write it. */
const bodyOf = (attributes: Attributes): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(attributes),
  ...jsonObject(attributes.get('gen_ai.event.content')),
});

/**
 * The message in the body of an event; structure may stand there as JSON text. The id of a tool's message is that of
 * the call.
 */
export function eventMessage(body: Readonly<Record<string, unknown>>): Message {
  const isTool = body['role'] === 'tool';
  const blocks = structured(body['content']);
  const isResults = Array.isArray(blocks) && blocks.every((block) => isObject(block) && isObject(block['toolResult']));
  const content = isTool && !isResults ? body['content'] : blocks;
  return readMessage({
    ...body,
    content: isTool && isObject(content) ? [{ type: 'tool_result', id: body['id'], content }] : content,
    ...(isTool ? { tool_call_id: body['tool_call_id'] ?? body['id'] } : {}),
  });
}

/** Content in parts, where text is that; other JSON is the message itself. */
function structured(content: unknown): unknown {
  const list = jsonList(content);
  return list && list.length > 0 && list.every(isObject) ? list : content;
}
