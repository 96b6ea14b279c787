'use client';
import { useMemo } from 'react';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { FlameGraph } from '../../layout/flame/types.ts';

/** By place of a node, 1 = the search finds a span of it; null = nothing is looked for. */
export function useFoundNodes({ nodes, nodeOf }: FlameGraph): Uint8Array | null {
  const hits = useTraceStore((state) => state.hits);
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
