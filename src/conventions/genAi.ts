import { amount, textOf } from '../model/attributes.ts';
import type { Document, SpanKind } from '../model/types.ts';
import { readMessages, readParts } from './messages.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed } from './json.ts';
import type { Attributes, Dialect } from './types.ts';

const OPERATIONS: Readonly<Record<string, SpanKind>> = {
  chat: 'llm', text_completion: 'llm', completion: 'llm', generate_content: 'llm', embeddings: 'embedding', retrieval: 'retriever', rerank: 'reranker',
  execute_tool: 'tool', create_agent: 'agent', invoke_agent: 'agent', invoke_workflow: 'chain', plan: 'chain', agent_step: 'chain',
  search_memory: 'memory', create_memory: 'memory', update_memory: 'memory', upsert_memory: 'memory', delete_memory: 'memory',
  create_memory_store: 'memory', delete_memory_store: 'memory',
};

const PARAMETERS = 'gen_ai.request.';
const NOT_PARAMETERS = new Set(['gen_ai.request.model']);

/**
 * OpenTelemetry GenAI, the current attributes (semantic-conventions 1.37 and later, gen-ai-spans.md): messages are JSON text or
 * structured values under `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.system_instructions`.
 */
export const genAi: Dialect = {
  name: 'gen_ai',
  slots: {
    'gen_ai.operation.name': { slot: 'kind', kinds: OPERATIONS },
    'gen_ai.tool.name': { slot: 'kind', hint: 'tool' },
    'gen_ai.response.model': 'responseModel',
    'gen_ai.request.model': 'requestModel',
    'gen_ai.provider.name': 'provider',
    'gen_ai.conversation.id': 'sessionId',
    'gen_ai.usage.input_tokens': 'inputTokens',
    'gen_ai.usage.output_tokens': 'outputTokens',
    'gen_ai.usage.total_tokens': 'totalTokens',
    'gen_ai.usage.cache_read.input_tokens': 'cacheRead',
    'gen_ai.usage.cache_creation.input_tokens': 'cacheWrite',
    'gen_ai.usage.reasoning.output_tokens': 'reasoning',
    'gen_ai.usage.audio.input_tokens': 'audioInput',
    'gen_ai.usage.audio.output_tokens': 'audioOutput',
    'gen_ai.usage.cost': 'costTotal',
    'gen_ai.response.time_to_first_chunk': 'firstTokenSeconds',
    'gen_ai.client.operation.time_to_first_chunk': 'firstTokenSeconds',
  },
  content: {
    inputMessages(attributes) {
      const instructions = attributes.get('gen_ai.system_instructions');
      const input = readMessages(attributes.get('gen_ai.input.messages'));
      if (instructions === undefined || instructions === null) return input;
      return [{ role: 'system', parts: readParts(parsed(instructions)) }, ...(input ?? [])];
    },
    outputMessages: (attributes) => readMessages(attributes.get('gen_ai.output.messages')),
    toolDefinitions(attributes) {
      const list = jsonList(attributes.get('gen_ai.tool.definitions'));
      return list?.flatMap((entry) => {
        const outer = jsonObject(entry);
        const body = jsonObject(outer?.['function']) ?? outer;
        if (!body) return [];
        return [{ name: textOf(body['name']) ?? '', ...optional('description', body['description']), parameters: body['parameters'] ?? body['inputSchema'] }];
      }) ?? null;
    },
    parameters,
    tool(attributes) {
      const name = textOf(attributes.get('gen_ai.tool.name'));
      if (name === null) return null;
      return {
        name, ...optional('description', attributes.get('gen_ai.tool.description')), ...optional('callId', attributes.get('gen_ai.tool.call.id')),
        arguments: parsed(attributes.get('gen_ai.tool.call.arguments')), result: parsed(attributes.get('gen_ai.tool.call.result')),
      };
    },
    documents(attributes) {
      const list = jsonList(attributes.get('gen_ai.retrieval.documents'));
      return list && { ...optional('query', firstOf(attributes, 'gen_ai.retrieval.query.text')), input: [], output: list.filter(isObject).map(document) };
    },
    scores(_, events) {
      const results = events.filter((event) => event.name === 'gen_ai.evaluation.result');
      return results.length === 0 ? null : results.map(({ attributes }) => ({
        name: textOf(attributes.get('gen_ai.evaluation.name')) ?? '', value: amount(attributes.get('gen_ai.evaluation.score.value')),
        label: textOf(attributes.get('gen_ai.evaluation.score.label')), comment: textOf(attributes.get('gen_ai.evaluation.explanation')), source: 'unknown' as const,
      }));
    },
  },
};

function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found: [string, unknown][] = [];
  for (const [key, value] of attributes) {
    if (key.startsWith(PARAMETERS) && !NOT_PARAMETERS.has(key)) found.push([key.slice(PARAMETERS.length), value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : null;
}

function document(entry: Readonly<Record<string, unknown>>): Document {
  const { id, content, score, ...rest } = entry;
  const value = amount(score);
  return { ...optional('id', id), ...optional('content', content), ...(value === null ? {} : { score: value, scoreKind: 'relevance' as const }), ...(Object.keys(rest).length > 0 ? { metadata: rest } : {}) };
}
