import { amount } from '../../../model/attributes.ts';
import type { AttributeValue } from '../../../model/types.ts';
import { isObject, jsonList } from '../../json.ts';
import type { Dialect, SlotValues } from '../../types.ts';

/** The key of what a tool gave back. */
export const RESULT = 'anthropic.tool_result.content';

const WRITTEN = 'anthropic.usage.cache_creation.';

/**
 * What the Anthropic SDK's own spans tell beside OpenTelemetry's GenAI attributes (@anthropic-ai/sdk 1.14,
 * src/internal/tracing.ts): results of tools, and what was written to the cache by how long it lives there.
 */
export const anthropicSdk: Dialect = {
  name: 'anthropic_sdk',
  slots: {
    [RESULT]: { read: failedWords },
    'anthropic.session.id': 'sessionId',
    [`${WRITTEN}ephemeral_5m_input_tokens`]: 'producer',
    [`${WRITTEN}ephemeral_1h_input_tokens`]: 'producer',
  },
  own: {
    read({ attributes }) {
      const written = [5, 1].flatMap(
        (time) => amount(attributes.get(`${WRITTEN}ephemeral_${time}${time === 1 ? 'h' : 'm'}_input_tokens`)) ?? [],
      );
      return written.length === 0 ? null : { cacheWrite: written.reduce((sum, count) => sum + count, 0) };
    },
  },
};

/** A tool that failed says why in its result, and nowhere else. Long ones are no messages. */
function failedWords(value: AttributeValue): SlotValues {
  if (typeof value !== 'string' || value.length > 2000) return {};
  const [part, more] = jsonList(value) ?? [];
  return isObject(part) && more === undefined ? { failureMessage: part['text'] } : {};
}
