import { ownValue } from '../../../model/ownValue.ts';
import type { SpanKind } from '../../../model/types.ts';
import { jsonList } from '../../json.ts';
import type { Dialect, OwnValues } from '../../types.ts';
import { textOf } from '../../../model/attributes.ts';

/** The key of what a span is. */
export const TYPE = 'mastra.span.type';

/** Words that are not here are of steps without a kind of their own. */
const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['agent_run', 'agent'],
  ['model_inference', 'llm'],
  ['model_generation', 'llm'],
  ['llm_generation', 'llm'],
  ['model_step', 'chain'],
  ['model_chunk', 'event'],
  ['tool_call', 'tool'],
  ['mcp_tool_call', 'tool'],
  ['client_tool_call', 'tool'],
  ['provider_tool_call', 'tool'],
  ['processor_run', 'chain'],
  ['workflow_run', 'chain'],
  ['workflow_step', 'chain'],
  ['workflow_conditional', 'chain'],
  ['workflow_conditional_eval', 'chain'],
  ['workflow_parallel', 'chain'],
  ['workflow_loop', 'chain'],
  ['workflow_sleep', 'chain'],
  ['workflow_wait_event', 'chain'],
  ['rag_embedding', 'embedding'],
  ['rag_vector_operation', 'retriever'],
  ['rag_ingestion', 'chain'],
  ['rag_action', 'chain'],
  ['scorer_run', 'evaluator'],
  ['scorer_step', 'evaluator'],
  ['memory_operation', 'memory'],
]);

/** Since version 1.60 a generation holds the calls of the model, whose messages stand on the step around each. */
const TOLD: Readonly<Record<string, OwnValues>> = {
  model_generation: { stepOfWrapper: 'chain' },
  model_step: { contentOf: 'model_inference' },
};

const METADATA = 'mastra.metadata.';

/**
 * Mastra's own attributes, which its exporter for OTLP adds (@mastra/otel-exporter 1.4; its exporter for Phoenix adds
 * OpenInference's, and calls whatever has a model an LLM). Since version 1.60 a `model_generation` holds the calls of
 * the model, `model_inference`; before it was the call.
 */
export const mastra: Dialect = {
  name: 'mastra',
  slots: {
    [TYPE]: 'producer',
    [`${METADATA}sessionId`]: 'sessionId',
    [`${METADATA}threadId`]: 'sessionId',
    [`${METADATA}userId`]: 'userId',
    [`${METADATA}resourceId`]: 'userId',
    'mastra.tags': { read: (tags) => ({ tags: jsonList(tags) }) },
    'mastra.completion_start_time': 'firstTokenAt',
  },
  own: {
    read({ attributes }) {
      const word = textOf(attributes.get(TYPE));
      const step = word === null ? undefined : KINDS.get(word);
      if (word === null || step === undefined) return null;
      return { step, word, ...ownValue(TOLD, word) };
    },
  },
};
