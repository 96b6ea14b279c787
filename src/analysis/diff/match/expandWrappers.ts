import { countVotes, type ListVotes, countAllVotes } from './listVotes.ts';
import { childrenOf, type Matching, type Pace } from './matching.ts';
import type { SignedTree } from '../signs/signTree.ts';
import { dice, weightInA, weightInB } from './scorePair.ts';

const ROUNDS = 6;

export interface Aligned {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly votes: ListVotes;
}

/**
 * Where the votes of a node lead into one with another name, and a child of that fits better, that one came around it:
 * its children take its place in the list. The same the other way round for what went. Repeated for wrappers in
 * wrappers.
 */
export function* expandWrappers(
  matching: Matching,
  givenX: readonly number[],
  givenY: readonly number[],
  pace: Pace,
): Generator<undefined, Aligned> {
  let x = givenX;
  let y = givenY;
  let votes = yield* countAllVotes(matching, x, y, pace);
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    let around = wrappersIn(matching, x, y, votes);
    if (around.x.size + around.y.size === 0) around = wrappersByName(matching, x, y, true);
    if (around.x.size + around.y.size === 0) break;
    x = opened(matching.a, x, around.x).filter((node) => matching.mateA[node] === -1);
    y = opened(matching.b, y, around.y).filter((node) => matching.mateB[node] === -1);
    votes = yield* countAllVotes(matching, x, y, pace);
  }
  return { x, y, votes };
}

/** A list with the children of some nodes in their place. */
export const opened = (tree: SignedTree, list: readonly number[], around: ReadonlySet<number>): readonly number[] =>
  around.size === 0 ? list : list.flatMap((node) => (around.has(node) ? childrenOf(tree, node) : [node]));

interface Around {
  readonly x: Set<number>;
  readonly y: Set<number>;
}

function wrappersIn(matching: Matching, x: readonly number[], y: readonly number[], votes: ListVotes): Around {
  const { a, b } = matching;
  const around: Around = { x: new Set(), y: new Set() };
  const best = bestOf(votes, x.length, y.length);
  for (let i = 0; i < x.length; i += 1) {
    const j = best.ofX[i]!;
    if (j === -1) continue;
    const nodeA = x[i]!;
    const nodeB = y[j]!;
    const fit = dice(best.weightX[i]!, weightInA(matching, nodeA), weightInB(matching, nodeB));
    if (a.steady[nodeA] === b.steady[nodeB] && fit >= 0.5) continue;
    const inner = b.end[nodeB]! > nodeB + 1 ? bestChild(matching, nodeA, nodeB) : 0;
    if (inner > fit) around.y.add(nodeB);
  }
  for (let j = 0; j < y.length; j += 1) {
    const i = best.ofY[j]!;
    if (i === -1) continue;
    const nodeA = x[i]!;
    const nodeB = y[j]!;
    if (around.y.has(nodeB) || around.x.has(nodeA)) continue;
    const fit = dice(best.weightY[j]!, weightInA(matching, nodeA), weightInB(matching, nodeB));
    if (a.steady[nodeA] === b.steady[nodeB] && fit >= 0.5) continue;
    const inner = a.end[nodeA]! > nodeA + 1 ? bestChildOfA(matching, nodeA, nodeB) : 0;
    if (inner > fit) around.x.add(nodeA);
  }
  return around;
}

interface Best {
  readonly ofX: Int32Array;
  readonly weightX: Float64Array;
  readonly ofY: Int32Array;
  readonly weightY: Float64Array;
}

/** For each node the one of the other list with the most votes; -1 = none. */
export function bestOf({ start, to, weight }: ListVotes, countX: number, countY: number): Best {
  const best: Best = {
    ofX: new Int32Array(countX).fill(-1),
    weightX: new Float64Array(countX),
    ofY: new Int32Array(countY).fill(-1),
    weightY: new Float64Array(countY),
  };
  for (let i = 0; i < countX; i += 1) {
    for (let at = start[i]!; at < start[i + 1]!; at += 1) {
      const j = to[at]!;
      if (weight[at]! > best.weightX[i]!) {
        best.weightX[i] = weight[at]!;
        best.ofX[i] = j;
      }
      if (weight[at]! > best.weightY[j]!) {
        best.weightY[j] = weight[at]!;
        best.ofY[j] = i;
      }
    }
  }
  return best;
}

