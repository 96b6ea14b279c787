'use client';
import { useMemo } from 'react';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Trace } from '../../model/types.ts';
import type { FlameGraph } from '../../layout/flame/types.ts';

/**
 * By place of a node, 1 = the search finds a span of it; null = nothing is looked for, or the bars are of an earlier
 * state of their trace than what is found.
 */
export function useFoundNodes(trace: Trace, { nodes, nodeOf }: FlameGraph): Uint8Array | null {
  const hits = useTraceStore((state) => (state.trace === trace ? state.hits : null));
  const matches = useTraceStore((state) => state.matches);
  return useMemo(() => {
    if (!hits) return null;
    const found = new Uint8Array(nodes.length);
    for (const index of matches) {
      const place = nodeOf[index];
      if (place !== undefined && place !== -1) found[place] = 1;
    }
    return found;
  }, [nodes, nodeOf, hits, matches]);
}
