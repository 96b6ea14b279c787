import { textOf } from '../../../model/attributes.ts';
import { parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';

const INPUT = 'lmnr.span.input';
const OUTPUT = 'lmnr.span.output';

/** What a span holds, in the words of `laminar`. The name of a tool is the name of its span, which is not here. */
export const laminarContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes, INPUT),
  output: (attributes) => recorded(attributes, OUTPUT),
  inputMessages: (attributes) => (isCall(attributes) ? chatMessages(attributes.get(INPUT)) : null),
  outputMessages(attributes) {
    if (!isCall(attributes)) return null;
    const chat = chatMessages(attributes.get(OUTPUT));
    const text = parsed(attributes.get(OUTPUT));
    return chat ?? (typeof text === 'string' ? [{ role: 'assistant', parts: [{ type: 'text', text }] }] : null);
  },
};

const isCall = (attributes: Attributes): boolean => textOf(attributes.get('lmnr.span.type'))?.toUpperCase() === 'LLM';

function recorded(attributes: Attributes, key: string) {
  const value = attributes.get(key);
  const text = parsed(value);
  return typeof text === 'string'
    ? payload(text)
    : payload(value, typeof text === 'object' ? 'application/json' : null);
}
