import { bestOf, expandWrappers, opened, wrappersByName } from './expandWrappers.ts';
import { hashPair } from '../signs/hashing.ts';
import { increasing } from './increasing.ts';
import { countVotes, type ListVotes } from './listVotes.ts';
import type { Matching, Pace } from './matching.ts';
import { alignInOrder } from './orderedAlignment.ts';
import type { SignedTree } from '../signs/signTree.ts';
import { dice, scorePair, weightInA, weightInB } from './scorePair.ts';

/** Two lists of spans that stand below spans that belong together, and what speaks for their pairs. */
interface Lists {
  readonly matching: Matching;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly votes: ListVotes;
  /** Votes from x[i], once `look(i)` was called, by place in y. */
  readonly votesTo: Float64Array;
  look(i: number): void;
}

/**
 * Finds partners between two lists: first where evidence is clear, in any order; then what stands between those, in
 * order; then what is left. Nodes that have a partner already stand aside.
 */
export function* alignLists(
  matching: Matching,
  givenX: readonly number[],
  givenY: readonly number[],
  pace: Pace,
): Generator<undefined, void> {
  const freeX = givenX.filter((node) => matching.mateA[node] === -1);
  const freeY = givenY.filter((node) => matching.mateB[node] === -1);
  if (freeX.length === 0 || freeY.length === 0 || isPlain(matching, freeX, freeY)) return;
  const { x, y, votes } = yield* expandWrappers(matching, freeX, freeY, pace);
  const lists = createLists(matching, x, y, votes);
  if (pace.spend(votes.to.length * 4 + x.length + y.length)) yield;
  pairClear(lists);
  if (pace.spend(4 * (x.length + y.length))) yield;
  const byOrder: (readonly [number, number])[] = [];
  for (const segment of segmentsOf(lists)) yield* pairInOrder(lists, segment, byOrder, pace);
  if (pace.spend(4 * (x.length + y.length))) yield;
  repairParallel(lists, byOrder);
  if (pace.spend(4 * (x.length + y.length))) yield;
  if (!isLeft(lists)) return;
  yield* pairLeftovers(lists, pace);
  if (!isLeft(lists)) return;
  if (pace.spend(x.length + y.length)) yield;
  pairGaps(lists);
}

/** Most lists are one span and one of the same name: nothing to choose. True = they are partners now. */
function isPlain(matching: Matching, freeX: readonly number[], freeY: readonly number[]): boolean {
  const [x, y] = [freeX[0]!, freeY[0]!];
  if (freeX.length > 1 || freeY.length > 1 || matching.a.label[x] !== matching.b.label[y] || matching.isForbidden(x, y))
    return false;
  const votes = countVotes(matching, freeX, freeY).weight[0] ?? 0;
  const inA = weightInA(matching, x);
  // What is inside may speak for something else: for a child of the other one, around which this came.
  if (inA > 0 && dice(votes, inA, weightInB(matching, y)) < 0.5) return false;
  if (scorePair(matching, x, y, votes) <= matching.floor) return false;
  matching.match(x, y, 'order');
  return true;
}

function createLists(matching: Matching, x: readonly number[], y: readonly number[], votes: ListVotes): Lists {
  const votesTo = new Float64Array(y.length);
  let looked = -1;
  return {
    matching,
    x,
    y,
    votes,
    votesTo,
    look(i) {
      if (looked === i) return;
      if (looked !== -1)
        for (let at = votes.start[looked]!; at < votes.start[looked + 1]!; at += 1) votesTo[votes.to[at]!] = 0;
      for (let at = votes.start[i]!; at < votes.start[i + 1]!; at += 1) votesTo[votes.to[at]!] = votes.weight[at]!;
      looked = i;
    },
  };
}

const isFreeX = ({ matching, x }: Lists, i: number): boolean => matching.mateA[x[i]!] === -1;
const isFreeY = ({ matching, y }: Lists, j: number): boolean => matching.mateB[y[j]!] === -1;

/** Whether both sides have somebody without a partner. */
const isLeft = (lists: Lists): boolean =>
  lists.x.some((_, i) => isFreeX(lists, i)) && lists.y.some((_, j) => isFreeY(lists, j));

function scoreOf({ matching, x, y, votesTo }: Lists, i: number, j: number): number {
  return matching.isForbidden(x[i]!, y[j]!) ? -9 : scorePair(matching, x[i]!, y[j]!, votesTo[j]!);
}

function pair({ matching, x, y }: Lists, i: number, j: number): void {
  matching.match(x[i]!, y[j]!, 'order');
}

