import { textOf } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import type { Dialect } from '../../types.ts';

const TURN = 'codex.turn.token_usage.';
const CALL = 'run_sampling_request';

/** By name; what is not here is machinery. */
const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['session_task.turn', 'agent'],
  ['run_turn', 'chain'],
  [CALL, 'llm'],
]);

/**
 * The spans of Codex (codex-rs; measured with @openai/codex 0.171): functions of a Rust program. The call of a model is
 * `run_sampling_request`, and what it used stands on a `handle_responses` below it. Input holds what was cached, output
 * what was thought.
 */
export const codex: Dialect = {
  name: 'codex',
  slots: {
    [`${TURN}input_tokens`]: 'inputTokens',
    [`${TURN}output_tokens`]: 'outputTokens',
    [`${TURN}total_tokens`]: 'totalTokens',
    [`${TURN}cached_input_tokens`]: 'cacheRead',
    [`${TURN}cache_write_input_tokens`]: 'cacheWrite',
    [`${TURN}reasoning_output_tokens`]: 'reasoning',
    'codex.usage.reasoning_output_tokens': 'reasoning',
  },
  own: {
    scopes: ['codex'],
    read({ name, scope, attributes }) {
      if (!scope.startsWith('codex')) return null;
      const tool = textOf(attributes.get('tool_name'));
      // What watches over a call of a tool names it, too.
      const isWatch = textOf(attributes.get('target'))?.startsWith('codex_guardian') === true;
      const isTool = tool !== null && attributes.has('call_id') && !isWatch;
      const step = isTool ? 'tool' : KINDS.get(name);
      return {
        sessionId: attributes.get('conversation.id'),
        ...(step === undefined ? {} : { step }),
        ...(isTool ? { toolName: tool } : {}),
        ...(step === 'llm' || step === 'agent' ? { requestModel: attributes.get('model') } : {}),
        ...(name === 'handle_responses' ? { amountsOf: CALL } : {}),
      };
    },
  },
};
