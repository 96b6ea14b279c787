'use client';
import { useImperativeHandle, useMemo, useRef, type CSSProperties } from 'react';
import { turnsOf } from '../../analysis/traces/sessions.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { timeAxis } from '../../layout/time/timeAxis.ts';
import { turnTimes } from '../../layout/time/turnTimes.ts';
import type { TraceSet } from '../../model/types.ts';
import { part } from '../parts/part.tsx';
import { ListGrid } from '../ListGrid/ListGrid.tsx';
import type { ListGridRef } from '../ListGrid/types.ts';
import { useSelectedTrace, type TraceSelectionProps } from '../TraceList/useSelectedTrace.ts';
import { sessionColumns } from './sessionColumns.tsx';
import { plainText } from '../text/recordedText.tsx';
import { SessionHead } from './SessionHead.tsx';
import { SessionBreaks } from './SessionTimeline.tsx';

export interface TraceSessionProps extends TraceSelectionProps {
  /** The set that has the traces: what `parseTraces` and `useTraces` give. */
  readonly traces: Pick<TraceSet, 'traces'>;
  /** Which session: the `sessionId` of its traces. */
  readonly session: string;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * A session as one timeline: a row per trace in order of start, all on one axis, on which long pauses are shortened and
 * marked. Stands inside a provider, as the list of traces does.
 */
export const TraceSession = part<ListGridRef, TraceSessionProps>(function TraceSession(
  { traces: { traces }, session, className, style, ...props },
  ref,
) {
  const { format, labels } = useTraceContext();
  const [selected, open] = useSelectedTrace(props);
  const grid = useRef<ListGridRef>(null);
  useImperativeHandle(ref, () => ({ focus: () => grid.current?.focus() }), []);
  const turns = useMemo(() => turnsOf(traces, session), [traces, session]);
  const { origin, axis, columns } = useMemo(() => {
    const times = turnTimes(turns);
    const made = timeAxis(times.windows);
    return { origin: times.origin, axis: made, columns: sessionColumns(turns, { format, labels, times, axis: made }) };
  }, [turns, format, labels]);
  return (
    <div
      className={className === undefined ? 'tv-list tv-session' : `tv-list tv-session ${className}`}
      style={style}
      data-trace-part="session"
      data-state={turns.length === 0 ? 'empty' : 'ready'}
    >
      <SessionHead session={session} turns={turns} origin={origin} axis={axis} />
      {turns.length === 0 ? <p className="tv-list-empty">{labels.noTraces}</p> : null}
      <ListGrid
        ref={grid}
        label={labels.turnsOf(plainText(session))}
        rows={turns}
        columns={columns}
        selected={selected}
        onOpen={open}
      >
        <SessionBreaks axis={axis} />
      </ListGrid>
    </div>
  );
});
