import { kindCode } from '../../model/codes.ts';
import type { Nanos, SpanKey, Trace } from '../../model/types.ts';
import { criticalInterval } from '../criticalPath/criticalPath.ts';
import { mainRoot } from '../criticalPath/walkBack.ts';
import { perTrace } from '../memo.ts';
import { atOnce, type Steps } from '../steps.ts';
import { countsWith } from '../time/ownTime.ts';
import { PLAIN_KINDS } from '../time/plainKinds.ts';
import { simulate } from './simulate.ts';
import { stepLabels } from './stepLabels.ts';
import { waitsInSteps } from './waits.ts';

/** Something that is worth speeding up: a step, with all spans of that kind and name (counters apart). */
export interface Speedup {
  readonly name: string;
  readonly keys: readonly SpanKey[];
  /** How much sooner the trace would end if each of them took half, and if each took no time, as from a cache. */
  readonly half: Nanos;
  readonly cached: Nanos;
}

/** Kinds that hold the steps of others and do nothing themselves. */
const CONTAINERS: ReadonlySet<number> = new Set([kindCode('agent'), kindCode('chain'), ...PLAIN_KINDS]);
/** Steps that are tried: those that the end of the trace waited for the longest. */
const TRIED = 12;

/**
 * What is worth speeding up, the most first: by how much sooner the trace would end if all calls of a step took half,
 * equal to `whatIf` of these spans. Containers (agents, chains, requests and unnamed spans around others) are no steps, nor is what
 * only counts with its call. The dozen steps that the critical path spends most time in are tried, those that save
 * nothing are left out.
 */
export const speedups: (trace: Trace) => readonly Speedup[] = perTrace((trace) => atOnce(speedupsInSteps(trace)));

/** The same in slices: yields after each step that was tried. */
export function* speedupsInSteps(trace: Trace): Steps<readonly Speedup[]> {
  const root = mainRoot(trace.columns);
  if (root === -1) return [];
  const { length } = yield* waitsInSteps(trace);
  const found: Speedup[] = [];
  for (const spans of candidates(trace, root)) {
    const savedBy = (part: number): Nanos =>
      length[root]! -
      simulate(trace, { lengths: new Map(spans.map((index) => [index, Math.round(length[index]! * part)])) })[root]!;
    const half = savedBy(0.5);
    yield;
    const cached = savedBy(0);
    yield;
    if (cached <= 0) continue;
    const { name } = trace.span(spans[0]!);
    found.push({ name, keys: spans.map((index) => trace.span(index).key), half, cached });
  }
  return found.sort((a, b) => b.half - a.half || b.cached - a.cached);
}

/** The spans of each step, the step in which the critical path is the longest first. */
function candidates(trace: Trace, root: number): readonly (readonly number[])[] {
  const { kind, subtreeEnd } = trace.columns;
  const calls = countsWith(trace);
  const labels = stepLabels(trace);
  const steps = new Map<number, { readonly spans: number[]; waited: Nanos; until: number }>();
  for (let index = root + 1; index < subtreeEnd[root]!; index += 1) {
    const isContainer = CONTAINERS.has(kind[index]!) && subtreeEnd[index]! > index + 1;
    if (isContainer || (calls[index] !== -1 && calls[index] !== index)) continue;
    const path = criticalInterval(trace, index);
    let step = steps.get(labels[index]!);
    if (!step) steps.set(labels[index]!, (step = { spans: [], waited: 0, until: 0 }));
    // A call inside one of the same step is a part of it.
    if (index < step.until) continue;
    step.until = subtreeEnd[index]!;
    step.spans.push(index);
    step.waited += path === null ? 0 : path[1] - path[0];
  }
  return [...steps.values()]
    .filter(({ waited }) => waited > 0)
    .sort((a, b) => b.waited - a.waited)
    .slice(0, TRIED)
    .map(({ spans }) => spans);
}
