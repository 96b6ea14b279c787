import type { Span, SpanKey, Trace } from '../../model/types.ts';
import { steadyName } from '../diff/signs/steadyName.ts';
import { beganAt } from './knownTimes.ts';

/** A span of a trace, as one side of a comparison. */
export interface StepSide {
  readonly trace: Trace;
  readonly key: SpanKey;
}

/**
 * Other spans that do the same step beside a span: its siblings of the same name, without what counts in a name, in
 * their order. Linear in the number of siblings.
 */
export function iterationsOf({ trace, key }: StepSide): readonly Span[] {
  const span = trace.find(key);
  if (!span) return [];
  const name = createNames(trace);
  const own = name(span.index);
  return childrenOf(trace, trace.columns.parent[span.index]!)
    .filter((child) => child !== span.index && name(child) === own)
    .map((child) => trace.span(child));
}

/**
 * The span of another trace that does the same step: at the end of the same way of names from the root, and of several
 * children of one name the one in the same place among them, else the last. Null where the way ends before.
 */
export function sameStep({ trace, key }: StepSide, other: Trace): Span | null {
  const span = trace.find(key);
  if (!span) return null;
  const way: number[] = [];
  for (let at = span.index; at !== -1; at = trace.columns.parent[at]!) way.push(at);
  const [mine, theirs] = [createNames(trace), createNames(other)];
  let above = -1;
  for (const step of way.toReversed()) {
    const name = mine(step);
    const before = childrenOf(trace, trace.columns.parent[step]!).filter((child) => mine(child) === name);
    const found = childrenOf(other, above).filter((child) => theirs(child) === name);
    const next = found[before.indexOf(step)] ?? found.at(-1);
    if (next === undefined) return null;
    above = next;
  }
  return above === -1 ? null : other.span(above);
}

/** Two sides, the earlier one first; as they are given where that is not known. */
export function earlierFirst(a: StepSide, b: StepSide): readonly [StepSide, StepSide] {
  const [from, to] = [startOf(a), startOf(b)];
  return from !== null && to !== null && to < from ? [b, a] : [a, b];
}

function startOf({ trace, key }: StepSide): bigint | null {
  return trace.find(key)?.startUnixNano ?? beganAt(trace);
}

/** Children in their order; of -1 the roots. */
function childrenOf({ columns: { subtreeEnd }, spanCount }: Trace, parent: number): readonly number[] {
  const end = parent === -1 ? spanCount : subtreeEnd[parent]!;
  const children: number[] = [];
  for (let child = parent + 1; child < end; child = subtreeEnd[child]!) children.push(child);
  return children;
}

/** Steady names of spans; each name and model is looked at once. */
function createNames({ columns }: Trace): (index: number) => string {
  const known = new Map<string, string>();
  return (index) => {
    const [name, model] = [columns.name[index]!, columns.model[index]!];
    const id = `${name} ${model}`;
    const found = known.get(id);
    if (found !== undefined) return found;
    const steady = steadyName(columns.strings[name]!, columns.strings[model]!);
    known.set(id, steady);
    return steady;
  };
}
