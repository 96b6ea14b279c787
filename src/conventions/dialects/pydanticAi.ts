import { amount } from '../../model/attributes.ts';
import type { Dialect } from '../types.ts';

const DETAILS = 'gen_ai.usage.details.';

/**
 * Pydantic AI (pydantic_ai_slim/pydantic_ai/models/instrumented.py, instrumentation versions 1 to 6) and Logfire
 * (logfire/_internal/constants.py), which stand beside OpenTelemetry's GenAI attributes. `gen_ai.aggregated_usage.*` on
 * an agent is the sum of the calls below it and is read by nobody, so it cannot be counted again.
 */
export const pydanticAi: Dialect = {
  name: 'pydantic_ai',
  slots: {
    all_messages_events: { slot: 'kind', hint: 'agent' },
    'pydantic_ai.all_messages': { slot: 'kind', hint: 'agent' },
    agent_name: { slot: 'kind', hint: 'agent' },
    model_name: 'requestModel',
    'operation.cost': 'costTotal',
    [`${DETAILS}cache_read_tokens`]: 'cacheRead',
    [`${DETAILS}cache_write_tokens`]: 'cacheWrite',
    [`${DETAILS}reasoning_tokens`]: 'reasoning',
    [`${DETAILS}input_audio_tokens`]: 'audioInput',
    [`${DETAILS}output_audio_tokens`]: 'audioOutput',
    // The providers' own words, passed on by older versions.
    [`${DETAILS}cached_tokens`]: 'cacheRead',
    [`${DETAILS}cache_read_input_tokens`]: 'cacheRead',
    [`${DETAILS}cache_creation_input_tokens`]: 'cacheWrite',
    'logfire.msg': 'name',
    'logfire.tags': 'tags',
    'logfire.level_num': { read: (value) => ({ status: levelStatus(amount(value)) }) },
    'logfire.span_type': {
      read(value) {
        if (value === 'pending_span') return { startMarker: true };
        return value === 'log' ? { kind: 'event' } : {};
      },
    },
    'logfire.pending_parent_id': 'markedParent',
  },
};

/** Logfire's numbers (constants.py, LEVEL_NUMBERS): info 9, notice 10, warn 13, error 17, fatal 21. */
function levelStatus(level: number | null): string | undefined {
  if (level === null || level < 13) return undefined;
  return level < 17 ? 'warning' : 'error';
}
