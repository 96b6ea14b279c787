import type { Fields } from '../../conventions/json.ts';
import type { ToldTokens } from '../spans/spanRecord.ts';

/** Codex counts as OpenAI does: cached tokens in the input, reasoning in the output. */
export const tokensOf = (usage: Fields): ToldTokens => ({
  input: usage['input_tokens'],
  output: usage['output_tokens'],
  total: usage['total_tokens'],
  cacheRead: usage['cached_input_tokens'],
  cacheWrite: usage['cache_write_input_tokens'],
  reasoning: usage['reasoning_output_tokens'],
});
