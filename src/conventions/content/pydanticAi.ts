import { textOf } from '../../model/attributes.ts';
import type { AttributeValue, Message } from '../../model/types.ts';
import { isObject, jsonList, jsonObject, optional, parsed, payload } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { eventMessage } from './genAiEvents.ts';
import { readMessages, readParts } from './messages/messages.ts';
import { readToolDefinitions } from './messages/toolDefinitions.ts';

/** What a span holds, in the words of `pydanticAi`. */
export const pydanticAiContent: Partial<ContentReaders> = {
  input: (attributes) => payload(attributes.get('tool_arguments')),
  output: (attributes) => payload(attributes.get('final_result') ?? attributes.get('tool_response')),
  inputMessages: (attributes) => conversation(attributes)?.input ?? null,
  outputMessages: (attributes) => conversation(attributes)?.output ?? null,
  toolDefinitions(attributes) {
    const tools = jsonObject(attributes.get('model_request_parameters'));
    const list = [tools?.['function_tools'], tools?.['output_tools']].flatMap((each) => jsonList(each) ?? []);
    return list.length > 0 ? readToolDefinitions(list) : null;
  },
  tool(attributes) {
    const name = textOf(attributes.get('gen_ai.tool.name'));
    if (name === null || !(attributes.has('tool_arguments') || attributes.has('tool_response'))) return null;
    return {
      name,
      ...optional('callId', attributes.get('gen_ai.tool.call.id')),
      arguments: parsed(attributes.get('tool_arguments')),
      result: parsed(attributes.get('tool_response')),
    };
  },
};

interface Conversation {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
}

/**
 * The messages of a call (`events`, version 1) or of a whole run, where the last word of the assistant is the output.
 */
function conversation(attributes: Attributes): Conversation | null {
  const events = messageEvents(attributes.get('events')) ?? messageEvents(attributes.get('all_messages_events'));
  if (events) return events.output.length > 0 ? events : splitAtAnswer(events.input);
  const messages = readMessages(attributes.get('pydantic_ai.all_messages'));
  if (!messages) return null;
  const instructions = attributes.get('gen_ai.system_instructions');
  const { input, output } = splitAtAnswer(messages);
  return instructions === undefined || instructions === null
    ? { input, output }
    : { input: [{ role: 'system', parts: readParts(parsed(instructions)) }, ...input], output };
}

function splitAtAnswer(messages: readonly Message[]): Conversation {
  const answered = messages.at(-1)?.role === 'assistant';
  return { input: answered ? messages.slice(0, -1) : messages, output: answered ? messages.slice(-1) : [] };
}

/**
 * OpenTelemetry's events of one message each (`gen_ai.user.message`, …, `gen_ai.choice`), kept as a JSON list in an
 * attribute.
 */
function messageEvents(value: AttributeValue | undefined): Conversation | null {
  const input: Message[] = [];
  const output: Message[] = [];
  for (const event of jsonList(value) ?? []) {
    const [, role] = (isObject(event) && EVENT.exec(textOf(event['event.name']) ?? '')) || [];
    if (!isObject(event) || role === undefined) continue;
    if (role === 'choice')
      output.push(
        eventMessage({ role: 'assistant', ...jsonObject(event['message']), finish_reason: event['finish_reason'] }),
      );
    // What could not be serialized is in `body`, as text.
    else input.push(eventMessage({ role, ...event, content: event['content'] ?? event['body'] }));
  }
  return input.length + output.length > 0 ? { input, output } : null;
}

const EVENT = /^gen_ai\.(system|user|assistant|tool|choice)\b/;
