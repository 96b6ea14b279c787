import type { Links } from './links.ts';
import type { SignedTree } from './signTree.ts';
import type { PairReason } from './types.ts';

/** What is known so far of which node became which. */
export interface Matching {
  readonly a: SignedTree;
  readonly b: SignedTree;
  readonly links: Links;
  /** Partner by node; -1 = none yet. */
  readonly mateA: Int32Array;
  readonly mateB: Int32Array;
  /** By node of a: 0 … 1, and why. */
  readonly confidence: Float32Array;
  readonly reason: (PairReason | undefined)[];
  /** Below this score no pair is made by order: higher where the two have hardly a text in common. */
  readonly floor: number;
  isForbidden(a: number, b: number): boolean;
  /** Two nodes become partners; what is below them waits in `open`. */
  match(a: number, b: number, reason: PairReason, confidence: number): void;
  /** Lists of nodes to align, last first. */
  readonly open: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly above: readonly [number, number] | null;
  }[];
}

export interface MatchingOptions {
  readonly floor: number;
  readonly forbidden: ReadonlySet<number>;
}

export function createMatching(
  a: SignedTree,
  b: SignedTree,
  links: Links,
  { floor, forbidden }: MatchingOptions,
): Matching {
  const matching: Matching = {
    a,
    b,
    links,
    floor,
    mateA: new Int32Array(a.size).fill(-1),
    mateB: new Int32Array(b.size).fill(-1),
    confidence: new Float32Array(a.size),
    reason: [],
    open: [],
    isForbidden: (nodeA, nodeB) => forbidden.size > 0 && forbidden.has(nodeA * b.size + nodeB),
    match(nodeA, nodeB, reason, confidence) {
      matching.mateA[nodeA] = nodeB;
      matching.mateB[nodeB] = nodeA;
      matching.reason[nodeA] = reason;
      matching.confidence[nodeA] = confidence;
      if (a.end[nodeA]! > nodeA + 1 && b.end[nodeB]! > nodeB + 1)
        matching.open.push({ x: childrenOf(a, nodeA), y: childrenOf(b, nodeB), above: [nodeA, nodeB] });
    },
  };
  return matching;
}

export function childrenOf({ end }: SignedTree, node: number): number[] {
  const children: number[] = [];
  for (let child = node + 1; child < end[node]!; child = end[child]!) children.push(child);
  return children;
}

/** Counts work, so that a page gets its turn: about a millisecond's worth between two answers of true. */
export interface Pace {
  spend(work: number): boolean;
}

export function createPace(): Pace {
  let spent = 0;
  return {
    spend(work) {
      spent += work;
      if (spent < 60_000) return false;
      spent = 0;
      return true;
    },
  };
}
