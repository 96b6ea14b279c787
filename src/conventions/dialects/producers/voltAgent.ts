import { textOf } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import type { Attributes, Dialect } from '../../types.ts';

const SCOPE = '@voltagent/';

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['agent', 'agent'],
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['memory', 'memory'],
  ['workflow', 'chain'],
  ['workflow-step', 'chain'],
  ['retriever', 'retriever'],
  ['embedding', 'embedding'],
  ['vector', 'retriever'],
  ['guardrail', 'guardrail'],
  ['middleware', 'chain'],
  ['summary', 'chain'],
  ['evaluator', 'evaluator'],
  ['evaluation', 'evaluator'],
]);

/**
 * VoltAgent (@voltagent/core, observability; measured with 2.10): words of OpenInference's and Traceloop's time, most
 * without a prefix. A call of several rounds reports the tokens of the last one, its agent those of all.
 */
export const voltAgent: Dialect = {
  name: 'voltagent',
  slots: {
    'entity.type': 'producer',
    'llm.model': 'requestModel',
    'ai.model.name': 'requestModel',
    'llm.usage.cached_tokens': 'cacheRead',
    'voltagent.conversation_id': 'sessionId',
  },
  own: {
    scopes: [SCOPE],
    read(span) {
      if (!isVoltAgent(span.attributes) && !span.scope.startsWith(SCOPE)) return null;
      const { attributes } = span;
      const word = textOf(attributes.get('span.type')) ?? rootType(attributes);
      const step = word === null ? undefined : KINDS.get(word);
      return {
        ...(step === undefined ? {} : { step }),
        ...(word === null ? {} : { word }),
        sessionId: attributes.get('conversation.id'),
        toolName: attributes.get('tool.name'),
        ...(step === 'agent' ? agentUsage(attributes) : {}),
        ...(word === 'llm' ? { amountsIn: 'agent' } : {}),
      };
    },
  },
};

/** Whether the bare keys of a span are its. */
export const isVoltAgent = (attributes: Attributes): boolean =>
  attributes.has('entity.type') &&
  (attributes.has('span.type') || attributes.has('voltagent.operation_id') || attributes.has('agent.state'));

/** The span of an agent or workflow itself says what it is only as the entity that all its spans name. */
const rootType = (attributes: Attributes): string | null =>
  attributes.has('span.label') ? null : textOf(attributes.get('entity.type'));

const agentUsage = (attributes: Attributes) => ({
  inputTokens: attributes.get('usage.prompt_tokens'),
  outputTokens: attributes.get('usage.completion_tokens'),
  totalTokens: attributes.get('usage.total_tokens'),
  cacheRead: attributes.get('usage.cached_tokens'),
  reasoning: attributes.get('usage.reasoning_tokens'),
});
