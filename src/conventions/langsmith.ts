import { textOf } from '../model/attributes.ts';
import type { AttributeValue, Payload, SpanKind } from '../model/types.ts';
import { chatMessages, recordedDocuments } from './chat.ts';
import { jsonList, jsonObject, optional, parsed, payload } from './json.ts';
import type { Attributes, Dialect, SlotValues } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm', chat: 'llm', chain: 'chain', tool: 'tool', retriever: 'retriever', embedding: 'embedding', prompt: 'prompt', parser: 'parser',
};

const KIND = 'langsmith.span.kind';
const METADATA = 'langsmith.metadata.';
/** Named after the first GenAI conventions, but LangSmith writes the inputs and outputs of every run there: they make no span a model call. */
const INPUTS = 'gen_ai.prompt';
const OUTPUTS = 'gen_ai.completion';

/** LangSmith's OpenTelemetry attributes (langsmith-sdk, js/src/experimental/otel/constants.ts and translator.ts). */
export const langsmith: Dialect = {
  name: 'langsmith',
  slots: {
    [KIND]: { slot: 'kind', kinds: KINDS },
    'langsmith.trace.name': 'name',
    'langsmith.span.dotted_order': 'dottedOrder',
    'langsmith.trace.session_name': { read: (project) => (textOf(project) === null ? {} : { metadata: { project } }) },
    'langsmith.span.tags': { read: (tags) => ({ tags: jsonList(tags) ?? textOf(tags)?.split(',').map((tag) => tag.trim()).filter(Boolean) }) },
    // What LangSmith calls a thread. Its own `session_id` (without `metadata`) is a project.
    [`${METADATA}session_id`]: 'sessionId',
    [`${METADATA}thread_id`]: 'sessionId',
    [`${METADATA}conversation_id`]: 'sessionId',
    [`${METADATA}user_id`]: 'userId',
    [`${METADATA}ls_model_name`]: 'requestModel',
    [`${METADATA}ls_provider`]: 'provider',
    'langsmith.usage_metadata': { read: usageMetadata },
  },
  content: {
    input: (attributes) => recorded(attributes.get(INPUTS)),
    output: (attributes) => recorded(attributes.get(OUTPUTS)),
    inputMessages: (attributes) => chatMessages(attributes.get(INPUTS)),
    outputMessages: (attributes) => chatMessages(attributes.get(OUTPUTS)),
    parameters,
    tool(attributes) {
      const name = textOf(attributes.get('langsmith.trace.name'));
      if (name === null || textOf(attributes.get(KIND))?.toLowerCase() !== 'tool') return null;
      return { name, arguments: parsed(attributes.get(INPUTS)), result: parsed(attributes.get(OUTPUTS)) };
    },
    documents(attributes) {
      if (textOf(attributes.get(KIND))?.toLowerCase() !== 'retriever') return null;
      const output = recordedDocuments(attributes.get(OUTPUTS));
      return output && { ...optional('query', jsonObject(attributes.get(INPUTS))?.['query']), input: [], output };
    },
  },
};

const recorded = (value: AttributeValue | undefined): Payload | null => payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);

/** `{ input_tokens, input_token_details, …, total_cost }` (langsmith-sdk, schemas.ts, UsageMetadata): details are part of the totals. */
function usageMetadata(value: AttributeValue): SlotValues {
  const usage = jsonObject(value) ?? {};
  const input = jsonObject(usage['input_token_details']) ?? {};
  const output = jsonObject(usage['output_token_details']) ?? {};
  return {
    inputTokens: usage['input_tokens'], cacheRead: input['cache_read'], cacheWrite: input['cache_creation'], audioInput: input['audio'],
    outputTokens: usage['output_tokens'], reasoning: output['reasoning'], audioOutput: output['audio'], totalTokens: usage['total_tokens'],
    costInput: usage['input_cost'], costOutput: usage['output_cost'], costTotal: usage['total_cost'],
  };
}

/** `ls_temperature` and its like, and the parameters that LangChain called the model with. */
function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found = Object.entries(jsonObject(attributes.get(`${METADATA}invocation_params`)) ?? {});
  for (const name of ['temperature', 'max_tokens', 'stop']) {
    const value = attributes.get(`${METADATA}ls_${name}`);
    if (value !== undefined && value !== null) found.push([name, value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : null;
}
