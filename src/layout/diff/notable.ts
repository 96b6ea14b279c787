import { NOISE } from '../../analysis/diff/result/changes.ts';
import type { Delta, DiffRow } from '../../analysis/diff/types.ts';
import { ownValue } from '../../model/ownValue.ts';

/** Whether a difference is more than noise: of times in nanoseconds, or of tokens and cost. Unknown ones are not. */
export function isNotable(measure: string, delta: Delta | undefined): boolean {
  if (!delta || delta.delta === null || delta.delta === 0) return false;
  const larger = Math.max(Math.abs(delta.a ?? 0), Math.abs(delta.b ?? 0));
  return measure === 'duration' || measure === 'selfTime'
    ? Math.abs(delta.delta) > Math.max(NOISE.nanos, NOISE.duration * larger)
    : Math.abs(delta.delta) > NOISE.amount * larger;
}

const OWN = ['selfTime'];
const ALL = ['selfTime', 'tokens', 'cost'];

/**
 * Whether a row says nothing by itself: no other facts or place, and own time and amounts differ by no more than noise.
 * Amounts of a `parent` are those of what is inside it.
 */
export const isQuiet = ({ op, moved, deltas, retry }: DiffRow, parent: boolean): boolean =>
  op === 'same' &&
  moved === undefined &&
  retry === undefined &&
  !(parent ? OWN : ALL).some((measure) => isNotable(measure, ownValue(deltas, measure)));
