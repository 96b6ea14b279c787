import type { Dialect } from '../../types.ts';

/**
 * Effect's AI packages (@effect/ai, Toolkit.ts; measured with 0.37): calls of the model speak `genAi`, and the span of a
 * tool says in two bare words which one it is and what it was asked.
 */
export const effectAi: Dialect = {
  name: 'effect_ai',
  slots: {},
  own: {
    names: ['handle'],
    read: ({ name, attributes }) => (name === 'Toolkit.handle' ? { step: 'tool', name: attributes.get('tool') } : null),
  },
};
