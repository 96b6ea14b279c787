import { hashPair } from './hashing.ts';
import type { SignedTree } from './signTree.ts';
import { NOTHING, SKETCH, sketchText } from './textSketch.ts';
import { createTokenTable } from './tokenTable.ts';

/** What speaks for pairs before any order is looked at. Arrays are by node. */
export interface Links {
  /** The node of b that shares most of what occurs once on either side; -1 = none. `from` is the way back. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** How much speaks for it, 0 … 8; and the sums of that up to a node, so that of a subtree is a difference. */
  readonly weight: Float64Array;
  readonly sumA: Float64Array;
  readonly sumB: Float64Array;
  /** Nodes of a with a link in pre-order, and how many of them lie before a node. */
  readonly linked: Int32Array;
  readonly linkedBefore: Int32Array;
  /** 0 … 1: how much of what b says a says too, be it once or often; 1 where there are hardly texts. */
  readonly related: number;
  /** Sketches of inputs and outputs, `SKETCH` numbers a node. */
  readonly sketches: {
    readonly aIn: Int32Array;
    readonly aOut: Int32Array;
    readonly bIn: Int32Array;
    readonly bOut: Int32Array;
  };
}

const MOST = 8;
const FEW_WORDS = 10 * SKETCH;
const NODES_AT_ONCE = 2048;

/**
 * Rare things are evidence: a whole text, a run of words, the shape of a subtree that occur exactly once in either
 * trace are votes for a pair. What all calls share, such as a system prompt, or a result that a cache repeats, never
 * votes. Each side links to the one with most votes if both agree.
 */
export function* findLinks(a: SignedTree, b: SignedTree): Generator<undefined, Links> {
  const votes = createVotes();
  const keys = createTokenTable((a.size + b.size) * 3);
  yield* feed(a, (node) => textKeys(a, node, (token) => keys.addA(token, node)));
  yield* feed(b, (node) => textKeys(b, node, (token) => keys.addB(token, node)));
  yield* keys.each((nodeA, nodeB) => votes.add(nodeA, nodeB, 3 * telling(a, nodeA)));

  // Spans whose input and output found their like need no words.
  const isSettled = settled(a, b, votes);
  const sketches = {
    aIn: new Int32Array(a.size * SKETCH),
    aOut: new Int32Array(a.size * SKETCH),
    bIn: new Int32Array(b.size * SKETCH),
    bOut: new Int32Array(b.size * SKETCH),
  };
  let count = 0;
  const sketch = (
    tree: SignedTree,
    ins: Int32Array,
    outs: Int32Array,
    isDone: Uint8Array,
  ): Generator<undefined, void> =>
    feed(tree, (node) => {
      if (isDone[node] !== 0) return;
      const index = tree.first + node - 1;
      sketchText(tree.texts.input[index] ?? '', ins, node * SKETCH);
      sketchText(tree.texts.output[index] ?? '', outs, node * SKETCH);
      count += (tree.inKey[node] === 0 ? 0 : SKETCH) + (tree.outKey[node] === 0 ? 0 : SKETCH);
    });
  yield* sketch(a, sketches.aIn, sketches.aOut, isSettled.a);
  yield* sketch(b, sketches.bIn, sketches.bOut, isSettled.b);
  const words = createTokenTable(count);
  yield* feed(a, (node) =>
    sketchTokens(a.kind[node]!, node, sketches.aIn, sketches.aOut, (token) => words.addA(token, node)),
  );
  let said = 0;
  let shared = 0;
  yield* feed(b, (node) => {
    if (isSettled.b[node] !== 0) {
      said += SKETCH;
      shared += SKETCH;
      return;
    }
    sketchTokens(b.kind[node]!, node, sketches.bIn, sketches.bOut, (token) => {
      said += 1;
      if (words.addB(token, node)) shared += 1;
    });
  });
  yield* words.each((nodeA, nodeB) => votes.add(nodeA, nodeB, 1));

  const shapes = createTokenTable((a.size + b.size) * 2);
  yield* feedShapes(a, shapes.addA);
  yield* feedShapes(b, shapes.addB);
  yield* shapes.each((nodeA, nodeB) => votes.add(nodeA, nodeB, 0.5));
  return { ...(yield* bestLinks(a, b, votes)), related: said < FEW_WORDS ? 1 : shared / said, sketches };
}

