import { textOf } from '../../../model/attributes.ts';
import { isVoltAgent } from '../../dialects/producers/voltAgent.ts';
import { firstOf, optional, parsed, payload } from '../../json.ts';
import type { ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';

/** What a span holds, in the words of `voltAgent`. */
export const voltAgentContent: Partial<ContentReaders> = {
  input: (attributes) => (isVoltAgent(attributes) ? payload(attributes.get('input')) : null),
  output: (attributes) => (isVoltAgent(attributes) ? payload(attributes.get('output')) : null),
  inputMessages: (attributes) =>
    isVoltAgent(attributes) ? chatMessages(firstOf(attributes, 'llm.messages', 'agent.messages')) : null,
  outputMessages(attributes) {
    const isAnswer = isVoltAgent(attributes) && (attributes.has('llm.messages') || attributes.has('agent.messages'));
    const answer = isAnswer ? textOf(attributes.get('output')) : null;
    return answer === null
      ? null
      : [
          {
            role: 'assistant',
            parts: [{ type: 'text', text: answer }],
            ...optional('finishReason', firstOf(attributes, 'llm.finish_reason', 'ai.response.finish_reason')),
          },
        ];
  },
  toolDefinitions(attributes) {
    const names = isVoltAgent(attributes) ? textOf(attributes.get('llm.tools')) : null;
    return names === null || names.startsWith('[') ? null : names.split(',').map((name) => ({ name: name.trim() }));
  },
  tool(attributes) {
    const name = isVoltAgent(attributes) ? textOf(attributes.get('tool.name')) : null;
    if (name === null) return null;
    return {
      name,
      ...optional('description', attributes.get('tool.description')),
      ...optional('callId', attributes.get('tool.call.id')),
      arguments: parsed(attributes.get('input')),
      result: parsed(attributes.get('output')),
    };
  },
};
