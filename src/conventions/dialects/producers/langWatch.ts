import type { SpanKind } from '../../../model/types.ts';
import { jsonObject } from '../../json.ts';
import type { Dialect } from '../../types.ts';

/** `span`, `client` and the like are not among them: they say nothing, and other dialects on the span may know more. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm',
  agent: 'agent',
  tool: 'tool',
  rag: 'retriever',
  guardrail: 'guardrail',
  evaluation: 'evaluator',
  prompt: 'prompt',
  chain: 'chain',
  workflow: 'chain',
  component: 'chain',
  module: 'chain',
  task: 'chain',
};

/** The key of what a span is. */
export const TYPE = 'langwatch.span.type';

/** What LangWatch wraps as `{ type, value }`, and its servers also take without that. */
export const unwrapped = (recorded: unknown): unknown => {
  const wrapped = jsonObject(recorded);
  return wrapped && typeof wrapped['type'] === 'string' && 'value' in wrapped ? wrapped['value'] : recorded;
};

/** LangWatch (langwatch/langwatch, typescript-sdk/src/observability-sdk; measured with 0.16): `langwatch.*` on any span. */
export const langWatch: Dialect = {
  name: 'langwatch',
  slots: {
    [TYPE]: { slot: 'kind', kinds: KINDS },
    'langwatch.metrics': {
      read(value) {
        const metrics = jsonObject(unwrapped(value)) ?? {};
        return {
          inputTokens: metrics['promptTokens'] ?? metrics['prompt_tokens'],
          outputTokens: metrics['completionTokens'] ?? metrics['completion_tokens'],
          costTotal: metrics['cost'],
        };
      },
    },
    'langwatch.thread.id': 'sessionId',
    'langwatch.user.id': 'userId',
    'langwatch.labels': 'tags',
    'langwatch.tags': 'tags',
  },
};
