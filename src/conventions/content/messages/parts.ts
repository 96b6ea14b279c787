import { textOf } from '../../../model/attributes.ts';
import type { Part } from '../../../model/types.ts';
import { isObject, optional, parsed, type Fields } from '../../json.ts';
import { toJson } from '../../toJson.ts';

/** The parts of a message: a list of them, one, or plain text. */
export function readParts(value: unknown): readonly Part[] {
  if (Array.isArray(value))
    return value.map((entry) => (isObject(entry) ? readPart(entry) : { type: 'text', text: words(entry) }));
  if (isObject(value)) return [readPart(value)];
  const plain = textOf(value);
  return plain === null ? [] : [{ type: 'text', text: plain }];
}

/**
 * One part, in any of the shapes that get recorded: OpenTelemetry's (gen-ai-input-messages.json), OpenAI's chat and
 * responses, Anthropic's, the AI SDK's, Pydantic AI's, and those of Bedrock and Gemini, which name no type. What is
 * none of them stays as it is.
 */
export function readPart(entry: Fields): Part {
  // Pydantic AI's first version says `kind`.
  const type = textOf(entry['type'] ?? entry['kind']);
  if (type === null) return untyped(entry);
  // Anthropic names the results of its own tools after them, `web_search_tool_result`.
  return (BY_TYPE.get(type) ?? (type.endsWith('_tool_result') ? toolResult : unknown))(entry);
}

/** A call of a tool, given as a part or in a list of calls (`{ id, function: { name, arguments } }`). */
export function toolCall(entry: unknown): Part {
  if (!isObject(entry)) return { type: 'unknown', value: entry };
  const call =
    objectIn(entry, 'function', 'custom', 'toolUse', 'functionCall', 'function_call', 'toolRequest') ?? entry;
  const name = call['name'] ?? call['toolName'] ?? call['tool_name'] ?? objectIn(call, 'server_tool_call')?.['type'];
  return {
    type: 'toolCall',
    ...optional(
      'id',
      entry['call_id'] ??
        entry['callId'] ??
        entry['toolCallId'] ??
        entry['tool_call_id'] ??
        entry['id'] ??
        call['toolUseId'] ??
        call['id'] ??
        call['ref'],
    ),
    name: textOf(name) ?? '',
    arguments: parsed(call['arguments'] ?? call['args'] ?? call['input'] ?? call['server_tool_call']),
  };
}

function toolResult(entry: Fields): Part {
  const body = objectIn(entry, 'toolResult', 'functionResponse', 'function_response', 'toolResponse') ?? entry;
  const recorded =
    body['response'] ?? body['result'] ?? body['output'] ?? body['content'] ?? body['server_tool_call_response'];
  // The AI SDK says of what sort the result is: `{ type: "error-text", value }`.
  const sort = isObject(recorded) && 'value' in recorded ? textOf(recorded['type']) : null;
  const failed =
    body['is_error'] === true ||
    body['isError'] === true ||
    body['status'] === 'error' ||
    sort?.startsWith('error') === true;
  return {
    type: 'toolResult',
    ...optional(
      'id',
      body['call_id'] ??
        body['callId'] ??
        body['toolCallId'] ??
        body['tool_call_id'] ??
        body['tool_use_id'] ??
        body['toolUseId'] ??
        body['id'] ??
        body['ref'],
    ),
    ...optional('name', body['toolName'] ?? body['name']),
    result: unblocked(parsed(sort === null ? saidBy(recorded) : (recorded as Fields)['value'])),
    ...(failed ? { error: true } : {}),
  };
}

/** The text of OpenAI's Agents SDK, `{ type: "text", text }`. */
const saidBy = (recorded: unknown): unknown =>
  isObject(recorded) && recorded['type'] === 'text' && typeof recorded['text'] === 'string'
    ? recorded['text']
    : recorded;

/**
 * What a tool gave back, out of the one block of Bedrock (`[{ json }]`, `[{ text }]`) that holds it. Blocks that name
 * their type are a message's, and stay.
 */
export function unblocked(result: unknown): unknown {
  const [block, more] = Array.isArray(result) ? (result as readonly unknown[]) : [];
  if (!isObject(block) || more !== undefined || Object.keys(block).length !== 1) return result;
  return 'json' in block ? block['json'] : typeof block['text'] === 'string' ? parsed(block['text']) : result;
}

