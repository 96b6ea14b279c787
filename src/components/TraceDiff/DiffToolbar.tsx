'use client';
import type { ReactNode, RefObject } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { DiffFilter, MergedTrace } from '../../layout/diff/mergedTrace.ts';
import type { DiffAlignment } from '../../layout/diff/placedTimes.ts';
import { TraceSearch } from '../TraceSearch/TraceSearch.tsx';
import { DiffSign } from './diffDrawing.tsx';

const FILTERS = ['all', 'added', 'removed', 'changed', 'moved'] as const satisfies readonly DiffFilter[];
const ALIGNMENTS = ['trace', 'span', 'apart'] as const satisfies readonly DiffAlignment[];

interface DiffToolbarProps {
  readonly merged: MergedTrace;
  readonly search: RefObject<{ focus(): void } | null>;
  onFirstDifference(): void;
  /** Stands behind the first difference. */
  readonly children?: ReactNode;
}

/** Find, filters that are counts, the first difference, and how the bars are aligned. */
export function DiffToolbar({ merged, search, onFirstDifference, children }: DiffToolbarProps) {
  const { store, labels, format } = useTraceContext();
  const filter = useTraceStore((state) => state.differences);
  const alignment = useTraceStore((state) => state.alignment);
  const { counts, rows, divergence } = merged.diff;
  const countOf = (which: DiffFilter): number => (which === 'all' ? rows.length : counts[which]);
  return (
    <div role="toolbar" aria-label={labels.diffTools} className="tv-toolbar tv-diff-toolbar" data-trace-part="toolbar">
      <TraceSearch ref={search} />
      <span role="group" aria-label={labels.diffFilters} className="tv-diff-filters">
        {FILTERS.map((which) => (
          <button
            key={which}
            type="button"
            className="tv-button"
            data-diff={which}
            aria-pressed={filter === which}
            disabled={countOf(which) === 0 && filter !== which}
            onClick={() => store.actions.showDifferences(filter === which ? 'all' : which)}
          >
            <DiffSign state={which} />
            {labels.diffFilter(which)} <span className="tv-faint">{format.count(countOf(which))}</span>
          </button>
        ))}
      </span>
      {divergence ? (
        <button type="button" className="tv-button tv-line tv-optional" onClick={onFirstDifference}>
          {labels.firstDifference}
        </button>
      ) : null}
      {children}
      <span className="tv-spring" />
      <span className="tv-diff-legend tv-optional" aria-hidden="true">
        <i data-side="A" />
        {labels.sideBefore}
        <i data-side="B" />
        {labels.sideAfter}
      </span>
      <span className="tv-divider tv-optional" />
      <span role="group" aria-label={labels.alignBars} className="tv-diff-filters">
        <span className="tv-faint tv-optional" aria-hidden="true">
          {labels.alignBars}
        </span>
        {ALIGNMENTS.map((each) => (
          <button
            key={each}
            type="button"
            className="tv-button"
            title={labels.alignmentHint(each)}
            aria-pressed={alignment === each}
            onClick={() => store.actions.align(each)}
          >
            {labels.alignment(each)}
          </button>
        ))}
      </span>
    </div>
  );
}
