import { amount } from '../../../model/attributes.ts';
import type { Dialect } from '../../types.ts';

/**
 * Gemini CLI and its forks (google-gemini/gemini-cli, telemetry/loggers.ts), whose spans are read as `genAi`. What was
 * cached and thought stands in a log record of the call alone; thoughts are beside the answer's tokens.
 */
export const geminiCli: Dialect = {
  name: 'gemini_cli',
  slots: {},
  own: {
    scopes: ['gemini-cli', 'qwen-code'],
    names: ['llm_call'],
    read({ name, events }) {
      if (name !== 'llm_call') return null;
      const answered = events.findLast((event) => event.name.endsWith('.api_response'))?.attributes;
      const output = amount(answered?.get('output_token_count'));
      if (!answered || output === null) return null;
      const reasoning = amount(answered.get('thoughts_token_count'));
      return {
        inputTokens: answered.get('input_token_count'),
        outputTokens: output + (reasoning ?? 0),
        totalTokens: answered.get('total_token_count'),
        cacheRead: answered.get('cached_content_token_count'),
        reasoning,
      };
    },
  },
};
