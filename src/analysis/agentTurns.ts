import { kindCode } from '../model/codes.ts';
import type { Trace } from '../model/types.ts';
import { CROSSINGS } from './countOnce.ts';
import { perTrace } from './memo.ts';

const AGENT = kindCode('agent');
const LLM = kindCode('llm');
const NOBODY = -1;

/**
 * How often each agent turned to its model, by index; 0 for all that is no agent. A turn is one call of a model together with the tools that it asks for (as
 * `max_turns` of the OpenAI Agents SDK counts them), so an agent has those calls that are reached from it without crossing another agent or a tool: what a tool
 * asks a model is the tool's own affair. A call inside a call is the same call, recorded twice.
 */
export const agentTurns: (trace: Trace) => Uint32Array = perTrace(({ columns: { parent, kind }, spanCount }) => {
  const turns = new Uint32Array(spanCount);
  /** Whose turn a model call right below would be. */
  const agent = new Int32Array(spanCount);
  // Parents stand before their children.
  for (let index = 0; index < spanCount; index += 1) {
    const above = agent[parent[index]!] ?? NOBODY;
    const isCall = kind[index] === LLM;
    if (isCall && above !== NOBODY) turns[above]! += 1;
    agent[index] = kind[index] === AGENT ? index : isCall || CROSSINGS.has(kind[index]!) ? NOBODY : above;
  }
  return turns;
});
