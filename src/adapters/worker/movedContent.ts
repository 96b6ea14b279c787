import { payload } from '../../conventions/json.ts';
import type { Embedding, Payload, SpanContent } from '../../model/types.ts';
import type { MovedContent, MovedPayload } from './messages.ts';

/** Content as it crosses from a worker: the functions in it stay behind. */
export const movedContent = ({ input, output, embeddings, ...rest }: SpanContent): MovedContent => ({
  ...rest,
  input: input && textOf(input),
  output: output && textOf(output),
  embeddings: embeddings.map(({ vector, ...about }) => ({ numbers: vector(), rest: about })),
});

const textOf = ({ text, mimeType }: Payload): MovedPayload => ({ text, mimeType });

/** The content again. */
export const arrivedContent = ({ input, output, embeddings, ...rest }: MovedContent): SpanContent => ({
  ...rest,
  input: input && payload(input.text, input.mimeType),
  output: output && payload(output.text, output.mimeType),
  embeddings: embeddings.map(({ numbers, rest: about }): Embedding => ({ ...about, vector: () => numbers })),
});
