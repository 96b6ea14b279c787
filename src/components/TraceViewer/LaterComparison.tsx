'use client';
import { lazy, Suspense, useState } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Slot } from '../parts/Slot.tsx';
import type { ComparisonProps } from './Comparison.tsx';
import { ViewerFailed } from './EmptyState.tsx';

/** `Comparison`, which most readers never ask for; where it cannot be had, a word and the way back. */
export function LaterComparison(props: ComparisonProps) {
  const { labels } = useTraceContext();
  return (
    <Slot
      render={() => <Fetched {...props} />}
      renderFailed={(again) => (
        <div className="tv-comparison">
          <ViewerFailed labels={labels} again={again}>
            <button type="button" className="tv-button tv-line" onClick={props.onBack}>
              {labels.backToTrace}
            </button>
          </ViewerFailed>
        </div>
      )}
    />
  );
}

/** The state stands above what waits: who tries again fetches again. */
function Fetched(props: ComparisonProps) {
  const [Comparison] = useState(() => lazy(async () => ({ default: (await import('./Comparison.tsx')).Comparison })));
  return (
    <Suspense fallback={<div className="tv-comparison" />}>
      <Comparison {...props} />
    </Suspense>
  );
}
