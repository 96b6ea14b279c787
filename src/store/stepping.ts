import { stepCritical } from '../analysis/criticalPath/criticalOrder.ts';
import { errors } from '../analysis/errors.ts';
import { costliestSpans, slowestSpans } from '../analysis/time/largestSpans.ts';
import type { SortedOrder } from '../layout/rows/sortedOrder.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { SpanKey, Trace } from '../model/types.ts';
import type { TraceState } from './types.ts';

/** Goes from span to span. All of it goes round at the end, and does nothing where there is nowhere to go. */
export interface Stepping {
  /**
   * The next (1) or previous (-1) match or failed span, counted from the selection. `order` is that of the rows, where
   * they are sorted.
   */
  stepMatch(by: 1 | -1, order?: SortedOrder | null): void;
  stepError(by: 1 | -1): void;
  /**
   * Selects the span that itself took the longest, or cost the most; again, the next (1) or previous (-1) in that
   * order.
   */
  stepSlowest(by: 1 | -1): void;
  stepCostliest(by: 1 | -1): void;
  /** Selects the next (1) or previous (-1) span on the critical path, in the order in which the path reaches them. */
  stepCritical(by: 1 | -1): void;
}

/** `select` takes the span that a step leads to, `centre` asks to see its row in the middle of the others. */
export function createStepping(
  getState: () => TraceState,
  select: (key: SpanKey) => void,
  centre: (key: SpanKey) => void,
): Stepping {
  /** What the last step by rank led to. */
  let ranked: { readonly ranking: unknown; readonly key: SpanKey } | null = null;

  const selectedIndex = ({ trace, selectedSpan }: TraceState): number | undefined =>
    selectedSpan === null ? undefined : trace?.find(selectedSpan)?.index;

  /** Targets are places in rising order: indices, or, with an `order`, ranks in it. Answers whose turn it is. */
  const stepTo = (targets: Uint32Array, by: 1 | -1, order: SortedOrder | null = null): SpanKey | null => {
    const state = getState();
    if (!state.trace || targets.length === 0) return null;
    const selected = selectedIndex(state);
    const here = order && selected !== undefined ? order.rank[selected]! : selected;
    const after = here === undefined ? 0 : lowerBound(targets, here + (by === 1 ? 1 : 0));
    const place = by === 1 ? after % targets.length : (after - 1 + targets.length) % targets.length;
    const { key } = state.trace.span(order ? order.order[targets[place]!]! : targets[place]!);
    select(key);
    return key;
  };

  /** Goes on where the last step by that ranking led to what is selected, else begins with the first. */
  const stepRanked = (ranking: (trace: Trace) => Uint32Array, by: 1 | -1): void => {
    const { trace, selectedSpan } = getState();
    const places = trace ? ranking(trace) : NONE;
    if (!trace || places.length === 0) return;
    const goesOn = ranked?.ranking === ranking && ranked.key === selectedSpan;
    const here = goesOn ? places.indexOf(selectedIndex(getState()) ?? -1) : -1;
    const { key } = trace.span(places[here === -1 ? 0 : (here + by + places.length) % places.length]!);
    ranked = { ranking, key };
    select(key);
  };

  return {
    stepMatch(by, order = null) {
      const { matches } = getState();
      const key = stepTo(order ? ranksOf(matches, order) : matches, by, order);
      if (key !== null) centre(key);
    },
    stepError(by) {
      const { trace } = getState();
      if (trace) stepTo(errors(trace), by);
    },
    stepSlowest: (by) => stepRanked(slowestSpans, by),
    stepCostliest: (by) => stepRanked(costliestSpans, by),
    stepCritical(by) {
      const { trace } = getState();
      const next = trace && stepCritical(trace, selectedIndex(getState()) ?? null, by);
      if (trace && next !== null) select(trace.span(next).key);
    },
  };
}

const NONE = new Uint32Array(0);

const ranksOf = (matches: Uint32Array, { rank }: SortedOrder): Uint32Array =>
  matches.map((index) => rank[index]!).sort();
