import type { AttributeValue } from '../../model/types.ts';
import { jsonObject } from '../json.ts';
import type { SlotReading, SlotValues } from '../types.ts';

/**
 * Tokens and cost under `gen_ai.usage.*`: the names of OpenTelemetry (registry/attributes/gen-ai, 1.37 and later), of
 * which cached tokens are part of the input and reasoning of the output, then the spellings of others. Of several names
 * for one fact the first listed is believed.
 */
export const genAiUsage: Readonly<Record<string, SlotReading>> = {
  'gen_ai.usage.input_tokens': 'inputTokens',
  'gen_ai.usage.output_tokens': 'outputTokens',
  'gen_ai.usage.total_tokens': 'totalTokens',
  'gen_ai.usage.cache_read.input_tokens': 'cacheRead',
  // Called cache_creation before August 2026.
  'gen_ai.usage.cache_write.input_tokens': 'cacheWrite',
  'gen_ai.usage.cache_creation.input_tokens': 'cacheWrite',
  'gen_ai.usage.reasoning.output_tokens': 'reasoning',
  'gen_ai.usage.audio.input_tokens': 'audioInput',
  'gen_ai.usage.audio.output_tokens': 'audioOutput',
  // `text.input_tokens` and `text.output_tokens` are what is left of the sums, which the usage says as well.
  'gen_ai.usage.image.input_tokens': { read: (imageInput) => ({ otherTokens: { imageInput } }) },
  'gen_ai.usage.image.output_tokens': { read: (imageOutput) => ({ otherTokens: { imageOutput } }) },
  'gen_ai.usage.video.input_tokens': { read: (videoInput) => ({ otherTokens: { videoInput } }) },

  // Traceloop (opentelemetry-semantic-conventions-ai).
  'gen_ai.usage.cache_read_input_tokens': 'cacheRead',
  'gen_ai.usage.cache_creation_input_tokens': 'cacheWrite',
  'gen_ai.usage.reasoning_tokens': 'reasoning',

  // Sentry and OpenRouter, then Qwen Code and Datadog.
  'gen_ai.usage.input_tokens.cached': 'cacheRead',
  'gen_ai.usage.input_tokens.cache_write': 'cacheWrite',
  'gen_ai.usage.output_tokens.reasoning': 'reasoning',
  'gen_ai.usage.cached_tokens': 'cacheRead',
  'gen_ai.usage.cache_write_input_tokens': 'cacheWrite',
  'gen_ai.usage.reasoning_output_tokens': 'reasoning',
  // Qwen Code, beside the others' names.
  thoughts_token_count: 'reasoning',

  // Providers' words that Pydantic AI passes on; its own are in `pydanticAi`.
  'gen_ai.usage.details.cached_content_tokens': 'cacheRead',
  'gen_ai.usage.details.thoughts_tokens': 'reasoning',

  // LangSmith, JSON text.
  'gen_ai.usage.input_token_details': { read: inputDetails },
  'gen_ai.usage.output_token_details': { read: outputDetails },

  // Not standard, but widespread: US dollars.
  'gen_ai.usage.cost': 'costTotal',
  'gen_ai.usage.total_cost': 'costTotal',
  'gen_ai.usage.input_cost': 'costInput',
  'gen_ai.usage.output_cost': 'costOutput',
  // LiteLLM.
  'gen_ai.cost.total_cost': 'costTotal',
  'gen_ai.cost.input_cost': 'costInput',
  'gen_ai.cost.output_cost': 'costOutput',
  'gen_ai.cost': 'costTotal',
  'litellm.response-cost': 'costTotal',
  // Dollars, whatever they are called (Sentry).
  'gen_ai.cost.total_tokens': 'costTotal',
  'gen_ai.cost.input_tokens': 'costInput',
  'gen_ai.cost.output_tokens': 'costOutput',
};

function inputDetails(value: AttributeValue): SlotValues {
  const details = jsonObject(value);
  return details
    ? { cacheRead: details['cache_read'], cacheWrite: details['cache_creation'], audioInput: details['audio'] }
    : {};
}

function outputDetails(value: AttributeValue): SlotValues {
  const details = jsonObject(value);
  return details ? { reasoning: details['reasoning'], audioOutput: details['audio'] } : {};
}