/** Those that are each other's best, with enough evidence. */
function pairClear(lists: Lists): void {
  const { matching, x, y, votes } = lists;
  const best = bestOf(votes, x.length, y.length);
  for (let i = 0; i < x.length; i += 1) {
    const j = best.ofX[i]!;
    if (j === -1 || best.ofY[j] !== i || best.weightX[i]! < 1.5) continue;
    const nodeA = x[i]!;
    const nodeB = y[j]!;
    if (
      dice(best.weightX[i]!, weightInA(matching, nodeA), weightInB(matching, nodeB)) * damping(matching, nodeA, nodeB) <
      0.3
    )
      continue;
    lists.look(i);
    const score = scoreOf(lists, i, j);
    if (score >= 0.4) pair(lists, i, j);
  }
}

function damping({ a, b }: Matching, nodeA: number, nodeB: number): number {
  if (a.steady[nodeA] === b.steady[nodeB]) return 1;
  return a.kind[nodeA] === b.kind[nodeB] ? 0.8 : 0.5;
}

interface Segment {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What lies between the pairs that are in order, as places in the lists; only those without a partner. */
function segmentsOf(lists: Lists): readonly Segment[] {
  const { matching, x, y } = lists;
  const placeOfY = new Map(y.map((node, j) => [node, j]));
  const pairs: [number, number][] = [];
  for (let i = 0; i < x.length; i += 1) {
    const j = isFreeX(lists, i) ? undefined : placeOfY.get(matching.mateA[x[i]!]!);
    if (j !== undefined) pairs.push([i, j]);
  }
  const cuts = increasing(pairs.map(([, j]) => j)).map((at) => pairs[at]!);
  const segments: Segment[] = [];
  let fromX = 0;
  let fromY = 0;
  for (const [i, j] of [...cuts, [x.length, y.length] as const]) {
    const inX: number[] = [];
    const inY: number[] = [];
    for (; fromX < i; fromX += 1) if (isFreeX(lists, fromX)) inX.push(fromX);
    for (; fromY < j; fromY += 1) if (isFreeY(lists, fromY)) inY.push(fromY);
    if (inX.length > 0 && inY.length > 0) segments.push({ x: inX, y: inY });
    fromX = i + 1;
    fromY = j + 1;
  }
  return segments;
}

/**
 * Another name without any evidence is for the gaps that remain: here it would keep what is inside a wrapper from its
 * partner.
 */
function orderedScore(lists: Lists, i: number, j: number): number {
  const {
    matching: { a, b },
    x,
    y,
    votesTo,
  } = lists;
  return a.steady[x[i]!] !== b.steady[y[j]!] && votesTo[j] === 0 ? -9 : scoreOf(lists, i, j);
}

function* pairInOrder(
  lists: Lists,
  segment: Segment,
  made: (readonly [number, number])[],
  pace: Pace,
): Generator<undefined, void> {
  const { matching, x, y } = lists;
  const pairs = yield* alignInOrder(
    {
      rows: segment.x.length,
      columns: segment.y.length,
      row: (i) => lists.look(segment.x[i]!),
      score: (i, j) => orderedScore(lists, segment.x[i]!, segment.y[j]!),
      isAlike: (i, j) => matching.a.label[x[segment.x[i]!]!] === matching.b.label[y[segment.y[j]!]!],
    },
    matching.floor,
    pace,
  );
  for (let at = 0; at < pairs.length; at += 2) {
    const i = segment.x[pairs[at]!]!;
    const j = segment.y[pairs[at + 1]!]!;
    pair(lists, i, j);
    made.push([i, j]);
  }
}

/**
 * Order says nothing of spans that run side by side: where nothing but order made a pair of such, the same name and
 * shape come first, then a name that only one on either side has (`worker 3`), then the same shape.
 */
function repairParallel(lists: Lists, byOrder: readonly (readonly [number, number])[]): void {
  const { matching, x, y } = lists;
  const { a, b } = matching;
  const released = byOrder.filter(([i, j]) => {
    const nodeA = x[i]!;
    const nodeB = y[j]!;
    if (
      a.overlaps[nodeA] === 0 ||
      b.overlaps[nodeB] === 0 ||
      (a.shape[nodeA] === b.shape[nodeB] && a.exact[nodeA] === b.exact[nodeB])
    )
      return false;
    lists.look(i);
    return dice(lists.votesTo[j]!, weightInA(matching, nodeA), weightInB(matching, nodeB)) < 0.1;
  });
  if (released.length === 0) return;
  for (const [i, j] of released) unpair(lists, i, j);
  pairBy(lists, ({ shape, exact }, node) => hashPair(shape[node]!, exact[node]!));
  pairBy(lists, ({ label, exact }, node) => hashPair(label[node]!, exact[node]!), true);
  pairBy(lists, ({ shape }, node) => shape[node]!);
  for (const [i, j] of released) {
    if (!isFreeX(lists, i) || !isFreeY(lists, j)) continue;
    pair(lists, i, j);
  }
}

/** Pairs what has the same answer, the first with the first; `once` = only where nobody else of its side has it. */
function pairBy(lists: Lists, answer: (tree: SignedTree, node: number) => number, once = false): void {
  const { matching, x, y } = lists;
  const placesX = placesBy(
    x,
    (i) => isFreeX(lists, i),
    (node) => answer(matching.a, node),
  );
  const placesY = placesBy(
    y,
    (j) => isFreeY(lists, j),
    (node) => answer(matching.b, node),
  );
  for (const [value, ofX] of placesX) {
    const ofY = placesY.get(value) ?? [];
    if (once && (ofX.length > 1 || ofY.length > 1)) continue;
    for (let at = 0; at < ofX.length && at < ofY.length; at += 1) {
      lists.look(ofX[at]!);
      const score = scoreOf(lists, ofX[at]!, ofY[at]!);
      if (score > matching.floor) pair(lists, ofX[at]!, ofY[at]!);
    }
  }
}

function placesBy(
  list: readonly number[],
  isFree: (place: number) => boolean,
  answer: (node: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (let place = 0; place < list.length; place += 1) {
    if (!isFree(place)) continue;
    const value = answer(list[place]!);
    const known = places.get(value);
    if (known) known.push(place);
    else places.set(value, [place]);
  }
  return places;
}

/** Takes a pair back that was made last: what is below has not been looked at yet. */
function unpair({ matching, x, y }: Lists, i: number, j: number): void {
  matching.mateA[x[i]!] = -1;
  matching.mateB[y[j]!] = -1;
}

/** Of so many with the same label each is looked at; of more, as many that stand about where the other one does. */
const NEAREST = 48;

/** The same label elsewhere in the list: best first, the nearer the better. */
function* pairLeftovers(lists: Lists, pace: Pace): Generator<undefined, void> {
  const { matching, x, y } = lists;
  const ofY = placesBy(
    y,
    (j) => isFreeY(lists, j),
    (node) => matching.b.label[node]!,
  );
  if (ofY.size === 0) return;
  for (const [label, ofX] of placesBy(
    x,
    (i) => isFreeX(lists, i),
    (node) => matching.a.label[node]!,
  )) {
    const places = ofY.get(label);
    if (!places) continue;
    const chances: { readonly i: number; readonly j: number; readonly score: number }[] = [];
    for (const i of ofX) {
      lists.look(i);
      for (const j of nearest(places, (i * y.length) / x.length)) {
        const score = scoreOf(lists, i, j) - 0.02 * Math.abs(i / x.length - j / y.length);
        if (score >= Math.max(0.6, matching.floor)) chances.push({ i, j, score });
      }
      if (pace.spend(4 * Math.min(NEAREST, places.length))) yield;
    }
    chances.sort((one, other) => other.score - one.score || one.i - other.i || one.j - other.j);
    for (const { i, j } of chances) if (isFreeX(lists, i) && isFreeY(lists, j)) pair(lists, i, j);
  }
}

function nearest(places: readonly number[], to: number): readonly number[] {
  if (places.length <= NEAREST) return places;
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < to) low = middle + 1;
    else high = middle;
  }
  const from = Math.max(0, Math.min(places.length - NEAREST, low - NEAREST / 2));
  return places.slice(from, from + NEAREST);
}

