import type { SpanKind } from '../../../model/types.ts';
import { EXCEPTION } from '../../failure.ts';
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

/** The scope of spans of its own, around functions and by hand. */
const SCOPE = 'lmnr.tracer';

/**
 * Laminar (lmnr-ai/lmnr-python, opentelemetry_lib/tracing/attributes.py; measured with @lmnr-ai/lmnr 0.8): `lmnr.*` beside
 * the `genAi` attributes of its instrumentations. A function that threw has an exception and no status.
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
  own: {
    scopes: [SCOPE],
    read({ scope, events }) {
      const thrown = scope === SCOPE ? events.find(({ name }) => name === EXCEPTION) : undefined;
      return thrown
        ? {
            status: 'error',
            statusMessage: thrown.attributes.get('exception.message') ?? thrown.attributes.get('exception.type'),
          }
        : null;
    },
  },
  metadataPrefixes: [`${PROPERTIES}metadata.`],
};
