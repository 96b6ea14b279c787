import type { SpanKey, ToolDefinition, Trace } from '../../model/types.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { StepsOptions } from '../steps.ts';
import { agentAround, callsBefore } from './earlierCalls.ts';

/** Calls that are read: the one that asks for a tool is mostly the one right before it. */
const READ_AT_MOST = 16;

/**
 * How a model was told to call a tool: the definition of that name in the nearest call of a model before the span, those
 * of its own agent first. Null where none of the nearest holds one. Rejects with the reason of the signal when aborted.
 */
export async function definitionOf(
  trace: Trace,
  index: number,
  name: string,
  { signal }: StepsOptions = {},
): Promise<{ readonly definition: ToolDefinition; readonly call: SpanKey } | null> {
  const yieldTurn = createTimeSlices();
  const agents = agentAround(trace);
  const calls = callsBefore(trace, index);
  const own = calls.filter((call) => agents[call] === agents[index]);
  const others = calls.filter((call) => agents[call] !== agents[index]);
  for (const call of [...own.slice(0, READ_AT_MOST), ...others.slice(0, READ_AT_MOST)]) {
    const content = await contentOf(trace, call);
    signal?.throwIfAborted();
    const definition = content?.toolDefinitions.find((each) => each.name === name);
    if (definition) return { definition, call: trace.span(call).key };
    await yieldTurn();
    signal?.throwIfAborted();
  }
  return null;
}
