import { amount } from '../../model/attributes.ts';
import { jsonObject, type Fields } from '../json.ts';
import type { SlotValues } from '../types.ts';

/**
 * `{ input_tokens, input_token_details, …, total_cost }` (langsmith-sdk, schemas, UsageMetadata): details are part of
 * the totals. Where an integration passes on what its provider reported, it is OpenAI's, Anthropic's or LangChain's
 * older count instead, and the API's own fields of a run say `prompt_` and `completion_`.
 */
export function usageMetadata(value: unknown): SlotValues {
  const usage = jsonObject(value) ?? {};
  const input =
    jsonObject(
      first(usage, 'input_token_details', 'prompt_token_details', 'input_tokens_details', 'prompt_tokens_details'),
    ) ?? {};
  const output =
    jsonObject(
      first(
        usage,
        'output_token_details',
        'completion_token_details',
        'output_tokens_details',
        'completion_tokens_details',
      ),
    ) ?? {};
  // Anthropic counts what it read from and wrote to its cache beside the input.
  const beside = sum(usage['cache_read_input_tokens'], usage['cache_creation_input_tokens']);
  const inputTokens = first(usage, 'input_tokens', 'prompt_tokens', 'inputTokens', 'promptTokens');
  return {
    inputTokens: beside === undefined ? inputTokens : sum(inputTokens, beside),
    cacheRead:
      first(input, 'cache_read', 'cached_tokens') ?? first(usage, 'cache_read_input_tokens', 'cachedInputTokens'),
    cacheWrite: written(input) ?? usage['cache_creation_input_tokens'],
    audioInput: first(input, 'audio', 'audio_tokens'),
    outputTokens: first(usage, 'output_tokens', 'completion_tokens', 'outputTokens', 'completionTokens'),
    reasoning: first(output, 'reasoning', 'reasoning_tokens') ?? usage['reasoningTokens'],
    audioOutput: first(output, 'audio', 'audio_tokens'),
    totalTokens: first(usage, 'total_tokens', 'totalTokens'),
    costInput: first(usage, 'input_cost', 'prompt_cost'),
    costOutput: first(usage, 'output_cost', 'completion_cost'),
    costTotal: usage['total_cost'],
  };
}

/** Tokens written to a cache; LangChain reports them by how long they live there, and the sum is 0 then. */
function written(details: Fields): unknown {
  const whole = details['cache_creation'];
  return amount(whole)
    ? whole
    : (sum(
        details['ephemeral_5m_input_tokens'],
        // The SDK itself says `1hr`, LangChain `1h`.
        details['ephemeral_1h_input_tokens'] ?? details['ephemeral_1hr_input_tokens'],
      ) ?? whole);
}

/** The sum of what is known; undefined where nothing is. */
function sum(...counts: readonly unknown[]): number | undefined {
  const known = counts.flatMap((count) => amount(count) ?? []);
  return known.length > 0 ? known.reduce((total, count) => total + count, 0) : undefined;
}

/** Reads the first of several names under which a value is recorded. */
function first(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) if (fields[name] !== undefined && fields[name] !== null) return fields[name];
  return undefined;
}
