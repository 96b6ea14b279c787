import { textOf } from '../model/attributes.ts';
import type { Payload, SpanKind } from '../model/types.ts';
import { chatMessages, recordedDocuments } from './chat.ts';
import { jsonObject, optional, parsed, payload } from './json.ts';
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
    'langfuse.observation.usage_details': { read: (value) => usageDetails(jsonObject(value) ?? {}) },
    'langfuse.observation.cost_details': { read: (value) => costDetails(jsonObject(value) ?? {}) },
    // A JSON text: the quotes are part of the value.
    'langfuse.observation.completion_start_time': { read: (value) => ({ firstTokenAt: parsed(value) }) },
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
    inputMessages: (attributes) => chatMessages(attributes.get(INPUT)),
    outputMessages: (attributes) => chatMessages(attributes.get(OUTPUT)),
    parameters: (attributes) => jsonObject(attributes.get('langfuse.observation.model.parameters')),
    promptTemplate(attributes) {
      // The text of a managed prompt is not recorded: its name stands for it.
      const template = textOf(attributes.get('langfuse.observation.prompt.name'));
      return template === null ? null : { template, variables: {}, ...optional('version', attributes.get('langfuse.observation.prompt.version')) };
    },
    documents(attributes) {
      if (textOf(attributes.get(TYPE))?.toLowerCase() !== 'retriever') return null;
      const output = recordedDocuments(attributes.get(OUTPUT));
      return output && { ...optional('query', attributes.get(INPUT)), input: [], output };
    },
  },
};

function recorded(attributes: Attributes, key: string): Payload | null {
  const value = attributes.get(key);
  return payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);
}
