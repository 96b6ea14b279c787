'use client';
import { useImperativeHandle, useState, type CSSProperties } from 'react';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { LaterView } from '../views/LaterView.tsx';
import { MAIN_VIEWS } from '../views/views.ts';
import { part } from '../parts/part.tsx';

export interface TraceTranscriptProps {
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

export interface TraceTranscriptRef {
  /** Puts the keyboard on the line that it was on, or on that of what is selected. */
  focus(): void;
}

/**
 * The trace as one conversation: what was asked, answered and done, each thing once, with sub-agents indented; each line
 * leads to its span. Fills its container, which scrolls it. Its words come when it is shown. Stands inside a provider.
 */
export const TraceTranscript = part<TraceTranscriptRef, TraceTranscriptProps>(function TraceTranscript(
  { className, style },
  ref,
) {
  const { store } = useTraceContext();
  const trace = useTrace();
  useImperativeHandle(ref, () => ({ focus: () => store.actions.focusGrid() }), [store]);
  const [view] = useState(() => MAIN_VIEWS.find(({ id }) => id === 'transcript')!);
  return (
    <div
      className={className === undefined ? 'tv-view' : `tv-view ${className}`}
      style={style}
      data-trace-part="transcript"
      data-state={trace ? 'ready' : 'empty'}
    >
      <LaterView view={view} />
    </div>
  );
});
