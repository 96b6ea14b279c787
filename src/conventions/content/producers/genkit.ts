import { textOf } from '../../../model/attributes.ts';
import { GENKIT } from '../../dialects/producers/genkit.ts';
import { isObject, jsonObject, parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';
import { readMessage } from '../messages/messages.ts';
import { readToolDefinitions } from '../messages/toolDefinitions.ts';

const INPUT = `${GENKIT}input`;
const OUTPUT = `${GENKIT}output`;

/** What a span holds, in the words of `genkit`. A `generate` has the messages of the calls below it, and is one too. */
export const genkitContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes, INPUT),
  output: (attributes) => recorded(attributes, OUTPUT),
  inputMessages: (attributes) => (hasMessages(attributes) ? chatMessages(attributes.get(INPUT)) : null),
  outputMessages(attributes) {
    const answer = hasMessages(attributes) ? jsonObject(attributes.get(OUTPUT)) : null;
    return answer && isObject(answer['message']) ? [readMessage(answer)] : null;
  },
  toolDefinitions: (attributes) =>
    hasMessages(attributes) ? readToolDefinitions(jsonObject(attributes.get(INPUT))?.['tools']) : null,
  parameters(attributes) {
    const config = hasMessages(attributes) ? jsonObject(attributes.get(INPUT))?.['config'] : null;
    return isObject(config) && Object.keys(config).length > 0 ? config : null;
  },
  tool(attributes) {
    const name = textOf(attributes.get(`${GENKIT}name`));
    if (name === null || !/^tool\b/.test(textOf(attributes.get(`${GENKIT}metadata:subtype`)) ?? '')) return null;
    return { name, arguments: parsed(attributes.get(INPUT)), result: parsed(attributes.get(OUTPUT)) };
  },
};

const hasMessages = (attributes: Attributes): boolean =>
  attributes.get(`${GENKIT}metadata:subtype`) === 'model' || attributes.get(`${GENKIT}type`) === 'util';

/** Each is JSON text, a text in quotes as well. */
function recorded(attributes: Attributes, key: string) {
  const value = attributes.get(key);
  const text = parsed(value);
  return typeof text === 'string' ? payload(text) : payload(value, 'application/json');
}
