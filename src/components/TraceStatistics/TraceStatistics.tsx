'use client';
import { useImperativeHandle, useMemo, useState, type CSSProperties } from 'react';
import type { StatisticsBy } from '../../analysis/statistics/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { TraceSet } from '../../model/types.ts';
import type { ListGridRef } from '../ListGrid/types.ts';
import { part } from '../parts/part.tsx';
import { LaterView } from '../views/LaterView.tsx';
import { MAIN_VIEWS } from '../views/views.ts';

export interface TraceStatisticsProps {
  /** All traces of a set in place of the provider's trace; a press on a row then filters the list of traces. */
  readonly traces?: Pick<TraceSet, 'traces'> | undefined;
  /** What spans are put together by at first: `name`, `kind`, `model`, `service` or `agent`. @default 'name' */
  readonly defaultBy?: StatisticsBy | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * What the spans come to by name, kind, model, service or agent, in a table that sorts: count, times, failures, tokens,
 * cost, and how durations are spread. A press on a row writes the query that finds its spans, another one takes it back.
 * Fills its container. Its words come when it is shown. Stands inside a provider.
 */
export const TraceStatistics = part<ListGridRef, TraceStatisticsProps>(function TraceStatistics(
  { traces, defaultBy, className, style },
  ref,
) {
  const trace = useTrace();
  const { store } = useTraceContext();
  useImperativeHandle(ref, () => ({ focus: () => store.actions.focusGrid() }), [store]);
  const [view] = useState(() => MAIN_VIEWS.find(({ id }) => id === 'statistics')!);
  const given = useMemo(() => ({ traces, defaultBy }), [traces, defaultBy]);
  return (
    <div
      className={className === undefined ? 'tv-view' : `tv-view ${className}`}
      style={style}
      data-trace-part="statistics"
      data-state={trace || traces ? 'ready' : 'empty'}
    >
      <LaterView view={view} given={given} />
    </div>
  );
});
