import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Document, Message, SpanEvent } from '../../model/types.ts';
import { flattenedList } from '../flattened.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed, payload } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { readMessage } from './messages/messages.ts';
import { readToolDefinition } from './messages/toolDefinitions.ts';

const VARIABLES = 'traceloop.prompt.template_variables.';

/** What a span holds, in the words of `traceloop`. */
export const traceloopContent: Partial<ContentReaders> = {
  input: (attributes) =>
    payload(firstOf(attributes, 'traceloop.entity.input', 'gen_ai.guardrail.input'), 'application/json'),
  output: (attributes) =>
    payload(
      firstOf(attributes, 'traceloop.entity.output', 'gen_ai.guardrail.output', 'mcp.response.value'),
      'application/json',
    ),
  inputMessages: (attributes) => messages(attributes, 'gen_ai.prompt', 'user'),
  outputMessages: (attributes) => messages(attributes, 'gen_ai.completion', 'assistant'),
  toolDefinitions(attributes) {
    const list = flattenedList(attributes, 'llm.request.functions').flatMap(
      (item) => readToolDefinition(Object.fromEntries(item)) ?? [],
    );
    return list.length > 0 ? list : null;
  },
  parameters,
  promptTemplate(attributes) {
    // Prompts are kept at Traceloop: spans have the key of one and what was put in.
    const template = textOf(firstOf(attributes, 'traceloop.prompt.template', 'traceloop.prompt.key'));
    if (template === null) return null;
    const variables = Array.from(attributes).flatMap(([key, value]) =>
      key.startsWith(VARIABLES) ? [[key.slice(VARIABLES.length), value] as const] : [],
    );
    return {
      template,
      variables: jsonObject(attributes.get('traceloop.prompt.template_variables')) ?? Object.fromEntries(variables),
      ...optional(
        'version',
        firstOf(
          attributes,
          'traceloop.prompt.version',
          'traceloop.prompt.version_name',
          'traceloop.prompt.version_hash',
        ),
      ),
    };
  },
  tool(attributes) {
    const name = textOf(attributes.get('traceloop.entity.name'));
    if (name === null || textOf(attributes.get('traceloop.span.kind')) !== 'tool') return null;
    return {
      name,
      arguments: callArguments(parsed(attributes.get('traceloop.entity.input'))),
      result: parsed(attributes.get('traceloop.entity.output')),
    };
  },
  documents(attributes, events) {
    const output = [
      ...resultEvents(events),
      ...flattenedList(attributes, 'db.vector.query.result').map((item) => document((field) => item.get(field))),
    ];
    return output.length > 0 ? { input: [], output } : null;
  },
};

function messages(attributes: Attributes, prefix: string, role: string): readonly Message[] | null {
  const list = flattenedList(attributes, prefix);
  return list.length === 0
    ? null
    : list.map((item) =>
        readMessage({
          role,
          ...Object.fromEntries(item),
          content: content(item.get('content'), textOf(item.get('role'))),
          tool_calls: flattenedList(item, 'tool_calls').map((call) => Object.fromEntries(call)),
          function_call: item.has('function_call.name')
            ? { name: item.get('function_call.name'), arguments: item.get('function_call.arguments') }
            : undefined,
        }),
      );
}

/**
 * Text, or JSON text of parts; the content of a message without any is the text `null`. What a tool says is no message
 * of parts.
 */
function content(value: AttributeValue | undefined, role: string | null): unknown {
  if (value === 'null') return null;
  const parts = role === 'tool' ? null : jsonList(value);
  return parts && parts.length > 0 && parts.every((part) => isObject(part) && typeof part['type'] === 'string')
    ? parts
    : value;
}

/** A decorated function is recorded as `{ args, kwargs }`, of which one is mostly empty. */
function callArguments(input: unknown): unknown {
  if (!isObject(input) || !Array.isArray(input['args']) || !isObject(input['kwargs'])) return input;
  const { args, kwargs } = input;
  if (args.length === 0) return kwargs;
  if (Object.keys(kwargs).length > 0) return input;
  return args.length === 1 ? args[0] : args;
}

const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['llm.is_streaming', 'stream'],
  ['llm.user', 'user'],
  ['llm.top_k', 'top_k'],
  ['llm.temperature', 'temperature'],
  ['llm.top_p', 'top_p'],
  ['llm.request.max_tokens', 'max_tokens'],
  ['llm.chat.stop_sequences', 'stop_sequences'],
  ['llm.frequency_penalty', 'frequency_penalty'],
  ['llm.presence_penalty', 'presence_penalty'],
  ['db.vector.query.top_k', 'top_k'],
]);

function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found = Array.from(PARAMETERS).flatMap(([key, name]) =>
    attributes.has(key) ? [[name, attributes.get(key)] as const] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : null;
}

/** A vector search has one event for each document that it found. */
function resultEvents(events: readonly SpanEvent[]): readonly Document[] {
  return events.flatMap(({ name, attributes }) =>
    name === 'db.query.result' || name === 'db.search.result'
      ? [document((field) => attributes.get(`${name}.${field}`))]
      : [],
  );
}

/** The nearer, the smaller the distance and the greater the score. */
function document(get: (field: string) => AttributeValue | undefined): Document {
  const score = amount(get('score'));
  const distance = amount(get('distance'));
  const metadata = parsed(get('metadata'));
  const ofDistance = distance === null ? {} : { score: distance, scoreKind: 'distance' as const };
  return {
    ...optional('id', get('id')),
    ...optional('content', payload(get('document') ?? get('entity'))?.text),
    ...(score === null ? ofDistance : { score, scoreKind: 'similarity' as const }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
