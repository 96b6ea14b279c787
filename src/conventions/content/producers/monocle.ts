import { textOf } from '../../../model/attributes.ts';
import type { AttributeValue, Message, SpanEvent } from '../../../model/types.ts';
import { isMonocle } from '../../dialects/producers/monocle.ts';
import { isObject, jsonList, jsonObject, optional, parsed, payload } from '../../json.ts';
import { toJson } from '../../toJson.ts';
import type { Attributes, ContentReaders } from '../../types.ts';

/** What a span holds, in the words of `monocle`. */
export const monocleContent: Partial<ContentReaders> = {
  input: (attributes, events) => payload(given(attributes, events)),
  output: (attributes, events) => payload(came(attributes, events)),
  inputMessages: (attributes, events) => (isCall(attributes) ? messages(given(attributes, events), 'user') : null),
  outputMessages: (attributes, events) => (isCall(attributes) ? messages(came(attributes, events), 'assistant') : null),
  tool(attributes, events) {
    const name = textOf(attributes.get('entity.1.name'));
    if (name === null || !isMonocle(attributes) || !/\.(tool|mcp)\./.test(textOf(attributes.get('span.type')) ?? ''))
      return null;
    const input = given(attributes, events);
    const [only, more] = Array.isArray(input) ? (input as readonly unknown[]) : [input];
    return {
      name,
      ...optional('description', attributes.get('entity.1.description')),
      arguments: more === undefined ? parsed(only) : input,
      result: parsed(came(attributes, events)),
    };
  },
};

const isCall = (attributes: Attributes): boolean =>
  isMonocle(attributes) && (textOf(attributes.get('span.type')) ?? '').startsWith('inference');

function given(attributes: Attributes, events: readonly SpanEvent[]): AttributeValue | undefined {
  const event = isMonocle(attributes) ? events.find(({ name }) => name === 'data.input')?.attributes : undefined;
  return event?.get('input') ?? event?.get('Inputs') ?? event?.get('query');
}

function came(attributes: Attributes, events: readonly SpanEvent[]): AttributeValue | undefined {
  const event = isMonocle(attributes) ? events.find(({ name }) => name === 'data.output')?.attributes : undefined;
  return event?.get('response') ?? event?.get('output') ?? event?.get('results');
}

/** `["{\"system\": \"…\"}", "{\"user\": \"…\"}"]`: each says who speaks by its key. Older ones are text. */
function messages(value: AttributeValue | undefined, speaker: string): readonly Message[] | null {
  const said: readonly unknown[] = jsonList(value) ?? (value === undefined || value === null ? [] : [value]);
  const all = said.flatMap((each): readonly Message[] => {
    const turn = jsonObject(each);
    const spoken: readonly (readonly [string, unknown])[] = turn ? Object.entries(turn) : [[speaker, each]];
    return spoken.map(([role, text]) => ({
      role: role === 'instructions' ? 'system' : role === 'input' ? 'user' : role,
      parts: [{ type: 'text', text: isObject(text) || Array.isArray(text) ? toJson(text) : (textOf(text) ?? '') }],
    }));
  });
  return all.length > 0 ? all : null;
}
