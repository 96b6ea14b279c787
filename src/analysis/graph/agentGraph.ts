import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { foldedLoopsInSteps } from '../foldLoops.ts';
import { soon, type Soon, type Steps, type StepsOptions } from '../steps.ts';
import { GraphNames, type Named } from './graphNames.ts';
import { callAmounts, GraphSum } from './graphSums.ts';
import { runOrder } from './runOrder.ts';
import type { CallGraph, CallGraphEdge, CallGraphNode, GraphMode } from './types.ts';

export interface AgentGraphOptions extends StepsOptions {
  /** `calls`: who called whom. `run`: what followed what. @default 'calls' */
  readonly mode?: GraphMode;
}

/**
 * Who called whom in a trace: agents, models, tools, retrievers, services and the nodes of a recorded graph, each once
 * however often it was called, and between them the calls with their count, time, tokens, cost and failures. Where a
 * trace records its graph (OpenInference's `graph.node.id` and `graph.node.parent_id`, LangGraph's nodes), that is it.
 *
 * A call is a span of such a kind, or one that begins in another service; it is on exactly one edge, unless it has no
 * caller. Its caller is the nearest call around it; what was recorded inside the span of a model is called by who called
 * the model. A span inside a call of the same model, tool or retriever, with nobody else between, is that call seen once
 * more and not another one. Linear but for the order of calls; a promise where it takes longer than a moment.
 */
export const agentGraph = (trace: Trace, { mode = 'calls', signal }: AgentGraphOptions = {}): Soon<CallGraph> =>
  soon(agentGraphInSteps(trace, mode), { signal });

const LLM = kindCode('llm');
const AGENT = kindCode('agent');
/** Spans after which the page may have its turn. */
const AT_ONCE = 2048;

/** The same in slices. */
export function* agentGraphInSteps(trace: Trace, mode: GraphMode = 'calls'): Steps<CallGraph> {
  const found = yield* findCalls(trace, mode);
  const { places, indices, callOf, nodeOfCall, caller, begins } = found;
  const before = mode === 'run' ? yield* runOrder(trace, found) : null;
  const amounts = yield* callAmounts(trace, callOf);
  const recorded = recordedPlaces(trace, found);
  const hasClock = trace.timeBasis !== 'step';
  const { kind } = trace.columns;

  const nodeSums = places.map(() => new GraphSum());
  const entries = new Set<number>();
  const edgeSums: { from: number; to: number; type: CallGraphEdge['type']; again: number; sum: GraphSum }[] = [];
  const edgePlaces = new Map<number, number>();
  const edgeOf = new Int32Array(trace.spanCount).fill(-1);
  let seen = 0;
  for (const call of indices) {
    const to = nodeOfCall[call]!;
    nodeSums[to]!.add(trace, amounts, call);
    if (caller[call] === -1) entries.add(to);
    else {
      const named = recorded(call);
      const previous = before?.[call] ?? -1;
      const from = named ?? nodeOfCall[previous === -1 ? caller[call]! : previous]!;
      const follows = named === undefined ? previous !== -1 : !isAbove(found, call, named);
      const type = edgeType(follows, kind[call] === AGENT && places[from]!.named.kind === 'agent');
      const key = (from * 3 + EDGE_TYPES.indexOf(type)) * places.length + to;
      let place = edgePlaces.get(key);
      if (place === undefined) {
        place = edgeSums.push({ from, to, type, again: 0, sum: new GraphSum() }) - 1;
        edgePlaces.set(key, place);
      }
      const edge = edgeSums[place]!;
      edge.sum.add(trace, amounts, call);
      edge.again += begins[call]!;
      edgeOf[call] = place;
    }
    if ((seen += 1) % AT_ONCE === 0) yield;
  }
  yield;
  const nodeOf = new Int32Array(trace.spanCount).fill(-1);
  for (let index = 0; index < trace.spanCount; index += 1) {
    const call = callOf[index]!;
    if (call === -1) continue;
    nodeOf[index] = nodeOfCall[call]!;
    edgeOf[index] = edgeOf[call]!;
  }
  yield;
  const edges: CallGraphEdge[] = [];
  for (const { sum, ...edge } of edgeSums) {
    if (edges.push({ ...edge, ...sum.result(hasClock) }) % AT_ONCE === 0) yield;
  }
  return {
    mode,
    nodes: places.map(({ named: { id, kind: word, name }, within }, at): CallGraphNode => ({
      id: within === -1 ? id : `${places[within]!.named.id} › ${id}`,
      kind: word,
      name,
      isEntry: entries.has(at),
      within,
      ...nodeSums[at]!.result(hasClock),
    })),
    edges,
    nodeOf,
    edgeOf,
    callOf,
  };
}

