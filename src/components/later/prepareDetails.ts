import { slackInSteps } from '../../analysis/agents/slack.ts';
import { agentAround, callsByStart } from '../../analysis/conversation/earlierCalls.ts';
import { soon, type Steps } from '../../analysis/steps.ts';
import type { Trace } from '../../model/types.ts';

const prepared = new WeakMap<Trace, Promise<void>>();

/**
 * Works out what the details of any span ask of the whole trace, once and in slices, so that the first selection costs
 * what later ones do. What fails is asked for again by the details, which say so.
 */
export function prepareDetails(trace: Trace): Promise<void> {
  const known = prepared.get(trace);
  if (known) return known;
  const work = prepare(trace);
  prepared.set(trace, work);
  return work;
}

async function prepare(trace: Trace): Promise<void> {
  try {
    await soon(ofWholeTrace(trace));
  } catch {
    // Asked for again.
  }
}

function* ofWholeTrace(trace: Trace): Steps<void> {
  yield* slackInSteps(trace);
  yield* callsByStart.inSteps(trace);
  yield* agentAround.inSteps(trace);
  // The first questions for an id go through all of them, and then a table is made.
  const { key } = trace.span(trace.spanCount - 1);
  for (let asked = 0; asked < QUESTIONS; asked += 1) {
    yield;
    trace.find(key);
  }
}

/** A few more than are answered without a table (`createIdLookUp`). */
const QUESTIONS = 10;
