import { isStep } from '../../model/build/steps.ts';
import type { Nanos } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/**
 * By index, when a span ended as far as anything shows. An open span whose ancestors are all open still runs and
 * reaches to the last instant known. An open span below one that ended has lost its end: it is believed to have lasted
 * as long as what it holds.
 */
export const knownEnds: PreparedAnswer<Float64Array> = perTraceInSteps(function* (trace) {
  const { parent, start, end } = trace.columns;
  if (!end.some(Number.isNaN)) return end;
  const ends = end.slice();
  const runs = new Uint8Array(ends.length);
  for (let index = 0; index < ends.length; index += 1) {
    if (isStep(index)) yield;
    if (!Number.isNaN(ends[index]!) || (parent[index] !== -1 && runs[parent[index]!] === 0)) continue;
    runs[index] = 1;
    ends[index] = trace.end;
  }
  const lastBelow = new Float64Array(ends.length).fill(-Infinity);
  for (let index = ends.length - 1; index >= 0; index -= 1) {
    if (isStep(index)) yield;
    if (Number.isNaN(ends[index]!)) ends[index] = Math.max(start[index]!, lastBelow[index]!);
    const above = parent[index]!;
    if (above !== -1 && ends[index]! > lastBelow[above]!) lastBelow[above] = ends[index]!;
  }
  return ends;
});

/**
 * Recorded ends may lie this much too late, in nanoseconds: the OpenTelemetry SDK for JavaScript takes a span's start
 * from a clock of whole milliseconds and its length from a finer one, and many exports round to milliseconds. Steps
 * that follow each other then seem to overlap, and calls to outlive their callers.
 */
const ROUNDING: Nanos = 1e6;

/**
 * From when on a span counts as over: from its end, or so shortly before (and most of it lies before that) that clocks
 * explain it.
 */
export const overFrom = (start: Nanos, end: Nanos): Nanos => end - Math.max(0, Math.min(ROUNDING, (end - start) / 2));

/**
 * Whether a span counts as over at an instant: it ended by then, or so shortly after (and most of it lies before) that
 * clocks explain it.
 */
export const isOverAt = (instant: Nanos, start: Nanos, end: Nanos): boolean =>
  end <= instant || end - instant <= Math.min(ROUNDING, (end - start) / 2);
