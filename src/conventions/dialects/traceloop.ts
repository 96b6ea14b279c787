import type { SpanKind } from '../../model/types.ts';
import type { Dialect } from '../types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' };
const REQUESTS: Readonly<Record<string, SpanKind>> = {
  chat: 'llm',
  completion: 'llm',
  embedding: 'embedding',
  rerank: 'reranker',
};
/** The scope of the JavaScript instrumentation. The one for Python adds the cache to the input itself. */
const ANTHROPIC = '@traceloop/instrumentation-anthropic';
const PROPERTIES = 'traceloop.association.properties.';

/**
 * Traceloop's OpenLLMetry (opentelemetry-semantic-conventions-ai; @traceloop/ai-semantic-conventions): `traceloop.*` on
 * the spans of decorated functions, and for model calls the attributes before OpenTelemetry had its own, `llm.*`, with
 * messages flattened under `gen_ai.prompt.<i>.*` and `gen_ai.completion.<i>.*`. Newer versions write `genAi` for calls.
 */
export const traceloop: Dialect = {
  name: 'traceloop',
  slots: {
    'traceloop.span.kind': { slot: 'kind', kinds: KINDS },
    'llm.request.type': { slot: 'kind', kinds: REQUESTS },
    'gen_ai.guardrail.name': { slot: 'kind', hint: 'guardrail' },
    'traceloop.entity.name': 'entityName',
    // On every span of a workflow, like the name of the agent.
    'traceloop.workflow.name': 'workflowName',
    'traceloop.entity.path': 'workflowName',
    [`${PROPERTIES}session_id`]: 'sessionId',
    [`${PROPERTIES}thread_id`]: 'sessionId',
    [`${PROPERTIES}chat_id`]: 'sessionId',
    [`${PROPERTIES}user_id`]: 'userId',
    // Latitude (@latitude-data/telemetry 3), which records by Traceloop's instrumentations.
    'latitude.tags': 'tags',
    'latitude.metadata': 'metadata',
    'llm.usage.prompt_tokens': 'inputTokens',
    'llm.usage.completion_tokens': 'outputTokens',
    'llm.usage.total_tokens': 'totalTokens',
    'llm.usage.reasoning_tokens': 'reasoning',
    'llm.usage.cache_read_input_tokens': 'cacheRead',
    'llm.usage.cache_creation_input_tokens': 'cacheWrite',
  },
  own: {
    scopes: [ANTHROPIC],
    // Anthropic's own numbers: what was read from and written to the cache stands beside the input.
    read: ({ scope }) => (scope === ANTHROPIC ? { cacheBeside: true } : null),
  },
  metadataPrefixes: [PROPERTIES],
  firstTokenEvents: ['llm.content.completion.chunk', 'gen_ai.content.completion.chunk'],
  kindEvents: {
    'db.query.result': 'retriever',
    'db.search.result': 'retriever',
    'db.query.embeddings': 'retriever',
    'db.search.embeddings': 'retriever',
    'pinecone.query.request': 'retriever',
    'qdrant.search.request': 'retriever',
  },
};
