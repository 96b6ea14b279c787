import { agentTurns } from '../analysis/amounts/agentTurns.ts';
import { conflictsByKey } from '../analysis/amounts/ledger.ts';
import { stepLabels } from '../analysis/agents/stepLabels.ts';
import { onCriticalPath, placesBySpan } from '../analysis/criticalPath/criticalPath.ts';
import { siblings } from '../analysis/siblings.ts';
import { soon, type Steps } from '../analysis/steps.ts';
import { firstToken } from '../analysis/time/firstToken.ts';
import { ownTimeByKind } from '../analysis/time/ownTimeByKind.ts';
import { serviceTimes } from '../analysis/time/ownTimeByService.ts';
import { correctableSkews } from '../analysis/traces/correctableSkews.ts';
import { traceDiagnostics } from '../analysis/traces/traceDiagnostics.ts';
import type { Trace, TraceSet } from '../model/types.ts';
import { errors } from '../analysis/errors.ts';
import { continues } from '../analysis/versions.ts';
import { reportsAmount, traceFacts } from '../analysis/traces/traceFacts.ts';
import { lastInstants } from './gantt/ganttMarks.ts';
import { rowTree } from './rows/rowTree.ts';
import { shortAxis } from './time/shortAxis.ts';

/** What walks all spans of a trace and is shown beside its rows: sums, shares, turns, the critical path, pauses. */
const SHOWN = [
  siblings,
  lastInstants,
  ownTimeByKind,
  serviceTimes,
  conflictsByKey,
  firstToken,
  agentTurns,
  stepLabels,
  onCriticalPath,
  placesBySpan,
  shortAxis,
  correctableSkews,
  traceDiagnostics,
];

/** The same, of answers that one step gives. */
const SHOWN_AT_ONCE = [
  (trace: Trace) => trace.columns,
  (trace: Trace) => trace.end,
  rowTree,
  errors,
  traceFacts,
  (trace: Trace) => reportsAmount([trace], 'usage'),
  (trace: Trace) => reportsAmount([trace], 'cost'),
];

/** All of that, in slices. */
export function* wholeTraceInSteps(trace: Trace): Steps<void> {
  for (const answer of SHOWN_AT_ONCE) {
    answer(trace);
    yield;
  }
  for (const answer of SHOWN) yield* answer.inSteps(trace);
}

const prepared = new WeakMap<Trace, Promise<void>>();

/**
 * Works all of that out in slices between which the page has its turn, once for whoever asks. When it resolves the
 * answers are there at once; also where one cannot be worked out, and then whoever asks for that hears why.
 */
export function wholeTrace(trace: Trace): Promise<void> {
  let work = prepared.get(trace);
  if (!work) {
    work = inSlices(trace);
    prepared.set(trace, work);
  }
  return work;
}

async function inSlices(trace: Trace): Promise<void> {
  try {
    await soon(wholeTraceInSteps(trace));
  } catch {
    // A trace that breaks is reported where it is drawn.
  }
}

/** Up to so many spans nothing waits: what is there from the start does not come later and move what is there. */
const AT_ONCE = 2000;
export const isLarge = (trace: Trace | null): trace is Trace => trace !== null && trace.spanCount > AT_ONCE;

/** The same for all large traces that have grown; null where there is none. */
export function wholeTraces(before: TraceSet, now: TraceSet): Promise<void> | null {
  const grown = now.traces.filter(
    (trace) => isLarge(trace) && before.traces.some((former) => continues(former, trace)),
  );
  return grown.length === 0 ? null : oneByOne(grown, now);
}

async function oneByOne(traces: readonly Trace[], set: TraceSet): Promise<void> {
  for (const trace of traces) await wholeTrace(trace);
  // Gathered when first asked for, from all spans too.
  void set.diagnostics;
}
