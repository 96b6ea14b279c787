import type { Message } from '../../model/types.ts';
import { leaves } from '../query/match/leaves.ts';
import { sameValue } from './sameValue.ts';
import type { CallMessages, NearChange } from './types.ts';

/** A message of a call, and where it stands in it. */
export interface Said {
  readonly message: Message;
  readonly side: 'input' | 'output';
  readonly at: number;
}

/** All that was said in a call: what was sent, then what was answered. */
export const saidIn = ({ input, output }: CallMessages): readonly Said[] => [
  ...input.map((message, at): Said => ({ message, side: 'input', at })),
  ...output.map((message, at): Said => ({ message, side: 'output', at })),
];

const INSTRUCTIONS: ReadonlySet<string> = new Set(['system', 'developer']);

export const isInstruction = ({ role }: Message): boolean => INSTRUCTIONS.has(role);

/** An answer as it is sent back: without the reason for which the model stopped. */
export function asSent(message: Message): Message {
  const { finishReason: _, ...sent } = message;
  return sent;
}

/** Whether a message that is sent is one that was said. */
export function isSame({ message: before, side }: Said, message: Message): boolean {
  if (before.role !== message.role || before.name !== message.name || before.parts.length !== message.parts.length)
    return false;
  return (
    (side === 'output' ? message.finishReason === undefined : before.finishReason === message.finishReason) &&
    sameValue(before.parts, message.parts)
  );
}

/** In what a message that is not the same is the same nevertheless; null where it is another. */
export function nearness({ message: before }: Said, message: Message): NearChange | null {
  if (isInstruction(before) && isInstruction(message)) return 'system';
  const identity = identityOf(message);
  if (identity === null || identity !== identityOf(before)) return null;
  return identity.startsWith('result') ? 'result' : 'shape';
}

/**
 * By what a message is known again although it changed: the ids of its calls or results, else its words; null where it
 * has neither.
 */
export function identityOf(message: Message): string | null {
  if (isInstruction(message)) return 'system';
  const calls: string[] = [];
  const results: string[] = [];
  const texts: string[] = [];
  for (const part of message.parts) {
    if (part.type === 'toolCall' && part.id !== undefined) calls.push(part.id);
    else if (part.type === 'toolResult' && part.id !== undefined) results.push(part.id);
    else if (part.type === 'text' || part.type === 'refusal') texts.push(part.text);
  }
  if (calls.length > 0) return `call ${JSON.stringify(calls)}`;
  if (results.length > 0) return `result ${JSON.stringify(results)}`;
  const text = texts.join('\n').trim();
  return text === '' ? null : `${message.role} ${text}`;
}

/** What is read of a message, as one text. */
export const textOfMessage = ({ parts }: Message): string =>
  parts
    .map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n');

/** Leaves that are looked at for a sketch, and letters of each. */
const SKETCHED = 24;
const LETTERS = 32;

/**
 * A short text that equal messages share and others rarely: lengths, and letters from the start, the middle and the
 * end. Who finds two alike compares them.
 */
export function sketchOf({ role, parts }: Message): string {
  let sketch = `${role} ${parts.length}`;
  let left = SKETCHED;
  for (const { text } of leaves(parts, '')) {
    const middle = text.length >> 1;
    sketch += `\n${text.length} ${text.slice(0, LETTERS)} ${text.slice(middle, middle + LETTERS)} ${text.slice(-LETTERS)}`;
    left -= 1;
    if (left === 0) break;
  }
  return sketch;
}
