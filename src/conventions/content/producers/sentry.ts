import { textOf } from '../../../model/attributes.ts';
import { jsonList } from '../../json.ts';
import type { ContentReaders } from '../../types.ts';
import { readMessage, readMessages } from '../messages/messages.ts';
import { readToolDefinitions } from '../messages/toolDefinitions.ts';

/** What a span holds, in the words of `sentry`. */
export const sentryContent: Partial<ContentReaders> = {
  inputMessages: (attributes) => readMessages(attributes.get('gen_ai.request.messages'), 'user'),
  outputMessages(attributes) {
    const recorded = attributes.get('gen_ai.response.text');
    const texts = jsonList(recorded) ?? (textOf(recorded) === null ? [] : [recorded]);
    const calls = jsonList(attributes.get('gen_ai.response.tool_calls')) ?? [];
    if (texts.length + calls.length === 0) return null;
    // Before a call without a word stands an empty text.
    const said = texts.filter((text) => text !== '' || calls.length === 0);
    const message = readMessage({
      role: 'assistant',
      content: said.map((text) => ({ type: 'text', text })),
      tool_calls: calls,
    });
    return [message];
  },
  toolDefinitions: (attributes) => readToolDefinitions(attributes.get('gen_ai.request.available_tools')),
};
