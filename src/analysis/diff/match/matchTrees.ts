import { findLinks } from '../signs/links.ts';
import { createMatching, createPace, type Matching } from './matching.ts';
import { descend, recover } from './recover.ts';
import type { SignedTree } from '../signs/signTree.ts';

/** How far a diff is. */
export type DiffPhase = 'texts' | 'signatures' | 'links' | 'descent' | 'recovery' | 'rows';

/**
 * Pairs of nodes that stand before anything is compared, by the reader's word or by what the sides are; and those that
 * must not be.
 */
export interface NodePairs {
  readonly user: readonly (readonly [number, number])[];
  readonly given: readonly (readonly [number, number])[];
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
  for (const [pairs, reason] of [
    [fixed.user, 'user'],
    [fixed.given, 'order'],
  ] as const) {
    for (const [x, y] of pairs) if (matching.mateA[x] === -1 && matching.mateB[y] === -1) matching.match(x, y, reason);
  }
  matching.match(0, 0, 'order');
  yield* descend(matching, pace);
  yield 'recovery';
  yield* recover(matching, pace);
  return matching;
}