/** How well the best of the children that have the same label fits. */
function bestChild(matching: Matching, nodeA: number, nodeB: number): number {
  const { a, b } = matching;
  const children = childrenOf(b, nodeB);
  if (!children.some((child) => b.label[child] === a.label[nodeA])) return 0;
  const { to, weight } = countVotes(matching, [nodeA], children);
  const inA = weightInA(matching, nodeA);
  return to.reduce(
    (most, place, at) =>
      b.label[children[place]!] === a.label[nodeA]
        ? Math.max(most, dice(weight[at]!, inA, weightInB(matching, children[place]!)))
        : most,
    0,
  );
}

function bestChildOfA(matching: Matching, nodeA: number, nodeB: number): number {
  const { a, b } = matching;
  const children = childrenOf(a, nodeA).filter((child) => a.label[child] === b.label[nodeB]);
  if (children.length === 0) return 0;
  const { start, weight } = countVotes(matching, children, [nodeB]);
  const inB = weightInB(matching, nodeB);
  return children.reduce(
    (most, child, at) =>
      start[at + 1]! > start[at]! ? Math.max(most, dice(weight[start[at]!]!, weightInA(matching, child), inB)) : most,
    0,
  );
}

/** How deep a name is looked for in a chain of single children. */
const THROUGH = 3;

/**
 * The same where no text speaks: a node with a name of which the other side has fewer here, while most of its children
 * have names of which that side has more. `isStrict`: a name that the other side does not have here at all, as long as
 * nothing is paired yet.
 */
export function wrappersByName(
  { a, b }: Matching,
  x: readonly number[],
  y: readonly number[],
  isStrict = false,
): Around {
  const around: Around = { x: new Set(), y: new Set() };
  if (x.length === y.length && x.every((node, at) => a.steady[node] === b.steady[y[at]!])) return around;
  const surplus = new Map<number, number>();
  for (const node of x) surplus.set(a.steady[node]!, (surplus.get(a.steady[node]!) ?? 0) + 1);
  const namesX = new Set(surplus.keys());
  for (const node of y) surplus.set(b.steady[node]!, (surplus.get(b.steady[node]!) ?? 0) - 1);
  const namesY = new Set(y.map((node) => b.steady[node]!));
  const isExtra = (name: number, sign: number, others: ReadonlySet<number>): boolean =>
    isStrict ? !others.has(name) : sign * (surplus.get(name) ?? 0) > 0;
  for (const node of y)
    if (isExtra(b.steady[node]!, -1, namesX) && holdsMissing(b, node, surplus, 1)) around.y.add(node);
  if (around.y.size > 0) return around;
  for (const node of x)
    if (isExtra(a.steady[node]!, 1, namesY) && holdsMissing(a, node, surplus, -1)) around.x.add(node);
  return around;
}

/** Takes what it finds out of the surplus: a name that is missing once is found once. */
function holdsMissing(tree: SignedTree, node: number, surplus: Map<number, number>, sign: 1 | -1): boolean {
  for (let level = 0, above = node; level < THROUGH; level += 1) {
    const children = childrenOf(tree, above);
    const found: number[] = [];
    const left = new Map<number, number>();
    for (const child of children) {
      const label = tree.steady[child]!;
      const rest = left.get(label) ?? sign * (surplus.get(label) ?? 0);
      if (rest > 0) found.push(label);
      left.set(label, rest - 1);
    }
    if (found.length > 0 && found.length >= 0.6 * children.length) {
      for (const label of found) surplus.set(label, surplus.get(label)! - sign);
      return true;
    }
    if (children.length !== 1) return false;
    above = children[0]!;
  }
  return false;
}
