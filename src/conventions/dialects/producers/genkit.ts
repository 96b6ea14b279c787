import { textOf } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import { isObject, jsonObject } from '../../json.ts';
import type { Dialect, OwnValues } from '../../types.ts';

/** How its keys begin. */
export const GENKIT = 'genkit:';
const SUBTYPE = `${GENKIT}metadata:subtype`;
const TYPE = `${GENKIT}type`;

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['model', 'llm'],
  ['background-model', 'llm'],
  ['tool', 'tool'],
  ['tool.v2', 'tool'],
  ['flow', 'chain'],
  ['flowStep', 'chain'],
  ['util', 'chain'],
  ['helper', 'chain'],
  ['indexer', 'chain'],
  ['embedder', 'embedding'],
  ['retriever', 'retriever'],
  ['reranker', 'reranker'],
  ['evaluator', 'evaluator'],
  ['agent', 'agent'],
  ['prompt', 'prompt'],
  ['executable-prompt', 'prompt'],
  ['dotprompt', 'prompt'],
  ['promptTemplate', 'prompt'],
]);

/**
 * Firebase Genkit (js/core/src/tracing; measured with genkit 1.42): what each action was given and gave back is JSON
 * text, and a model's tokens are in the latter. A `generate` above repeats those of its last call and is no call.
 */
export const genkit: Dialect = {
  name: 'genkit',
  slots: { [SUBTYPE]: 'producer', [TYPE]: 'producer', [`${GENKIT}sessionId`]: 'sessionId' },
  own: {
    read({ attributes }) {
      const subtype = textOf(attributes.get(SUBTYPE));
      const type = textOf(attributes.get(TYPE));
      const step = KINDS.get(subtype ?? '') ?? KINDS.get(type ?? '');
      if (step === undefined) return null;
      const isModel = step === 'llm' || step === 'embedding';
      return {
        step,
        word: subtype ?? type ?? '',
        ...(isModel ? modelNamed(textOf(attributes.get(`${GENKIT}name`)) ?? '') : {}),
        ...(step === 'llm' ? usage(attributes.get(`${GENKIT}output`)) : {}),
      };
    },
  },
};

/** `provider/model`. */
function modelNamed(name: string): OwnValues {
  const slash = name.indexOf('/');
  return slash > 0 ? { responseModel: name.slice(slash + 1), provider: name.slice(0, slash) } : { responseModel: name };
}

function usage(output: unknown): OwnValues {
  const counts = jsonObject(output)?.['usage'];
  if (!isObject(counts)) return {};
  return {
    inputTokens: counts['inputTokens'],
    outputTokens: counts['outputTokens'],
    totalTokens: counts['totalTokens'],
    cacheRead: counts['cachedContentTokens'],
    reasoning: counts['thoughtsTokens'],
  };
}
