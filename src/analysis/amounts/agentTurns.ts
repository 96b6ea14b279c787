import { kindCode } from '../../model/codes.ts';
import { isStep } from '../../model/build/steps.ts';
import { CROSSINGS } from './countOnce.ts';
import { endOf } from '../../model/endOf.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

const AGENT = kindCode('agent');
const LLM = kindCode('llm');
const NOBODY = -1;
/** Nanos by which calls may seem to overlap: tracing in JavaScript writes starts in whole milliseconds. */
const CLOCK = 1e6;

/**
 * How often each agent turned to its model, by index; 0 for all that is no agent. A turn is one call of a model
 * together with the tools that it asks for (as `max_turns` of the OpenAI Agents SDK counts them), so an agent has those
 * calls that are reached from it without crossing another agent or a tool: what a tool asks a model is the tool's own
 * affair. A call inside a call is the same call, recorded twice, and calls that run at the same time are one turn.
 */
export const agentTurns: PreparedAnswer<Uint32Array> = perTraceInSteps(function* (trace) {
  const {
    columns: { parent, kind, start },
    spanCount,
  } = trace;
  /** Whose turn a model call right below would be. */
  const agent = new Int32Array(spanCount);
  const calls: number[] = [];
  // Parents stand before their children.
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = agent[parent[index]!] ?? NOBODY;
    const isCall = kind[index] === LLM;
    if (isCall && above !== NOBODY) calls.push(index);
    const inherited = isCall || CROSSINGS.has(kind[index]!) ? NOBODY : above;
    agent[index] = kind[index] === AGENT ? index : inherited;
  }
  const turns = new Uint32Array(spanCount);
  /** By agent, until when its calls so far run. */
  const busyTo = new Float64Array(spanCount);
  for (const call of calls.sort((a, b) => start[a]! - start[b]! || a - b)) {
    const whose = agent[parent[call]!]!;
    if (turns[whose] === 0 || start[call]! >= busyTo[whose]! - CLOCK) turns[whose]! += 1;
    busyTo[whose] = Math.max(busyTo[whose]!, endOf(trace, call));
  }
  return turns;
});
