import type {
  CallMessages,
  HistoryChange,
  NearChange,
  NewInCall,
  ToolPairs,
} from '../../analysis/conversation/types.ts';
import type { Message } from '../../model/types.ts';

/** How a message stands to the call before: null where nothing is known of one, or it is the same. */
export type MessageMark = 'new' | NearChange | null;

/**
 * What a reader of a call sees, in the order of the messages; all items together hold each message once.
 *
 * - `message`: one message.
 * - `asBefore`: messages that were sent in the call before too, folded to a line. `from` … `to` (behind the last) are
 *   places in what was sent.
 * - `earlier`: the beginning of a long conversation of which no call before is known, folded to a line.
 * - `results`: messages that hold nothing but results of tools that stand with their calls.
 * - `note`: what became of the history, in front of the message that it is about.
 */
export type ConversationItem =
  | {
      readonly type: 'message';
      readonly side: 'input' | 'output';
      readonly at: number;
      readonly mark: MessageMark;
    }
  | { readonly type: 'asBefore' | 'earlier'; readonly from: number; readonly to: number }
  | { readonly type: 'results'; readonly from: number; readonly to: number; readonly mark: MessageMark }
  | { readonly type: 'note'; readonly history: HistoryChange; readonly dropped: number };

/** Without a call before, this many of the last messages are shown, and a few more are no reason for a fold. */
const LAST = 8;
const FOLD_FROM = 4;

/**
 * The items of a call. What is new is shown, with the calls of tools that it answers; what was sent before is folded
 * away, except the instructions, which have a line of their own.
 */
export function conversationItems(
  messages: CallMessages,
  pairs: ToolPairs,
  delta: NewInCall | null,
): readonly ConversationItem[] {
  const { input, output } = messages;
  const marks = marksOf(input.length, delta);
  const shown = shownAmong(input, pairs, marks, delta);
  const items: ConversationItem[] = [];
  if (delta && delta.previous !== null && delta.summary === null && delta.history !== 'continued')
    items.push({ type: 'note', history: delta.history, dropped: delta.counts.dropped });
  for (let from = 0, to = 0; from < input.length; from = to) {
    to = from + 1;
    if (shown[from] === 1) {
      if (delta?.summary === from) items.push({ type: 'note', history: delta.history, dropped: delta.counts.dropped });
      if (!standsWithCalls(input[from]!, from, pairs)) {
        items.push({ type: 'message', side: 'input', at: from, mark: marks[from] ?? null });
        continue;
      }
      const mark = marks[from] ?? null;
      while (
        to < input.length &&
        shown[to] === 1 &&
        (marks[to] ?? null) === mark &&
        standsWithCalls(input[to]!, to, pairs)
      )
        to += 1;
      items.push({ type: 'results', from, to, mark });
      continue;
    }
    while (to < input.length && shown[to] !== 1) to += 1;
    items.push({ type: delta?.previous ? 'asBefore' : 'earlier', from, to });
  }
  for (let at = 0; at < output.length; at += 1) items.push({ type: 'message', side: 'output', at, mark: null });
  return items;
}

/** The messages of a fold, one by one. */
export function itemsWithin(
  input: readonly Message[],
  pairs: ToolPairs,
  from: number,
  to: number,
): readonly ConversationItem[] {
  const items: ConversationItem[] = [];
  for (let at = from, next = at; at < to; at = next) {
    next = at + 1;
    if (!standsWithCalls(input[at]!, at, pairs)) {
      items.push({ type: 'message', side: 'input', at, mark: null });
      continue;
    }
    while (next < to && standsWithCalls(input[next]!, next, pairs)) next += 1;
    items.push({ type: 'results', from: at, to: next, mark: null });
  }
  return items;
}

function marksOf(count: number, delta: NewInCall | null): readonly MessageMark[] {
  const marks: MessageMark[] = Array.from({ length: count }, () => null);
  // All messages of a call that continues none are new: to say so of each says nothing.
  if (!delta || delta.previous === null) return marks;
  for (const run of delta.runs) {
    if (run.type === 'same') continue;
    for (let at = run.from; at < run.to; at += 1) marks[at] = run.type === 'new' ? 'new' : run.change;
  }
  return marks;
}

/** By place, 1 = shown by itself. */
function shownAmong(
  input: readonly Message[],
  pairs: ToolPairs,
  marks: readonly MessageMark[],
  delta: NewInCall | null,
): Uint8Array {
  const shown = new Uint8Array(input.length);
  const instructions = instructionsOf(input);
  shown.fill(1, 0, instructions);
  if (!delta?.previous) {
    const last = input.length - LAST;
    shown.fill(1, last - instructions < FOLD_FROM ? 0 : Math.max(last, 0));
  } else {
    for (let at = 0; at < input.length; at += 1) if (marks[at] !== null && marks[at] !== 'shape') shown[at] = 1;
  }
  // A result is read with its call, wherever that stands.
  for (let at = 0; at < input.length; at += 1) {
    if (shown[at] !== 1) continue;
    for (let part = 0; part < input[at]!.parts.length; part += 1) {
      const call = pairs.at('input', at, part)?.call;
      if (call?.side === 'input') shown[call.message] = 1;
    }
  }
  return shown;
}

/** How many messages in front of a conversation are instructions. */
export function instructionsOf(input: readonly Message[]): number {
  const first = input.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  return first === -1 ? input.length : first;
}

/** A message whose parts are all results of calls that are there. */
const standsWithCalls = ({ parts }: Message, at: number, pairs: ToolPairs): boolean =>
  parts.length > 0 &&
  parts.every(({ type }, part) => type === 'toolResult' && pairs.at('input', at, part)?.call?.side === 'input');
