import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Document, Embedding, Message } from '../../model/types.ts';
import { firstOf, isObject, jsonList, jsonObject, optional, parsed, payload } from '../json.ts';
import { toJson } from '../toJson.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { CONTEXT } from '../dialects/vercel.ts';
import { readMessage, readMessages, readParts } from './messages/messages.ts';
import { toolCall } from './messages/parts.ts';
import { readToolDefinition } from './messages/toolDefinitions.ts';

const SETTINGS = 'ai.settings.';

/** What a span holds, in the words of `vercel`. */
export const vercelContent: Partial<ContentReaders> = {
  input: (attributes) =>
    payload(
      firstOf(
        attributes,
        'ai.toolCall.args',
        'ai.prompt',
        'ai.prompt.messages',
        'ai.value',
        'ai.values',
        'ai.documents',
      ),
    ),
  output: (attributes) =>
    payload(
      firstOf(
        attributes,
        'ai.toolCall.result',
        ...RESPONSE.text,
        ...RESPONSE.object,
        ...RESPONSE.toolCalls,
        'ai.ranking',
      ),
    ),
  inputMessages: (attributes) =>
    readMessages(attributes.get('ai.prompt.messages')) ?? promptMessages(jsonObject(attributes.get('ai.prompt'))),
  outputMessages,
  // A list of JSON texts, one per tool.
  toolDefinitions: (attributes) =>
    jsonList(attributes.get('ai.prompt.tools'))?.flatMap((tool) => readToolDefinition(tool) ?? []) ?? null,
  parameters,
  tool(attributes) {
    const name = textOf(attributes.get('ai.toolCall.name'));
    if (name === null) return null;
    return {
      name,
      ...optional('callId', attributes.get('ai.toolCall.id')),
      arguments: parsed(attributes.get('ai.toolCall.args')),
      result: parsed(attributes.get('ai.toolCall.result')),
    };
  },
  documents,
  embeddings,
};

/** Version 3 wrote `ai.result`. */
const RESPONSE = {
  text: ['ai.response.text', 'ai.result.text'],
  object: ['ai.response.object', 'ai.result.object'],
  toolCalls: ['ai.response.toolCalls', 'ai.result.toolCalls'],
} as const;

/**
 * What the application passed: `{ system?, prompt }` or `{ system?, messages }`; later versions allow messages
 * everywhere.
 */
function promptMessages(prompt: Readonly<Record<string, unknown>> | null): readonly Message[] | null {
  if (!prompt) return null;
  const { system, prompt: asked, messages } = prompt;
  const listed = isObject(system) ? [system] : system;
  const before = (Array.isArray(listed) ? readMessages(listed) : textMessage('system', listed)) ?? [];
  const after = readMessages(messages) ?? (Array.isArray(asked) ? readMessages(asked) : textMessage('user', asked));
  return after || before.length > 0 ? [...before, ...(after ?? [])] : null;
}

const textMessage = (role: string, text: unknown): readonly Message[] | null =>
  textOf(text) === null ? null : [{ role, parts: readParts(text) }];

/** The parts of the one answer stand in attributes of their own. */
function outputMessages(attributes: Attributes): readonly Message[] | null {
  const text = textOf(firstOf(attributes, ...RESPONSE.text)) ?? textOf(firstOf(attributes, ...RESPONSE.object));
  const calls = jsonList(firstOf(attributes, ...RESPONSE.toolCalls)) ?? [];
  const files = jsonList(attributes.get('ai.response.files')) ?? [];
  const message = readMessage({
    role: 'assistant',
    reasoning: attributes.get('ai.response.reasoning'),
    content: text,
    finish_reason: firstOf(attributes, 'ai.response.finishReason', 'ai.finishReason'),
  });
  const parts = [
    ...message.parts,
    ...files.flatMap((file) => (isObject(file) ? readParts({ ...file, type: 'file' }) : [])),
    ...calls.map(toolCall),
  ];
  return parts.length > 0 ? [{ ...message, parts }] : null;
}

function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found: [string, unknown][] = [];
  for (const [key, value] of attributes) {
    if (key.startsWith(SETTINGS) && !key.startsWith(CONTEXT)) found.push([key.slice(SETTINGS.length), value]);
  }
  const choice = attributes.get('ai.prompt.toolChoice');
  if (choice !== undefined) found.push(['toolChoice', parsed(choice)]);
  return found.length > 0 ? Object.fromEntries(found) : null;
}

/** Lists of JSON texts; a ranking names documents by their place in the list of them. */
function documents(attributes: Attributes): ReturnType<ContentReaders['documents']> {
  const list = jsonList(attributes.get('ai.documents'));
  if (!list) return null;
  const input = list.map((entry): Document => ({
    content: textOf(parsed(entry)) ?? (typeof entry === 'string' ? entry : toJson(entry)),
  }));
  const ranking = jsonList(attributes.get('ai.ranking')) ?? [];
  return { input, output: ranking.flatMap((entry) => ranked(jsonObject(entry), input)) };
}

function ranked(rank: Readonly<Record<string, unknown>> | null, input: readonly Document[]): readonly Document[] {
  if (!rank) return [];
  const score = amount(rank['relevanceScore'] ?? rank['score']);
  const place = amount(rank['index'] ?? rank['originalIndex']);
  return [{ ...(place === null ? {} : input[place]), ...(score === null ? {} : { score, scoreKind: 'relevance' }) }];
}

/** JSON texts again: one value and one vector, or lists of them. */
function embeddings(attributes: Attributes): readonly Embedding[] | null {
  const texts = jsonList(attributes.get('ai.values')) ?? only(attributes.get('ai.value'));
  const vectors = jsonList(attributes.get('ai.embeddings')) ?? only(attributes.get('ai.embedding'));
  const length = Math.max(texts.length, vectors.length);
  return length === 0
    ? null
    : Array.from({ length }, (_, place) => {
        const vector = jsonList(vectors[place]);
        const numbers = vector?.every((each) => typeof each === 'number') ? (vector as readonly number[]) : null;
        return {
          ...optional('text', parsed(texts[place])),
          ...(numbers ? { dimensions: numbers.length } : {}),
          vector: () => numbers,
        };
      });
}

const only = (value: AttributeValue | undefined): readonly unknown[] =>
  value === undefined || value === null ? [] : [value];
