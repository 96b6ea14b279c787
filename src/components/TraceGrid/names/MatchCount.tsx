'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { lowerBound } from '../../../model/lowerBound.ts';
import { Sign } from '../../parts/icons.tsx';

/** Says of a closed row how many matches are inside it: from one index up to another. */
export function MatchCount({ from, to }: { readonly from: number; readonly to: number }) {
  const { labels, format } = useTraceContext();
  const count = useTraceStore(({ matches }) =>
    to <= from || matches.length === 0 ? 0 : lowerBound(matches, to) - lowerBound(matches, from),
  );
  return count === 0 ? null : (
    <span className="tv-badge tv-found-inside" title={labels.matchesInside(format.count(count))}>
      <Sign name="search" size={9} />
      <span aria-hidden="true">{format.count(count)}</span>
      <span className="tv-visually-hidden">{labels.matchesInside(format.count(count))}</span>
    </span>
  );
}
