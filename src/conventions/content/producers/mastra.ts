import { textOf } from '../../../model/attributes.ts';
import type { AttributeValue, Message } from '../../../model/types.ts';
import { TYPE } from '../../dialects/producers/mastra.ts';
import { isObject, jsonList, jsonObject, parsed, payload, type Fields } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';
import { readMessage, readParts } from '../messages/messages.ts';

/** What a span holds, in the words of `mastra`: `mastra.<type>.input` and `.output`. */
export const mastraContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes, 'input'),
  output: (attributes) => recorded(attributes, 'output'),
  inputMessages(attributes) {
    const asked = chatMessages(side(attributes, 'input'));
    const system = attributes.get('gen_ai.system_instructions');
    return asked && asked[0]?.role !== 'system' && textOf(system) !== null
      ? [{ role: 'system', parts: readParts(parsed(system)) }, ...asked]
      : asked;
  },
  outputMessages: (attributes) => answer(jsonObject(side(attributes, 'output'))),
};

const side = (attributes: Attributes, name: 'input' | 'output'): AttributeValue | undefined => {
  const type = textOf(attributes.get(TYPE));
  // What a call was asked and answered stands on the step around it.
  return type === null
    ? undefined
    : (attributes.get(`mastra.${type}.${name}`) ??
        (type === 'model_inference' ? attributes.get(`mastra.model_step.${name}`) : undefined));
};

function recorded(attributes: Attributes, name: 'input' | 'output') {
  const value = side(attributes, name);
  return payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);
}

/** `{ text, toolCalls, reasoning }`. A piece of a stream is no message. */
function answer(output: Fields | null): readonly Message[] | null {
  if (!output || !('text' in output || 'toolCalls' in output) || 'toolCallId' in output) return null;
  const thoughts = (jsonList(output['reasoning']) ?? []).flatMap((each) => {
    const thought = isObject(each) && isObject(each['payload']) ? each['payload'] : each;
    return isObject(thought) && typeof thought['text'] === 'string' ? [thought['text']] : [];
  });
  const message = readMessage({
    role: 'assistant',
    reasoning: thoughts.length > 0 ? thoughts.join('\n\n') : output['reasoningText'],
    content: textOf(output['text']) ?? [],
    tool_calls: (jsonList(output['toolCalls']) ?? []).map((call) =>
      isObject(call) && isObject(call['payload']) ? call['payload'] : call,
    ),
    finish_reason: output['finishReason'],
  });
  return message.parts.length > 0 ? [message] : null;
}
