import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { isQuiet } from '../../layout/diff/notable.ts';

export type RowState = 'same' | 'changed' | 'added' | 'removed' | 'moved' | 'left' | 'unchanged' | 'loop';

/** What a row is, in one word: what moved says so first, as the rest of it can be seen in the row. */
export function stateOf(merged: MergedTrace, index: number): RowState {
  const { type } = merged.groups[index]!;
  if (type === 'loop') return loopState(merged, index);
  if (type !== 'row') return type;
  const row = merged.row(index)!;
  return row.moved ? 'moved' : row.op;
}

/** A loop is changed where anything in it is. */
function loopState(merged: MergedTrace, index: number): RowState {
  const { iterations } = merged.groups[index]!;
  if (iterations!.a !== iterations!.b) return 'changed';
  const { subtreeEnd } = merged.columns;
  // What is unchanged stands in runs, or is closed.
  for (let at = index + 1; at < subtreeEnd[index]!; at = subtreeEnd[at]!)
    if (merged.groups[at]!.type === 'row' && !merged.groups[at]!.closed) return 'changed';
  return 'loop';
}

/** Whether a row is where a reader who goes from change to change stops: it says something by itself. */
export function isChange(merged: MergedTrace, index: number): boolean {
  const { type } = merged.groups[index]!;
  return type === 'row' && !isQuiet(merged.row(index)!, merged.columns.subtreeEnd[index]! > index + 1);
}

/**
 * The next row that says something, from an index on in a direction, around the ends; -1 = there is none. Sums that
 * follow from a change below are no change of their own.
 */
export function nextChange(merged: MergedTrace, from: number, by: 1 | -1): number {
  const { spanCount } = merged;
  for (let step = 1; step <= spanCount; step += 1) {
    const index = (((from + step * by) % spanCount) + spanCount) % spanCount;
    if (isChange(merged, index)) return index;
  }
  return -1;
}
