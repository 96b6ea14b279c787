'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { callQuery } from '../../analysis/graph/callQuery.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { DrawnEdge, DrawnNode } from '../../layout/graph/types.ts';
import type { ReadGraph } from './useAgentGraph.ts';

/** What of a graph is looked at, and what can be done with it. */
export interface Chosen {
  readonly edge: DrawnEdge | null;
  readonly node: DrawnNode | null;
  /** Places of the drawn edge and node in whose call the selected span is. */
  readonly selectedEdge: number;
  readonly selectedNode: number;
  /** Index of the selected span; -1 = none. */
  readonly selected: number;
  /** Lists the calls of an edge, and asks for them where nobody else has asked for anything; null = none. */
  chooseEdge(edge: DrawnEdge | null): void;
  /** Lists who calls a node and whom it calls, and selects its first call, or the one behind the selected one. */
  chooseNode(node: DrawnNode): void;
  selectCall(index: number): void;
  /** Asks for the calls of an edge in the search. */
  find(edge: DrawnEdge): void;
}

/** Indices of all calls of a drawn edge or node, in order of the trace. */
export const callsOf = (
  all: readonly { readonly calls: readonly number[] }[],
  places: readonly number[],
): readonly number[] =>
  places.length === 1 ? all[places[0]!]!.calls : places.flatMap((at) => all[at]!.calls).sort((a, b) => a - b);

export function useChosen(read: ReadGraph | null): Chosen {
  const { store } = useTraceContext();
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const [id, setId] = useState<{ readonly edge?: string; readonly node?: string } | null>(null);
  /** The query that was asked for here: another one is the reader's own. */
  const asked = useRef('');
  const selected = (read && selectedSpan !== null ? read.trace.find(selectedSpan)?.index : undefined) ?? -1;
  const drawn = useMemo(() => {
    const edgeAt = new Map(read?.layout.edges.flatMap(({ places }, at) => places.map((place) => [place, at] as const)));
    const nodeAt = new Map(read?.layout.nodes.flatMap(({ places }, at) => places.map((place) => [place, at] as const)));
    return { edgeAt, nodeAt };
  }, [read]);
  const edge = read?.layout.edges.find((each) => each.id === id?.edge) ?? null;
  const node = read?.layout.nodes.find((each) => each.id === id?.node) ?? null;

  const selectCall = useCallback(
    (index: number) => {
      if (read) store.actions.select(read.trace.span(index).key);
    },
    [read, store],
  );
  const find = useCallback(
    (of: DrawnEdge) => {
      if (!read) return;
      asked.current = callQuery(read.trace, read.graph, callsOf(read.graph.edges, of.places)).text;
      store.actions.setQuery(asked.current);
    },
    [read, store],
  );
  const chooseEdge = useCallback(
    (of: DrawnEdge | null) => {
      setId(of && { edge: of.id });
      const { query } = store.getState();
      if (query !== '' && query !== asked.current) return;
      if (of) find(of);
      else if (query !== '') store.actions.setQuery('');
    },
    [find, store],
  );
  const chooseNode = useCallback(
    (of: DrawnNode) => {
      setId({ node: of.id });
      if (!read) return;
      const calls = callsOf(read.graph.nodes, of.places);
      const { selectedSpan: now } = store.getState();
      const current = now === null ? undefined : read.trace.find(now)?.index;
      const at = current === undefined ? -1 : calls.indexOf(read.graph.callOf[current]!);
      selectCall(calls[(at + 1) % calls.length]!);
    },
    [read, selectCall, store],
  );
  return {
    edge,
    node,
    selectedEdge: read && selected !== -1 ? (drawn.edgeAt.get(read.graph.edgeOf[selected]!) ?? -1) : -1,
    selectedNode: read && selected !== -1 ? (drawn.nodeAt.get(read.graph.nodeOf[selected]!) ?? -1) : -1,
    selected,
    chooseEdge,
    chooseNode,
    selectCall,
    find,
  };
}
