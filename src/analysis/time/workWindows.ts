import { kindCode } from '../../model/codes.ts';
import { isStep } from '../../model/build/steps.ts';
import type { Nanos } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { PLAIN_KINDS } from './plainKinds.ts';

/** Windows at most, and so how finely pauses are found: a thousandth of a trace is less than a pixel. */
const MOST = 1000;
/** Kinds that wait for their steps: what they do between these is not recorded. */
const WAITING: ReadonlySet<number> = new Set((['agent', 'chain'] as const).map(kindCode));

/**
 * When somebody worked, in order of start and overlapping: spans that have no children, and all others but those that
 * only hold steps together, which are agents, chains and what stands around them. In the pauses between these windows
 * nothing that works was recorded. Pauses shorter than a thousandth of the trace may be missing.
 *
 *     agent    |----------------------|
 *       llm    |---|
 *       tool                      |---|
 *     windows  |---|              |---|
 */
export const workWindows: PreparedAnswer<readonly (readonly [from: Nanos, to: Nanos])[]> = perTraceInSteps(
  function* (trace) {
    const { start, end, kind, parent, subtreeEnd } = trace.columns;
    const { spanCount } = trace;
    /** By index, whether there is anything but plain spans below. */
    const holds = new Uint8Array(spanCount);
    for (let index = spanCount - 1; index > 0; index -= 1) {
      if (isStep(index)) yield;
      if (parent[index] !== -1 && (holds[index] === 1 || !PLAIN_KINDS.has(kind[index]!))) holds[parent[index]!] = 1;
    }
    const from = new Float64Array(MOST).fill(Infinity);
    const to = new Float64Array(MOST);
    for (let index = 0; index < spanCount; index += 1) {
      if (isStep(index)) yield;
      const waits = WAITING.has(kind[index]!) || (holds[index] === 1 && PLAIN_KINDS.has(kind[index]!));
      if (waits && subtreeEnd[index]! > index + 1) continue;
      const place = Math.min(Math.floor((start[index]! / trace.end) * MOST) || 0, MOST - 1);
      from[place] = Math.min(from[place]!, start[index]!);
      to[place] = Math.max(to[place]!, Number.isNaN(end[index]!) ? trace.end : end[index]!);
    }
    const windows: (readonly [Nanos, Nanos])[] = [];
    for (let place = 0; place < MOST; place += 1)
      if (from[place] !== Infinity) windows.push([from[place]!, to[place]!]);
    return windows;
  },
);