const EDGE_TYPES: readonly CallGraphEdge['type'][] = ['call', 'next', 'handoff'];

function edgeType(follows: boolean, areAgents: boolean): CallGraphEdge['type'] {
  if (!follows) return 'call';
  return areAgents ? 'handoff' : 'next';
}

/** A node of the graph to be: in the mode `run`, the models and tools of two agents are two. */
interface Place {
  readonly named: Named;
  readonly within: number;
}

interface FoundCalls {
  readonly places: readonly Place[];
  /** Of all calls, in order. */
  readonly indices: readonly number[];
  readonly callOf: Int32Array;
  /** By index of a call: its place, who called it (-1 = nobody), and whether an iteration of a loop begins with it. */
  readonly nodeOfCall: Int32Array;
  readonly caller: Int32Array;
  readonly begins: Uint8Array;
  readonly askedFrom: Float64Array;
}

function* findCalls(trace: Trace, mode: GraphMode): Steps<FoundCalls> {
  const { parent, kind, start } = trace.columns;
  const count = trace.spanCount;
  const names = new GraphNames(trace);
  const places: Place[] = [];
  const placeOf = new Map<number, number>();
  const indices: number[] = [];
  const callOf = new Int32Array(count);
  const nameOf = new Int32Array(count);
  const nodeOfCall = new Int32Array(count).fill(-1);
  const caller = new Int32Array(count).fill(-1);
  const begins = new Uint8Array(count);
  const askedFrom = new Float64Array(count).fill(Number.NaN);
  /** By index of a call, the place of what has steps of its own: the call, or what is around it. */
  const holder = new Int32Array(count).fill(-1);
  const heads = new Uint8Array(count);
  for (const { iterations } of yield* foldedLoopsInSteps(trace))
    for (let at = 1; at < iterations.length; at += 1) heads[iterations[at]![0]!] = 1;
  /** Calls in which another iteration has begun, and no call in it yet. */
  const turns = new Uint8Array(count);

  for (let index = 0; index < count; index += 1) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    const above = parent[index]!;
    const around = above === -1 ? -1 : callOf[above]!;
    if (heads[index] === 1 && around !== -1) turns[around] = 1;
    const name = names.of(index);
    const isRepeated = around !== -1 && isSameCall(kind, index, around, name === nameOf[around]);
    if (name === -1 || isRepeated) {
      callOf[index] = around;
      continue;
    }
    callOf[index] = index;
    nameOf[index] = name;
    indices.push(index);
    let from = around;
    while (from !== -1 && kind[from] === LLM && caller[from] !== -1) {
      if (Number.isNaN(askedFrom[from]!)) askedFrom[from] = start[index]!;
      from = caller[from]!;
    }
    caller[index] = from;
    if (around !== -1) {
      begins[index] = turns[around]!;
      turns[around] = 0;
    }
    const named = names.list[name]!;
    const holds = named.holds || from === -1;
    const within = mode === 'run' && !holds ? holder[from]! : -1;
    const key = (within + 1) * (count + 1) + name;
    let place = placeOf.get(key);
    if (place === undefined) placeOf.set(key, (place = places.push({ named, within }) - 1));
    nodeOfCall[index] = place;
    holder[index] = holds ? place : holder[from]!;
  }
  return { places, indices, callOf, nodeOfCall, caller, begins, askedFrom };
}

/** One call, of which two instrumentations tell. An agent inside itself is another call. */
const isSameCall = (kind: Uint8Array, index: number, around: number, isSame: boolean): boolean =>
  kind[index] === kind[around] && kind[index] !== AGENT && (isSame || kind[index] === LLM);

/** Whom the trace names as the node before a call, where that node is there. */
function recordedPlaces(trace: Trace, { indices, nodeOfCall }: FoundCalls): (call: number) => number | undefined {
  const { graphNode, graphParent } = trace.columns;
  if (!graphNode || !graphParent || !graphParent.some((id) => id !== 0)) return () => undefined;
  const byId = new Map<number, number>();
  for (const call of indices)
    if (graphNode[call] !== 0 && !byId.has(graphNode[call]!)) byId.set(graphNode[call]!, nodeOfCall[call]!);
  return (call) => (graphParent[call] === 0 ? undefined : byId.get(graphParent[call]!));
}

/** Calls around a call that are looked at. */
const LOOKED_UP = 16;

/** Whether one of the nearest calls around a call is of a node. Asked only of calls whose node before is recorded. */
function isAbove({ caller, nodeOfCall }: FoundCalls, call: number, node: number): boolean {
  let above = caller[call]!;
  for (let left = LOOKED_UP; above !== -1 && left > 0; left -= 1) {
    if (nodeOfCall[above] === node) return true;
    above = caller[above]!;
  }
  return false;
}
