import { findLinks } from './links.ts';
import { createMatching, createPace, type Matching } from './matching.ts';
import { descend, recover } from './recover.ts';
import type { SignedTree } from './signTree.ts';

/** How far a diff is. */
export type DiffPhase = 'texts' | 'signatures' | 'links' | 'descent' | 'recovery' | 'rows';

/** The overrides as nodes. */
export interface NodePairs {
  readonly pair: readonly (readonly [number, number])[];
  readonly forbid: readonly (readonly [number, number])[];
}

/** Finds which node of a became which of b. Yields what it does, at least every few milliseconds. */
export function* matchTrees(
  a: SignedTree,
  b: SignedTree,
  fixed: NodePairs,
): Generator<DiffPhase | undefined, Matching> {
  yield 'links';
  const links = yield* findLinks(a, b);
  const pace = createPace();
  const forbidden = new Set(fixed.forbid.map(([x, y]) => x * b.size + y));
  const matching = createMatching(a, b, links, forbidden);
  yield 'descent';
  for (const [x, y] of fixed.pair)
    if (matching.mateA[x] === -1 && matching.mateB[y] === -1) matching.match(x, y, 'user');
  matching.match(0, 0, 'order');
  yield* descend(matching, pace);
  yield 'recovery';
  yield* recover(matching, pace);
  return matching;
}
