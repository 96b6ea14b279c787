import { stepLabels } from '../../analysis/agents/stepLabels.ts';
import type { Steps } from '../../analysis/steps.ts';
import { isStep } from '../../model/build/steps.ts';
import type { Trace } from '../../model/types.ts';
import { emptyForest, type Forest } from './forest.ts';

/** So many callers of callers are told apart; a chain of calls may be as deep as the trace is long. */
const CALLERS = 64;

/**
 * The graph upside down: what each step has of its own, by the paths on which it was called. What was too small to be
 * drawn is the own of what called it. `rootOf` has the node of a step by its label.
 */
export function* invert(
  { parent, first, own, value, spans, failed, kept }: Forest & { readonly kept: Uint8Array },
  trace: Trace,
): Steps<{ readonly forest: Forest; readonly rootOf: ReadonlyMap<number, number> }> {
  const labels = yield* stepLabels.inSteps(trace);
  const rest = Float64Array.from(own);
  for (let node = 0; node < value.length; node += 1)
    if (kept[node] === 0 && parent[node] !== -1) rest[parent[node]!]! += value[node]!;
  const forest = emptyForest();
  const rootOf = new Map<number, number>();
  const known = new Map<number, number>();
  const room = 256 * (trace.spanCount + 1);
  let looks = 0;
  for (let node = 0; node < value.length; node += 1) {
    if (kept[node] === 0 || !(rest[node]! > 0)) continue;
    let below = -1;
    let at = node;
    for (let level = 0; at !== -1 && level < CALLERS; level += 1, at = parent[at]!) {
      if (isStep((looks += 1))) yield;
      const label = labels[first[at]!]!;
      const path = (below + 1) * room + label;
      let made = known.get(path);
      if (made === undefined) {
        made = forest.add(below, first[at]!);
        known.set(path, made);
        if (below === -1) rootOf.set(label, made);
      }
      forest.spans[made]! += spans[node]!;
      forest.failed[made]! += failed[node]!;
      below = made;
    }
    // The last caller has it: widths of those below are sums.
    forest.own[below]! += rest[node]!;
  }
  forest.sum();
  return { forest, rootOf };
}
