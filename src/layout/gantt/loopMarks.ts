import type { Trace } from '../../model/types.ts';
import type { TimeScale } from '../time/timeScale.ts';
import { loopFacts } from '../rows/loopFacts.ts';
import type { LoopRow } from '../rows/loopRows.ts';
import { clip, type Mark } from './ganttMarks.ts';

/** Pixels between iterations, and the least that one is wide. */
const GAP = 1;
const SMALLEST = 2;

/**
 * The timeline of a closed loop: one segment per iteration. Those that would stand less than a pixel apart and be too
 * narrow to tell become one, so a loop costs its pixels, however often it turned; where one of them failed, that shows.
 */
export function loopMarks(trace: Trace, loop: LoopRow, scale: TimeScale): readonly Mark[] {
  const marks: { type: 'turn' | 'turnError'; x: number; width: number }[] = [];
  for (const { start, end, failed } of loopFacts(trace, loop).iterations) {
    const bar = clip(start, end, scale, SMALLEST);
    if (!bar) continue;
    const type = failed > 0 ? 'turnError' : 'turn';
    const before = marks.at(-1);
    const right = before ? before.x + before.width : -Infinity;
    const isCrowded = before !== undefined && bar.x < right + GAP;
    if (!isCrowded) {
      marks.push({ type, ...bar });
      continue;
    }
    // Iterations that follow at once: the gap is taken from the earlier one.
    if (before.x + SMALLEST + GAP <= bar.x) {
      before.width = bar.x - GAP - before.x;
      marks.push({ type, ...bar });
      continue;
    }
    before.width = Math.max(right, bar.x + bar.width) - before.x;
    if (failed > 0) before.type = 'turnError';
  }
  const { start, end } = loopFacts(trace, loop);
  return end > scale.window[1] && start < scale.window[1]
    ? [...marks, { type: 'onward', x: scale.width, width: 0 }]
    : marks;
}
