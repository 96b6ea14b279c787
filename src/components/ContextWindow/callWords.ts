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

export function shownDifference({ before, now }: PromptDifference): ShownDifference {
  const [then, next] = [before.replaceAll(/\s+/g, ' '), now.replaceAll(/\s+/g, ' ')];
  let start = commonStart(then, next);
  // Words are shown whole, and marks of what is masked.
  while (start > 0 && /[^\s,;()[\]"'{}]/.test(then.charAt(start - 1))) start -= 1;
  let end = commonEnd(then, next, start);
  while (end > 0 && /[^\s,;()[\]"'{}]/.test(then.charAt(then.length - end))) end -= 1;
  const cut = (text: string): string => {
    const differing = text.slice(start, text.length - end);
    return differing.length > SHOWN ? `${differing.slice(0, SHOWN).replace(/⟦[^⟦⟧]*$/, '')}…` : differing;
  };
  const lead = then.slice(Math.max(0, start - AROUND), start).replace(/^[^⟦]*⟧/, '');
  const rest = end > 3 ? then.slice(then.length - end, then.length - end + AROUND).replace(/⟦[^⟦⟧]*$/, '') : '';
  return {
    lead: start > AROUND ? `…${lead}` : lead,
    before: cut(then),
    now: cut(next),
    rest: rest === '' ? '' : `${rest}…`,
  };
}
