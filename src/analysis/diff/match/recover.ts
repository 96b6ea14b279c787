import { childrenOf, type Matching, type Pace } from './matching.ts';
import { alignLists } from './alignLists.ts';

/** Aligns all lists that wait, and those that come up by that. */
export function* descend(matching: Matching, pace: Pace): Generator<undefined, void> {
  for (let next = matching.open.pop(); next; next = matching.open.pop()) {
    // A pair that was taken back since.
    if (next.above && matching.mateA[next.above[0]] !== next.above[1]) continue;
    yield* alignLists(matching, next.x, next.y, pace);
    if (pace.spend(40)) yield;
  }
}

/**
 * What the way down could not reach: steps that went elsewhere, what stands around matched ones, and what is left in
 * one copy on either side.
 */
export function* recover(matching: Matching, pace: Pace): Generator<undefined, void> {
  yield* pairMoved(matching, pace);
  yield* pairContainers(matching, pace);
  yield* pairIdentical(matching, pace);
}

/** Largest first, so that what is inside comes along. */
function* pairMoved(matching: Matching, pace: Pace): Generator<undefined, void> {
  const { a, b, links, mateA, mateB } = matching;
  const moved = Array.from(links.linked)
    .filter((node) => mateA[node] === -1 && mateB[links.to[node]!] === -1)
    .sort((x, y) => a.end[y]! - y - (a.end[x]! - x) || x - y);
  for (const node of moved) {
    const other = links.to[node]!;
    if (mateA[node] !== -1 || mateB[other] !== -1 || matching.isForbidden(node, other)) continue;
    const weight = links.weight[node]!;
    const isLike = a.label[node] === b.label[other] ? weight >= 0.5 : a.kind[node] === b.kind[other] && weight >= 3;
    if (!isLike) continue;
    matching.match(node, other, 'moved');
    yield* descend(matching, pace);
  }
}

/**
 * Children before parents: a span whose matched children have their partners under one span of the same kind belongs to
 * that.
 */
function* pairContainers(matching: Matching, pace: Pace): Generator<undefined, void> {
  const { a, b, mateA, mateB } = matching;
  for (let node = a.size - 1; node > 0; node -= 1) {
    if (pace.spend(1)) yield;
    if (mateA[node] !== -1 || a.end[node] === node + 1) continue;
    const parents = new Map<number, number>();
    for (const child of childrenOf(a, node)) {
      const above = mateA[child] === -1 ? -1 : b.parent[mateA[child]!]!;
      if (above > 0 && mateB[above] === -1 && b.kind[above] === a.kind[node] && !matching.isForbidden(node, above))
        parents.set(above, (parents.get(above) ?? 0) + 1);
    }
    const [best] = Array.from(parents).sort(([x, one], [y, other]) => other - one || x - y);
    if (!best) continue;
    matching.match(node, best[0], 'container');
    yield* descend(matching, pace);
  }
}

/** Equal in all that is compared, and nobody else is. */
function* pairIdentical(matching: Matching, pace: Pace): Generator<undefined, void> {
  const { a, b, mateA, mateB } = matching;
  const places = new Map<number, { a: number; b: number }>();
  const note = (full: number, side: 'a' | 'b', node: number): void => {
    const place = places.get(full) ?? { a: 0, b: 0 };
    place[side] = place[side] === 0 ? node : -1;
    places.set(full, place);
  };
  for (let node = 1; node < a.size; node += 1) if (mateA[node] === -1) note(a.full[node]!, 'a', node);
  for (let node = 1; node < b.size; node += 1) if (mateB[node] === -1) note(b.full[node]!, 'b', node);
  yield;
  for (const { a: nodeA, b: nodeB } of places.values()) {
    if (
      nodeA <= 0 ||
      nodeB <= 0 ||
      mateA[nodeA] !== -1 ||
      mateB[nodeB] !== -1 ||
      a.label[nodeA] !== b.label[nodeB] ||
      matching.isForbidden(nodeA, nodeB)
    )
      continue;
    matching.match(nodeA, nodeB, 'moved');
    yield* descend(matching, pace);
  }
}
