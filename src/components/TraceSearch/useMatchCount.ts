'use client';
import { useMemo } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import { useRowOrder } from '../../hooks/useVisibleRows.ts';

/** How many spans the query matches and which of them is selected, in words. */
export function useMatchCount(): { readonly words: string } {
  const { labels } = useTraceContext();
  const isAsked = useTraceStore((state) => state.hits !== null);
  const searching = useTraceStore((state) => state.searching);
  const matches = useTraceStore((state) => state.matches);
  const current = useTraceStore(({ trace, hits, selectedSpan }) => {
    const index = selectedSpan === null ? undefined : trace?.find(selectedSpan)?.index;
    return index !== undefined && hits?.[index] === 1 ? index : -1;
  });
  const order = useRowOrder();
  const at = useMemo(() => {
    if (current === -1) return 0;
    if (!order) return lowerBound(matches, current) + 1;
    let before = 0;
    for (const index of matches) if (order.rank[index]! <= order.rank[current]!) before += 1;
    return before;
  }, [matches, current, order]);
  if (!isAsked) return { words: '' };
  if (searching) return { words: matches.length === 0 ? labels.searching : labels.matchesSoFar(at, matches.length) };
  return { words: labels.matches(at, matches.length) };
}
