import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Document, Payload } from '../../model/types.ts';
import { firstOf, isObject, jsonList, optional, parsed, payload } from '../json.ts';
import { toJson } from '../toJson.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { readMessages, readParts, withFinishReasons } from './messages.ts';
import { readToolDefinitions } from './toolDefinitions.ts';

/** What a span holds, in the words of `genAi`. */
export const genAiContent: Partial<ContentReaders> = {
  input: (attributes) =>
    payload(
      firstOf(
        attributes,
        'gen_ai.tool.call.arguments',
        'gen_ai.retrieval.query.text',
        'gen_ai.memory.query.text',
        'mcp.resource.uri',
      ),
    ) ?? unlessMessages(attributes.get('gen_ai.input.messages')),
  output: (attributes) =>
    payload(firstOf(attributes, 'gen_ai.tool.call.result')) ?? unlessMessages(attributes.get('gen_ai.output.messages')),
  inputMessages(attributes) {
    const instructions = attributes.get('gen_ai.system_instructions');
    const input = readMessages(attributes.get('gen_ai.input.messages'));
    if (instructions === undefined || instructions === null) return input;
    return [{ role: 'system', parts: readParts(parsed(instructions)) }, ...(input ?? [])];
  },
  outputMessages: (attributes) =>
    withFinishReasons(
      readMessages(attributes.get('gen_ai.output.messages')),
      firstOf(attributes, 'gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason'),
    ),
  toolDefinitions: (attributes) => readToolDefinitions(attributes.get('gen_ai.tool.definitions')),
  parameters,
  promptTemplate(attributes) {
    // The template itself is not recorded, only what it is called.
    const template = textOf(attributes.get('gen_ai.prompt.name'));
    return template === null
      ? null
      : { template, variables: {}, ...optional('version', attributes.get('gen_ai.prompt.version')) };
  },
  tool(attributes) {
    const name = textOf(attributes.get('gen_ai.tool.name'));
    if (name === null) return null;
    return {
      name,
      ...optional('description', attributes.get('gen_ai.tool.description')),
      ...optional('callId', attributes.get('gen_ai.tool.call.id')),
      arguments: parsed(attributes.get('gen_ai.tool.call.arguments')),
      result: parsed(attributes.get('gen_ai.tool.call.result')),
    };
  },
  documents(attributes) {
    const retrieved =
      jsonList(attributes.get('gen_ai.retrieval.documents')) ?? jsonList(attributes.get('gen_ai.memory.records'));
    const query = firstOf(attributes, 'gen_ai.retrieval.query.text', 'gen_ai.memory.query.text');
    return retrieved && { ...optional('query', query), input: [], output: retrieved.filter(isObject).map(document) };
  },
  embeddings(attributes) {
    const dimensions = amount(attributes.get('gen_ai.embeddings.dimension.count'));
    return dimensions === null ? null : [{ dimensions, vector: () => null }];
  },
};

/** Messages that a limit on attributes has cut off are no JSON any more: they are shown as the text they are. */
const unlessMessages = (value: AttributeValue | undefined): Payload | null =>
  readMessages(value) === null ? payload(value) : null;

const NOT_PARAMETERS = new Set(['gen_ai.request.model']);

/**
 * `gen_ai.request.*`, and the settings that only some providers know (`openai.request.*`, formerly under
 * `gen_ai.openai.request`).
 */
function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found: [string, unknown][] = [];
  for (const [key, value] of attributes) {
    const [, name] = /^(?:gen_ai\.(?:openai\.)?|openai\.)request\.(.+)$/.exec(key) ?? [];
    if (name !== undefined && !NOT_PARAMETERS.has(key)) found.push([name, value]);
    else if (key === 'gen_ai.output.type') found.push(['output.type', value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : null;
}

/** A document or a record of memory; beside what is named here they hold what their store likes. */
function document({ id, content, score, metadata, ...rest }: Readonly<Record<string, unknown>>): Document {
  const value = amount(score);
  const other = metadata === undefined ? rest : { ...rest, metadata };
  const about = isObject(metadata) ? { ...metadata, ...rest } : other;
  return {
    ...optional('id', id),
    ...(isObject(content) || Array.isArray(content) ? { content: toJson(content) } : optional('content', content)),
    ...(value === null ? {} : { score: value, scoreKind: 'relevance' as const }),
    ...(Object.keys(about).length > 0 ? { metadata: about } : {}),
  };
}
