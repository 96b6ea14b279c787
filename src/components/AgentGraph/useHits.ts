'use client';
import { useMemo } from 'react';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { CallGraph } from '../../analysis/graph/types.ts';

export interface GraphHits {
  /** Places in the graph of nodes and edges in whose calls something is found. */
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** Where in a graph something is found; null where nothing is looked for. */
export function useHits({ nodeOf, edgeOf }: CallGraph): GraphHits | null {
  const hits = useTraceStore((state) => state.hits);
  return useMemo(() => {
    if (!hits || hits.length !== nodeOf.length) return null;
    const found = { nodes: new Set<number>(), edges: new Set<number>() };
    for (let index = 0; index < hits.length; index += 1) {
      if (hits[index] !== 1) continue;
      found.nodes.add(nodeOf[index]!);
      found.edges.add(edgeOf[index]!);
    }
    return found;
  }, [hits, nodeOf, edgeOf]);
}
