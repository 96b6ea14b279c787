import { amount, textOf } from '../../../model/attributes.ts';
import type { Document, Message } from '../../../model/types.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { isObject, optional, parsed, type Fields } from '../../json.ts';
import { isCallItem, readMessages, withFinishReasons } from './messages.ts';

/** LangChain's words for who speaks (langchain-core, messages/*.py), as `type` and in the names of its classes. */
const ROLES: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  system: 'system',
  tool: 'tool',
  function: 'tool',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
};
const CLASS = /^(Human|AI|System|Tool|Function|Chat|Developer)Message(?:Chunk)?$/;

/** What stands among messages in OpenAI's responses without being one. */
const ITEMS: ReadonlySet<unknown> = new Set([
  'function_call',
  'function_call_output',
  'reasoning',
  'custom_tool_call',
  'custom_tool_call_output',
]);

/**
 * The chat messages in a recorded input or output, of whatever form: a list of messages, one message, `{ messages }`, a
 * completion's `{ choices }`, OpenAI's items of a response, LangChain's `{ generations }` and batches, its serialized
 * messages and `["human", "text"]`, also wrapped as `{ output }` and the like. Null where the value is no chat, so that
 * other structures are never shown as one.
 */
export function chatMessages(value: unknown): readonly Message[] | null {
  const recorded = parsed(value);
  const list = listIn(recorded);
  if (list === null || list.length === 0) return null;
  const plain: Fields[] = [];
  let known = 0;
  for (const entry of list) {
    const message = plainMessage(entry);
    if (message) known += 1;
    // Among messages what is not known stays in its place; alone it is none.
    const kept = message ?? (isObject(entry) && typeof entry['type'] === 'string' ? unknownItem(entry) : null);
    if (!kept) return null;
    plain.push(kept);
  }
  if (known === 0) return null;
  // A response of OpenAI's repeats what the model was told.
  const isRequest = isObject(recorded) && !Array.isArray(recorded['output']);
  const system = isRequest && plain[0]?.['role'] !== 'system' ? systemOf(recorded) : null;
  const messages = readMessages(system === null ? plain : [{ role: 'system', content: system }, ...plain]);
  // Bedrock and Cohere say beside the message why it ends.
  return isObject(recorded)
    ? withFinishReasons(messages, recorded['stopReason'] ?? recorded['stop_reason'] ?? recorded['finish_reason'])
    : messages;
}

/** What a tool gave back. LangChain wraps it in a message, which says of which call it is the result. */
export function toolAnswer(output: unknown): { readonly id?: unknown; readonly result: unknown } {
  const [message, more] = chatMessages(output) ?? [];
  const part = more === undefined && message?.parts.length === 1 ? message.parts[0] : undefined;
  return part?.type === 'toolResult' ? part : { result: parsed(output) };
}

const unknownItem = (entry: Fields): Fields => ({
  role: isCallItem(entry) ? 'assistant' : (textOf(entry['role']) ?? 'unknown'),
  content: [entry],
});

/** What the model was told beside the messages: OpenAI's `instructions`, Anthropic's `system`, Gemini's instruction. */
export function systemOf(request: Fields): unknown {
  const config = isObject(request['config']) ? request['config'] : request;
  const said =
    request['instructions'] ??
    request['system'] ??
    request['system_instruction'] ??
    config['systemInstruction'] ??
    config['system_instruction'];
  if (isObject(said)) return said['parts'] ?? null;
  return typeof said === 'string' || Array.isArray(said) ? said : null;
}

/** What may be a list of messages. Containers hold containers at most twice in practice, so the way in is short. */
function listIn(value: unknown): readonly unknown[] | null {
  let at = value;
  for (let level = 0; level < 4; level += 1) {
    if (Array.isArray(at)) {
      // One list per item of a batch; the first is what the others repeat in shape.
      if (!Array.isArray(at[0]) || typeof at[0][0] === 'string') return at;
      at = at[0];
    } else if (isObject(at)) {
      const inner: unknown =
        at['messages'] ??
        firstBatch(at['generations']) ??
        completion(at['choices']) ??
        candidates(at['candidates']) ??
        asked(at) ??
        wrapped(at);
      if (inner === undefined) return [at];
      at = inner;
    } else {
      return null;
    }
  }
  return Array.isArray(at) ? at : null;
}

/** OpenAI's request with a text where a list of items may stand. */
const asked = ({ input, instructions, model, tools }: Fields): unknown =>
  typeof input === 'string' && (instructions ?? model ?? tools) !== undefined
    ? [{ role: 'user', content: input }]
    : undefined;

/** Gemini's `candidates: [{ content, finishReason }]`. */
const candidates = (list: unknown): unknown =>
  Array.isArray(list) ? list.map((each) => (isObject(each) ? (spokenBy(each) ?? each) : each)) : undefined;

/** A message in the content of a candidate, or of an answer of Gemini's. */
function spokenBy(entry: Fields): Fields | undefined {
  const { content } = entry;
  return isObject(content) && Array.isArray(content['parts'])
    ? { ...content, role: content['role'] ?? 'model', finish_reason: entry['finishReason'] ?? entry['finish_reason'] }
    : undefined;
}

const WRAPPERS = ['output', 'outputs', 'message', 'input', 'contents', 'new_message', 'newMessage'];

/**
 * What a traced function was given or gave back, which may hold messages: one or a list of them, or LangChain's value
 * of a prompt.
 */