export type ResultBlock = Extract<Part, { readonly type: 'text' | 'image' | 'audio' | 'video' | 'file' }>;

/** A result is taken apart where it is made of so few blocks. */
const BLOCKS = 64;
const BESIDE_BLOCKS: ReadonlySet<string> = new Set(['content', 'isError', 'is_error', '_meta']);

/**
 * The blocks of a tool's result, where it is nothing but text and media that name their type: Anthropic's list, and the
 * `CallToolResult` of the Model Context Protocol (2025-11-25, server/tools) without structured content. Else null.
 */
export function resultBlocks(result: unknown): readonly ResultBlock[] | null {
  const isCall = isObject(result) && Object.keys(result).every((field) => BESIDE_BLOCKS.has(field));
  const list = isCall ? result['content'] : result;
  if (!Array.isArray(list) || list.length === 0 || list.length > BLOCKS) return null;
  const blocks: ResultBlock[] = [];
  for (const entry of list as readonly unknown[]) {
    if (!isObject(entry) || typeof entry['type'] !== 'string') return null;
    const part = readPart(entry);
    if (part.type !== 'text' && part.type !== 'image' && part.type !== 'audio') return null;
    blocks.push(part);
  }
  return blocks;
}

/** How the base64 of PNG, JPEG, GIF and WebP begins. */
const IMAGE = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD[dl]h|UklGR)/;
/** A text of this length that begins like an image is one. */
const LONG = 64;
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/;

const isImage = (data: string): boolean => data.length >= LONG && IMAGE.test(data) && !NOT_BASE64.test(data);

function text(entry: Fields): Part {
  const said = words(entry['content'] ?? entry['text']);
  return isImage(said) ? { type: 'image', data: said } : { type: 'text', text: said };
}

/** An image that the provider made. */
function madeImage(entry: Fields): Part {
  const { result } = entry;
  return typeof result === 'string' && isImage(result) ? { type: 'image', data: result } : unknown(entry);
}

/** Thought that the provider keeps to itself is sent as a cipher. */
function reasoning(entry: Fields): Part {
  const thought = objectIn(entry, 'reasoningText') ?? entry;
  const read = words(
    thought['content'] ?? thought['text'] ?? thought['thinking'] ?? thought['reasoning'] ?? summary(thought['summary']),
  );
  const hidden =
    read === '' &&
    ['data', 'encrypted_content', 'redactedContent', 'signature'].some(
      (field) => thought[field] !== undefined && thought[field] !== null,
    );
  return { type: 'reasoning', text: read, ...(hidden ? { redacted: true } : {}) };
}

const summary = (parts: unknown): unknown =>
  Array.isArray(parts) ? parts.map((part) => (isObject(part) ? words(part['text']) : words(part))).join('\n\n') : parts;

const refusal = (entry: Fields): Part => ({ type: 'refusal', text: words(entry['refusal'] ?? entry['content']) });

/** A summary that stands for earlier messages; its text, where the provider records it. */
const compaction = (entry: Fields): Part => (textOf(entry['content']) === null ? unknown(entry) : text(entry));

const unknown = (entry: Fields): Part => ({ type: 'unknown', value: entry });

type Medium = 'image' | 'audio' | 'video' | 'file';

const HOLDERS = [
  'image_url',
  'input_audio',
  'file',
  'image',
  'audio',
  'video',
  'document',
  'inlineData',
  'inline_data',
  'fileData',
  'file_data',
];
const MIME_TYPES = ['mime_type', 'mimeType', 'media_type', 'mediaType', 'contentType'];
const BYTES = ['data', 'file_data', 'content', 'binary_content', 'bytes', 'image'];
const ADDRESSES = ['uri', 'url', 'fileUri', 'file_uri', 'image_url', 'file_id', 'filename'];

