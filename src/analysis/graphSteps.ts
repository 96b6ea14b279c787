import type { Trace } from '../model/types.ts';
import { stepLabels } from './agents/stepLabels.ts';

/** Siblings that ran in one step of a graph: from, up to but without `to`, by place in their list. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** Equal where the same nodes ran, however often each. */
  readonly label: number;
}

/**
 * Siblings by the steps that LangGraph recorded for them: what ran side by side, or was tried again, is one place. Null
 * where not each sibling has a step, where they do not grow, or where all share one: then these are no nodes of a graph,
 * but what a node did, which carries the step of its node.
 */
export function placesOf(trace: Trace, siblings: readonly number[]): readonly Place[] | null {
  const steps = trace.columns.graphStep;
  if (!steps || !(steps[siblings[0]!]! < steps[siblings.at(-1)!]!)) return null;
  const names = stepLabels(trace);
  const labels = new Map<string, number>();
  const places: Place[] = [];
  for (let from = 0; from < siblings.length;) {
    const step = steps[siblings[from]!]!;
    let to = from + 1;
    while (to < siblings.length && steps[siblings[to]!] === step) to += 1;
    // Also false where the next one has no step.
    if (to < siblings.length && !(steps[siblings[to]!]! > step)) return null;
    const nodes = new Set(siblings.slice(from, to).map((index) => names[index]!));
    const id = [...nodes].sort((a, b) => a - b).join(' ');
    const label = labels.get(id) ?? labels.size;
    labels.set(id, label);
    places.push({ from, to, label });
    from = to;
  }
  return places;
}
