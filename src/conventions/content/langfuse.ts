import { textOf } from '../../model/attributes.ts';
import type { AttributeValue, Payload } from '../../model/types.ts';
import { firstOf, jsonObject, optional, parsed, payload } from '../json.ts';
import { TYPE } from '../dialects/langfuse.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { recordedDocuments } from './messages/chat.ts';
import { answeredMessages, askedMessages, givenTools, toolArguments, toolResult, unwrapped } from './langfuseChat.ts';

const INPUT = 'langfuse.observation.input';
const OUTPUT = 'langfuse.observation.output';

/** What a span holds, in the words of `langfuse`. */
export const langfuseContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes, INPUT),
  output: (attributes) => recorded(attributes, OUTPUT),
  inputMessages(attributes) {
    const asked = isTool(attributes) ? null : askedMessages(attributes.get(INPUT), typeOf(attributes) === 'generation');
    const instructions = textOf(attributes.get('langfuse.observation.metadata.instructions'));
    return asked && instructions !== null && asked[0]?.role !== 'system'
      ? [{ role: 'system', parts: [{ type: 'text', text: instructions }] }, ...asked]
      : asked;
  },
  outputMessages: (attributes) =>
    isTool(attributes)
      ? null
      : answeredMessages(
          attributes.get(OUTPUT),
          attributes.get('langfuse.observation.tool_calls'),
          typeOf(attributes) === 'generation',
        ),
  toolDefinitions: (attributes) =>
    givenTools(
      attributes.get('langfuse.observation.tool_definitions') ?? attributes.get('langfuse.observation.metadata.tools'),
      attributes.get(INPUT),
    ),
  parameters(attributes) {
    // Exports name all parameters that the server knows, null where they were not set.
    const set = Object.entries(jsonObject(attributes.get('langfuse.observation.model.parameters')) ?? {}).filter(
      ([, value]) => value !== null && value !== '',
    );
    return set.length > 0 ? Object.fromEntries(set) : null;
  },
  promptTemplate(attributes) {
    // The text of a managed prompt is not recorded: its name stands for it.
    const template = textOf(attributes.get('langfuse.observation.prompt.name'));
    return template === null
      ? null
      : { template, variables: {}, ...optional('version', attributes.get('langfuse.observation.prompt.version')) };
  },
  tool(attributes) {
    if (typeOf(attributes) !== 'tool') return null;
    const name = textOf(firstOf(attributes, 'gen_ai.tool.name', 'ai.toolCall.name', 'langfuse.observation.name'));
    if (name === null) return null;
    const about = {
      ...optional('description', attributes.get('gen_ai.tool.description')),
      ...optional('callId', firstOf(attributes, 'gen_ai.tool.call.id', 'ai.toolCall.id')),
    };
    return {
      name,
      ...about,
      arguments: toolArguments(attributes.get(INPUT)),
      result: toolResult(attributes.get(OUTPUT)),
    };
  },
  documents(attributes) {
    if (typeOf(attributes) !== 'retriever') return null;
    const output = recordedDocuments(unwrapped(attributes.get(OUTPUT)));
    return output && { ...optional('query', attributes.get(INPUT)), input: [], output };
  },
};

const typeOf = (attributes: Attributes): string | undefined => textOf(attributes.get(TYPE))?.toLowerCase();

/** TanStack writes the input and output of a tool alone, as messages. */
const isTool = (attributes: Attributes): boolean =>
  typeOf(attributes) === 'tool' ||
  (!attributes.has(TYPE) && !attributes.has('gen_ai.operation.name') && attributes.has('gen_ai.tool.call.id'));

function recorded(attributes: Attributes, key: string): Payload | null {
  const value = unwrapped(attributes.get(key)) as AttributeValue | undefined;
  return payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);
}
