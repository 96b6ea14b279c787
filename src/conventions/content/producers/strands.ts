import { textOf } from '../../../model/attributes.ts';
import type { AttributeValue, Message, SpanEvent } from '../../../model/types.ts';
import { isObject, optional, parsed, payload, type Fields } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { eventMessage } from '../genAiEvents.ts';
import { unblocked } from '../messages/parts.ts';

/**
 * On the span of a tool, the event of a tool's message holds its arguments, and a choice what it gave back. In AWS
 * AgentCore a log record holds both sides of a span at once, `{ input: { messages }, output: { messages } }`.
 */
export const strandsContent: Partial<ContentReaders> = {
  inputMessages: (attributes, events) => (isTool(attributes) ? null : messages(events, 'input')),
  outputMessages: (attributes, events) => (isTool(attributes) ? null : messages(events, 'output')),
  input: (attributes, events) => payload(given(attributes, events)),
  output(attributes, events) {
    const result = came(attributes, events);
    const value = unblocked(parsed(result)) as AttributeValue | undefined;
    return payload(value, typeof value === 'object' ? 'application/json' : null);
  },
  tool(attributes, events) {
    const name = textOf(attributes.get('gen_ai.tool.name'));
    const recorded = given(attributes, events);
    const result = came(attributes, events);
    if (name === null || (recorded ?? result) === undefined) return null;
    return {
      name,
      ...optional('description', attributes.get('gen_ai.tool.description')),
      ...optional('callId', attributes.get('gen_ai.tool.call.id') ?? eventOf(events, TOLD)?.get('id')),
      arguments: parsed(recorded),
      result: unblocked(parsed(result)),
    };
  },
};

const TOLD = 'gen_ai.tool.message';

const eventOf = (events: readonly SpanEvent[], called: string): Attributes | undefined =>
  events.find(({ name }) => name === called)?.attributes;

const isTool = (attributes: Attributes): boolean => attributes.get('gen_ai.operation.name') === 'execute_tool';

const given = (attributes: Attributes, events: readonly SpanEvent[]): AttributeValue | undefined =>
  isTool(attributes) ? (eventOf(events, TOLD)?.get('content') ?? logged(events, 'input')[0]?.said) : undefined;

const came = (attributes: Attributes, events: readonly SpanEvent[]): AttributeValue | undefined =>
  isTool(attributes)
    ? (eventOf(events, 'gen_ai.choice')?.get('message') ?? logged(events, 'output').at(-1)?.said)
    : undefined;

/** A message of a log record: `{ role, content: { content } }`, of an answer `{ role, content: { message } }`. */
interface Logged {
  readonly role: string;
  readonly said: AttributeValue | undefined;
  readonly body: Fields;
}

function logged(events: readonly SpanEvent[], side: 'input' | 'output'): readonly Logged[] {
  return events.flatMap(({ attributes }) => {
    const held = attributes.get(side);
    const list = isObject(held) ? held['messages'] : undefined;
    return !Array.isArray(list)
      ? []
      : list.filter(isObject).map((entry): Logged => {
          const body = isObject(entry['content']) ? entry['content'] : entry;
          const said = (body['content'] ?? body['message']) as AttributeValue | undefined;
          return { role: textOf(entry['role']) ?? 'unknown', said, body };
        });
  });
}

function messages(events: readonly SpanEvent[], side: 'input' | 'output'): readonly Message[] | null {
  const list = logged(events, side).map(({ role, said, body: { finish_reason, id } }) =>
    eventMessage({ role, content: said, finish_reason, id }),
  );
  return list.length === 0 ? null : list;
}
