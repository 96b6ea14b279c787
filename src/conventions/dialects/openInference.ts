import { amount, textOf } from '../../model/attributes.ts';
import type { RecordedScore } from '../../model/entry.ts';
import type { SpanKind } from '../../model/types.ts';
import { flattenedList } from '../flattened.ts';
import { isObject, parsed } from '../json.ts';
import type { Attributes, Dialect, SlotReading } from '../types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm',
  embedding: 'embedding',
  chain: 'chain',
  retriever: 'retriever',
  reranker: 'reranker',
  tool: 'tool',
  agent: 'agent',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
  prompt: 'prompt',
};

/** Whom scores are about, by how their keys begin. */
const LEVELS = [
  ['span', ''],
  ['trace', 'trace.'],
  ['session', 'session.'],
] as const;

const costPart = (part: string): SlotReading => ({ read: (cost) => ({ costParts: { [part]: cost } }) });

/**
 * OpenInference (Arize-ai/openinference, spec/semantic_conventions.md). Lists are flattened into `prefix.<i>.suffix`.
 */
export const openInference: Dialect = {
  name: 'openinference',
  slots: {
    'openinference.span.kind': { slot: 'kind', kinds: KINDS },
    'llm.response.model_name': 'responseModel',
    'llm.model_name': 'responseModel',
    'embedding.model_name': 'responseModel',
    'reranker.model_name': 'responseModel',
    'llm.request.model_name': 'requestModel',
    'llm.provider': 'provider',
    'llm.system': 'provider',
    'session.id': 'sessionId',
    'user.id': 'userId',
    'tag.tags': 'tags',
    metadata: 'metadata',
    'graph.node.id': 'graphNode',
    'graph.node.name': 'graphName',
    'graph.node.parent_id': 'graphParent',
    'llm.token_count.prompt': 'inputTokens',
    'llm.token_count.completion': 'outputTokens',
    'llm.token_count.total': 'totalTokens',
    'llm.token_count.prompt_details.cache_read': 'cacheRead',
    'llm.token_count.prompt_details.cache_input': 'cacheRead',
    'llm.token_count.prompt_details.cache_write': 'cacheWrite',
    'llm.token_count.prompt_details.audio': 'audioInput',
    'llm.token_count.completion_details.reasoning': 'reasoning',
    'llm.token_count.completion_details.audio': 'audioOutput',
    'llm.cost.total': 'costTotal',
    'llm.cost.prompt': 'costInput',
    'llm.cost.completion': 'costOutput',
    'llm.cost.prompt_details.cache_input': costPart('cacheRead'),
    'llm.cost.prompt_details.input': costPart('inputUncached'),
    'llm.cost.prompt_details.cache_read': costPart('cacheRead'),
    'llm.cost.prompt_details.cache_write': costPart('cacheWrite'),
    'llm.cost.prompt_details.audio': costPart('audioInput'),
    'llm.cost.completion_details.output': costPart('outputText'),
    'llm.cost.completion_details.reasoning': costPart('reasoning'),
    'llm.cost.completion_details.audio': costPart('audioOutput'),
  },
  firstTokenEvents: ['First Token Stream Event'],
  scores: {
    prefixes: LEVELS.flatMap(([, begin]) => [`${begin}annotations`, `${begin}evaluations`]),
    read: (attributes) =>
      LEVELS.flatMap(([level, begin]) =>
        (['annotation', 'evaluation'] as const).flatMap((word) =>
          flattenedList(attributes, `${begin}${word}s`).map((item) => score(item, word, level)),
        ),
      ),
  },
};

function score(
  item: Attributes,
  word: 'annotation' | 'evaluation',
  level: NonNullable<RecordedScore['level']>,
): RecordedScore {
  const annotator = textOf(item.get(`${word}.annotator_kind`))?.toLowerCase();
  const identifier = textOf(item.get(`${word}.identifier`));
  const about = parsed(item.get(`${word}.metadata`));
  const beside = about === undefined ? {} : { metadata: about };
  const metadata = identifier === null ? about : { ...(isObject(about) ? about : beside), identifier };
  return {
    name: textOf(item.get(`${word}.name`)) ?? '',
    value: amount(item.get(`${word}.score`)),
    label: textOf(item.get(`${word}.label`)),
    comment: textOf(item.get(`${word}.explanation`)),
    source:
      annotator === 'human' || annotator === 'llm' || annotator === 'code' || annotator === 'api'
        ? annotator
        : 'unknown',
    ...(level === 'span' ? {} : { level }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
