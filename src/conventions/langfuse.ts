import { textOf } from '../model/attributes.ts';
import type { AttributeValue, Payload, SpanKind } from '../model/types.ts';
import { recordedDocuments } from './chat.ts';
import { firstOf, jsonObject, optional, parsed, payload } from './json.ts';
import { answeredMessages, askedMessages, givenTools, unwrapped } from './langfuseChat.ts';
import { costDetails, usageDetails } from './langfuseUsage.ts';
import type { Attributes, Dialect } from './types.ts';

/** `span` is not among them: it says nothing, and the other dialects on the span may know more. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  generation: 'llm', embedding: 'embedding', agent: 'agent', tool: 'tool', chain: 'chain', retriever: 'retriever', guardrail: 'guardrail',
  evaluator: 'evaluator', event: 'event',
};
const STATUS: ReadonlyMap<unknown, string> = new Map([['ERROR', 'error'], ['WARNING', 'warning']]);

const TYPE = 'langfuse.observation.type';
const INPUT = 'langfuse.observation.input';
const OUTPUT = 'langfuse.observation.output';

/** Langfuse's OpenTelemetry attributes (langfuse-js, packages/core/src/constants.ts; measured with @langfuse/tracing 5.11). */
export const langfuse: Dialect = {
  name: 'langfuse',
  slots: {
    [TYPE]: { slot: 'kind', kinds: KINDS },
    // The SDK leaves OpenTelemetry's status unset where the level is ERROR.
    'langfuse.observation.level': { read: (value) => ({ status: STATUS.get(textOf(value)?.toUpperCase()) }) },
    'langfuse.observation.status_message': 'statusMessage',
    'langfuse.observation.model.name': 'responseModel',
    // Langfuse's handler for LangChain keeps LangChain's words.
    'langfuse.observation.metadata.ls_provider': 'provider',
    'langfuse.observation.usage_details': { read: (value) => usageDetails(jsonObject(value) ?? {}) },
    'langfuse.observation.cost_details': { read: (value) => costDetails(jsonObject(value) ?? {}) },
    // A JSON text: the quotes are part of the value.
    'langfuse.observation.completion_start_time': { read: (value) => ({ firstTokenAt: parsed(value) }) },
    // Not of OpenTelemetry: exports that do not tell the moment tell this.
    'langfuse.observation.time_to_first_token': 'firstTokenSeconds',
    'langfuse.trace.name': 'traceName',
    'langfuse.trace.tags': 'tags',
    'langfuse.trace.metadata': 'metadata',
    'session.id': 'sessionId',
    'langfuse.session.id': 'sessionId',
    'user.id': 'userId',
    'langfuse.user.id': 'userId',
  },
  metadataPrefixes: ['langfuse.trace.metadata.'],
  content: {
    input: (attributes) => recorded(attributes, INPUT),
    output: (attributes) => recorded(attributes, OUTPUT),
    inputMessages: (attributes) => askedMessages(attributes.get(INPUT), typeOf(attributes) === 'generation'),
    outputMessages: (attributes) => answeredMessages(attributes.get(OUTPUT), attributes.get('langfuse.observation.tool_calls'), typeOf(attributes) === 'generation'),
    toolDefinitions: (attributes) => givenTools(attributes.get('langfuse.observation.tool_definitions'), attributes.get(INPUT)),
    parameters(attributes) {
      // Exports name all parameters that the server knows, null where they were not set.
      const set = Object.entries(jsonObject(attributes.get('langfuse.observation.model.parameters')) ?? {}).filter(([, value]) => value !== null && value !== '');
      return set.length > 0 ? Object.fromEntries(set) : null;
    },
    promptTemplate(attributes) {
      // The text of a managed prompt is not recorded: its name stands for it.
      const template = textOf(attributes.get('langfuse.observation.prompt.name'));
      return template === null ? null : { template, variables: {}, ...optional('version', attributes.get('langfuse.observation.prompt.version')) };
    },
    tool(attributes) {
      if (typeOf(attributes) !== 'tool') return null;
      const name = textOf(firstOf(attributes, 'gen_ai.tool.name', 'ai.toolCall.name', 'langfuse.observation.name'));
      if (name === null) return null;
      const about = { ...optional('description', attributes.get('gen_ai.tool.description')), ...optional('callId', firstOf(attributes, 'gen_ai.tool.call.id', 'ai.toolCall.id')) };
      return { name, ...about, arguments: parsed(unwrapped(attributes.get(INPUT))), result: parsed(unwrapped(attributes.get(OUTPUT))) };
    },
    documents(attributes) {
      if (typeOf(attributes) !== 'retriever') return null;
      const output = recordedDocuments(unwrapped(attributes.get(OUTPUT)));
      return output && { ...optional('query', attributes.get(INPUT)), input: [], output };
    },
  },
};

const typeOf = (attributes: Attributes): string | undefined => textOf(attributes.get(TYPE))?.toLowerCase();

function recorded(attributes: Attributes, key: string): Payload | null {
  const value = unwrapped(attributes.get(key)) as AttributeValue | undefined;
  return payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);
}
