'use client';
import { useState } from 'react';
import { statisticsInSteps } from '../../analysis/statistics/statistics.ts';
import type { Statistics, StatisticsBy } from '../../analysis/statistics/types.ts';
import { soon } from '../../analysis/steps.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Trace, TraceSet } from '../../model/types.ts';

/**
 * The statistics of a trace or a set; where the search hides what it does not match, those of what matches. What was
 * known before, put together by the same, stands until the new ones are there. Null before.
 */
export function useStatistics(source: Trace | Pick<TraceSet, 'traces'> | null, by: StatisticsBy): Statistics | null {
  const hits = useTraceStore((state) => (state.filterMode === 'hide' ? state.hits : null));
  // Hits are filled in place; the matches are new whenever there are more.
  const matches = useTraceStore((state) => (state.filterMode === 'hide' ? state.matches : null));
  const query = useTraceStore((state) => (state.filterMode === 'hide' ? state.query : ''));
  const isTrace = source !== null && !('traces' in source);
  const now = useSoon(
    (signal) => source && soon(statisticsInSteps(source, { by, only: (isTrace && hits) || undefined }), { signal }),
    [source, by, hits, matches],
    source !== null && !('traces' in source) && source.live ? `${source.key} ${by} ${query}` : undefined,
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last?.by === by ? last : null);
}
