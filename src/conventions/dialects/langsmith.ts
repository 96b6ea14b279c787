import { textOf } from '../../model/attributes.ts';
import type { AttributeValue, SpanKind } from '../../model/types.ts';
import { jsonList, jsonObject } from '../json.ts';
import { usageMetadata } from './langsmithUsage.ts';
import type { Dialect, SlotValues } from '../types.ts';

/** By the word that stands under `KIND`, in lower case. */
export const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm',
  chat: 'llm',
  chain: 'chain',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'embedding',
  prompt: 'prompt',
  parser: 'parser',
  // Free words that are in use.
  agent: 'agent',
  reranker: 'reranker',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
};

/** The key of what a run is. */
export const KIND = 'langsmith.span.kind';
/** How the keys of a run's metadata begin. */
export const METADATA = 'langsmith.metadata.';

/**
 * LangSmith's OpenTelemetry attributes (langsmith-sdk, js/src/experimental/otel/constants.ts and translator.ts), and
 * what its runs record that has no place there (`langsmith.run.<field>`, of the adapter for runs).
 */
export const langsmith: Dialect = {
  name: 'langsmith',
  slots: {
    [KIND]: { slot: 'kind', kinds: KINDS },
    'langsmith.trace.name': 'name',
    'langsmith.span.dotted_order': 'dottedOrder',
    'langsmith.trace.session_name': { read: (project) => (textOf(project) === null ? {} : { metadata: { project } }) },
    'langsmith.span.tags': {
      read: (tags) => ({
        tagsOfRoot:
          jsonList(tags) ??
          textOf(tags)
            ?.split(',')
            .map((tag) => tag.trim())
            .filter(Boolean),
      }),
    },
    // What LangSmith calls a thread. Its own `session_id` (without `metadata`) is a project.
    [`${METADATA}session_id`]: 'sessionId',
    [`${METADATA}thread_id`]: 'sessionId',
    [`${METADATA}conversation_id`]: 'sessionId',
    [`${METADATA}user_id`]: 'userId',
    [`${METADATA}ls_model_name`]: 'contextModel',
    [`${METADATA}ls_provider`]: 'contextProvider',
    [`${METADATA}langgraph_step`]: 'graphStep',
    [`${METADATA}langgraph_node`]: 'graphNode',
    'langsmith.usage_metadata': { read: usageMetadata },
    'langsmith.run.extra.invocation_params': { read: invokedModel },
    [`${METADATA}invocation_params`]: { read: invokedModel },
    'langsmith.run.first_token_time': 'firstTokenAt',
  },
  firstTokenEvents: ['new_token'],
};

/** The model that a call was made with, by the names that LangChain's integrations use. */
function invokedModel(value: AttributeValue): SlotValues {
  const params = jsonObject(value) ?? {};
  return {
    requestModel: ['model', 'model_name', 'modelName', 'model_id', 'deployment_name']
      .map((name) => textOf(params[name]))
      .find((name) => name !== null),
  };
}
