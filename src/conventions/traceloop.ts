import { amount, textOf } from '../model/attributes.ts';
import type { AttributeValue, Document, Message, SpanEvent, SpanKind } from '../model/types.ts';
import { flattenedList } from './flattened.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed, payload } from './json.ts';
import { readMessage } from './messages.ts';
import { readToolDefinition } from './toolDefinitions.ts';
import type { Attributes, Dialect } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' };
const REQUESTS: Readonly<Record<string, SpanKind>> = { chat: 'llm', completion: 'llm', embedding: 'embedding', rerank: 'reranker' };
const PROPERTIES = 'traceloop.association.properties.';
const VARIABLES = 'traceloop.prompt.template_variables.';

/**
 * Traceloop's OpenLLMetry (opentelemetry-semantic-conventions-ai; @traceloop/ai-semantic-conventions): `traceloop.*` on the spans of
 * decorated functions, and for model calls the attributes before OpenTelemetry had its own, `llm.*`, with messages flattened under
 * `gen_ai.prompt.<i>.*` and `gen_ai.completion.<i>.*`. Newer versions write `genAi` for calls.
 */
export const traceloop: Dialect = {
  name: 'traceloop',
  slots: {
    'traceloop.span.kind': { slot: 'kind', kinds: KINDS },
    'llm.request.type': { slot: 'kind', kinds: REQUESTS },
    'gen_ai.guardrail.name': { slot: 'kind', hint: 'guardrail' },
    'traceloop.entity.name': 'entityName',
    // On every span of a workflow, like the name of the agent.
    'traceloop.workflow.name': 'workflowName',
    'traceloop.entity.path': 'workflowName',
    [`${PROPERTIES}session_id`]: 'sessionId',
    [`${PROPERTIES}thread_id`]: 'sessionId',
    [`${PROPERTIES}chat_id`]: 'sessionId',
    [`${PROPERTIES}user_id`]: 'userId',
    'llm.usage.prompt_tokens': 'inputTokens',
    'llm.usage.completion_tokens': 'outputTokens',
    'llm.usage.total_tokens': 'totalTokens',
    'llm.usage.reasoning_tokens': 'reasoning',
    'llm.usage.cache_read_input_tokens': 'cacheRead',
    'llm.usage.cache_creation_input_tokens': 'cacheWrite',
  },
  metadataPrefixes: [PROPERTIES],
  firstTokenEvents: ['llm.content.completion.chunk', 'gen_ai.content.completion.chunk'],
  kindEvents: {
    'db.query.result': 'retriever', 'db.search.result': 'retriever', 'db.query.embeddings': 'retriever', 'db.search.embeddings': 'retriever',
    'pinecone.query.request': 'retriever', 'qdrant.search.request': 'retriever',
  },
  content: {
    input: (attributes) => payload(firstOf(attributes, 'traceloop.entity.input', 'gen_ai.guardrail.input'), 'application/json'),
    output: (attributes) => payload(firstOf(attributes, 'traceloop.entity.output', 'gen_ai.guardrail.output', 'mcp.response.value'), 'application/json'),
    inputMessages: (attributes) => messages(attributes, 'gen_ai.prompt', 'user'),
    outputMessages: (attributes) => messages(attributes, 'gen_ai.completion', 'assistant'),
    toolDefinitions(attributes) {
      const list = flattenedList(attributes, 'llm.request.functions').flatMap((item) => readToolDefinition(Object.fromEntries(item)) ?? []);
      return list.length > 0 ? list : null;
    },
    parameters,
    promptTemplate(attributes) {
      // Prompts are kept at Traceloop: spans have the key of one and what was put in.
      const template = textOf(firstOf(attributes, 'traceloop.prompt.template', 'traceloop.prompt.key'));
      if (template === null) return null;
      const variables = Array.from(attributes).flatMap(([key, value]) => (key.startsWith(VARIABLES) ? [[key.slice(VARIABLES.length), value] as const] : []));
      return {
        template, variables: jsonObject(attributes.get('traceloop.prompt.template_variables')) ?? Object.fromEntries(variables),
        ...optional('version', firstOf(attributes, 'traceloop.prompt.version', 'traceloop.prompt.version_name', 'traceloop.prompt.version_hash')),
      };
    },
    tool(attributes) {
      const name = textOf(attributes.get('traceloop.entity.name'));
      if (name === null || textOf(attributes.get('traceloop.span.kind')) !== 'tool') return null;
      return { name, arguments: callArguments(parsed(attributes.get('traceloop.entity.input'))), result: parsed(attributes.get('traceloop.entity.output')) };
    },
    documents(attributes, events) {
      const output = [...resultEvents(events), ...flattenedList(attributes, 'db.vector.query.result').map((item) => document((field) => item.get(field)))];
      return output.length > 0 ? { input: [], output } : null;
    },
  },
};

function messages(attributes: Attributes, prefix: string, role: string): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0 ? null : list.map((item) => readMessage({
    role, ...Object.fromEntries(item), content: content(item.get('content'), textOf(item.get('role'))),
    tool_calls: flattenedList(item, 'tool_calls').map((call) => Object.fromEntries(call)),
    function_call: item.has('function_call.name') ? { name: item.get('function_call.name'), arguments: item.get('function_call.arguments') } : undefined,
  }));
}

/** Text, or JSON text of parts; the content of a message without any is the text `null`. What a tool says is no message of parts. */
function content(value: AttributeValue | undefined, role: string | null): unknown {
  if (value === 'null') return null;
  const parts = role === 'tool' ? null : jsonList(value);
  return parts && parts.length > 0 && parts.every((part) => isObject(part) && typeof part['type'] === 'string') ? parts : value;
}

/** A decorated function is recorded as `{ args, kwargs }`, of which one is mostly empty. */
function callArguments(input: unknown): unknown {
  if (!isObject(input) || !Array.isArray(input['args']) || !isObject(input['kwargs'])) return input;
  const { args, kwargs } = input;
  if (args.length === 0) return kwargs;
  return Object.keys(kwargs).length > 0 ? input : args.length === 1 ? args[0] : args;
}

const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['llm.is_streaming', 'stream'], ['llm.user', 'user'], ['llm.top_k', 'top_k'], ['llm.temperature', 'temperature'], ['llm.top_p', 'top_p'],
  ['llm.request.max_tokens', 'max_tokens'], ['llm.chat.stop_sequences', 'stop_sequences'], ['llm.frequency_penalty', 'frequency_penalty'],
  ['llm.presence_penalty', 'presence_penalty'], ['db.vector.query.top_k', 'top_k'],
]);

function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found = Array.from(PARAMETERS).flatMap(([key, name]) => (attributes.has(key) ? [[name, attributes.get(key)] as const] : []));
  return found.length > 0 ? Object.fromEntries(found) : null;
}

/** A vector search has one event for each document that it found. */
function resultEvents(events: readonly SpanEvent[]): readonly Document[] {
  return events.flatMap(({ name, attributes }) => (name === 'db.query.result' || name === 'db.search.result' ? [document((field) => attributes.get(`${name}.${field}`))] : []));
}

/** The nearer, the smaller the distance and the greater the score. */
function document(get: (field: string) => AttributeValue | undefined): Document {
  const score = amount(get('score'));
  const distance = amount(get('distance'));
  const metadata = parsed(get('metadata'));
  return {
    ...optional('id', get('id')), ...optional('content', payload(get('document') ?? get('entity'))?.text),
    ...(score !== null ? { score, scoreKind: 'similarity' } : distance !== null ? { score: distance, scoreKind: 'distance' } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
