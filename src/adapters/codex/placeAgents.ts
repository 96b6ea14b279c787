import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { plainText } from '../spans/words.ts';
import type { Rollout, ToolStep, Turn } from './walkRollout.ts';

/** Where a rollout of an agent that another one sent off stands: below the call that did it, in the trace of that turn. */
export interface AgentPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
  /** Of the session that all of it belongs to. */
  readonly sessionId: string;
}

/**
 * Finds the rollouts of agents among several: each names the thread that sent it off (`thread_spawn`, codex-rs,
 * SubAgentSource), whose call answers with the agent's id. Where no call does, it stands below the turn that was under
 * way. What has no such thread among them, or one that goes round in a circle, is a session of its own.
 */
export function placeAgents(rollouts: readonly Rollout[]): ReadonlyMap<Rollout, AgentPlace> {
  const byId = new Map<string, Rollout>();
  for (const rollout of rollouts) {
    const id = textOf(rollout.meta['id']);
    if (id !== null && !byId.has(id)) byId.set(id, rollout);
  }
  const placed = new Map<Rollout, AgentPlace>();
  const done = new Set<Rollout>();
  for (const rollout of rollouts) {
    // From the agent up to what is known already, then down again: those above are placed first.
    const way: Rollout[] = [];
    const seen = new Set<Rollout>();
    for (let at: Rollout | undefined = rollout; at && !done.has(at) && !seen.has(at); at = senderOf(at, byId)) {
      seen.add(at);
      way.push(at);
    }
    for (const agent of way.reverse()) {
      const sender = senderOf(agent, byId);
      // One that is not placed before goes round in a circle.
      const place = sender && done.has(sender) ? placeIn(sender, agent, placed.get(sender)) : null;
      if (place) placed.set(agent, place);
      done.add(agent);
    }
  }
  return placed;
}

function senderOf({ meta }: Rollout, byId: ReadonlyMap<string, Rollout>): Rollout | undefined {
  const source = isObject(meta['source']) ? meta['source'] : {};
  const agent = isObject(source['subagent']) ? source['subagent'] : {};
  const spawn: Fields = isObject(agent['thread_spawn']) ? agent['thread_spawn'] : {};
  const id = textOf(spawn['parent_thread_id']) ?? textOf(meta['parent_thread_id']);
  return id === null || id === textOf(meta['id']) ? undefined : byId.get(id);
}

function placeIn(sender: Rollout, agent: Rollout, above: AgentPlace | undefined): AgentPlace | null {
  const id = textOf(agent.meta['id'])!;
  const start = agent.turns[0]?.start ?? null;
  let under: Turn | undefined;
  let call: ToolStep | undefined;
  for (const turn of sender.turns) {
    const found = turn.tools.find((tool) => SENDS.test(textOf(tool.item['name']) ?? '') && answerOf(tool).includes(id));
    if (found) [under, call] = [turn, found];
    if (found) break;
    if (!under || (start !== null && turn.start !== null && turn.start <= start)) under = turn;
  }
  if (!under) return null;
  return {
    traceId: above?.traceId ?? under.id,
    parentSpanId: call?.id ?? under.id,
    sessionId: above?.sessionId ?? textOf(sender.meta['id'])!,
  };
}

/** `spawn_agent`, and what sends an agent more to do. */
const SENDS = /agent|spawn/i;

function answerOf({ result }: ToolStep): string {
  const answer = result && (isObject(result['payload']) ? result['payload'] : result);
  const output = answer?.['output'];
  return plainText(isObject(output) ? (output['content'] ?? output) : output) ?? '';
}
