import { ERROR_STATUS } from '../../model/codes.ts';
import { clip, type GanttLayout, type Mark, type MarkType } from '../gantt/ganttMarks.ts';
import type { MergedTrace } from './mergedTrace.ts';

const SMALLEST = 2;
/** Iterations nearer to each other than this are one stretch. */
const TURN_GAP = 1;
const TURNS_AT_MOST = 400;

/** The bars of a pair: A above, B below. A closed loop shows its iterations instead. */
export function createPairLayout(merged: MergedTrace): GanttLayout {
  const { bars, columns, groups } = merged;
  /** An iteration that the other side does not have is hatched in A, hollow in B. */
  const turnOf = (index: number, side: 0 | 2): MarkType => {
    const isAlone = Number.isNaN(bars[index * 4 + 2 - side]!);
    if (side === 0) return isAlone ? 'removed' : 'turnA';
    return isAlone ? 'afterWait' : 'turnB';
  };
  return {
    withoutEvents: true,
    marks(index, open, scale) {
      const marks: Mark[] = [];
      const add = (type: MarkType, from: number, to: number): void => {
        if (Number.isNaN(from)) return;
        const bar = clip(from, Number.isNaN(to) ? from : to, scale, SMALLEST);
        if (bar) marks.push(to > scale.window[1] ? { type, ...bar, fades: true } : { type, ...bar });
      };
      const [startA, endA, startB, endB] = bars.subarray(index * 4, index * 4 + 4);
      const { type, iterations } = groups[index]!;
      if (type === 'left') {
        add('left', startA!, endA!);
        return marks;
      }
      if (iterations && !open) {
        turns(0);
        turns(2);
        return marks;
      }
      const isParent = columns.subtreeEnd[index]! > index + 1;
      const row = merged.row(index);
      if (row?.b === null) add('removed', startA!, endA!);
      else add(isParent ? 'beforeWait' : 'before', startA!, endA!);
      const failed = columns.status[index] === ERROR_STATUS;
      if (failed && row?.b !== null) add('afterError', startB!, endB!);
      else add(isParent ? 'afterWait' : 'after', startB!, endB!);
      return marks;

      function turns(side: 0 | 2): void {
        let [shown, from, to]: [MarkType | null, number, number] = [null, Number.NaN, Number.NaN];
        for (const at of merged.turns(index)) {
          const [start, end] = [bars[at * 4 + side]!, bars[at * 4 + side + 1]!];
          if (Number.isNaN(start)) continue;
          const mark = turnOf(at, side);
          const apart = scale.x(start) - scale.x(from);
          // Too near to be told apart: drawn as one.
          if (mark === shown && (apart < SMALLEST + TURN_GAP || marks.length >= TURNS_AT_MOST)) {
            to = Math.max(to, end);
            continue;
          }
          if (shown) add(shown, from, to);
          [shown, from, to] = [mark, start, end];
        }
        if (shown) add(shown, from, to);
      }
    },
  };
}
