import { textOf } from '../../../model/attributes.ts';
import type { AttributeValue, Document, Message, Payload } from '../../../model/types.ts';
import { TYPE, unwrapped } from '../../dialects/producers/langWatch.ts';
import { isObject, jsonList, jsonObject, optional, parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';

const INPUT = 'langwatch.input';
const OUTPUT = 'langwatch.output';

/** What a span holds, in the words of `langwatch`. The name of a tool is the name of its span, which is not here. */
export const langWatchContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes.get(INPUT)),
  output: (attributes) => recorded(attributes.get(OUTPUT)),
  inputMessages: (attributes) => said(attributes, INPUT, 'user'),
  outputMessages: (attributes) => said(attributes, OUTPUT, 'assistant'),
  parameters: (attributes) => {
    const settings = jsonObject(unwrapped(attributes.get('langwatch.params')));
    return settings && Object.keys(settings).length > 0 ? settings : null;
  },
  promptTemplate(attributes) {
    // The text of a managed prompt is not recorded: its handle stands for it.
    const template = textOf(attributes.get('langwatch.prompt.handle'));
    return template === null
      ? null
      : {
          template,
          variables: jsonObject(unwrapped(attributes.get('langwatch.prompt.variables'))) ?? {},
          ...optional('version', attributes.get('langwatch.prompt.version.number')),
        };
  },
  documents(attributes) {
    const found = jsonList(unwrapped(attributes.get('langwatch.contexts')))?.flatMap(document) ?? [];
    if (found.length === 0) return null;
    return { ...optional('query', unwrapped(attributes.get(INPUT))), input: [], output: found };
  },
};

/** The values of a list are wrapped each by itself. */
const plain = (value: unknown): unknown => {
  const held = unwrapped(value);
  return Array.isArray(held) ? held.map(unwrapped) : held;
};

function recorded(value: unknown): Payload | null {
  const held = plain(value) as AttributeValue | undefined;
  return payload(held, typeof parsed(held) === 'object' ? 'application/json' : null);
}

/** The messages of a model call or of what calls itself a chat; plain text of a model call is one. */
function said(attributes: Attributes, key: string, role: string): readonly Message[] | null {
  const isCall = textOf(attributes.get(TYPE)) === 'llm';
  if (!isCall && jsonObject(attributes.get(key))?.['type'] !== 'chat_messages') return null;
  const value = plain(attributes.get(key));
  const text = isCall ? textOf(value) : null;
  return chatMessages(value) ?? (text === null ? null : [{ role, parts: [{ type: 'text', text }] }]);
}

const document = (entry: unknown): readonly Document[] => {
  const content = isObject(entry) ? textOf(entry['content']) : null;
  return isObject(entry) && content !== null
    ? [{ ...optional('id', entry['chunk_id'] ?? entry['document_id']), content }]
    : [];
};
