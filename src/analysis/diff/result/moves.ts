import type { Alignment } from '../match/alignment.ts';
import { increasing } from '../match/increasing.ts';
import { childrenOf } from '../match/matching.ts';

/** What order and parents say of the pairs. Arrays are by node; 1 = yes. */
export interface Moves {
  /** By node of a: went to other parents; stands at another place among its siblings. */
  readonly moved: Uint8Array;
  readonly reordered: Uint8Array;
  /** Without a partner, but around spans that have theirs on the other side. */
  readonly wrapsA: Uint8Array;
  readonly wrapsB: Uint8Array;
}

/**
 * A step has moved where the nearest ancestors with partners are no pair. What comes or goes in between is a wrapper,
 * and moves nothing.
 */
export function movesOf({ a, b, mateA, mateB, turned }: Alignment): Moves {
  const moves: Moves = {
    moved: new Uint8Array(a.size),
    reordered: new Uint8Array(a.size),
    wrapsA: new Uint8Array(a.size),
    wrapsB: new Uint8Array(b.size),
  };
  const upA = nearestAbove(a.parent, mateA);
  const upB = nearestAbove(b.parent, mateB);
  for (let node = 1; node < a.size; node += 1) {
    const mate = mateA[node]!;
    if (mate === -1) continue;
    if (mateA[upA[node]!] !== upB[mate]) {
      moves.moved[node] = 1;
      continue;
    }
    for (let above = a.parent[node]!; above !== upA[node] && moves.wrapsA[above] === 0; above = a.parent[above]!)
      moves.wrapsA[above] = 1;
    for (let above = b.parent[mate]!; above !== upB[mate] && moves.wrapsB[above] === 0; above = b.parent[above]!)
      moves.wrapsB[above] = 1;
  }
  for (let node = 0; node < a.size; node += 1) {
    const mate = mateA[node]!;
    if (mate === -1 || a.end[node] === node + 1) continue;
    // Order says nothing of what runs side by side.
    const counts = (child: number): boolean =>
      a.parent[child] === node &&
      mateA[child] !== -1 &&
      b.parent[mateA[child]!] === mate &&
      a.overlaps[child] === 0 &&
      b.overlaps[mateA[child]!] === 0;
    let last = -1;
    let isOrdered = true;
    for (let child = node + 1; child < a.end[node]!; child = a.end[child]!) {
      if (!counts(child)) continue;
      isOrdered &&= mateA[child]! > last;
      last = mateA[child]!;
    }
    if (isOrdered) continue;
    // Of several longest orders the one that the side looked at first has, so that a diff turned round says the same.
    const inOrder = turned
      ? childrenOf(b, mate)
          .map((child) => mateB[child]!)
          .filter((child) => child > node && counts(child))
      : childrenOf(a, node).filter(counts);
    const stay = new Set(increasing(turned ? inOrder : inOrder.map((child) => mateA[child]!)));
    inOrder.forEach((child, place) => {
      if (!stay.has(place)) moves.reordered[child] = 1;
    });
  }
  return moves;
}

/** The next node above that has a partner; the one above all roots always has. */
function nearestAbove(parent: Int32Array, mates: Int32Array): Int32Array {
  const up = new Int32Array(parent.length);
  for (let node = 1; node < parent.length; node += 1)
    up[node] = mates[parent[node]!] === -1 ? up[parent[node]!]! : parent[node]!;
  return up;
}
