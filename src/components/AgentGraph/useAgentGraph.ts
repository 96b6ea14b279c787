'use client';
import { useMemo, useState } from 'react';
import { ledger } from '../../analysis/amounts/ledger.ts';
import { agentGraph } from '../../analysis/graph/agentGraph.ts';
import type { CallGraph, GraphMode } from '../../analysis/graph/types.ts';
import { soon } from '../../analysis/steps.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { drawnGraph } from '../../layout/graph/drawnGraph.ts';
import { graphLayout } from '../../layout/graph/graphLayout.ts';
import type { GraphLayout } from '../../layout/graph/types.ts';
import type { Trace } from '../../model/types.ts';

/** Who goes to another view and back does not wait again. */
const known = new WeakMap<Trace, Map<GraphMode, CallGraph>>();

async function read(trace: Trace, mode: GraphMode, signal: AbortSignal): Promise<CallGraph> {
  const graph = await agentGraph(trace, { mode, signal });
  // Its currency is written beside the amounts.
  await soon(ledger.inSteps(trace), { signal });
  const graphs = known.get(trace) ?? new Map<GraphMode, CallGraph>();
  known.set(trace, graphs.set(mode, graph));
  return graph;
}

/** A graph and where it is drawn. */
export interface ReadGraph {
  readonly trace: Trace;
  readonly graph: CallGraph;
  readonly layout: GraphLayout;
}

/** The graph of a trace; of one that goes on that of its last state until the new one is there. Null before. */
export function useAgentGraph(trace: Trace | null, mode: GraphMode, atMost: number, narrow: boolean): ReadGraph | null {
  const now = useSoon<Omit<ReadGraph, 'layout'> | null>(
    (signal) => {
      if (!trace) return null;
      const graph = known.get(trace)?.get(mode);
      return graph ? { trace, graph } : read(trace, mode, signal).then((made) => ({ trace, graph: made }));
    },
    [trace, mode],
    trace?.live ? `${trace.key} ${mode}` : undefined,
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  const shown = now ?? (last && last.trace.key === trace?.key && last.graph.mode === mode ? last : null);
  return useMemo(
    () =>
      shown && {
        ...shown,
        layout: graphLayout(drawnGraph(shown.graph, atMost), narrow ? NARROW : {}),
      },
    [shown, atMost, narrow],
  );
}

const NARROW = { nodeWidth: 142, gapX: 56 };
