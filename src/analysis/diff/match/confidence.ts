import { childrenOf, type Matching } from './matching.ts';

/**
 * How sure each pair is, by node of a: 0 … 1. Evidence of its own makes a pair sure; without, it is as sure as its
 * parents, and less where more than one sibling could stand in its place. The numbers are measured: `npm run bench`
 * prints how many of the pairs at 0.9 or more are right.
 */
export function confidences(matching: Matching): Float32Array {
  const { a, b, mateA, reason, areUnrelated } = matching;
  const sure = new Float32Array(a.size);
  const order = 1 - 0.3 * (1 - countOf(mateA) / Math.max(a.size, b.size));
  sure[0] = 1;
  for (let node = 0; node < a.size; node += 1) {
    const mate = mateA[node]!;
    if (node > 0 && mate !== -1 && sure[node] === 0) sure[node] = away(matching, node, mate);
    if (mate === -1 || a.end[node] === node + 1) continue;
    const places = siblingsOf(matching, node, mate);
    for (const child of childrenOf(a, node)) {
      const partner = mateA[child]!;
      if (partner !== -1 && b.parent[partner] === mate)
        sure[child] = below(matching, child, partner, sure[node]!, places, order);
    }
  }
  for (let node = 1; node < a.size; node += 1) {
    if (reason[node] === 'user') sure[node] = 1;
    else if (areUnrelated) sure[node]! *= 0.5;
  }
  return sure;
}

/** How many children of either parent have a name. */
type Places = ReadonlyMap<number, { a: number; b: number }>;

function siblingsOf({ a, b }: Matching, node: number, mate: number): Places {
  const places = new Map<number, { a: number; b: number }>();
  const note = (name: number, side: 'a' | 'b'): void => {
    const place = places.get(name);
    if (place) place[side] += 1;
    else places.set(name, { a: Number(side === 'a'), b: Number(side === 'b') });
  };
  for (const child of childrenOf(a, node)) note(a.steady[child]!, 'a');
  for (const child of childrenOf(b, mate)) note(b.steady[child]!, 'b');
  return places;
}

function countOf(mates: Int32Array): number {
  let count = 0;
  for (const mate of mates) if (mate !== -1) count += 1;
  return count;
}

/** Of a pair whose parents are a pair; `order` = how much order says at all: little, where much came and went. */
function below(matching: Matching, node: number, mate: number, above: number, places: Places, order: number): number {
  const own = evidence(matching, node, mate);
  const { a, b } = matching;
  if (a.steady[node] !== b.steady[mate])
    return Math.max(own - 0.05, Math.min(above, 0.4 + 0.5 * kept(matching, node, mate)));
  if (own >= 0.9) return own;
  const { a: inA, b: inB } = places.get(a.steady[node]!)!;
  const inside = a.end[node]! > node + 1 ? kept(matching, node, mate) : 0.5;
  return Math.max(own, Math.min(above, order * (byPlace(matching, node, mate, inA, inB) + 0.05 * (inside - 0.5))));
}

/** What the place alone says. */
function byPlace({ a, b }: Matching, node: number, mate: number, inA: number, inB: number): number {
  if (inA === 1 && inB === 1) return 0.95;
  const isLike = a.shape[node] === b.shape[mate] && a.failed[node] === b.failed[mate];
  const sameName = a.exact[node] === b.exact[mate];
  if (a.overlaps[node] !== 0 || b.overlaps[mate] !== 0) return isLike && sameName ? 0.85 : 0.6;
  const base = inA === inB ? 0.92 : 0.8;
  return isLike ? base : base - 0.12;
}

/** Of a pair with other parents. */
function away(matching: Matching, node: number, mate: number): number {
  const own = evidence(matching, node, mate);
  const inside = kept(matching, node, mate);
  if (matching.a.steady[node] !== matching.b.steady[mate]) return Math.max(own - 0.1, 0.3 + 0.4 * inside);
  return Math.max(own, 0.55 + 0.25 * inside);
}

/** What speaks for just this pair. */
function evidence({ a, b, links }: Matching, node: number, mate: number): number {
  const isLinked = links.to[node] === mate;
  if (isLinked && links.weight[node]! >= 2) return 0.98;
  const equalTexts =
    Number(a.inKey[node] !== 0 && a.inKey[node] === b.inKey[mate]) +
    Number(a.outKey[node] !== 0 && a.outKey[node] === b.outKey[mate]);
  if (isLinked && links.weight[node]! >= 1) return 0.94;
  return equalTexts > 0 ? 0.85 + 0.03 * equalTexts : 0;
}

/** 0 … 1: how many of the children went along. */
function kept({ a, b, mateA }: Matching, node: number, mate: number): number {
  let children = 0;
  let along = 0;
  for (let child = node + 1; child < a.end[node]!; child = a.end[child]!) {
    children += 1;
    if (mateA[child] !== -1 && b.parent[mateA[child]!] === mate) along += 1;
  }
  return children === 0 ? 0 : along / children;
}