/** An image, a sound, a video or a file: inside, by its address, or by the id that the provider gave it. */
const media =
  (medium?: Medium) =>
  (entry: Fields): Part => {
    const body = objectIn(entry, ...HOLDERS) ?? entry;
    const from = objectIn(body, 'source') ?? body;
    const format = textIn(body, ['format']);
    const mimeType =
      textIn(from, MIME_TYPES) ??
      textIn(entry, MIME_TYPES) ??
      (format === null ? null : `${medium ?? 'application'}/${format}`);
    const bytes = textIn(from, BYTES);
    const place = bytes ?? textIn(from, ADDRESSES);
    const transcript = optional('transcript', from['transcript']);
    if (place === null && mimeType === null && transcript.transcript === undefined) return unknown(entry);
    // Producers put addresses where bytes belong and the other way round; base64 has no colon.
    const inside =
      place !== null && (place.startsWith('data:') || (bytes !== null && !place.includes(':')) || isImage(place));
    return {
      type: medium ?? mediumOf(textOf(entry['modality']) ?? mimeType),
      ...(mimeType === null ? {} : { mimeType }),
      ...(place === null ? {} : { [inside ? 'data' : 'uri']: place }),
      ...transcript,
    };
  };

function mediumOf(modality: string | null): Medium {
  const word = modality?.split('/')[0];
  return word === 'image' || word === 'audio' || word === 'video' ? word : 'file';
}

type PartReader = (entry: Fields) => Part;
const of = (read: PartReader, ...types: readonly string[]): readonly (readonly [string, PartReader])[] =>
  types.map((type) => [type, read] as const);

const BY_TYPE: ReadonlyMap<string, PartReader> = new Map([
  ...of(text, 'text', 'input_text', 'output_text', 'summary_text'),
  ...of(reasoning, 'reasoning', 'thinking', 'redacted_thinking', 'redacted-reasoning'),
  ...of(refusal, 'refusal'),
  ...of(madeImage, 'image_generation_call'),
  // The Anthropic SDK leaves out what they show.
  ...of(() => ({ type: 'image' }), 'anthropic_image'),
  ...of(() => ({ type: 'file' }), 'anthropic_document'),
  ...of(compaction, 'compaction'),
  ...of(
    toolCall,
    'tool_call',
    'tool_use',
    'tool-call',
    'function',
    'function_call',
    'custom_tool_call',
    'server_tool_call',
    'server_tool_use',
    'mcp_tool_use',
    'toolUse',
    'toolUseBlock',
  ),
  ...of(
    toolResult,
    'tool_call_response',
    'tool_result',
    'toolResult',
    'toolResultBlock',
    'tool-result',
    'function_call_output',
    'function_call_result',
    'custom_tool_call_output',
    'server_tool_call_response',
  ),
  ...of(media('image'), 'image', 'image_url', 'input_image', 'image-url'),
  ...of(media('audio'), 'audio', 'input_audio', 'audio-url'),
  ...of(media('video'), 'video', 'video_url', 'video-url'),
  ...of(media(), 'blob', 'uri', 'file', 'input_file', 'document', 'document-url', 'binary', 'media'),
]);

const BY_FIELD: readonly (readonly [string, PartReader])[] = [
  ...of(toolCall, 'toolUse', 'functionCall', 'function_call', 'toolRequest'),
  ...of(toolResult, 'toolResult', 'functionResponse', 'function_response', 'toolResponse'),
  ...of((entry) => reasoning(entry['reasoningContent'] as Fields), 'reasoningContent'),
  ...of(media('image'), 'image'),
  ...of(media('video'), 'video'),
  ...of((entry) => media()(entry['media'] as Fields), 'media'),
  ...of(media(), 'document', 'inlineData', 'inline_data', 'fileData', 'file_data'),
];

function untyped(entry: Fields): Part {
  if (typeof entry['text'] === 'string') return entry['thought'] === true ? reasoning(entry) : text(entry);
  if (typeof entry['reasoning'] === 'string') return reasoning(entry);
  const [, read] = BY_FIELD.find(([field]) => isObject(entry[field])) ?? ['', unknown];
  return read(entry);
}

/** Text as it is; structure where text belongs becomes JSON; nothing is empty. */
const words = (value: unknown): string =>
  textOf(value) ?? (value === undefined || value === null || value === '' ? '' : toJson(value));

/** The first of several fields that holds an object. */
function objectIn(entry: Fields, ...fields: readonly string[]): Fields | undefined {
  for (const field of fields) {
    const value = entry[field];
    if (isObject(value)) return value;
  }
  return undefined;
}

function textIn(entry: Fields, fields: readonly string[]): string | null {
  for (const field of fields) {
    const value = textOf(entry[field]);
    if (value !== null) return value;
  }
  return null;
}
