'use client';
import { useImperativeHandle, useState, type CSSProperties } from 'react';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { LaterView } from '../views/LaterView.tsx';
import { MAIN_VIEWS } from '../views/views.ts';
import { part } from '../parts/part.tsx';

export interface AgentGraphProps {
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

export interface AgentGraphRef {
  /** Puts the keyboard on the node or edge that it was on, or on that of what is selected. */
  focus(): void;
}

/**
 * Who called whom, or what followed what: agents, models, tools and services, each once, and between them all calls as
 * one line, as wide as they are many, slow, costly or failed. A press on a line lists its calls, each of which leads to
 * its span. Fills its container. Its words come when it is shown. Stands inside a provider.
 */
export const AgentGraph = part<AgentGraphRef, AgentGraphProps>(function AgentGraph({ className, style }, ref) {
  const { store } = useTraceContext();
  const trace = useTrace();
  useImperativeHandle(ref, () => ({ focus: () => store.actions.focusGrid() }), [store]);
  const [view] = useState(() => MAIN_VIEWS.find(({ id }) => id === 'graph')!);
  return (
    <div
      className={className === undefined ? 'tv-view' : `tv-view ${className}`}
      style={style}
      data-trace-part="graph"
      data-state={trace ? 'ready' : 'empty'}
    >
      <LaterView view={view} />
    </div>
  );
});
