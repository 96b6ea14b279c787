'use client';
import { useVisibleRows } from '../../hooks/useVisibleRows.ts';
import type { Trace } from '../../model/types.ts';

/** Beyond this depth only the last levels are drawn; the number of those left out stands before them. */
const LEVELS = 12;

/** The lines that lead from a row to its ancestors. Decoration: the level is in `aria-level`. */
export function TreeGuides({ trace, index }: { readonly trace: Trace; readonly index: number }) {
  const { parent, depth } = trace.columns;
  const rows = useVisibleRows();
  const guides: ('branch' | 'last' | 'line' | 'none')[] = [];
  for (let at = index; parent[at]! !== -1 && guides.length < LEVELS; at = parent[at]!) {
    // Of those that are shown, in the order in which they are.
    const isLast = rows.placeOf(at) === rows.childrenOf(parent[at]!);
    guides.push(at === index ? (isLast ? 'last' : 'branch') : isLast ? 'none' : 'line');
  }
  guides.reverse();
  const hidden = depth[index]! - guides.length;
  return (
    <span className="tv-guides" aria-hidden="true">
      {hidden > 0 ? <span className="tv-deeper">{hidden}</span> : null}
      {/* Guides have no identity but their place. */}
      {guides.map((guide, place) => <i key={place} data-guide={guide} />)}
    </span>
  );
}
