import type { SpanKind } from '../../../model/types.ts';
import type { Dialect } from '../../types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm',
  cached: 'llm',
  tool: 'tool',
  executor: 'chain',
  evaluator: 'evaluator',
  human_evaluator: 'evaluator',
  evaluation: 'chain',
  event: 'event',
};

const PROPERTIES = 'lmnr.association.properties.';

/**
 * Laminar (lmnr-ai/lmnr-python, opentelemetry_lib/tracing/attributes.py): `lmnr.*` beside the `genAi` attributes of its
 * instrumentations.
 */
export const laminar: Dialect = {
  name: 'laminar',
  slots: {
    'lmnr.span.type': { slot: 'kind', kinds: KINDS },
    [`${PROPERTIES}session_id`]: 'sessionId',
    [`${PROPERTIES}user_id`]: 'userId',
    [`${PROPERTIES}tags`]: 'tags',
    'lmnr.association.properties.metadata': 'metadata',
  },
  metadataPrefixes: [`${PROPERTIES}metadata.`],
};
