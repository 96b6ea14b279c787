import { ERROR_STATUS } from '../../model/codes.ts';
import { endOf } from '../../model/endOf.ts';
import { isStep } from '../../model/build/steps.ts';
import type { Trace } from '../../model/types.ts';
import { counting } from '../amounts/counting.ts';
import { countedAmounts, subtreeAmounts } from '../amounts/subtreeAmounts.ts';
import type { Steps } from '../steps.ts';
import { ownTime } from '../time/ownTime.ts';
import type { GraphAmounts } from './types.ts';

/** Amounts of calls by index of the span, NaN = unknown. `own` is with all in the call that is in no call below it. */
export interface CallAmounts {
  readonly ownTime: Float64Array;
  readonly ownTokens: Float64Array;
  readonly ownCost: Float64Array;
  readonly tokens: Float64Array;
  readonly cost: Float64Array;
}

/** What each span worked, used and cost, given to the call in which it is. */
export function* callAmounts(trace: Trace, callOf: Int32Array): Steps<CallAmounts> {
  const own = yield* ownTime.inSteps(trace);
  yield* counting.inSteps(trace);
  const tokens = countedAmounts(trace, 'total');
  yield;
  const cost = countedAmounts(trace, 'cost');
  yield;
  const sums: CallAmounts = {
    ownTime: new Float64Array(trace.spanCount),
    ownTokens: new Float64Array(trace.spanCount).fill(Number.NaN),
    ownCost: new Float64Array(trace.spanCount).fill(Number.NaN),
    tokens: subtreeAmounts(trace, 'total'),
    cost: subtreeAmounts(trace, 'cost'),
  };
  yield;
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    const call = callOf[index]!;
    sums.ownTime[call]! += own[index]!;
    sums.ownTokens[call] = plus(sums.ownTokens[call]!, tokens[index]!);
    sums.ownCost[call] = plus(sums.ownCost[call]!, cost[index]!);
  }
  yield;
  return sums;
}

/** Of two amounts the sum of what is known. */
const plus = (sum: number, amount: number): number => {
  if (Number.isNaN(amount)) return sum;
  return Number.isNaN(sum) ? amount : sum + amount;
};

/** Adds up the calls of one node or edge, which come in order of the trace. */
export class GraphSum {
  readonly calls: number[] = [];
  #errors = 0;
  #ownTime = 0;
  #time = 0;
  #ownTokens = Number.NaN;
  #ownCost = Number.NaN;
  #tokens = Number.NaN;
  #cost = Number.NaN;
  #callsWithTokens = 0;
  #callsWithCost = 0;
  /** Calls up to here are inside one that is counted with all that is below it. */
  #until = 0;

  add(trace: Trace, amounts: CallAmounts, call: number): void {
    const { status, start, subtreeEnd } = trace.columns;
    this.calls.push(call);
    if (status[call] === ERROR_STATUS) this.#errors += 1;
    this.#ownTime += amounts.ownTime[call]!;
    this.#ownTokens = plus(this.#ownTokens, amounts.ownTokens[call]!);
    this.#ownCost = plus(this.#ownCost, amounts.ownCost[call]!);
    if (!Number.isNaN(amounts.tokens[call]!)) this.#callsWithTokens += 1;
    if (!Number.isNaN(amounts.cost[call]!)) this.#callsWithCost += 1;
    if (call < this.#until) return;
    this.#until = subtreeEnd[call]!;
    this.#time += Math.max(0, endOf(trace, call) - start[call]!);
    this.#tokens = plus(this.#tokens, amounts.tokens[call]!);
    this.#cost = plus(this.#cost, amounts.cost[call]!);
  }

  result(hasClock: boolean): GraphAmounts & { readonly calls: readonly number[] } {
    const known = (amount: number): number | null => (Number.isNaN(amount) ? null : amount);
    return {
      calls: this.calls,
      ownTime: hasClock ? this.#ownTime : null,
      time: hasClock ? this.#time : null,
      ownTokens: known(this.#ownTokens),
      ownCost: known(this.#ownCost),
      tokens: known(this.#tokens),
      cost: known(this.#cost),
      callsWithTokens: this.#callsWithTokens,
      callsWithCost: this.#callsWithCost,
      errors: this.#errors,
    };
  }
}
