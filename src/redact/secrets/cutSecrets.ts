import { isTellingPart } from './recurrence.ts';
import type { Secret } from '../types.ts';

/** Secrets, to be found by how they begin. */
export interface CutSecrets {
  /** The longest end of the text before `end` that a secret begins with, from 6 units on; null where there is none. */
  before(text: string, end: number): { readonly start: number; readonly secret: Secret } | null;
}

/** How much of a secret may be left of it. */
const LONGEST = 2_048;

/** `mayBegin` tells nearly all places apart; `secrets` are asked again once there are many more than before. */
export function createCutSecrets(
  secrets: () => Iterable<Secret>,
  size: () => number,
  mayBegin: (text: string, at: number) => boolean,
): CutSecrets {
  let sorted: readonly Secret[] = [];
  let sortedAt = 0;
  return {
    before(text, end) {
      if (end < 6 || size() === 0) return null;
      if (size() > sortedAt * 1.1) {
        sorted = Array.from(secrets()).sort((a, b) => (a.text < b.text ? -1 : 1));
        sortedAt = size();
      }
      for (let start = Math.max(0, end - LONGEST); start <= end - 6; start += 1) {
        if (!mayBegin(text, start)) continue;
        const part = text.slice(start, end);
        const secret = beginsWith(sorted, part);
        if (secret && isTellingPart(part) && !(/^\d+$/.test(part) && /\d/.test(text[start - 1] ?? '')))
          return { start, secret };
      }
      return null;
    },
  };
}

function beginsWith(sorted: readonly Secret[], part: string): Secret | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.text < part) low = middle + 1;
    else high = middle;
  }
  const secret = sorted[low];
  return secret?.text.startsWith(part) && secret.text.length > part.length ? secret : null;
}

const CUT = /\s{0,8}(?:…|\.{3}|[[(<]\s?(?:…|\.{3})?\s?(?:truncated|cut|snip))/gi;
/** More places than that are looked at in no text. */
const MOST_CUTS = 50;

/** Where a text may have been cut: at its end, and before signs for what was left out. */
export function cutsOf(text: string): readonly number[] {
  const cuts: number[] = [];
  if (text.includes('…') || text.includes('...') || text.includes('[') || text.includes('(') || text.includes('<')) {
    for (const { index } of text.matchAll(CUT)) if (cuts.push(index) >= MOST_CUTS) break;
  }
  let end = text.length;
  while (end > 0 && /\s/.test(text[end - 1]!)) end -= 1;
  cuts.push(end);
  return cuts;
}
