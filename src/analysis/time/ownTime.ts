import { isStep } from '../../model/build/steps.ts';
import { endOf } from '../../model/endOf.ts';
import type { Trace } from '../../model/types.ts';
import { CALLS } from '../amounts/countOnce.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import { PLAIN_KINDS } from './plainKinds.ts';
import { selfTime } from './selfTime.ts';

const NONE = -1;

/**
 * The one rule for calls of models whose client is traced too: a call counts with the requests of its client. By index,
 * the call that a span counts with: the call itself, and each span inside it; -1 = it counts for itself. It holds for a
 * call of a model (llm, embedding, reranker) inside which nothing but plain spans (http, rpc, db, messaging, unnamed
 * kinds) is recorded. Such a call does not wait for a step of the application: the model works while the request is
 * under way. So its bar is solid, its own time is its length, the critical path that runs through its request runs on
 * it, and `T` stops at the call and not at the request.
 *
 *     llm chat      5-----60     own time 55
 *       POST /v1     6----59     counts with the call: none of its own
 */
export const countsWith: PreparedAnswer<Int32Array> = perTraceInSteps(function* (trace) {
  const calls = new Int32Array(trace.spanCount).fill(NONE);
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    if (holdsPlain(trace, index)) calls.fill(index, index, trace.columns.subtreeEnd[index]);
  }
  return calls;
});

/** Whether a span is a call of a model that counts with what is inside it. Of one span that takes no look at others. */
export function isWholeCall(trace: Trace, index: number): boolean {
  const calls = countsWith.known(trace);
  return calls ? calls[index] === index : holdsPlain(trace, index);
}

/** A call inside another one is not plain: no span is in two. */
const holdsPlain = ({ columns: { kind, subtreeEnd } }: Trace, index: number): boolean =>
  CALLS.has(kind[index]!) && kind.subarray(index + 1, subtreeEnd[index]).every((code) => PLAIN_KINDS.has(code));

/**
 * By index, the Nanos that a span worked itself: `selfTime`, but for calls of models by the rule of `countsWith`: the
 * whole length for the call, none for the requests inside it.
 */
export const ownTime: PreparedAnswer<Float64Array> = perTraceInSteps(function* (trace) {
  const own = (yield* selfTime.inSteps(trace)).slice();
  const calls = yield* countsWith.inSteps(trace);
  const { start } = trace.columns;
  for (let index = 0; index < own.length; index += 1) {
    if (isStep(index)) yield;
    if (calls[index] !== NONE)
      own[index] = calls[index] === index ? Math.max(0, endOf(trace, index) - start[index]!) : 0;
  }
  return own;
});
