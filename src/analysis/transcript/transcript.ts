import { createTimeSlices } from '../../model/timeSlices.ts';
import type { Trace } from '../../model/types.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import type { StepsOptions } from '../steps.ts';
import type { Transcript, TranscriptLine } from './types.ts';
import { Walk } from './walk.ts';

export interface TranscriptOptions extends StepsOptions {
  /** Told from time to time how far it is, 0 … 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * A trace as one conversation, in the order of the trace: what was asked, what models answered, what tools gave back,
 * sub-agents where they were sent off. What a call repeats of earlier ones is not repeated here; a call of a tool, the
 * span that ran it and its result are one line; what went wrong stands where it happened. The same trace gives the same
 * lines. Reads each content once, in slices between which the page gets its turn; masked as contents are. Rejects with
 * the reason of the signal when aborted. A content that cannot be had says nothing.
 */
export async function transcript(trace: Trace, { signal, onProgress }: TranscriptOptions = {}): Promise<Transcript> {
  const yieldTurn = createTimeSlices({ signal });
  const walk = new Walk(trace);
  for (let index = 0; index < trace.spanCount; index += 1) {
    walk.leaveUntil(index);
    const steps = walk.enter(index, walk.speaks(index) ? await contentOf(trace, index) : null);
    for (let step = steps.next(); ; step = steps.next()) {
      const turn = yieldTurn();
      if (turn) {
        onProgress?.(index / trace.spanCount);
        await turn;
      }
      if (step.done === true) break;
    }
  }
  walk.leaveUntil(trace.spanCount);
  return { lines: walk.lines, lineOf: createLineOf(trace, walk.lines) };
}

function createLineOf(trace: Trace, lines: readonly TranscriptLine[]): Transcript['lineOf'] {
  const at = new Int32Array(trace.spanCount).fill(-1);
  for (const [place, { index, own }] of lines.entries())
    if (at[index] === -1 || (own && !lines[at[index]!]!.own)) at[index] = place;
  const { parent } = trace.columns;
  for (let index = 0; index < at.length; index += 1)
    if (at[index] === -1 && parent[index]! >= 0) at[index] = at[parent[index]!]!;
  return (index) => at[index] ?? -1;
}
