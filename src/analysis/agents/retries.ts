import { ERROR_STATUS } from '../../model/codes.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { isOverAt, knownEnds } from '../criticalPath/knownEnds.ts';
import { askedText } from '../diff/signs/recordedTexts.ts';
import { errors } from '../errors.ts';
import { perTrace } from '../memo.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import type { StepsOptions } from '../steps.ts';
import { stepLabels } from './stepLabels.ts';

/** A step that failed and was tried again with the same input. */
export interface Retries {
  /** The attempts in their order, two or more; all but the last failed. */
  readonly attempts: readonly SpanKey[];
  /** Whether the last one did not fail. */
  readonly worked: boolean;
}

/** A next try comes among so many siblings, or is none. */
const WITHIN = 64;
/** Of more failed spans the first are looked at. */
const FAILED_AT_MOST = 2000;

/**
 * By the index of a failed span, the later siblings of the same name that began when it was over: what may be its next
 * try, by the envelope alone.
 */
export const laterTries: (trace: Trace) => ReadonlyMap<number, readonly number[]> = perTrace((trace) => {
  const { parent, subtreeEnd, start } = trace.columns;
  const labels = stepLabels(trace);
  const ends = knownEnds(trace);
  const found = new Map<number, readonly number[]>();
  for (const index of errors(trace).subarray(0, FAILED_AT_MOST)) {
    const above = parent[index]!;
    const end = above === -1 ? trace.spanCount : subtreeEnd[above]!;
    const later: number[] = [];
    let next = subtreeEnd[index]!;
    for (let seen = 0; next < end && seen < WITHIN; seen += 1, next = subtreeEnd[next]!)
      if (labels[next] === labels[index] && isOverAt(start[next]!, start[index]!, ends[index]!)) later.push(next);
    if (later.length > 0) found.set(index, later);
  }
  return found;
});

/**
 * Steps that failed and were tried again: siblings of one name, one after the other, with the same input, of which all
 * but the last failed. Where no input can be read, the next try is the very next sibling. A next try is looked for
 * among 64 siblings, and for the first 2,000 failed spans of a trace. Reads the contents of these spans, in slices.
 * Rejects with the reason of the signal when aborted.
 */
export async function retries(trace: Trace, { signal }: StepsOptions = {}): Promise<readonly Retries[]> {
  signal?.throwIfAborted();
  const { status, subtreeEnd } = trace.columns;
  const yieldTurn = createTimeSlices({ signal });
  const known = new Map<number, string | null>();
  const askedOf = async (index: number): Promise<string | null> => {
    if (!known.has(index)) {
      await yieldTurn();
      const content = await contentOf(trace, index);
      known.set(index, content && (askedText(content) || null));
    }
    return known.get(index)!;
  };
  const next = new Map<number, number>();
  const isNext = new Set<number>();
  for (const [index, later] of laterTries(trace)) {
    const asked = await askedOf(index);
    for (const each of later) {
      if (isNext.has(each)) continue;
      const again = await askedOf(each);
      if (asked === null || again === null ? each !== subtreeEnd[index] : asked !== again) continue;
      next.set(index, each);
      isNext.add(each);
      break;
    }
  }
  const found: Retries[] = [];
  for (const first of next.keys()) {
    if (isNext.has(first)) continue;
    const attempts = [first];
    for (let each = next.get(first); each !== undefined; each = next.get(each)) attempts.push(each);
    found.push({
      attempts: attempts.map((index) => trace.span(index).key),
      worked: status[attempts.at(-1)!] !== ERROR_STATUS,
    });
  }
  return found;
}
