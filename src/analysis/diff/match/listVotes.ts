import type { Matching, Pace } from './matching.ts';

/**
 * From each node of a list, how much of its inside votes for which node of the other list. Sparse: entries of x stand
 * at `start[x] … start[x + 1]`.
 */
export interface ListVotes {
  readonly start: readonly number[];
  readonly to: readonly number[];
  readonly weight: readonly number[];
}

/** As many links of one subtree are looked at; of larger ones a sample speaks for all. */
const SAMPLE = 192;

/** Both lists are in pre-order and no node is inside another one of its list. */
export function countVotes({ a, b, links }: Matching, x: readonly number[], y: readonly number[]): ListVotes {
  const start = [0];
  const to: number[] = [];
  const weight: number[] = [];
  const sums = new Map<number, number>();
  for (const node of x) {
    const from = links.linkedBefore[node]!;
    const end = links.linkedBefore[a.end[node]!]!;
    const stride = Math.max(1, (end - from) / SAMPLE);
    sums.clear();
    for (let at = from; at < end; at += stride) {
      const inside = links.linked[Math.floor(at)]!;
      const place = holderOf(b.end, y, links.to[inside]!);
      if (place !== -1) sums.set(place, (sums.get(place) ?? 0) + links.weight[inside]! * stride);
    }
    for (const [place, sum] of sums) {
      to.push(place);
      weight.push(sum);
    }
    start.push(to.length);
  }
  return { start, to, weight };
}

const AT_ONCE = 1000;

/** The same for lists of any length: yields in between. */
export function* countAllVotes(
  matching: Matching,
  x: readonly number[],
  y: readonly number[],
  pace: Pace,
): Generator<undefined, ListVotes> {
  if (x.length <= AT_ONCE) return countVotes(matching, x, y);
  const start = [0];
  const to: number[] = [];
  const weight: number[] = [];
  for (let from = 0; from < x.length; from += AT_ONCE) {
    const some = countVotes(matching, x.slice(from, from + AT_ONCE), y);
    const before = to.length;
    for (let at = 0; at < some.to.length; at += 1) {
      to.push(some.to[at]!);
      weight.push(some.weight[at]!);
    }
    for (let at = 1; at < some.start.length; at += 1) start.push(before + some.start[at]!);
    if (pace.spend(30 * AT_ONCE)) yield;
  }
  return { start, to, weight };
}

/** Place in the list of the node whose subtree holds `inside`; -1 = none. */
function holderOf(end: Int32Array, list: readonly number[], inside: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! <= inside) low = middle + 1;
    else high = middle;
  }
  return low > 0 && inside < end[list[low - 1]!]! ? low - 1 : -1;
}
