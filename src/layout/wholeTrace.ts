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
import type { Trace } from '../model/types.ts';
import { lastInstants } from './gantt/ganttMarks.ts';
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

/** All of that, in slices. */
export function* wholeTraceInSteps(trace: Trace): Steps<void> {
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
