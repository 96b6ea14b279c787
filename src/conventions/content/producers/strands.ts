import { textOf } from '../../../model/attributes.ts';
import type { AttributeValue, SpanEvent } from '../../../model/types.ts';
import { optional, parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { unblocked } from '../parts.ts';

/** On the span of a tool, the event of a tool's message holds its arguments, and a choice what it gave back. */
export const strandsContent: Partial<ContentReaders> = {
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
  isTool(attributes) ? eventOf(events, TOLD)?.get('content') : undefined;

const came = (attributes: Attributes, events: readonly SpanEvent[]): AttributeValue | undefined =>
  isTool(attributes) ? eventOf(events, 'gen_ai.choice')?.get('message') : undefined;
