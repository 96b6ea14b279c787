import { kindCode } from '../../model/codes.ts';
import type { Part, SpanContent, Trace } from '../../model/types.ts';
import { leaves } from '../query/match/leaves.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { StepsOptions } from '../steps.ts';
import { agentAround, laterCalls } from './earlierCalls.ts';
import { toolPairs } from './toolPairs.ts';
import type { CallMessages, ToolPair, ToolRun } from './types.ts';

const TOOL = kindCode('tool');
const AGENT = kindCode('agent');
/** Spans that are read: the nearest before and after a call. */
const READ_AT_MOST = 1000;

/** What a tool span says of the call that it ran. */
interface ToolSpan {
  readonly index: number;
  readonly callId: string | null;
  readonly name: string | null;
  readonly sketch: string | null;
  used: boolean;
}

interface WantedCall {
  readonly pair: ToolPair;
  readonly name: string;
  readonly sketch: string | null;
}

/**
 * The spans that ran the calls of tools in a call's messages, by place of the pair in `toolPairs(messages)`: by the id
 * of the call; else, among the tools of the same agent, by name and order, where the arguments do not contradict. What
 * the model asks for now ran after it, what it is told of ran before. Calls of which no span is known are left out.
 * Rejects with the reason of the signal when aborted.
 */
export async function toolRuns(
  trace: Trace,
  index: number,
  messages: CallMessages,
  { signal }: StepsOptions = {},
): Promise<ReadonlyMap<number, ToolRun>> {
  const wanted = toolPairs(messages).pairs.flatMap((pair): readonly WantedCall[] => {
    if (!pair.call) return [];
    const part = messages[pair.call.side][pair.call.message]!.parts[pair.call.part]!;
    return part.type === 'toolCall' ? [{ pair, name: part.name, sketch: sketchOf(part.arguments) }] : [];
  });
  const runs = new Map<number, ToolRun>();
  if (wanted.length === 0) return runs;
  const { before, after } = toolsAround(trace, index);
  const asked = wanted.filter(({ pair }) => pair.call!.side === 'output');
  const told = wanted.filter(({ pair }) => pair.call!.side === 'input').reverse();
  const nextTurn = nextTurnOf(trace, index);
  for (const [calls, indices, isInOrder] of [
    [asked, after, (tool: number) => trace.columns.start[tool]! < nextTurn],
    [told, before, () => true],
  ] as const) {
    if (calls.length === 0) continue;
    const tools = await readTools(trace, indices, signal);
    const found = (pair: ToolPair, tool: ToolSpan | undefined, by: ToolRun['by']): void => {
      if (!tool) return;
      tool.used = true;
      const { key, duration, status } = trace.span(tool.index);
      runs.set(pair.place, { key, duration, status, by });
    };
    const byId = queues(tools, ({ callId }) => callId);
    for (const { pair } of calls) if (pair.id !== null) found(pair, next(byId.get(pair.id)), 'id');
    const byName = queues(
      tools.filter(({ index: tool, callId }) => isInOrder(tool) && callId === null),
      ({ name }) => name,
    );
    for (const { pair, name, sketch } of calls)
      if (!runs.has(pair.place)) found(pair, next(byName.get(name), sketch), 'order');
  }
  return runs;
}

/**
 * Tool spans of the agent that makes the call, and agents that stand right below it, as one that is used as a tool
 * does: nearest first on both sides.
 */
function toolsAround(
  trace: Trace,
  index: number,
): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const { kind, start, parent, subtreeEnd } = trace.columns;
  const agents = agentAround(trace);
  const agent = agents[index]!;
  const before: number[] = [];
  const after: number[] = [];
  const from = agent === -1 ? 0 : agent + 1;
  const to = agent === -1 ? trace.spanCount : subtreeEnd[agent]!;
  for (let tool = from; tool < to; tool += 1) {
    const around = kind[tool] === AGENT ? (agents[parent[tool]!] ?? -1) : agents[tool]!;
    if (
      (kind[tool] !== TOOL && kind[tool] !== AGENT) ||
      around !== agent ||
      (index > tool && index < subtreeEnd[tool]!)
    )
      continue;
    (start[tool]! >= start[index]! ? after : before).push(tool);
  }
  const byStart = (a: number, b: number): number => start[a]! - start[b]! || a - b;
  return {
    before: before.sort((a, b) => byStart(b, a)).slice(0, READ_AT_MOST),
    after: after.sort(byStart).slice(0, READ_AT_MOST),
  };
}

/** When the agent turns to its model again. */
function nextTurnOf(trace: Trace, index: number): number {
  const agents = agentAround(trace);
  const { start, end } = trace.columns;
  const turn = laterCalls(trace, index).find((call) => agents[call] === agents[index] && start[call]! >= end[index]!);
  return turn === undefined ? Infinity : start[turn]!;
}

async function readTools(
  trace: Trace,
  indices: readonly number[],
  signal: AbortSignal | undefined,
): Promise<readonly ToolSpan[]> {
  const yieldTurn = createTimeSlices();
  const tools: ToolSpan[] = [];
  for (const index of indices) {
    const content = await contentOf(trace, index);
    signal?.throwIfAborted();
    tools.push(toolSpan(trace, index, content));
    await yieldTurn();
    signal?.throwIfAborted();
  }
  return tools;
}

function toolSpan(trace: Trace, index: number, content: SpanContent | null): ToolSpan {
  const tool = content?.tool ?? null;
  return {
    index,
    callId: tool?.callId ?? null,
    name: tool?.name ?? trace.span(index).name,
    sketch: tool?.arguments === undefined ? null : sketchOf(tool.arguments),
    used: false,
  };
}

function queues(tools: readonly ToolSpan[], keyOf: (tool: ToolSpan) => string | null): ReadonlyMap<string, ToolSpan[]> {
  const found = new Map<string, ToolSpan[]>();
  for (const tool of tools) {
    const key = keyOf(tool);
    if (key === null) continue;
    const list = found.get(key);
    if (list) list.push(tool);
    else found.set(key, [tool]);
  }
  return found;
}

/** Looks no further than this among calls of one tool with other arguments. */
const PASSED_AT_MOST = 50;

/** The first that is free and, where arguments are known on both sides, has these. */
function next(tools: ToolSpan[] | undefined, sketch: string | null = null): ToolSpan | undefined {
  while (tools?.[0]?.used === true) tools.shift();
  return tools
    ?.slice(0, PASSED_AT_MOST)
    .find((tool) => !tool.used && (sketch === null || tool.sketch === null || tool.sketch === sketch));
}

/** Leaves of arguments that are looked at, and letters of each. */
const SKETCHED = 24;
const LETTERS = 200;

/**
 * The arguments of a call as a short text, the same for the same ones in any order of keys; null where there are none.
 */
function sketchOf(given: Extract<Part, { type: 'toolCall' }>['arguments']): string | null {
  if (given === undefined || given === null || given === '') return null;
  const found: string[] = [];
  for (const { path, text } of leaves(given, ''))
    if (found.push(`${path}=${text.length}:${text.slice(0, LETTERS)}`) === SKETCHED) break;
  return found.sort().join('\n');
}
