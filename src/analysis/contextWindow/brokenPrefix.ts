import { readsLikeSummary } from '../conversation/messageDelta.ts';
import type { MessageDelta } from '../conversation/types.ts';
import type { BrokenPrefix, Sent } from './draft.ts';
import { commonEnd, firstDifference, type PlaceOfDifference } from './firstDifference.ts';
import type { Piece } from './prompt.ts';
import type { CacheBreak, PromptDifference } from './types.ts';
import { isVolatileAt } from './volatileText.ts';

/** Of a difference, so much is told before it and in all. */
const BEFORE = 48;
const TOLD = 160;

/** Where and why a prompt is not the one before it, taken further; null where it is. */
export function brokenPrefix(
  { prompt: before }: Pick<Sent, 'prompt'>,
  now: readonly Piece[],
  delta: MessageDelta | null,
): BrokenPrefix | null {
  const at = firstDifference(before, now);
  if (!at) return null;
  return {
    cause: causeOf(before, now, at, delta),
    difference: told(before, now, at),
    shared: at.shared,
    again: sentAgain(before, now, at),
  };
}

function causeOf(
  before: readonly Piece[],
  now: readonly Piece[],
  { place, offset }: PlaceOfDifference,
  delta: MessageDelta | null,
): CacheBreak {
  const [then, next] = [before[place]!, now[place]];
  if (then.section === 'tools' || next?.section === 'tools') return isReordered(before, now) ? 'toolOrder' : 'tools';
  const isPair = next !== undefined && next.section === then.section && next.role === then.role;
  if (isPair && isVolatileAt(then.text, next.text, offset)) return 'volatile';
  if (delta?.history === 'compacted') return 'compaction';
  if (then.section === 'system' || next?.section === 'system') return 'system';
  if (delta?.history === 'trimmed') return 'trimmed';
  if (delta?.history === 'branched') return 'branched';
  return 'edited';
}

/** Whether the same definitions stand in another order. */
function isReordered(before: readonly Piece[], now: readonly Piece[]): boolean {
  const [then, next] = [toolsIn(before), toolsIn(now)];
  return then.length === next.length && then.sort().join('\0') === next.sort().join('\0');
}

const toolsIn = (pieces: readonly Piece[]): string[] =>
  pieces.filter(({ section }) => section === 'tools').map(({ text }) => text);

/** Characters behind the difference that stood in the prompt before: had it not been, they would have been cached. */
function sentAgain(before: readonly Piece[], now: readonly Piece[], { place, offset }: PlaceOfDifference): number {
  const left = new Map<string, number>();
  for (let at = place; at < before.length; at += 1) {
    const sign = signOf(before[at]!);
    left.set(sign, (left.get(sign) ?? 0) + 1);
  }
  let again = 0;
  for (let at = place; at < now.length; at += 1) {
    const count = left.get(signOf(now[at]!)) ?? 0;
    if (count === 0) continue;
    left.set(signOf(now[at]!), count - 1);
    again += now[at]!.characters;
  }
  const [then, next] = [before[place]!, now[place]];
  const isEdit =
    next !== undefined && next.section === then.section && next.role === then.role && next.name === then.name;
  return again + (isEdit && then.text !== next.text ? commonEnd(then.text, next.text, offset) : 0);
}

const signOf = ({ section, role, text }: Piece): string => `${section} ${role} ${text}`;

function told(before: readonly Piece[], now: readonly Piece[], { place, offset }: PlaceOfDifference): PromptDifference {
  const [then, next] = [before[place]!, now[place]];
  const shown = next ?? then;
  const from = Math.max(0, offset - BEFORE);
  const textFrom = (piece: Piece | undefined): string => wholeMarks(piece?.text.slice(from, from + TOLD) ?? '');
  return {
    section: shown.section,
    message: next?.message ?? null,
    tool: shown.section === 'tools' ? shown.name : null,
    offset,
    before: textFrom(then),
    now: textFrom(next),
  };
}

/** A mark of what was masked is told whole or not at all. */
const wholeMarks = (text: string): string => text.replace(/^[^⟦⟧]{0,48}⟧/, '').replace(/⟦[^⟦⟧]*$/, '');

/** Whether messages that are recorded without those before them begin with a summary of these. */
export const beginsWithSummary = ({ input }: Pick<Sent, 'input'>): boolean => {
  const first = input.find(({ role }) => role === 'user');
  return first !== undefined && readsLikeSummary(first);
};
