import { commonEnd, commonStart } from '../../analysis/contextWindow/firstDifference.ts';
import type { ContextCall, PromptDifference } from '../../analysis/contextWindow/types.ts';
import type { Format } from '../../format.ts';
import type { LaterLabels } from '../../laterLabels.ts';

/** What became of the cache in a call, in a sentence. */
export function cacheWords({ cache }: ContextCall, labels: LaterLabels, format: Format): string {
  const { cause, state, contradicted, difference, pause } = cache;
  if (contradicted) return labels.contextContradicted;
  if (cause === null) return labels.contextState(state);
  return labels.contextCause(cause, difference?.section ?? null, Number.isNaN(pause) ? '' : format.duration(pause));
}

/** What was lost, in tokens and money as far as they are known; '' where nothing was. */
export function lostWords({ cache: { lost, lostCost } }: ContextCall, labels: LaterLabels, format: Format): string {
  if (lost === null || lost === 0) return '';
  const tokens = labels.contextAbout(`${format.tokens(lost)} tok`);
  return lostCost === null ? tokens : `${tokens} · ${format.money(lostCost.amount, lostCost.currency)}`;
}

/** All about a call in a sentence, for who hears it. */
export function callSentence(
  call: ContextCall,
  place: number,
  count: number,
  labels: LaterLabels,
  format: Format,
): string {
  const { input, limit, compacted } = call;
  return [
    labels.contextCall(format.count(place + 1), format.count(count)),
    input === null ? null : sizeWords(input, limit, labels, format),
    compacted ? labels.contextCompacted : null,
    cacheWords(call, labels, format),
    lostWords(call, labels, format) || null,
  ]
    .filter((words) => words !== null)
    .join(', ');
}

export const sizeWords = (input: number, limit: number | null, labels: LaterLabels, format: Format): string =>
  limit === null || limit === 0
    ? `${format.tokens(input)} tok`
    : labels.contextOfLimit(format.tokens(input), `${format.tokens(limit)} tok`, format.count((input / limit) * 100));

/** So much of a text is shown where it differs, and so much before it. */
const SHOWN = 64;
const AROUND = 22;

/** The two texts from a little before the difference on: what is the same, what differs, what follows. */
export interface ShownDifference {
  readonly lead: string;
  readonly before: string;
  readonly now: string;
  readonly rest: string;
}

export function shownDifference({ section, before, now }: PromptDifference): ShownDifference {
  const [then, next] = [textIn(section, before, now), textIn(section, now, before)];
  let start = commonStart(then, next);
  // Words are shown whole, and marks of what is masked.
  while (start > 0 && IN_WORD.test(then.charAt(start - 1))) start -= 1;
  const lead = then.slice(Math.max(0, start - AROUND), start).replace(/^[^⟦]*⟧/, '');
  const [thenEnd, nextEnd] = endsOf(then, next, start);
  const rest = then.slice(thenEnd, thenEnd + AROUND).replace(/⟦[^⟦⟧]*$/, '');
  return {
    lead: start > AROUND ? `…${lead}` : lead,
    before: cut(then.slice(start, thenEnd)),
    now: cut(next.slice(start, nextEnd)),
    rest: rest.trim() === '' ? '' : `${rest}…`,
  };
}

const IN_WORD = /[^\s,;()[\]"'{}]/;
/** So much of one text, found again in the other, says that something was put in or taken out between. */
const FOUND_AGAIN = 16;

/** In one line; of another tool its name alone. */
function textIn(section: PromptDifference['section'], text: string, other: string): string {
  const [name] = text.split('\n', 1);
  const isOther = section === 'tools' && name !== other.split('\n', 1)[0];
  return (isOther ? name! : text).replaceAll(/\s+/g, ' ');
}

/** Where what differs ends in both. */
function endsOf(then: string, next: string, start: number): readonly [then: number, next: number] {
  const added = next.indexOf(then.slice(start, start + FOUND_AGAIN), start);
  if (added > start && then.length - start >= FOUND_AGAIN) return [start, added];
  const removed = then.indexOf(next.slice(start, start + FOUND_AGAIN), start);
  if (removed > start && next.length - start >= FOUND_AGAIN) return [removed, start];
  let end = commonEnd(then, next, start);
  while (end > 0 && IN_WORD.test(then.charAt(then.length - end))) end -= 1;
  return end > 3 ? [then.length - end, next.length - end] : [then.length, next.length];
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN).replace(/⟦[^⟦⟧]*$/, '')}…` : text;
}

/** A number on the axis. */
export const tickWords = (value: number, format: Format): string =>
  value >= 1000 && value < 1_000_000 && value % 1000 === 0 ? `${format.count(value / 1000)}k` : format.tokens(value);
