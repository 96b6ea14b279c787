import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Document, Embedding, Message, ToolDefinition } from '../../model/types.ts';
import { flattenedList } from '../flattened.ts';
import { firstOf, jsonList, jsonObject, optional, parsed, payload } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { chatMessages, toolAnswer } from './messages/chat.ts';
import { inputMessages, outputMessages } from './openInferenceMessages.ts';
import { readToolDefinition, readToolDefinitions, requestedTools } from './messages/toolDefinitions.ts';

/** What a span holds, in the words of `openInference`. */
export const openInferenceContent: Partial<ContentReaders> = {
  input: (attributes) => payload(attributes.get('input.value'), textOf(attributes.get('input.mime_type'))),
  output: (attributes) => payload(attributes.get('output.value'), textOf(attributes.get('output.mime_type'))),
  inputMessages: (attributes) => inputMessages(attributes) ?? spoken(attributes, 'input.value', 'user'),
  outputMessages: (attributes) => outputMessages(attributes) ?? spoken(attributes, 'output.value', 'assistant'),
  toolDefinitions(attributes) {
    const tools = flattenedList(attributes, 'llm.tools').map(
      (tool) => readToolDefinition(tool.get('tool.json_schema') ?? tool.get('')) ?? { name: '' },
    );
    return tools.length > 0
      ? tools
      : (readToolDefinitions(attributes.get('llm.tools')) ??
          oneTool(attributes.get('llm.tools')) ??
          (textOf(attributes.get('openinference.span.kind'))?.toUpperCase() === 'LLM'
            ? requestedTools(attributes.get('input.value'))
            : null));
  },
  parameters: (attributes) =>
    jsonObject(attributes.get('llm.invocation_parameters')) ??
    jsonObject(attributes.get('embedding.invocation_parameters')) ??
    (attributes.has('reranker.top_k') ? { top_k: attributes.get('reranker.top_k') } : null),
  promptTemplate(attributes) {
    // A prompt that is kept elsewhere is recorded by its id.
    const template = textOf(firstOf(attributes, 'llm.prompt_template.template', 'prompt.id'));
    if (template === null) return null;
    return {
      template,
      variables: jsonObject(attributes.get('llm.prompt_template.variables')) ?? {},
      ...optional('version', attributes.get('llm.prompt_template.version')),
    };
  },
  tool(attributes) {
    const schema = readToolDefinition(attributes.get('tool.json_schema'));
    const name = textOf(attributes.get('tool.name')) ?? textOf(schema?.name);
    if (name === null) return null;
    const { id, result } = toolAnswer(attributes.get('output.value'));
    return {
      name,
      ...optional('description', attributes.get('tool.description') ?? schema?.description),
      ...optional('callId', attributes.get('tool.id') ?? id),
      // `tool.parameters` is the schema of the arguments; the arguments themselves are the input, or the call that is.
      arguments: parsed(attributes.get('input.value')) ?? askedFor(attributes),
      result,
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
};

/** Of a tool of a Bedrock agent, the call of it is the input. */
function askedFor(attributes: Attributes): unknown {
  const part = inputMessages(attributes)?.[0]?.parts.find(({ type }) => type === 'toolCall');
  return part?.type === 'toolCall' ? part.arguments : undefined;
}

/**
 * Messages in the input or output itself, where none are told apart: a chat on a model call, on other steps what can be
 * nothing else (Gemini's contents).
 */
function spoken(attributes: Attributes, key: string, role: string): readonly Message[] | null {
  const value = attributes.get(key);
  const isCall = textOf(attributes.get('openinference.span.kind'))?.toUpperCase() === 'LLM';
  if (!isCall && !(typeof value === 'string' && value.includes('"parts"'))) return null;
  const chat = chatMessages(value);
  if (chat || !isCall || role === 'user') return chat;
  const text = parsed(value);
  return typeof text === 'string' && text !== '' ? [{ role, parts: [{ type: 'text', text }] }] : null;
}
function oneTool(value: AttributeValue | undefined): readonly ToolDefinition[] | null {
  const tool = readToolDefinition(value);
  return tool && [tool];
}

function documents(
  attributes: Attributes,
  prefix: string,
  scoreKind: NonNullable<Document['scoreKind']>,
): readonly Document[] {
  return flattenedList(attributes, prefix).map((item) => {
    const value = amount(item.get('document.score'));
    return {
      ...optional('id', item.get('document.id')),
      ...optional('content', item.get('document.content')),
      ...(value === null ? {} : { score: value, scoreKind }),
      ...(item.has('document.metadata') ? { metadata: parsed(item.get('document.metadata')) } : {}),
    };
  });
}

function embedding(item: Attributes): Embedding {
  const numbers = jsonList(item.get('embedding.vector')) as readonly number[] | null;
  return {
    ...optional('text', item.get('embedding.text')),
    ...(numbers ? { dimensions: numbers.length } : {}),
    vector: () => numbers,
  };
}
