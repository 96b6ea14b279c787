import type { Attributes, Dialect, ProducedSpan } from '../../types.ts';

const CALL = 'gen_ai.request.llm_is_streaming';

/**
 * Ax (@ax-llm/ax; measured with 24.0): beside the words of OpenTelemetry it writes the tokens of a call into an event.
 * Its input is without what was read from a cache, which it names nowhere: the total alone has it.
 */
export const ax: Dialect = {
  name: 'ax',
  slots: { [CALL]: 'producer', 'tool.mode': 'producer', signature_name: 'producer' },
  own: {
    read({ attributes, events }) {
      if (attributes.has(CALL)) return usageIn(events);
      if (attributes.has('tool.mode') && attributes.has('tool.name')) return { step: 'tool' };
      return isProgram(attributes) ? { step: 'chain' } : null;
    },
  },
};

/** One run of a signature, which may call a model and tools more than once. */
const isProgram = (attributes: Attributes): boolean =>
  attributes.has('signature_name') && attributes.has('output_field_count');

function usageIn(events: ProducedSpan['events']) {
  const usage = events.findLast(({ name }) => name === 'gen_ai.usage')?.attributes;
  return {
    inputTokens: usage?.get('gen_ai.usage.input_tokens'),
    outputTokens: usage?.get('gen_ai.usage.output_tokens'),
    totalTokens: usage?.get('gen_ai.usage.total_tokens'),
    reasoning: usage?.get('gen_ai.usage.thoughts_tokens'),
  };
}
