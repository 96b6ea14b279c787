import { textOf } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import type { Attributes, Dialect, OwnValues, ProducedSpan } from '../../types.ts';

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['workflow', 'chain'],
  ['agentic.turn', 'chain'],
  ['agentic.request', 'chain'],
  ['agentic.invocation', 'agent'],
  ['agentic.delegation', 'chain'],
  ['agentic.tool.invocation', 'tool'],
  ['agentic.mcp.invocation', 'tool'],
  ['inference', 'llm'],
  ['inference.modelapi', 'llm'],
  // A framework's call, which may hold the one of the client.
  ['inference.framework', 'llm'],
  ['retrieval', 'retriever'],
  ['embedding', 'embedding'],
  ['embedding.modelapi', 'embedding'],
  ['http.process', 'http'],
  ['http.send', 'http'],
]);

/**
 * Monocle (monocle_apptrace; apptrace/src/metamodel): what a span is about are numbered entities, `entity.1.name` and
 * `entity.1.type`; what went in and came out, and the tokens, are events.
 */
export const monocle: Dialect = {
  name: 'monocle',
  slots: { 'span.type': 'producer', 'scope.agentic.session': 'sessionId' },
  own: {
    read(span) {
      const { attributes } = span;
      const word = textOf(attributes.get('span.type'));
      const step = word === null ? undefined : KINDS.get(word);
      if (word === null || step === undefined || !isMonocle(attributes)) return null;
      return {
        step,
        word,
        ...(word === 'inference.framework' ? { stepOfWrapper: 'chain' } : {}),
        ...(step === 'llm' || step === 'embedding' ? entities(attributes) : {}),
        ...(step === 'tool' ? { toolName: attributes.get('entity.1.name') } : {}),
        ...told(span),
      };
    },
  },
};

/** Whether it is Monocle that says `span.type`. */
export const isMonocle = (attributes: Attributes): boolean =>
  attributes.has('monocle_apptrace.version') || attributes.has('entity.1.type') || attributes.has('workflow.name');

/** `inference.openai` and `model.llm.gpt-4o`. */
function entities(attributes: Attributes): OwnValues {
  const places = [1, 2, 3].map((place) => ({
    type: textOf(attributes.get(`entity.${place}.type`)) ?? '',
    name: attributes.get(`entity.${place}.name`),
  }));
  return {
    requestModel: places.find(({ type }) => type.startsWith('model.'))?.name,
    provider: places.find(({ type }) => type.startsWith('inference.') && type !== 'inference.generic')?.type.slice(10),
  };
}

function told({ events }: ProducedSpan): OwnValues {
  const metadata = events.find(({ name }) => name === 'metadata')?.attributes;
  const output = events.find(({ name }) => name === 'data.output')?.attributes;
  return {
    inputTokens: metadata?.get('prompt_tokens'),
    outputTokens: metadata?.get('completion_tokens'),
    totalTokens: metadata?.get('total_tokens'),
    // The status of the span stays OK where the provider answers with an error.
    ...(output?.get('status') === 'error' ? { status: 'error', statusMessage: output.get('response') } : {}),
  };
}
