import type { Message, Part, SpanContent, ToolDefinition } from '../../model/types.ts';
import { isInstruction } from '../conversation/said.ts';
import { leaves } from '../query/match/leaves.ts';

/** A definition or a message as it goes to the model, in its place. */
export interface Piece {
  readonly section: 'tools' | 'system' | 'messages';
  /** Place in the messages; null = a tool. */
  readonly message: number | null;
  readonly role: string;
  /** Of a tool. */
  readonly name: string | null;
  /** All that is compared. */
  readonly text: string;
  readonly characters: number;
  /** Those of them that tools gave back, by tool. */
  readonly results: readonly (readonly [name: string, characters: number])[];
}

/** What a picture, a sound or a file counts as: some 1,200 tokens. */
const MEDIA = 4800;

/** Names of tools by the id of their call, as far as they were met. */
export type ToolNames = Map<string, string>;

/**
 * The prompt of a call in the order in which providers put it together and cache it: tools, instructions, messages.
 * (Anthropic caches in this order; OpenAI and Gemini cache a common beginning, and put tools in front as well.)
 */
export function promptOf(content: SpanContent, names: ToolNames): readonly Piece[] {
  const pieces = content.toolDefinitions.map(toolPiece);
  for (const piece of saidPieces(content.messages?.input ?? asMessages(content, 'input', 'user'), names))
    pieces.push(piece);
  return pieces;
}

export const answerOf = (content: SpanContent, names: ToolNames): readonly Piece[] =>
  saidPieces(content.messages?.output ?? asMessages(content, 'output', 'assistant'), names);

/** What is recorded as a text alone. */
function asMessages(content: SpanContent, side: 'input' | 'output', role: string): readonly Message[] {
  const text = content[side]?.text ?? '';
  return text === '' ? [] : [{ role, parts: [{ type: 'text', text }] }];
}

function toolPiece(tool: ToolDefinition): Piece {
  const text = `${tool.name}\n${tool.description ?? ''}\n${textOf(tool.parameters)}`;
  const [message, results] = [null, []];
  return { section: 'tools', message, role: '', name: tool.name, text, characters: text.length - 2, results };
}

const saidPieces = (messages: readonly Message[], names: ToolNames): Piece[] =>
  messages.map((message, place) => saidPiece(message, place, names));

function saidPiece(message: Message, place: number, names: ToolNames): Piece {
  let text = '';
  let characters = 0;
  const results: (readonly [string, number])[] = [];
  for (const part of message.parts) {
    const said = partText(part);
    const counts = isMedia(part) ? MEDIA : said.length;
    text += text === '' ? said : `\n${said}`;
    characters += counts;
    if (part.type === 'toolCall' && part.id !== undefined) names.set(part.id, part.name);
    if (part.type === 'toolResult')
      results.push([part.name ?? (part.id === undefined ? undefined : names.get(part.id)) ?? '', counts]);
  }
  const section = isInstruction(message) ? 'system' : 'messages';
  return { section, message: place, role: message.role, name: null, text, characters, results };
}

const isMedia = ({ type }: Part): boolean =>
  type === 'image' || type === 'audio' || type === 'video' || type === 'file';

/** What a message consists of, part by part: the text of a piece is these, a line each. */
export function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    case 'toolCall':
      return `${part.name} ${textOf(part.arguments)}`;
    case 'toolResult':
      return textOf(part.result);
    case 'unknown':
      return textOf(part.value);
    default:
      return `${part.mimeType ?? part.type} ${part.uri ?? ''}${part.data ?? ''}`;
  }
}

/** A recorded value as one text; of what JSON cannot hold, its texts. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return Array.from(leaves(value, ''), ({ text }) => text).join('\n');
  }
}
