import type { SpanKind } from '../../../model/types.ts';
import { isObject, jsonObject } from '../../json.ts';
import type { Dialect } from '../../types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = { llm: 'llm', tool: 'tool', agent: 'agent', function: 'chain' };
const USAGE = 'judgment.usage.';

/**
 * Judgment (judgeval; measured with 1.2 for JavaScript): `judgment.*` on the spans of wrapped clients and functions. Its
 * input is without what was read from and written to a cache. Spans are sent while they go on, see `snapshotKey`.
 */
export const judgment: Dialect = {
  name: 'judgment',
  slots: {
    'judgment.span_kind': { slot: 'kind', kinds: KINDS },
    // Asked for where states of a span are told apart.
    'judgment.update_id': { read: () => ({}) },
    'judgment.llm.model': 'responseModel',
    'judgment.llm.provider': 'provider',
    'judgment.session_id': 'sessionId',
    'judgment.customer_user_id': 'userId',
    'judgment.customer_id': 'userId',
    [`${USAGE}non_cached_input_tokens`]: { read: (inputTokens) => ({ inputTokens, cacheBeside: true }) },
    [`${USAGE}output_tokens`]: 'outputTokens',
    [`${USAGE}cache_read_input_tokens`]: 'cacheRead',
    [`${USAGE}cache_creation_input_tokens`]: 'cacheWrite',
    [`${USAGE}total_cost_usd`]: 'costTotal',
    // The provider's own words.
    [`${USAGE}metadata`]: {
      read(value) {
        const usage = jsonObject(value);
        const details = usage?.['completion_tokens_details'] ?? usage?.['output_tokens_details'];
        return isObject(details) ? { reasoning: details['reasoning_tokens'] } : {};
      },
    },
  },
};
