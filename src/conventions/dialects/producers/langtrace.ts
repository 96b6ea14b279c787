import type { SpanKind } from '../../../model/types.ts';
import type { Dialect } from '../../types.ts';

/** Those of a model say what they do themselves. */
const KINDS: Readonly<Record<string, SpanKind>> = { vectordb: 'retriever', framework: 'chain' };

/**
 * Langtrace (@langtrase/typescript-sdk; measured with 6.3.7), which writes the events of `genAiEvents`: whose client was
 * called, and of what sort that is.
 */
export const langtrace: Dialect = {
  name: 'langtrace',
  slots: {
    'langtrace.service.type': { slot: 'kind', kinds: KINDS },
    'langtrace.service.name': 'provider',
  },
};
