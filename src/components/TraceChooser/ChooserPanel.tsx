'use client';
import { useEffect, useRef } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { isText } from '../../hooks/useTreeKeyboard.ts';
import type { Trace, TraceSet } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import type { ListGridRef } from '../ListGrid/types.ts';
import { TraceList, type TraceListRef } from '../TraceList/TraceList.tsx';
import { TraceSession } from '../TraceSession/TraceSession.tsx';
import { usePressOutside } from '../menu/usePressOutside.ts';

interface ChooserPanelProps {
  readonly set: Pick<TraceSet, 'traces'>;
  readonly shown: Trace;
  /** The session that the shown trace shares with others. */
  readonly session: string | undefined;
  readonly view: 'list' | 'session';
  onView(view: 'list' | 'session'): void;
  onChoose(key: string): void;
  readonly onCompare: ((a: Trace, b: Trace) => void) | undefined;
  /** Closes, and the focus goes back to the button. */
  onClose(): void;
  /** The focus is elsewhere already. */
  onLeave(): void;
}

/**
 * The list of all traces, or the timeline of a session, over the viewer. Loaded when it is first opened: most hosts
 * show one trace.
 */
export function ChooserPanel({
  set,
  shown,
  session,
  view,
  onView,
  onChoose,
  onCompare,
  onClose,
  onLeave,
}: ChooserPanelProps) {
  const { labels } = useTraceContext();
  const panel = useRef<HTMLDivElement>(null);
  const list = useRef<TraceListRef>(null);
  const turns = useRef<ListGridRef>(null);
  useEffect(() => {
    // Rows are there with the second layout, when the height of the panel is known.
    const frame = requestAnimationFrame(() => (view === 'list' ? list.current : turns.current)?.focus());
    return () => cancelAnimationFrame(frame);
    // When it opens: later the reader presses a switch, and keeps the focus there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  // A press on the chooser itself is its own to answer.
  usePressOutside(true, () => [panel.current?.parentElement], onLeave);
  return (
    // Keys of the viewer must not act on the trace that lies behind; they are taken here, wherever in the panel the
    // focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={panel}
      role="dialog"
      aria-label={labels.chooseTrace}
      className="tv-chooser-panel"
      data-view={view}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
        else if (event.key === '/' && view === 'list' && !isText(event.target)) list.current?.focusFilter();
        else return;
        event.preventDefault();
      }}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !panel.current?.parentElement?.contains(relatedTarget)) onLeave();
      }}
    >
      <div className="tv-chooser-top">
        {session === undefined ? (
          <b>{labels.traces}</b>
        ) : (
          <>
            <button
              type="button"
              className="tv-button tv-line"
              aria-pressed={view === 'list'}
              onClick={() => onView('list')}
            >
              {labels.allTraces}
            </button>
            <button
              type="button"
              className="tv-button tv-line"
              aria-pressed={view === 'session'}
              onClick={() => onView('session')}
            >
              {labels.thisSession}
            </button>
          </>
        )}
        <span className="tv-spring" />
        <button type="button" className="tv-button tv-icon" aria-label={labels.close} onClick={onClose}>
          <Sign name="close" size={10} />
        </button>
      </div>
      {view === 'session' && session !== undefined ? (
        <TraceSession
          ref={turns}
          traces={set}
          session={session}
          selectedTrace={shown.key}
          onSelectedTraceChange={onChoose}
        />
      ) : (
        <TraceList
          ref={list}
          traces={set}
          selectedTrace={shown.key}
          onSelectedTraceChange={onChoose}
          {...(onCompare ? { onCompare } : {})}
        />
      )}
    </div>
  );
}
