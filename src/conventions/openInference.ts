import { amount, textOf } from '../model/attributes.ts';
import type { Document, Embedding, Message, Part, SpanKind } from '../model/types.ts';
import { flattenedList } from './flattened.ts';
import { firstOf, jsonObject, optional, parsed, payload } from './json.ts';
import type { Attributes, Dialect, RecordedScore } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm', embedding: 'embedding', chain: 'chain', retriever: 'retriever', reranker: 'reranker', tool: 'tool', agent: 'agent',
  guardrail: 'guardrail', evaluator: 'evaluator', prompt: 'prompt',
};

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
    'llm.token_count.prompt_details.cache_write': 'cacheWrite',
    'llm.token_count.prompt_details.audio': 'audioInput',
    'llm.token_count.completion_details.reasoning': 'reasoning',
    'llm.token_count.completion_details.audio': 'audioOutput',
    'llm.cost.total': 'costTotal',
    'llm.cost.prompt': 'costInput',
    'llm.cost.completion': 'costOutput',
  },
  firstTokenEvents: ['First Token Stream Event'],
  content: {
    input: (attributes) => payload(attributes.get('input.value'), textOf(attributes.get('input.mime_type'))),
    output: (attributes) => payload(attributes.get('output.value'), textOf(attributes.get('output.mime_type'))),
    inputMessages: (attributes) => messages(attributes, 'llm.input_messages') ?? completions(attributes, 'llm.prompts', 'prompt.text', 'user'),
    outputMessages: (attributes) => messages(attributes, 'llm.output_messages') ?? completions(attributes, 'llm.choices', 'completion.text', 'assistant'),
    toolDefinitions(attributes) {
      const tools = flattenedList(attributes, 'llm.tools').map((tool) => jsonObject(tool.get('tool.json_schema')) ?? {});
      return tools.length === 0 ? null : tools.map((schema) => {
        const body = jsonObject(schema['function']) ?? schema;
        return { name: textOf(body['name']) ?? '', ...optional('description', body['description']), parameters: body['parameters'] ?? body['input_schema'] };
      });
    },
    parameters: (attributes) => jsonObject(attributes.get('llm.invocation_parameters')) ?? jsonObject(attributes.get('embedding.invocation_parameters')),
    promptTemplate(attributes) {
      const template = textOf(attributes.get('llm.prompt_template.template'));
      if (template === null) return null;
      return { template, variables: jsonObject(attributes.get('llm.prompt_template.variables')) ?? {}, ...optional('version', attributes.get('llm.prompt_template.version')) };
    },
    tool(attributes) {
      const name = textOf(attributes.get('tool.name'));
      if (name === null) return null;
      return {
        name, ...optional('description', attributes.get('tool.description')), ...optional('callId', attributes.get('tool.id')),
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
    scores(attributes) {
      const list = [...flattenedList(attributes, 'annotations').map((item) => score(item, 'annotation')), ...flattenedList(attributes, 'evaluations').map((item) => score(item, 'evaluation'))];
      return list.length > 0 ? list : null;
    },
  },
};

function messages(attributes: Attributes, prefix: string): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0 ? null : list.map(message);
}

function message(item: Attributes): Message {
  const role = textOf(item.get('message.role')) ?? 'unknown';
  const callId = textOf(item.get('message.tool_call_id'));
  const parts: Part[] = [];
  const content = item.get('message.content');
  if (content !== undefined && content !== null && content !== '') {
    if (role === 'tool') parts.push({ type: 'toolResult', ...optional('id', callId), ...optional('name', item.get('message.name')), result: parsed(content) });
    else parts.push({ type: 'text', text: payload(content)!.text });
  }
  for (const part of flattenedList(item, 'message.contents')) parts.push(contentPart(part));
  const listed = new Set(parts.flatMap((part) => (part.type === 'toolCall' && part.id !== undefined ? [part.id] : [])));
  for (const call of flattenedList(item, 'message.tool_calls')) {
    const part = toolCall(call);
    if (part.type !== 'toolCall' || part.id === undefined || !listed.has(part.id)) parts.push(part);
  }
  const legacy = textOf(item.get('message.function_call_name'));
  if (legacy !== null) parts.push({ type: 'toolCall', name: legacy, arguments: parsed(item.get('message.function_call_arguments_json')) });
  return { role, ...optional('name', item.get('message.name')), parts };
}

function contentPart(part: Attributes): Part {
  const type = textOf(part.get('message_content.type'));
  const text = textOf(part.get('message_content.text')) ?? '';
  if (type === 'text') return { type: 'text', text };
  if (type === 'reasoning') return { type: 'reasoning', text, redacted: text === '' && part.has('message_content.data') };
  if (type === 'tool_use' || part.has('tool_call.function.name')) return toolCall(part);
  const image = textOf(part.get('message_content.image.image.url'));
  if (image !== null) return { type: 'image', ...source(image) };
  const audio = textOf(part.get('message_content.audio.audio.url'));
  if (audio !== null) {
    return { type: 'audio', ...source(audio), ...optional('mimeType', part.get('message_content.audio.audio.mime_type')), ...optional('transcript', part.get('message_content.audio.audio.transcript')) };
  }
  return text === '' ? { type: 'unknown', value: Object.fromEntries(part) } : { type: 'text', text };
}

const source = (url: string): { readonly uri: string } | { readonly data: string } => (url.startsWith('data:') ? { data: url } : { uri: url });

const toolCall = (call: Attributes): Part => ({
  type: 'toolCall', ...optional('id', call.get('tool_call.id')),
  name: textOf(call.get('tool_call.function.name')) ?? '', arguments: parsed(call.get('tool_call.function.arguments')),
});

function completions(attributes: Attributes, prefix: string, field: string, role: Message['role']): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0 ? null : list.map((item) => ({ role, parts: [{ type: 'text', text: textOf(item.get(field)) ?? '' }] }));
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
  const vector = item.get('embedding.vector');
  const numbers = Array.isArray(vector) ? (vector as readonly number[]) : null;
  return { ...optional('text', item.get('embedding.text')), ...(numbers ? { dimensions: numbers.length } : {}), vector: () => numbers };
}

function score(item: Attributes, word: 'annotation' | 'evaluation'): RecordedScore {
  const annotator = textOf(item.get(`${word}.annotator_kind`))?.toLowerCase();
  return {
    name: textOf(item.get(`${word}.name`)) ?? '', value: amount(item.get(`${word}.score`)), label: textOf(item.get(`${word}.label`)),
    comment: textOf(item.get(`${word}.explanation`)), source: annotator === 'human' || annotator === 'llm' || annotator === 'code' ? annotator : 'unknown',
  };
}
