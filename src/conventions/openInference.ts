import { amount, textOf } from '../model/attributes.ts';
import type { RecordedScore } from '../model/entry.ts';
import type { AttributeValue, Document, Embedding, SpanKind, ToolDefinition } from '../model/types.ts';
import { flattenedList } from './flattened.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed, payload } from './json.ts';
import { inputMessages, outputMessages } from './openInferenceMessages.ts';
import { readToolDefinition, readToolDefinitions } from './toolDefinitions.ts';
import type { Attributes, Dialect, SlotReading } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm', embedding: 'embedding', chain: 'chain', retriever: 'retriever', reranker: 'reranker', tool: 'tool', agent: 'agent',
  guardrail: 'guardrail', evaluator: 'evaluator', prompt: 'prompt',
};

/** Whom scores are about, by how their keys begin. */
const LEVELS = [['span', ''], ['trace', 'trace.'], ['session', 'session.']] as const;

const costPart = (part: string): SlotReading => ({ read: (cost) => ({ costParts: { [part]: cost } }) });

/** OpenInference (Arize-ai/openinference, spec/semantic_conventions.md). Lists are flattened into `prefix.<i>.suffix`. */
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
    read: (attributes) => LEVELS.flatMap(([level, begin]) => (['annotation', 'evaluation'] as const).flatMap((word) => flattenedList(attributes, `${begin}${word}s`).map((item) => score(item, word, level)))),
  },
  content: {
    input: (attributes) => payload(attributes.get('input.value'), textOf(attributes.get('input.mime_type'))),
    output: (attributes) => payload(attributes.get('output.value'), textOf(attributes.get('output.mime_type'))),
    inputMessages,
    outputMessages,
    toolDefinitions(attributes) {
      const tools = flattenedList(attributes, 'llm.tools').map((tool) => readToolDefinition(tool.get('tool.json_schema') ?? tool.get('')) ?? { name: '' });
      return tools.length > 0 ? tools : readToolDefinitions(attributes.get('llm.tools')) ?? oneTool(attributes.get('llm.tools'));
    },
    parameters: (attributes) => jsonObject(attributes.get('llm.invocation_parameters')) ?? jsonObject(attributes.get('embedding.invocation_parameters'))
      ?? (attributes.has('reranker.top_k') ? { top_k: attributes.get('reranker.top_k') } : null),
    promptTemplate(attributes) {
      // A prompt that is kept elsewhere is recorded by its id.
      const template = textOf(firstOf(attributes, 'llm.prompt_template.template', 'prompt.id'));
      if (template === null) return null;
      return { template, variables: jsonObject(attributes.get('llm.prompt_template.variables')) ?? {}, ...optional('version', attributes.get('llm.prompt_template.version')) };
    },
    tool(attributes) {
      const schema = readToolDefinition(attributes.get('tool.json_schema'));
      const name = textOf(attributes.get('tool.name')) ?? textOf(schema?.name);
      if (name === null) return null;
      return {
        name, ...optional('description', attributes.get('tool.description') ?? schema?.description), ...optional('callId', attributes.get('tool.id')),
        // `tool.parameters` is the schema of the arguments; the arguments themselves are the input.
        arguments: parsed(attributes.get('input.value')), result: parsed(attributes.get('output.value')),
      };
    },
    documents(attributes) {
      const retrieved = documents(attributes, 'retrieval.documents', 'similarity');
      const ranked = documents(attributes, 'reranker.output_documents', 'relevance');
      const before = documents(attributes, 'reranker.input_documents', 'similarity');
      if (retrieved.length + ranked.length + before.length === 0) return null;
      const query = firstOf(attributes, 'reranker.query', 'input.value');
      return { ...optional('query', query), input: before, output: ranked.length > 0 ? ranked : retrieved };
    },
    embeddings(attributes) {
      const list = flattenedList(attributes, 'embedding.embeddings').map(embedding);
      return list.length > 0 ? list : null;
    },
  },
};

function oneTool(value: AttributeValue | undefined): readonly ToolDefinition[] | null {
  const tool = readToolDefinition(value);
  return tool && [tool];
}

function documents(attributes: Attributes, prefix: string, scoreKind: NonNullable<Document['scoreKind']>): readonly Document[] {
  return flattenedList(attributes, prefix).map((item) => {
    const value = amount(item.get('document.score'));
    return {
      ...optional('id', item.get('document.id')), ...optional('content', item.get('document.content')),
      ...(value === null ? {} : { score: value, scoreKind }),
      ...(item.has('document.metadata') ? { metadata: parsed(item.get('document.metadata')) } : {}),
    };
  });
}

function embedding(item: Attributes): Embedding {
  const numbers = jsonList(item.get('embedding.vector')) as readonly number[] | null;
  return { ...optional('text', item.get('embedding.text')), ...(numbers ? { dimensions: numbers.length } : {}), vector: () => numbers };
}

function score(item: Attributes, word: 'annotation' | 'evaluation', level: NonNullable<RecordedScore['level']>): RecordedScore {
  const annotator = textOf(item.get(`${word}.annotator_kind`))?.toLowerCase();
  const identifier = textOf(item.get(`${word}.identifier`));
  const about = parsed(item.get(`${word}.metadata`));
  const metadata = identifier === null ? about : { ...(isObject(about) ? about : about === undefined ? {} : { metadata: about }), identifier };
  return {
    name: textOf(item.get(`${word}.name`)) ?? '', value: amount(item.get(`${word}.score`)), label: textOf(item.get(`${word}.label`)),
    comment: textOf(item.get(`${word}.explanation`)), source: annotator === 'human' || annotator === 'llm' || annotator === 'code' || annotator === 'api' ? annotator : 'unknown',
    ...(level === 'span' ? {} : { level }), ...(metadata === undefined ? {} : { metadata }),
  };
}
