import { textOf } from '../../model/attributes.ts';
import type { AttributeValue, SpanKind } from '../../model/types.ts';
import { jsonObject, parsed } from '../json.ts';
import { costDetails, usageDetails } from './langfuseUsage.ts';
import type { Dialect } from '../types.ts';

/** `span` is not among them: it says nothing, and the other dialects on the span may know more. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  generation: 'llm',
  embedding: 'embedding',
  agent: 'agent',
  tool: 'tool',
  chain: 'chain',
  retriever: 'retriever',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
  event: 'event',
};
const STATUS: ReadonlyMap<unknown, string> = new Map([
  ['ERROR', 'error'],
  ['WARNING', 'warning'],
]);

/** The key of what an observation is. */
export const TYPE = 'langfuse.observation.type';

/** What ends as LangChain's message of a tool was that tool's call: older handlers call such a step a span. */
function isToolMessage(output: AttributeValue): boolean {
  const isText = typeof output === 'string';
  if (isText && (output.length > LONGEST_LOOK || !/^\{[^]*"tool_call_id"/.test(output))) return false;
  const message = jsonObject(output);
  return message !== null && message['type'] === 'tool' && textOf(message['tool_call_id']) !== null;
}
const LONGEST_LOOK = 20_000;

/**
 * Langfuse's OpenTelemetry attributes (langfuse-js, packages/core/src/constants.ts; measured with @langfuse/tracing
 * 5.11).
 */
export const langfuse: Dialect = {
  name: 'langfuse',
  slots: {
    [TYPE]: { slot: 'kind', kinds: KINDS },
    // The SDK leaves OpenTelemetry's status unset where the level is ERROR.
    'langfuse.observation.level': { read: (value) => ({ status: STATUS.get(textOf(value)?.toUpperCase()) }) },
    'langfuse.observation.status_message': 'statusMessage',
    'langfuse.observation.output': { read: (value) => (isToolMessage(value) ? { kind: 'tool' } : {}) },
    'langfuse.observation.model.name': 'responseModel',
    // Langfuse's handler for LangChain keeps LangChain's words.
    'langfuse.observation.metadata.ls_provider': 'provider',
    'langfuse.observation.metadata.langgraph_step': 'graphStep',
    'langfuse.observation.metadata.langgraph_node': 'graphNode',
    'langfuse.observation.usage_details': { read: (value) => usageDetails(jsonObject(value) ?? {}) },
    'langfuse.observation.cost_details': { read: (value) => costDetails(jsonObject(value) ?? {}) },
    // A JSON text: the quotes are part of the value.
    'langfuse.observation.completion_start_time': { read: (value) => ({ firstTokenAt: parsed(value) }) },
    // Not of OpenTelemetry: exports without the moment record this.
    'langfuse.observation.time_to_first_token': 'firstTokenSeconds',
    'langfuse.trace.name': 'traceName',
    'langfuse.trace.tags': 'tags',
    'langfuse.trace.metadata': 'metadata',
    'session.id': 'sessionId',
    'langfuse.session.id': 'sessionId',
    'user.id': 'userId',
    'langfuse.user.id': 'userId',
  },
  own: {
    // Its wrapper of OpenAI's client records embeddings as generations.
    names: ['embeddings'],
    read: ({ name, attributes }) =>
      name === 'OpenAI.embeddings' && attributes.get(TYPE) === 'generation' ? { step: 'embedding' } : null,
  },
  metadataPrefixes: ['langfuse.trace.metadata.'],
};