function* feed(tree: SignedTree, each: (node: number) => void): Generator<undefined, void> {
  for (let node = 1; node < tree.size; node += 1) {
    each(node);
    if (node % NODES_AT_ONCE === 0) yield;
  }
}

function textKeys({ kind, inKey, outKey }: SignedTree, node: number, add: (token: number) => void): void {
  const input = inKey[node]!;
  const output = outKey[node]!;
  const of = kind[node]!;
  if (input !== 0) add(hashPair(of ^ 1, input));
  if (output !== 0) add(hashPair(of ^ 2, output));
  if (input !== 0 && output !== 0) add(hashPair(of ^ 3, hashPair(input, output)));
}

/** 0.3 … 1: a word such as “ok” that happens to occur once says less than a sentence. */
function telling({ texts, first }: SignedTree, node: number): number {
  const length = (texts.input[first + node - 1]?.length ?? 0) + (texts.output[first + node - 1]?.length ?? 0);
  return Math.min(1, 0.3 + length / 30);
}

function settled(a: SignedTree, b: SignedTree, votes: Votes): { readonly a: Uint8Array; readonly b: Uint8Array } {
  const done = { a: new Uint8Array(a.size), b: new Uint8Array(b.size) };
  votes.each((nodeA, nodeB) => {
    if (a.inKey[nodeA] === b.inKey[nodeB] && a.outKey[nodeA] === b.outKey[nodeB]) done.a[nodeA] = done.b[nodeB] = 1;
  });
  return done;
}

function sketchTokens(
  kind: number,
  node: number,
  ins: Int32Array,
  outs: Int32Array,
  add: (token: number) => void,
): void {
  for (let at = node * SKETCH; at < (node + 1) * SKETCH; at += 1) {
    if (ins[at] !== NOTHING) add(hashPair(kind ^ 4, ins[at]!));
    if (outs[at] !== NOTHING) add(hashPair(kind ^ 5, outs[at]!));
  }
}

/** The shape of a subtree that is more than a pair of spans, and that of a span with its neighbours. */
function* feedShapes(
  { size, parent, end, shape, label }: SignedTree,
  add: (token: number, node: number) => unknown,
): Generator<undefined, void> {
  const before = new Int32Array(size);
  for (let node = 1; node < size; node += 1) {
    const above = parent[node]!;
    const next = end[node]! < end[above]! ? shape[end[node]!]! : 0;
    add(hashPair(hashPair(before[above]!, shape[node]!), hashPair(next, label[above]!)), node);
    if (end[node]! - node > 2) add(shape[node]!, node);
    before[above] = shape[node]!;
    if (node % NODES_AT_ONCE === 0) yield;
  }
}

interface Votes {
  add(a: number, b: number, weight: number): void;
  each(visit: (a: number, b: number, weight: number) => void): void;
  readonly count: number;
}

function createVotes(): Votes {
  let from = new Int32Array(4096);
  let to = new Int32Array(4096);
  let weights = new Float32Array(4096);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(a, b, weight) {
      if (count === from.length) {
        const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
          const list = new Int32Array(count * 2);
          list.set(old);
          return list;
        };
        from = grown(from);
        to = grown(to);
        const wide = new Float32Array(count * 2);
        wide.set(weights);
        weights = wide;
      }
      from[count] = a;
      to[count] = b;
      weights[count] = weight;
      count += 1;
    },
    each(visit) {
      for (let at = 0; at < count; at += 1) visit(from[at]!, to[at]!, weights[at]!);
    },
  };
}

