'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';

/** Says of a closed row how many matches are inside it. */
export function MatchCount({ count }: { readonly count: number }) {
  const { labels, format } = useTraceContext();
  return count === 0 ? null : (
    <span className="tv-badge tv-found-inside" title={labels.matchesInside(format.count(count))}>
      <Sign name="search" size={9} />
      <span aria-hidden="true">{format.count(count)}</span>
      <span className="tv-visually-hidden">{labels.matchesInside(format.count(count))}</span>
    </span>
  );
}
