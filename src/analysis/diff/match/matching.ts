import type { Links } from '../signs/links.ts';
import type { SignedTree } from '../signs/signTree.ts';
import type { PairReason } from '../types.ts';

/** What is known so far of which node became which. */
export interface Matching {
  readonly a: SignedTree;
  readonly b: SignedTree;
  readonly links: Links;
  /** Partner by node; -1 = none yet. */
  readonly mateA: Int32Array;
  readonly mateB: Int32Array;
  /** By node of a. */
  readonly reason: (PairReason | undefined)[];
  /** Below this score no pair is made by order: higher where the two have hardly a text in common. */
  readonly floor: number;
  /** Whether the two have hardly a word in common. */
  readonly areUnrelated: boolean;
  isForbidden(a: number, b: number): boolean;
  /** Two nodes become partners; what is below them waits in `open`. */
  match(a: number, b: number, reason: PairReason): void;
  /** Lists of nodes to align, last first. */
  readonly open: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly above: readonly [number, number] | null;
  }[];
}

/** Of two runs of one program far more is shared: its prompts alone. */
const UNRELATED = 0.03;
const LOW_FLOOR = 0.05;
/**
 * More than a name and nothing against it: without this, traces that have nothing in common but the names of some tools
 * are forced together.
 */
const HIGH_FLOOR = 1.3;

export function createMatching(a: SignedTree, b: SignedTree, links: Links, forbidden: ReadonlySet<number>): Matching {
  const areUnrelated = links.related < UNRELATED;
  const matching: Matching = {
    a,
    b,
    links,
    floor: areUnrelated ? HIGH_FLOOR : LOW_FLOOR,
    areUnrelated,
    mateA: new Int32Array(a.size).fill(-1),
    mateB: new Int32Array(b.size).fill(-1),
    reason: [],
    open: [],
    isForbidden: (nodeA, nodeB) => forbidden.size > 0 && forbidden.has(nodeA * b.size + nodeB),
    match(nodeA, nodeB, reason) {
      matching.mateA[nodeA] = nodeB;
      matching.mateB[nodeB] = nodeA;
      matching.reason[nodeA] = reason;
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
