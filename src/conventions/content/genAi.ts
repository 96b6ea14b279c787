import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Document, Message, Payload } from '../../model/types.ts';
import { RESULT as ANTHROPIC_RESULT } from '../dialects/producers/anthropicSdk.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed, payload } from '../json.ts';
import { toJson } from '../toJson.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { chatMessages } from './messages/chat.ts';
import { readMessages, readParts, withFinishReasons } from './messages/messages.ts';
import { readToolDefinitions } from './messages/toolDefinitions.ts';

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
    payload(firstOf(attributes, 'gen_ai.tool.call.result', ANTHROPIC_RESULT)) ??
    unlessMessages(attributes.get('gen_ai.output.messages')),
  inputMessages(attributes) {
    const instructions = attributes.get('gen_ai.system_instructions');
    const input = isToolsOwn(attributes) ? null : saidBy(attributes.get('gen_ai.input.messages'), 'user');
    if (instructions === undefined || instructions === null) return input;
    // Gemini CLI records the whole content, `{ role, parts }`.
    const said = parsed(instructions);
    const parts = isObject(said) && Array.isArray(said['parts']) ? said['parts'] : said;
    const system = { role: 'system', parts: readParts(parts) };
    // OpenTelemetry's own instrumentation of OpenAI writes them in both places.
    return input?.[0] && isSame(input[0], system) ? input : [system, ...(input ?? [])];
  },
  outputMessages: (attributes) =>
    withFinishReasons(
      isToolsOwn(attributes) ? null : saidBy(attributes.get('gen_ai.output.messages'), 'assistant'),
      firstOf(
        attributes,
        'gen_ai.response.finish_reasons',
        'gen_ai.response.finish_reason',
        'anthropic.message.stop_reason',
      ),
    ),
  toolDefinitions: (attributes) =>
    readToolDefinitions(firstOf(attributes, 'gen_ai.tool.definitions', 'gen_ai.request.tools')),
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
    // OpenLIT names on the call of a model the tools that it asked for.
    if (name === null || CALLS.has(attributes.get('gen_ai.operation.name'))) return null;
    return {
      name,
      ...optional('description', attributes.get('gen_ai.tool.description')),
      ...optional('callId', firstOf(attributes, 'gen_ai.tool.call.id', 'gen_ai.tool.call_id')),
      arguments: parsed(attributes.get('gen_ai.tool.call.arguments')) ?? askedOf(attributes),
      result: parsed(attributes.get('gen_ai.tool.call.result')) ?? givenBy(attributes),
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

/** Whether both are nothing but the same texts, said by the system. */
const isSame = (message: Message, system: Message): boolean =>
  message.role === 'system' &&
  message.parts.length === system.parts.length &&
  message.parts.every((part, place) => {
    const other = system.parts[place];
    return part.type === 'text' && other?.type === 'text' && part.text === other.text;
  });

const CALLS: ReadonlySet<unknown> = new Set(['chat', 'text_completion', 'generate_content']);

/** On the span of a tool, messages are the call and its result (Strands, Gemini CLI, TanStack), and no conversation. */
const isToolsOwn = (attributes: Attributes): boolean => {
  const operation = attributes.get('gen_ai.operation.name');
  return operation === undefined
    ? attributes.has('gen_ai.tool.call.id')
    : operation === 'execute_tool' || operation === 'tool_call';
};

function askedOf(attributes: Attributes): unknown {
  const recorded = attributes.get('gen_ai.input.messages');
  const asked = jsonObject(recorded);
  if (asked) return asked['args'];
  const parts = readMessages(recorded)?.[0]?.parts ?? [];
  const call = parts.find(({ type }) => type === 'toolCall');
  if (call?.type === 'toolCall') return call.arguments;
  // TanStack lets the tool say its arguments.
  const [said] = isToolsOwn(attributes) ? parts : [];
  return said?.type === 'toolResult' ? said.result : undefined;
}

function givenBy(attributes: Attributes): unknown {
  const blocks = jsonList(attributes.get(ANTHROPIC_RESULT));
  const [block, more] = blocks ?? [];
  if (blocks) return more === undefined && isObject(block) && block['type'] === 'text' ? parsed(block['text']) : blocks;
  const recorded = attributes.get('gen_ai.output.messages');
  const completed = jsonObject(recorded);
  if (completed) return completed['response'] ?? completed;
  const part = readMessages(recorded)?.[0]?.parts.find(({ type }) => type === 'toolResult');
  return part?.type === 'toolResult' ? part.result : undefined;
}

/** Messages that a limit on attributes has cut off are no JSON any more: they are shown as the text they are. */
/** Messages, also as nothing but what one of them says. What looks like JSON and is none was cut off. */
function saidBy(value: AttributeValue | undefined, speaker: string): readonly Message[] | null {
  const messages = unfolded(readMessages(value, speaker));
  const text = messages || typeof value !== 'string' || /^\s*[[{]/.test(value) ? null : textOf(parsed(value));
  return text === null ? messages : [{ role: speaker, parts: readParts(text) }];
}

/** Traceloop writes all that a call of OpenAI's Responses is given as the one text that a user said. */
function unfolded(messages: readonly Message[] | null): readonly Message[] | null {
  const [only, more] = messages ?? [];
  const [part, another] = only?.parts ?? [];
  const isList = part?.type === 'text' && part.text.startsWith('[{') && another === undefined && more === undefined;
  return isList && only?.role === 'user' ? (chatMessages(part.text) ?? messages) : messages;
}

const unlessMessages = (value: AttributeValue | undefined): Payload | null =>
  readMessages(value) === null ? payload(value) : null;

const NOT_PARAMETERS = new Set([
  'gen_ai.request.model',
  // Sentry's place for contents.
  'gen_ai.request.messages',
  'gen_ai.request.available_tools',
  // Langtrace's.
  'gen_ai.request.tools',
]);

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