function wrapped(value: Fields): unknown {
  const { kwargs } = value;
  if (isObject(kwargs)) return kwargs['messages'];
  if (textOf(value['role']) !== null || textOf(value['type']) !== null) return undefined;
  return WRAPPERS.map((field) => value[field]).find(
    (inner) => isObject(inner) || (Array.isArray(inner) && inner.some((each) => typeof each === 'object')),
  );
}

/** LangChain's `generations: [[{ text, message }]]`. */
function firstBatch(generations: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(generations)) return undefined;
  const batch: unknown = Array.isArray(generations[0]) ? generations[0] : generations;
  return (batch as readonly unknown[]).map((each) => (isObject(each) ? generation(each) : each));
}

/** The message, with the reason for its end, which may stand beside it; models that do not chat have text alone. */
function generation(each: Fields): unknown {
  const about = [each['generation_info'], each['generationInfo']].find(isObject) ?? {};
  const reason = about['finish_reason'] ?? about['stop_reason'];
  const message = each['message'] ?? { role: 'assistant', content: each['text'] };
  const found = reason === undefined ? null : plainMessage(message);
  return found === null ? message : { ...found, finish_reason: found['finish_reason'] ?? reason };
}

/** OpenAI's `choices: [{ message, finish_reason }]`. */
function completion(choices: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.map((choice) => {
    if (!isObject(choice)) return choice;
    const answer = typeof choice['text'] === 'string' ? { role: 'assistant', content: choice['text'] } : null;
    const message = isObject(choice['message']) ? choice['message'] : answer;
    return message ? { ...message, finish_reason: choice['finish_reason'] } : choice;
  });
}

/** One message as `{ role, content, … }`; null for what is none. */
function plainMessage(entry: unknown): Fields | null {
  if (Array.isArray(entry)) {
    const role = typeof entry[0] === 'string' && entry.length === 2 ? roleOf(entry[0]) : undefined;
    return role === undefined || textOf(entry[1]) === null ? null : { role, content: entry[1] };
  }
  if (!isObject(entry)) return null;
  const spoken = entry['role'] === undefined ? spokenBy(entry) : undefined;
  if (spoken) return spoken;
  if (entry['role'] === undefined && Array.isArray(entry['tool_calls']) && entry['type'] === undefined)
    return { ...entry, role: 'assistant' };
  if (typeof entry['role'] === 'string' && ['content', 'parts', 'tool_calls'].some((field) => field in entry)) {
    const role = roleOf(entry['role']) ?? entry['role'];
    if (isObject(entry['additional_kwargs'])) return { ...entry, role, tool_calls: toolCalls(entry) };
    return role === entry['role'] ? entry : { ...entry, role };
  }
  if (ITEMS.has(entry['type']) && entry['role'] === undefined) return entry;
  const body = [entry['kwargs'], entry['data'], entry].find(isObject)!;
  const role = langChainRole(entry, body);
  if (role === null || !('content' in body)) return null;
  const metadata = isObject(body['response_metadata']) ? body['response_metadata'] : {};
  const beside = isObject(body['additional_kwargs']) ? body['additional_kwargs'] : {};
  return {
    role,
    content: body['content'],
    name: body['name'],
    reasoning_content: beside['reasoning_content'],
    tool_call_id: body['tool_call_id'],
    tool_calls: toolCalls(body),
    finish_reason: metadata['finish_reason'] ?? metadata['stop_reason'],
  };
}

const roleOf = (word: string): string | undefined => ownValue(ROLES, word);

function langChainRole(entry: Fields, body: Fields): string | null {
  const path = entry['id'];
  const name =
    entry['type'] === 'constructor' && Array.isArray(path) ? CLASS.exec(textOf(path.at(-1)) ?? '')?.[1] : undefined;
  if (name === 'Chat') return textOf(body['role']) ?? 'unknown';
  return roleOf((name ?? textOf(entry['type']) ?? '').toLowerCase()) ?? null;
}

/** Older versions of LangChain keep the calls, as OpenAI gave them, in `additional_kwargs`. */
function toolCalls(body: Fields): unknown {
  const own = body['tool_calls'];
  if (Array.isArray(own) && own.length > 0) return own;
  return isObject(body['additional_kwargs']) ? body['additional_kwargs']['tool_calls'] : undefined;
}

/**
 * Documents that a retriever gave: `[{ page_content, metadata, id }]` as LangChain and MLflow write them, or under
 * `documents`. Null where there are none.
 */
export function recordedDocuments(value: unknown): readonly Document[] | null {
  let list = parsed(value);
  for (let level = 0; level < 2 && isObject(list); level += 1)
    list = list['documents'] ?? list['output'] ?? list['outputs'];
  if (!Array.isArray(list) || list.length === 0) return null;
  const documents = list.map((entry) =>
    isObject(entry) ? document(isObject(entry['kwargs']) ? entry['kwargs'] : entry) : null,
  );
  return documents.every((each) => each !== null) ? documents : null;
}

function document(entry: Fields): Document | null {
  const content = textOf(entry['page_content'] ?? entry['pageContent'] ?? entry['content'] ?? entry['text']);
  if (content === null) return null;
  const about = isObject(entry['metadata']) ? entry['metadata'] : {};
  const score = amount(entry['score'] ?? about['relevance_score'] ?? about['score']);
  return {
    ...optional('id', entry['id']),
    content,
    ...(score === null ? {} : { score, scoreKind: 'relevance' as const }),
    ...(entry['metadata'] === undefined ? {} : { metadata: entry['metadata'] }),
  };
}
