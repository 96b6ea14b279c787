import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { isOverAt, knownEnds } from '../criticalPath/knownEnds.ts';
import { isStep } from '../../model/build/steps.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

const AGENT = kindCode('agent');
const LLM = kindCode('llm');

/** By index, the nearest agent around a span; -1 = none. An agent is around itself. */
export const agentAround: PreparedAnswer<Int32Array> = perTraceInSteps(function* ({ columns, spanCount }) {
  const { parent, kind } = columns;
  const agents = new Int32Array(spanCount).fill(-1);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    agents[index] = kind[index] === AGENT ? index : (agents[parent[index]!] ?? -1);
  }
  return agents;
});

/** The calls of models, in order of start. */
export const callsByStart: PreparedAnswer<readonly number[]> = perTraceInSteps(function* ({ columns, spanCount }) {
  const { kind, start } = columns;
  const calls: number[] = [];
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    if (kind[index] === LLM) calls.push(index);
  }
  yield;
  return calls.sort((a, b) => start[a]! - start[b]! || a - b);
});

/**
 * The calls that were over when a call began, the latest first: first those of its own agent, then all others. Neither
 * what is around it nor what is inside it: a call inside a call is the same call, recorded twice.
 */
export function* earlierCalls(
  trace: Trace,
  index: number,
): Generator<{ readonly call: number; readonly sameAgent: boolean }> {
  const calls = callsByStart(trace);
  const agents = agentAround(trace);
  for (const sameAgent of [true, false]) {
    for (let place = calls.indexOf(index) - 1; place >= 0; place -= 1) {
      const call = calls[place]!;
      if ((agents[call] === agents[index]) === sameAgent && isBefore(trace, call, index)) yield { call, sameAgent };
    }
  }
}

/** The calls that began before a span did, the latest first; those around it as well, as a tool may run inside its call. */
export function callsBefore(trace: Trace, index: number): readonly number[] {
  const { start, subtreeEnd } = trace.columns;
  return callsByStart(trace)
    .filter((call) => start[call]! <= start[index]! && call !== index && !(call > index && call < subtreeEnd[index]!))
    .reverse();
}

/** The calls that began after a span did, the nearest first; neither around nor inside it. */
export function laterCalls(trace: Trace, index: number): readonly number[] {
  const { start, subtreeEnd } = trace.columns;
  return callsByStart(trace).filter(
    (call) =>
      start[call]! >= start[index]! &&
      call !== index &&
      !(call > index && call < subtreeEnd[index]!) &&
      !(index > call && index < subtreeEnd[call]!),
  );
}

function isBefore(trace: Trace, call: number, index: number): boolean {
  const { start, subtreeEnd } = trace.columns;
  if (index > call && index < subtreeEnd[call]!) return false;
  return isOverAt(start[index]!, start[call]!, knownEnds(trace)[call]!);
}
