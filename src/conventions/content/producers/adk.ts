import { textOf } from '../../../model/attributes.ts';
import { ADK } from '../../dialects/producers/adk.ts';
import { isObject, jsonObject, parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';
import { chatMessages } from '../messages/chat.ts';
import { readToolDefinitions } from '../messages/toolDefinitions.ts';

/** What a span holds, in the words of `adk`. `{}` and `N/A` stand for nothing. */
export const adkContent: Partial<ContentReaders> = {
  input: (attributes) => payload(recorded(attributes, 'llm_request') ?? recorded(attributes, 'tool_call_args')),
  output: (attributes) => payload(recorded(attributes, 'llm_response') ?? recorded(attributes, 'tool_response')),
  inputMessages: (attributes) => chatMessages(recorded(attributes, 'llm_request')),
  outputMessages: (attributes) => chatMessages(recorded(attributes, 'llm_response')),
  toolDefinitions: (attributes) => readToolDefinitions(requestConfig(attributes)?.['tools']),
  parameters(attributes) {
    const settings = Object.entries(requestConfig(attributes) ?? {}).filter(
      ([, value]) => typeof value === 'number' || typeof value === 'boolean',
    );
    return settings.length > 0 ? Object.fromEntries(settings) : null;
  },
  tool(attributes) {
    const name = textOf(attributes.get('gen_ai.tool.name'));
    const given = recorded(attributes, 'tool_call_args');
    const result = recorded(attributes, 'tool_response');
    if (name === null || (given ?? result) === undefined) return null;
    const description = textOf(attributes.get('gen_ai.tool.description'));
    const callId = textOf(attributes.get('gen_ai.tool.call.id'));
    return {
      name,
      ...(description === null ? {} : { description }),
      ...(callId === null ? {} : { callId }),
      arguments: parsed(given),
      result: parsed(result),
    };
  },
};

function recorded(attributes: Attributes, field: string): string | undefined {
  const value = attributes.get(`${ADK}${field}`);
  return typeof value === 'string' && value !== '{}' && value !== 'N/A' ? value : undefined;
}

function requestConfig(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const config = jsonObject(recorded(attributes, 'llm_request'))?.['config'];
  return isObject(config) ? config : null;
}
