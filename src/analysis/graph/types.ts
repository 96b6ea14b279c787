import type { SpanKind } from '../../model/types.ts';

/**
 * `calls`: an edge leads from who calls to who is called. `run`: as it ran, from each step to the one that followed it
 * in the same caller, and from the caller to its first.
 */
export type GraphMode = 'calls' | 'run';

/** What the width of edges says. */
export type GraphMeasure = 'calls' | 'time' | 'cost' | 'tokens' | 'errors';

/** What calls come to together. Times are Nanos, and null where the trace has no clock; of the rest null is unknown. */
export interface GraphAmounts {
  /** Their own work, without the calls below them: added up over a graph, `ownTime` of the trace. */
  readonly ownTime: number | null;
  /** From start to end, each for itself; but not of calls inside another one of the same edge or node. */
  readonly time: number | null;
  /** Tokens and cost that count for no call below: added up over a graph, the total of the `ledger`. */
  readonly ownTokens: number | null;
  readonly ownCost: number | null;
  /** With all that is below, that of calls inside another one of the same edge or node once. */
  readonly tokens: number | null;
  readonly cost: number | null;
  /** Of how many of the calls tokens and cost are known, their own or of something below. */
  readonly callsWithTokens: number;
  readonly callsWithCost: number;
  /** How many failed. */
  readonly errors: number;
}

/** Somebody who calls or is called, however often. */
export interface CallGraphNode extends GraphAmounts {
  /** The same for the same one in every state of a trace. */
  readonly id: string;
  /** `service`: what begins in another service without being an agent, a model or the like. */
  readonly kind: SpanKind | 'service';
  /** The recorded name of the graph's node, the model, or the name of its spans without counters and ids. */
  readonly name: string;
  /** A span without a caller is among its calls: here it begins. */
  readonly isEntry: boolean;
  /** In the mode `run` the place of the node in which it is a step of its own; -1 = it is itself such a node. */
  readonly within: number;
  /** Indices of its calls in order of the trace, those without a caller among them. */
  readonly calls: readonly number[];
}

/** All calls from one to another. */
export interface CallGraphEdge extends GraphAmounts {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  /**
   * `call`: what is at `from` called it. `next`: it followed what is at `from`. `handoff`: an agent to which another one
   * handed over, because it followed it or because the trace names it as the one before.
   */
  readonly type: 'call' | 'next' | 'handoff';
  /** Indices of the calls in order of the trace. */
  readonly calls: readonly number[];
  /** How many of them begin another iteration of a loop (`foldLoops`). */
  readonly again: number;
}

export interface CallGraph {
  readonly mode: GraphMode;
  /** In order of their first call. */
  readonly nodes: readonly CallGraphNode[];
  /** In order of their first call. Each call that has a caller is on exactly one. */
  readonly edges: readonly CallGraphEdge[];
  /** By index of a span, the place of the node in whose call it is. */
  readonly nodeOf: Int32Array;
  /** By index of a span, the place of the edge of the call in which it is; -1 = that call has no caller. */
  readonly edgeOf: Int32Array;
  /** By index of a span, the index of the call in which it is: itself, or the nearest one around it. */
  readonly callOf: Int32Array;
}
