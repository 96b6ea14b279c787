'use client';
import { useEffect, useState, type RefObject } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { RowList } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import type { Painter } from '../TraceGrid/timeline/painter.ts';
import type { TallList } from '../TraceGrid/tallList.ts';
import { newestRow } from './newestRow.ts';
import { useFollow } from './useFollow.ts';
import { useGrowingBars } from './useGrowingBars.ts';
import { useStillRows } from './useStillRows.ts';
import { useLiveStatus } from './useLiveStatus.ts';

interface LiveRowsProps {
  readonly trace: Trace;
  readonly rows: RowList;
  readonly painter: Painter;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly list: TallList;
  scrollTo(position: number): void;
}

/**
 * What the rows of a trace do that comes from a stream: bars grow, the newest stay in view where that is wanted, else a
 * button says how many have come, and leads there.
 */
export function LiveRows({ trace, rows, painter, scroller, list, scrollTo }: LiveRowsProps) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const follow = useTraceStore((state) => state.follow);
  const status = useLiveStatus();
  const scrolls = useOverflow(scroller);
  useStillRows(scroller, list, trace.live && !follow);
  useGrowingBars(painter, trace.live);
  useFollow({ trace, rows, follow, scroller, scrollTo });
  const [seen, setSeen] = useState(trace.spanCount);
  if (follow && trace.live && seen !== trace.spanCount) setSeen(trace.spanCount);
  const more = trace.spanCount - seen;
  return (
    <>
      {status}
      {more > 0 && scrolls ? (
        <button
          type="button"
          className="tv-button tv-new-spans"
          title={labels.goToNewest}
          onClick={() => {
            const position = newestRow(trace, rows);
            setSeen(trace.spanCount);
            if (position !== -1) {
              scrollTo(position);
              // The button goes, and must not take the keyboard with it.
              store.actions.focus({ key: rows.at(position).key, cell: -1 });
              store.actions.focusGrid();
            }
            store.actions.followNewest(true);
          }}
        >
          <Sign name="down" size={10} />
          {labels.newSpans(more, format.count(more))}
          <span className="tv-visually-hidden"> {labels.goToNewest}</span>
        </button>
      ) : null}
    </>
  );
}

/** Whether there are more rows than are in sight. */
function useOverflow(scroller: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const grid = scroller.current;
    const rows = grid?.querySelector('.tv-rows');
    if (!grid || !rows) return undefined;
    const watch = new ResizeObserver(() => setOverflows(grid.scrollHeight > grid.clientHeight + 1));
    watch.observe(grid);
    watch.observe(rows);
    return () => watch.disconnect();
  }, [scroller]);
  return overflows;
}
