import type { Dialect } from '../../types.ts';

/**
 * TanStack AI (@tanstack/ai, middlewares/otel; measured with 0.58): one span around all rounds of a `chat()`, which sums
 * up their usage and says of itself only how many rounds it had, one for each call of the model, and in that its tools.
 */
export const tanStack: Dialect = {
  name: 'tanstack_ai',
  slots: { 'tanstack.ai.iterations': 'producer' },
  own: {
    read: ({ attributes }) =>
      attributes.has('tanstack.ai.iterations') && !attributes.has('gen_ai.operation.name') ? { step: 'agent' } : null,
  },
};