/** Sorts the votes by node of a, adds up those for one pair, and keeps the pairs whose sides are each other's best. */
function* bestLinks(
  a: SignedTree,
  b: SignedTree,
  votes: Votes,
): Generator<undefined, Omit<Links, 'sketches' | 'related'>> {
  const offset = new Int32Array(a.size + 1);
  votes.each((nodeA) => {
    offset[nodeA + 1]! += 1;
  });
  for (let node = 0; node < a.size; node += 1) offset[node + 1]! += offset[node]!;
  yield;
  const partner = new Int32Array(votes.count);
  const amount = new Float32Array(votes.count);
  const next = offset.slice();
  votes.each((nodeA, nodeB, weight) => {
    const at = next[nodeA]!;
    next[nodeA] = at + 1;
    partner[at] = nodeB;
    amount[at] = weight;
  });

  yield;
  const sum = new Float64Array(b.size);
  const to = new Int32Array(a.size).fill(-1);
  const weight = new Float64Array(a.size);
  const from = new Int32Array(b.size).fill(-1);
  const bestFrom = new Float64Array(b.size);
  for (let nodeA = 1; nodeA < a.size; nodeA += 1) {
    for (let at = offset[nodeA]!; at < offset[nodeA + 1]!; at += 1) sum[partner[at]!]! += amount[at]!;
    for (let at = offset[nodeA]!; at < offset[nodeA + 1]!; at += 1) {
      const nodeB = partner[at]!;
      if (sum[nodeB] === 0) continue;
      const votesFor = sum[nodeB]! * agreement(a, nodeA, b, nodeB);
      sum[nodeB] = 0;
      if (votesFor > weight[nodeA]! || (votesFor === weight[nodeA] && nodeB < to[nodeA]!)) {
        weight[nodeA] = votesFor;
        to[nodeA] = nodeB;
      }
      if (votesFor > bestFrom[nodeB]!) {
        bestFrom[nodeB] = votesFor;
        from[nodeB] = nodeA;
      }
    }
    if (nodeA % (4 * NODES_AT_ONCE) === 0) yield;
  }
  for (let nodeA = 1; nodeA < a.size; nodeA += 1) if (to[nodeA] !== -1 && from[to[nodeA]!] !== nodeA) to[nodeA] = -1;
  for (let nodeB = 1; nodeB < b.size; nodeB += 1)
    if (from[nodeB] !== -1 && to[from[nodeB]!] !== nodeB) from[nodeB] = -1;
  return { to, from, weight, ...sumsOf(a, b, to, weight, from) };
}

function agreement(a: SignedTree, nodeA: number, b: SignedTree, nodeB: number): number {
  if (a.label[nodeA] === b.label[nodeB]) return 1;
  if (a.steady[nodeA] === b.steady[nodeB]) return 0.9;
  return a.kind[nodeA] === b.kind[nodeB] ? 0.7 : 0.1;
}

function sumsOf(
  a: SignedTree,
  b: SignedTree,
  to: Int32Array,
  weight: Float64Array,
  from: Int32Array,
): Pick<Links, 'sumA' | 'sumB' | 'linked' | 'linkedBefore'> {
  const sumA = new Float64Array(a.size + 1);
  const sumB = new Float64Array(b.size + 1);
  const linkedBefore = new Int32Array(a.size + 1);
  const linked: number[] = [];
  for (let node = 0; node < a.size; node += 1) {
    const isLinked = to[node] !== -1 && node > 0;
    weight[node] = isLinked ? Math.min(MOST, weight[node]!) : 0;
    if (isLinked) linked.push(node);
    linkedBefore[node + 1] = linked.length;
    sumA[node + 1] = sumA[node]! + weight[node]!;
  }
  for (let node = 0; node < b.size; node += 1)
    sumB[node + 1] = sumB[node]! + (from[node] === -1 ? 0 : weight[from[node]!]!);
  return { sumA, sumB, linked: Int32Array.from(linked), linkedBefore };
}
