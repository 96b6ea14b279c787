import { SPAN_STATUSES } from '../../../model/codes.ts';
import type { SpanKey, SpanStatus } from '../../../model/types.ts';
import { confidences } from './confidence.ts';
import type { Matching } from './matching.ts';
import type { SignedTree } from '../signs/signTree.ts';
import { textEquality, type TextEquality } from '../signs/textEquality.ts';
import type { ChangedFact, DiffPair, PairReason } from '../types.ts';

/** What became of what, with the sides as they were given. Arrays are by node of that side. */
export interface Alignment {
  readonly a: SignedTree;
  readonly b: SignedTree;
  readonly mateA: Int32Array;
  readonly mateB: Int32Array;
  /** By node of a. */
  readonly confidence: Float32Array;
  readonly reason: readonly (PairReason | undefined)[];
  readonly areUnrelated: boolean;
  /** Whether b was looked at first. */
  readonly turned: boolean;
}

export function alignmentOf(matching: Matching, turned: boolean): Alignment {
  const { a, b, mateA, mateB, areUnrelated } = matching;
  const sure = confidences(matching);
  const why = Array.from({ length: a.size }, (_, node) =>
    mateA[node] === -1 ? undefined : reasonOf(matching, node, mateA[node]!),
  );
  if (!turned) return { a, b, mateA, mateB, confidence: sure, reason: why, areUnrelated, turned };
  const confidence = new Float32Array(b.size);
  const reason: (PairReason | undefined)[] = Array.from({ length: b.size }, () => undefined);
  for (let node = 0; node < b.size; node += 1) {
    const mate = mateB[node]!;
    if (mate === -1) continue;
    confidence[node] = sure[mate]!;
    reason[node] = why[mate];
  }
  return { a: b, b: a, mateA: mateB, mateB: mateA, confidence, reason, areUnrelated, turned };
}

function reasonOf({ a, b, links, reason }: Matching, node: number, mate: number): PairReason {
  if (reason[node] !== 'order') return reason[node]!;
  if (a.steady[node] !== b.steady[mate]) return 'rename';
  const sameInput = a.inKey[node] !== 0 && a.inKey[node] === b.inKey[mate];
  const sameOutput = a.outKey[node] !== 0 && a.outKey[node] === b.outKey[mate];
  if (sameInput || sameOutput || (links.to[node] === mate && (a.inKey[node] !== 0 || a.outKey[node] !== 0)))
    return 'content';
  return a.end[node]! > node + 1 && a.shape[node] === b.shape[mate] ? 'shape' : 'order';
}

export const keyOf = ({ trace, first }: SignedTree, node: number): SpanKey => trace.span(first + node - 1).key;

export function pairsOf(
  { a, b, mateA, confidence, reason }: Alignment,
  keysA: readonly SpanKey[],
  keysB: readonly SpanKey[],
): DiffPair[] {
  const pairs: DiffPair[] = [];
  for (let node = 1; node < a.size; node += 1) {
    const mate = mateA[node]!;
    if (mate > 0 && mate < b.size)
      pairs.push({
        a: keysA[node]!,
        b: keysB[mate]!,
        confidence: Math.round(confidence[node]! * 1000) / 1000,
        by: reason[node]!,
      });
  }
  return pairs;
}

/** By node. */
export const keysOf = (tree: SignedTree): SpanKey[] =>
  Array.from({ length: tree.size }, (_, node) => (node === 0 ? '' : keyOf(tree, node)));

/** What of a pair differs; `masked` where a mask hides whether it does. */
export interface PairFacts {
  readonly changed: readonly ChangedFact[];
  readonly masked: boolean;
}

const NOTHING: PairFacts = { changed: [], masked: false };

export function factsOf({ a, b }: Alignment, node: number, mate: number): PairFacts {
  const input = equality(a, node, 'input', b, mate);
  const output = equality(a, node, 'output', b, mate);
  const models = [a, b].map(
    ({ trace: { columns }, first }, side) => columns.strings[columns.model[first + (side === 0 ? node : mate) - 1]!]!,
  );
  const changed: ChangedFact[] = [];
  if (a.steady[node] !== b.steady[mate]) changed.push('name');
  if (a.kind[node] !== b.kind[mate]) changed.push('kind');
  if (outcome(a, node) !== outcome(b, mate)) changed.push('status');
  if (models[0] !== models[1] && models[0] !== '' && models[1] !== '') changed.push('model');
  if (input === 'different') changed.push('input');
  if (output === 'different') changed.push('output');
  const masked = input === 'unknown' || output === 'unknown';
  return changed.length === 0 && !masked ? NOTHING : { changed, masked };
}

function equality(a: SignedTree, node: number, field: 'input' | 'output', b: SignedTree, mate: number): TextEquality {
  const x = a.texts[field][a.first + node - 1] ?? '';
  const y = b.texts[field][b.first + mate - 1] ?? '';
  return x === '' && y === '' ? 'equal' : textEquality(x, y);
}

/** Who says nothing of the outcome has not failed. */
const outcome = ({ trace: { columns }, first }: SignedTree, node: number): SpanStatus => {
  const status = SPAN_STATUSES[columns.status[first + node - 1]!]!;
  return status === 'unset' ? 'ok' : status;
};
