import { textOf } from '../../model/attributes.ts';
import type { Message } from '../../model/types.ts';
import { parsed, payload } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { chatMessages } from './messages/chat.ts';
import { requestedTools } from './messages/toolDefinitions.ts';

const INPUT = 'judgment.input';
const OUTPUT = 'judgment.output';

/**
 * What a span holds, in the words of `judgment`: of a model call the request and the answer of the provider. The name of
 * a tool is the name of its span, which is not here.
 */
export const judgmentContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes, INPUT),
  output: (attributes) => recorded(attributes, OUTPUT),
  inputMessages: (attributes) => (isCall(attributes) ? chatMessages(attributes.get(INPUT)) : null),
  outputMessages: (attributes) => (isCall(attributes) ? answer(attributes) : null),
  toolDefinitions: (attributes) => (isCall(attributes) ? requestedTools(attributes.get(INPUT)) : null),
};

const isCall = (attributes: Attributes): boolean => attributes.get('judgment.span_kind') === 'llm';

function answer(attributes: Attributes): readonly Message[] | null {
  const value = attributes.get(OUTPUT);
  // Of a stream it has the text alone.
  const text = typeof parsed(value) === 'object' ? null : textOf(value);
  return chatMessages(value) ?? (text === null ? null : [{ role: 'assistant', parts: [{ type: 'text', text }] }]);
}

function recorded(attributes: Attributes, key: string) {
  const value = attributes.get(key);
  return payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);
}
