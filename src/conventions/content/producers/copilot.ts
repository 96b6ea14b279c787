import { textOf } from '../../../model/attributes.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { readMessage } from '../messages/messages.ts';

/** What was asked and answered, where it is recorded apart from the messages of OpenTelemetry. */
export const copilotContent: Partial<ContentReaders> = {
  inputMessages(attributes) {
    const request = text(attributes, 'user_request');
    return request === null ? null : [readMessage({ role: 'user', content: request })];
  },
  outputMessages(attributes) {
    const [thought, answer] = [text(attributes, 'reasoning_content'), text(attributes, 'markdown_content')];
    return (thought ?? answer) === null
      ? null
      : [readMessage({ role: 'assistant', reasoning: thought ?? undefined, content: answer ?? [] })];
  },
};

const text = (attributes: Attributes, name: string): string | null => textOf(attributes.get(`copilot_chat.${name}`));
