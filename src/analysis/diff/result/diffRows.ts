import type { SpanKey } from '../../../model/types.ts';
import { iterationNumbers } from '../../foldLoops.ts';
import { factsOf, type Alignment } from '../match/alignment.ts';
import { createDeltas } from './deltas.ts';
import { mergeTrees } from './mergedTree.ts';
import { movesOf } from './moves.ts';
import { lastAttempts } from './retries.ts';
import type { DiffOp, DiffRow } from '../types.ts';

/**
 * The rows, and what else is asked of them: nodes of either side (0 = none), the row above (-1 = none). Arrays are by
 * row.
 */
export interface RowTable {
  readonly rows: readonly DiffRow[];
  readonly nodeA: Int32Array;
  readonly nodeB: Int32Array;
  readonly above: Int32Array;
  /** Whether a mask hides if a text of the row is the same. */
  readonly masked: boolean;
}

type ChildCounts = { added: number; removed: number; changed: number; moved: number };
const NONE: DiffRow['childCounts'] = Object.freeze({ added: 0, removed: 0, changed: 0, moved: 0 });
const NO_FACTS: DiffRow['changed'] = Object.freeze([]) as DiffRow['changed'];
const ROWS_AT_ONCE = 512;

/** Yields after some hundred rows. */
export function* diffRows(
  alignment: Alignment,
  keysA: readonly SpanKey[],
  keysB: readonly SpanKey[],
): Generator<undefined, RowTable> {
  const { a, b, mateA, mateB } = alignment;
  const { members, depth, above } = mergeTrees(alignment);
  yield;
  const moves = movesOf(alignment);
  yield;
  const deltas = yield* createDeltas(a, b);
  yield;
  const retriesA = lastAttempts(a);
  const retriesB = lastAttempts(b);
  yield;
  const turnsA = iterationNumbers(a.trace);
  yield;
  const turnsB = iterationNumbers(b.trace);
  yield;
  const nodeA = new Int32Array(members.length);
  const nodeB = new Int32Array(members.length);
  const keyOfRow = (ofA: number, ofB: number): string => (ofB === 0 ? `a:${keysA[ofA]}` : `b:${keysB[ofB]}`);
  const retryOf = (ofA: number, ofB: number): string | undefined => {
    const lastB = ofB === 0 ? 0 : retriesB[ofB]!;
    if (lastB !== 0) return `retry ${keyOfRow(0, lastB)}`;
    const lastA = ofA === 0 ? 0 : retriesA[ofA]!;
    return lastA === 0 ? undefined : `retry ${keyOfRow(lastA, Math.max(0, mateA[lastA]!))}`;
  };
  const parentKey = (keys: readonly SpanKey[], parent: number): SpanKey | null => (parent === 0 ? null : keys[parent]!);
  const rows: (DiffRow & { childCounts: DiffRow['childCounts'] })[] = [];
  let masked = false;
  for (let row = 0; row < members.length; row += 1) {
    const member = members[row]!;
    const ofB = member < b.size ? member : 0;
    const ofA = ofB === 0 ? member - b.size : Math.max(0, mateB[ofB]!);
    nodeA[row] = ofA;
    nodeB[row] = ofB;
    const facts = ofA > 0 && ofB > 0 ? factsOf(alignment, ofA, ofB) : null;
    masked ||= facts?.masked === true;
    const changed = facts?.changed ?? NO_FACTS;
    const paired: DiffOp = changed.length > 0 ? 'changed' : 'same';
    const single: DiffOp = ofA === 0 ? 'added' : 'removed';
    const made: { -readonly [Field in keyof DiffRow]: DiffRow[Field] } = {
      key: keyOfRow(ofA, ofB),
      depth: depth[row]!,
      a: ofA === 0 ? null : keysA[ofA]!,
      b: ofB === 0 ? null : keysB[ofB]!,
      op: facts ? paired : single,
      changed,
      childCounts: NONE,
      deltas: deltas(ofA, ofB),
    };
    if (facts && (moves.moved[ofA] === 1 || moves.reordered[ofA] === 1)) {
      made.moved = {
        from: parentKey(keysA, a.parent[ofA]!),
        to: parentKey(keysB, b.parent[ofB]!),
        reordered: moves.moved[ofA] === 0,
      };
    }
    if (!facts && (ofA === 0 ? moves.wrapsB[ofB] : moves.wrapsA[ofA]) === 1)
      made.wrapped = ofA === 0 ? 'added' : 'removed';
    if (changed.includes('name'))
      made.renamed = { from: a.trace.span(a.first + ofA - 1).name, to: b.trace.span(b.first + ofB - 1).name };
    const retry = retryOf(ofA, ofB);
    if (retry !== undefined) made.retry = retry;
    const turnA = ofA === 0 ? 0 : turnsA[a.first + ofA - 1]!;
    const turnB = ofB === 0 ? 0 : turnsB[b.first + ofB - 1]!;
    if (turnA > 0 || turnB > 0) made.iteration = { a: turnA || null, b: turnB || null };
    rows.push(made);
    if (row % ROWS_AT_ONCE === 0) yield;
  }
  countBelow(rows, above);
  return { rows, nodeA, nodeB, above, masked };
}

/** Adds each row to the counts of those above it, from the last row up. */
function countBelow(rows: readonly (DiffRow & { childCounts: DiffRow['childCounts'] })[], above: Int32Array): void {
  const counts: (ChildCounts | undefined)[] = [];
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    const own = counts[row];
    const made = rows[row] as { childCounts: DiffRow['childCounts'] } & DiffRow;
    if (own) made.childCounts = own;
    const parent = above[row]!;
    if (parent === -1 || (!own && made.op === 'same' && !made.moved)) continue;
    const sum = (counts[parent] ??= { added: 0, removed: 0, changed: 0, moved: 0 });
    if (own) for (const name of ['added', 'removed', 'changed', 'moved'] as const) sum[name] += own[name];
    if (made.op !== 'same') sum[made.op] += 1;
    if (made.moved) sum.moved += 1;
  }
}
