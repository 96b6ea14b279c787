import type { SpanKind } from '../../model/types.ts';
import { jsonObject, parsed } from '../json.ts';
import type { Dialect, Slot, SlotReading } from '../types.ts';

/** By the word that stands under `TYPE`, in lower case. */
export const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm',
  chat_model: 'llm',
  chain: 'chain',
  workflow: 'chain',
  task: 'chain',
  agent: 'agent',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'embedding',
  reranker: 'reranker',
  parser: 'parser',
  memory: 'memory',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
};

/** The key of what a span is. */
export const TYPE = 'mlflow.spanType';

const decoded = (slot: Slot): SlotReading => ({ read: (value) => ({ [slot]: parsed(value) }) });

/**
 * MLflow's span attributes (mlflow/tracing/constant.py). Each value is JSON text, words included: the kind is
 * `"\"CHAIN\""`. The sums of a whole trace (`mlflow.trace.tokenUsage`, `mlflow.trace.cost`) are left alone, as no span
 * owns them.
 */
export const mlflow: Dialect = {
  name: 'mlflow',
  slots: {
    [TYPE]: { slot: 'kind', kinds: KINDS, word: parsed },
    'mlflow.llm.model': decoded('responseModel'),
    'mlflow.llm.provider': decoded('provider'),
    'mlflow.trace.session': decoded('sessionId'),
    'mlflow.trace.user': decoded('userId'),
    'mlflow.traceRequestId': { read: (value) => ({ metadata: { 'mlflow.traceRequestId': parsed(value) } }) },
    'mlflow.chat.tokenUsage': {
      read(value) {
        const usage = jsonObject(value) ?? {};
        return {
          inputTokens: usage['input_tokens'],
          outputTokens: usage['output_tokens'],
          totalTokens: usage['total_tokens'],
          cacheRead: usage['cache_read_input_tokens'],
          cacheWrite: usage['cache_creation_input_tokens'],
        };
      },
    },
    // Anthropic's own numbers count what was read from and written to a cache beside the input.
    'mlflow.message.format': { read: (format) => ({ cacheBeside: parsed(format) === 'anthropic' }) },
    'mlflow.llm.cost': {
      read(value) {
        const cost = jsonObject(value) ?? {};
        return { costTotal: cost['total_cost'], costInput: cost['input_cost'], costOutput: cost['output_cost'] };
      },
    },
  },
};
