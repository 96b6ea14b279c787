import type { DiffRow, TraceSide } from '../../analysis/diff/types.ts';
import { endOf } from '../../model/endOf.ts';
import { placed, type Placed } from '../time/stepPlaces.ts';
import type { Nanos, Trace } from '../../model/types.ts';

/**
 * Where the bars of both sides begin: both sides at the left (`trace`), each span of A where its partner in B begins
 * (`span`: what became slower, not what was only pushed back), or all of B behind all of A (`apart`).
 */
export type DiffAlignment = 'trace' | 'span' | 'apart';

/** Two bars for each row: start and end of A, then of B, in nanoseconds of the shown axis; NaN where there is none. */
export interface PlacedTimes {
  readonly bars: Float64Array;
  /** What B was moved by. */
  readonly shift: Nanos;
}

/** What one side is about, and where its time begins. */
export interface DiffSide {
  readonly trace: Trace;
  /** Where its spans stand on the axis. */
  readonly places: Placed;
  readonly origin: Nanos;
  readonly end: Nanos;
  readonly spanCount: number;
}

/** `inSteps`: neither side has a clock, so both stand at their steps. */
export function sideOf(given: TraceSide, inSteps: boolean): DiffSide {
  const trace = 'trace' in given ? given.trace : given;
  const span = 'trace' in given ? trace.find(given.key) : undefined;
  const places = inSteps ? placed(trace) : trace;
  return span
    ? {
        trace,
        places,
        origin: places.columns.start[span.index]!,
        end: endOf(places, span.index),
        spanCount: span.descendantCount + 1,
      }
    : { trace, places, origin: 0, end: places.end, spanCount: trace.spanCount };
}

export function placeTimes(
  rows: readonly DiffRow[],
  indicesA: Int32Array,
  indicesB: Int32Array,
  a: DiffSide,
  b: DiffSide,
  alignment: DiffAlignment,
): PlacedTimes {
  const bars = new Float64Array(rows.length * 4).fill(Number.NaN);
  const shift = alignment === 'apart' ? behind(a.end - a.origin, b.end - b.origin) : 0;
  for (let row = 0; row < rows.length; row += 1) {
    const [atA, atB] = [indicesA[row]!, indicesB[row]!];
    const startB = atB === -1 ? Number.NaN : b.places.columns.start[atB]! - b.origin + shift;
    if (atB !== -1) {
      bars[row * 4 + 2] = startB;
      bars[row * 4 + 3] = endOf(b.places, atB) - b.origin + shift;
    }
    if (atA === -1) continue;
    const startA = a.places.columns.start[atA]! - a.origin;
    const begin = alignment === 'span' && atB !== -1 ? startB : startA;
    bars[row * 4] = begin;
    bars[row * 4 + 1] = begin + endOf(a.places, atA) - a.origin - startA;
  }
  return { bars, shift };
}

/** A round time behind A, so that the marks of the axis fall on round times of B too. */
function behind(lengthA: Nanos, lengthB: Nanos): Nanos {
  const length = Math.max(lengthA, lengthB, 1);
  const step = 10 ** Math.floor(Math.log10(length));
  return Math.ceil((lengthA * 1.04) / step) * step || step;
}
