import { isStep } from '../../model/build/steps.ts';
import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import type { Steps } from '../steps.ts';
import { CALLS, CROSSINGS, measure, repeatedSpans, reportingSpans, type Measure, type Rows } from './countOnce.ts';

/** What of a trace's amounts counts, per measure, by the rule of `ledger`. All sums are sums of this. */
export interface Counting {
  readonly rows: Rows;
  readonly tokens: Measure;
  readonly money: Measure;
  /** Indices of the calls of models, in pre-order. */
  readonly calls: Uint32Array;
}

export const counting: PreparedAnswer<Counting> = perTraceInSteps(function* (trace) {
  const rows = yield* reportingSpans(trace);
  return {
    rows,
    tokens: yield* measure(trace, rows, ({ usage }) => usage?.total ?? null),
    money: yield* measure(trace, rows, ({ cost }) => cost && (cost.total ?? Number.NaN)),
    calls: yield* modelCalls(trace),
  };
});

const RERANKER = kindCode('reranker');

/**
 * The indices of model calls: llm and embedding spans that do not merely wrap another one, and rerankers that report an
 * amount (most count no tokens at all, and would make every total look incomplete).
 */
function* modelCalls(trace: Trace): Steps<Uint32Array> {
  const {
    columns: { parent, kind, amounts },
    spanCount,
  } = trace;
  const repeated = yield* repeatedSpans(trace);
  const isWrapper = new Uint8Array(spanCount);
  const calls: number[] = [];
  for (let index = spanCount - 1; index >= 0; index -= 1) {
    if (isStep(index)) yield;
    if (!CALLS.has(kind[index]!) || repeated(index) || (kind[index] === RERANKER && amounts[index] === -1)) continue;
    if (isWrapper[index] === 0) calls.push(index);
    for (
      let above = parent[index]!;
      above !== -1 && !CROSSINGS.has(kind[above]!) && isWrapper[above] === 0;
      above = parent[above]!
    )
      isWrapper[above] = 1;
  }
  return Uint32Array.from(calls.reverse());
}
