'use client';
import type { ReactNode, RefObject } from 'react';
import { errors } from '../../analysis/errors.ts';
import { traceFacts } from '../../analysis/traces/traceFacts.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { closedLoops } from '../../layout/rows/loopRows.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { ColumnMenu } from '../ColumnMenu/ColumnMenu.tsx';
import { CriticalPathSwitch } from './CriticalPathSwitch.tsx';
import { FilterMenu } from '../TraceSearch/FilterMenu.tsx';
import { later } from '../later/later.tsx';
import { Sign } from '../parts/icons.tsx';
import { ToolbarSwitch } from '../parts/ToolbarSwitch.tsx';
import { TraceSearch } from '../TraceSearch/TraceSearch.tsx';

const FindingsButton = later('FindingsButton', true);

interface TraceToolbarProps {
  readonly search: RefObject<{ focus(): void } | null>;
  /** Stands behind the jump to failures. */
  readonly children?: ReactNode;
}

/** Find, filter, jump to failures, open and close all, zoom. */
export function TraceToolbar({ search, children }: TraceToolbarProps) {
  const {
    store: { actions },
    labels,
    format,
  } = useTraceContext();
  const trace = useTrace();
  const failed = trace ? errors(trace).length : 0;
  const zoom = (factor: number) => () => {
    actions.zoom(factor);
    actions.settle();
  };
  return (
    <div role="toolbar" aria-label={labels.traceTools} className="tv-toolbar" data-trace-part="toolbar">
      <TraceSearch ref={search} />
      <FilterMenu field="kind" />
      {trace && traceFacts(trace).services.length > 1 ? <FilterMenu field="service" /> : null}
      {failed === 0 ? null : (
        <button
          type="button"
          className="tv-button tv-line tv-errors"
          title={labels.nextError}
          onClick={() => actions.stepError(1)}
        >
          <Sign name="error" />
          {labels.errors} <span className="tv-faint">{format.count(failed)}</span>
          <span className="tv-visually-hidden">{labels.nextError}</span>
        </button>
      )}
      <span className="tv-findings-room">
        <FindingsButton otherwise={null} />
      </span>
      {children}
      <span className="tv-spring" />
      {trace?.live ? <FollowSwitch /> : null}
      <CriticalPathSwitch />
      <FoldLoopsSwitch />
      <ColumnMenu />
      <button type="button" className="tv-button tv-optional" onClick={() => actions.openAll(false)}>
        {labels.collapseAll}
      </button>
      <button type="button" className="tv-button tv-optional" onClick={() => actions.openAll(true)}>
        {labels.expandAll}
      </button>
      <span className="tv-divider tv-optional" />
      <span className="tv-zoom">
        <span className="tv-faint tv-optional" aria-hidden="true">
          {labels.zoom}
        </span>
        <button type="button" className="tv-button tv-line tv-icon" aria-label={labels.zoomOut} onClick={zoom(1.6)}>
          −
        </button>
        <button type="button" className="tv-button tv-line" onClick={() => actions.zoomTo(null)}>
          {labels.fit}
        </button>
        <button type="button" className="tv-button tv-line tv-icon" aria-label={labels.zoomIn} onClick={zoom(1 / 1.6)}>
          +
        </button>
      </span>
    </div>
  );
}

/** The switch that keeps the newest rows in view, while there are new ones. */
function FollowSwitch() {
  const { store, labels } = useTraceContext();
  const on = useTraceStore((state) => state.follow);
  return <ToolbarSwitch sign="down" label={labels.follow} on={on} onToggle={() => store.actions.followNewest(!on)} />;
}

/** The switch that folds long loops to a row each, for the toolbar; nothing where there is no loop. */
function FoldLoopsSwitch() {
  const { store, labels } = useTraceContext();
  const loops = useTraceStore((state) => state.loops);
  const folds = useTraceStore((state) => state.folds);
  if (!loops?.anyLong) return null;
  const on = closedLoops(loops, folds).any;
  return <ToolbarSwitch sign="loop" label={labels.foldLoops} on={on} onToggle={() => store.actions.foldLoops(!on)} />;
}
