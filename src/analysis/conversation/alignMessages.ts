import type { Message } from '../../model/types.ts';
import type { Steps } from '../steps.ts';
import { identityOf, isInstruction, isSame, nearness, sketchOf, type Said } from './said.ts';
import type { NearChange } from './types.ts';

/**
 * Which message that was said a message that is sent is; -1 = none. Ascending. `change` is null where both are exactly
 * the same.
 */
export interface Alignment {
  readonly match: Int32Array;
  readonly change: readonly (NearChange | null)[];
}

interface Draft {
  readonly match: Int32Array;
  readonly change: (NearChange | null)[];
}

/** A stretch that nothing is known of: said messages from … to, sent ones from … to. */
interface Gap {
  readonly saidFrom: number;
  readonly saidTo: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Puts the messages of a call beside those of an earlier one. First what both begin with; then, in what is left, the
 * messages that either side has only once and the other has too, in the longest order that both have in common, and
 * what stands next to them on both sides (patience diff, Bram Cohen); at last those that are known again by an id or by
 * their words. Grows with the number of messages, not with its square, whatever repeats in them.
 */
export function* alignMessages(said: readonly Said[], input: readonly Message[]): Steps<Alignment> {
  const draft: Draft = {
    match: new Int32Array(input.length).fill(-1),
    change: Array.from({ length: input.length }, () => null),
  };
  const rest = yield* alignStart(said, input, draft);
  yield* alignAnchors(said, input, rest, draft);
  for (const gap of gapsIn(draft, said.length, input.length)) {
    yield;
    alignEdges(said, input, gap, draft);
  }
  for (const gap of gapsIn(draft, said.length, input.length)) {
    yield* alignNear(said, input, gap, draft);
  }
  return draft;
}

/** Both begin alike, as far as they do; other instructions in front do not end that. Gives what is left. */
function* alignStart(said: readonly Said[], input: readonly Message[], { match, change }: Draft): Steps<Gap> {
  let before = 0;
  let at = 0;
  while (before < said.length && at < input.length) {
    yield;
    const one = said[before]!;
    const other = input[at]!;
    const same = isSame(one, other);
    const near = same ? null : nearness(one, other);
    if (same || near !== null) {
      match[at] = before;
      change[at] = near;
      before += 1;
      at += 1;
    } else if (isInstruction(one.message) && !isInstruction(other)) {
      before += 1;
    } else if (isInstruction(other) && !isInstruction(one.message)) {
      at += 1;
    } else {
      break;
    }
  }
  return { saidFrom: before, saidTo: said.length, from: at, to: input.length };
}

/** Brings together what both sides have exactly once, in the longest common order. */
function* alignAnchors(
  said: readonly Said[],
  input: readonly Message[],
  { saidFrom, saidTo, from, to }: Gap,
  { match }: Draft,
): Steps<void> {
  if (from === to || saidFrom === saidTo) return;
  /** Place of the only message with a sketch; -1 = there are several. */
  const places = new Map<string, number>();
  for (let place = saidFrom; place < saidTo; place += 1) {
    yield;
    const sketch = sketchOf(said[place]!.message);
    places.set(sketch, places.has(sketch) ? -1 : place);
  }
  const seen = new Map<string, number>();
  for (let at = from; at < to; at += 1) {
    yield;
    const sketch = sketchOf(input[at]!);
    seen.set(sketch, seen.has(sketch) ? -1 : at);
  }
  const pairs: (readonly [at: number, place: number])[] = [];
  for (const [sketch, at] of seen) {
    const place = places.get(sketch) ?? -1;
    if (at === -1 || place === -1) continue;
    yield;
    if (isSame(said[place]!, input[at]!)) pairs.push([at, place]);
  }
  pairs.sort(([a], [b]) => a - b);
  for (const [at, place] of longestRising(pairs)) match[at] = place;
}

/** The longest subsequence whose second numbers rise (Schensted 1961), in n log n. */
function longestRising(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  /** By length, the pair that ends the best subsequence so far; and of each pair, the one before it. */
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (let at = 0; at < pairs.length; at += 1) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < pairs[at]![1]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = tails[low - 1]!;
    tails[low] = at;
  }
  const rising: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at]!) rising.push(pairs[at]!);
  return rising.reverse();
}

/** The stretches between matches that have messages on both sides. */
function gapsIn({ match }: Draft, saidCount: number, inputCount: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let from = 0;
  let saidFrom = 0;
  for (let at = 0; at <= inputCount; at += 1) {
    const place = at === inputCount ? saidCount : match[at]!;
    if (place === -1) continue;
    if (at > from && place > saidFrom) gaps.push({ saidFrom, saidTo: place, from, to: at });
    from = at + 1;
    saidFrom = place + 1;
  }
  return gaps;
}

/** What stands right behind the match before a gap, and right in front of the one after it. */
function alignEdges(
  said: readonly Said[],
  input: readonly Message[],
  { saidFrom, saidTo, from, to }: Gap,
  { match }: Draft,
): void {
  let [low, place] = [from, saidFrom];
  while (low < to && place < saidTo && isSame(said[place]!, input[low]!)) match[low++] = place++;
  let [high, last] = [to - 1, saidTo - 1];
  while (high >= low && last >= place && isSame(said[last]!, input[high]!)) match[high--] = last--;
}

function* alignNear(
  said: readonly Said[],
  input: readonly Message[],
  { saidFrom, saidTo, from, to }: Gap,
  { match, change }: Draft,
): Steps<void> {
  /** By identity, where it was said: the last of several, as what is sent again is mostly the latest. */
  const places = new Map<string, number>();
  for (let place = saidFrom; place < saidTo; place += 1) {
    yield;
    const identity = identityOf(said[place]!.message);
    if (identity !== null) places.set(identity, place);
  }
  let next = saidFrom;
  let found = false;
  for (let at = from; at < to; at += 1) {
    yield;
    const identity = identityOf(input[at]!);
    const place = identity === null ? undefined : places.get(identity);
    if (place === undefined || place < next) continue;
    match[at] = place;
    change[at] = isSame(said[place]!, input[at]!) ? null : nearness(said[place]!, input[at]!);
    next = place + 1;
    found = true;
  }
  // One message for one, between neighbours that stayed.
  const isInside = to < input.length && saidTo < said.length;
  if (
    found ||
    !isInside ||
    to - from !== 1 ||
    saidTo - saidFrom !== 1 ||
    said[saidFrom]!.message.role !== input[from]!.role
  )
    return;
  match[from] = saidFrom;
  change[from] = 'edited';
}
