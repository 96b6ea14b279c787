import { criticalInterval, criticalStretches } from '../../analysis/criticalPath/criticalPath.ts';
import { mainRoot } from '../../analysis/criticalPath/walkBack.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Trace } from '../../model/types.ts';
import type { LoopRow } from '../rows/loopRows.ts';
import { rowTree } from '../rows/rowTree.ts';
import type { TimeScale } from '../time/timeScale.ts';

/** A row on screen. `open` = its children have rows of their own. */
export interface PlacedRow {
  readonly index: number;
  readonly open: boolean;
  /** The closed loop that the row stands for. */
  readonly loop?: LoopRow | undefined;
  readonly top: number;
}

/**
 * The critical path as lines, in pixels. Flat numbers, because there may be thousands: rails are `y, from, to`, steps
 * `x, from, to`.
 */
export interface CriticalLines {
  readonly rails: Float64Array;
  readonly steps: Float64Array;
}

const SHORTEST_RAIL = 2;
/** From the row's lower edge to the middle of its rail. */
const RAIL_ABOVE_EDGE = 3;
/** Beyond this many, steps are a grey wall and say nothing. */
const MOST_STEPS = 2000;

/**
 * Rails under the stretches in which the end of the trace waited for a row, and steps where the path goes on in another
 * row in sight. A closed row stands for all below it. Stretches less than a pixel apart become one rail, so a row costs
 * its pixels, not its spans.
 *
 *     root   ▬▬┊            ┊▬▬
 *       plan   ▬▬▬▬┊        ┊
 *       search     ▬▬▬▬▬▬▬▬▬┊
 */
export function createCriticalLines(
  trace: Trace,
): (rows: readonly PlacedRow[], scale: TimeScale, rowHeight: number) => CriticalLines {
  const known = new Map<number, Float64Array>();
  const { missingAt, parentOf } = rowTree(trace);
  const main = mainRoot(trace.columns);
  const ofLoops = new WeakMap<LoopRow, readonly number[]>();
  const stretches = ({ index, open, loop }: PlacedRow): ArrayLike<number> => {
    if (loop) {
      const all = ofLoops.get(loop) ?? criticalInLoop(trace, loop);
      ofLoops.set(loop, all);
      return all;
    }
    // A parent that is missing waits for nothing; closed it stands for those below it, of which the path is in one.
    if (missingAt(index)) return (!open && parentOf(main) === index && criticalInterval(trace, main)) || [];
    if (!open && trace.columns.subtreeEnd[index]! > index + 1) return criticalInterval(trace, index) ?? [];
    let own = known.get(index);
    if (!own) known.set(index, (own = criticalStretches(trace, index)));
    return own;
  };

  return (placed, scale, rowHeight) => {
    const { window, width } = scale;
    const rails: number[] = [];
    /**
     * Where the path leaves a row, by time; the row in which it goes on has a stretch that starts at the very same
     * number.
     */
    const left = new Map<number, number>();
    const entered: number[] = [];
    for (const row of together(placed, rowHeight)) {
      const times = stretches(row);
      const { top } = row;
      const y = top + rowHeight - RAIL_ABOVE_EDGE;
      // Pairs: from the first that the window shows the end of
      for (let i = lowerBound(times, window[0]) & ~1; i < times.length && times[i]! < window[1];) {
        const from = times[i]!;
        let last = i + 1;
        // All that begins less than a pixel behind the end so far belongs to the same rail.
        for (let end = -1; end !== last;) {
          end = last;
          last = Math.max(last, (lowerBound(times, scale.time(scale.x(times[last]!) + 1)) - 1) | 1);
        }
        const to = times[last]!;
        const x = Math.max(scale.x(from), 0);
        rails.push(y, Math.min(x, width - SHORTEST_RAIL), Math.min(Math.max(scale.x(to), x + SHORTEST_RAIL), width));
        if (from >= window[0]) entered.push(from, y);
        if (to <= window[1]) left.set(to, y);
        i = last + 1;
      }
    }
    return { rails: Float64Array.from(rails), steps: steps(left, entered, scale) };
  };
}

/** The stretches of all spans of a loop, in time; those that touch are one. */
function criticalInLoop(trace: Trace, { iterations }: LoopRow): readonly number[] {
  const all = iterations
    .flat()
    .map((index) => criticalInterval(trace, index))
    .filter((each) => each !== null)
    .sort((a, b) => a[0] - b[0]);
  const times: number[] = [];
  for (const [from, to] of all) {
    if (times.length > 0 && from <= times.at(-1)!) times[times.length - 1] = Math.max(to, times.at(-1)!);
    else times.push(from, to);
  }
  return times;
}

/** One step per pixel and pair of rows. */
function steps(left: ReadonlyMap<number, number>, entered: readonly number[], scale: TimeScale): Float64Array {
  const found: number[] = [];
  const drawn = new Set<string>();
  for (let i = 0; i < entered.length && found.length < MOST_STEPS * 3; i += 2) {
    const from = left.get(entered[i]!);
    const to = entered[i + 1]!;
    if (from === undefined || from === to) continue;
    const x = scale.x(entered[i]!);
    const key = `${Math.round(x)} ${Math.min(from, to)} ${Math.max(from, to)}`;
    if (drawn.has(key)) continue;
    drawn.add(key);
    found.push(x, Math.min(from, to), Math.max(from, to));
  }
  return Float64Array.from(found);
}

/**
 * The longest run of rows without a gap: the focused row stays mounted far out of sight, and no line shall go there.
 */
function together(placed: readonly PlacedRow[], rowHeight: number): readonly PlacedRow[] {
  const rows = placed.toSorted((a, b) => a.top - b.top);
  let best: readonly [number, number] = [0, 0];
  for (let from = 0, i = 1; i <= rows.length; i += 1) {
    if (i < rows.length && rows[i]!.top - rows[i - 1]!.top <= rowHeight * 1.5) continue;
    if (i - from > best[1] - best[0]) best = [from, i];
    from = i;
  }
  return rows.slice(...best);
}