/**
 * What is left between neighbours that belong together: wrappers that nothing but their inside shows, and new names.
 */
function pairGaps(lists: Lists): void {
  for (const { x: inX, y: inY } of segmentsOf(lists)) {
    const { matching, x, y } = lists;
    const nodesX = inX.map((i) => x[i]!);
    const nodesY = inY.map((j) => y[j]!);
    const around = wrappersByName(matching, nodesX, nodesY);
    if (around.x.size + around.y.size > 0) {
      matching.open.push({
        x: opened(matching.a, nodesX, around.x),
        y: opened(matching.b, nodesY, around.y),
        above: null,
      });
    } else {
      pairRenamed(lists, inX, inY);
    }
  }
}

/** In order, same kind; neighbours that belong together speak for them. */
function pairRenamed(lists: Lists, inX: readonly number[], inY: readonly number[]): void {
  const { matching, x, y } = lists;
  const near = (i: number, j: number, step: number): number => {
    const before = x[i + step];
    const other = y[j + step];
    return before === undefined
      ? Number(other === undefined)
      : Number(other !== undefined && matching.mateA[before] === other);
  };
  let from = 0;
  for (const i of inX) {
    lists.look(i);
    let best = -1;
    let most = Math.max(0.05, matching.floor);
    for (let at = from; at < inY.length && at < from + 50; at += 1) {
      const j = inY[at]!;
      if (!isFreeY(lists, j)) continue;
      const score = scoreOf(lists, i, j) + 0.25 * (near(i, j, -1) + near(i, j, 1));
      if (score > most) {
        most = score;
        best = at;
      }
    }
    if (best === -1) continue;
    pair(lists, i, inY[best]!);
    from = best + 1;
  }
}
