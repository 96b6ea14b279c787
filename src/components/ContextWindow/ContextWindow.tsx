'use client';
import { useContext, useImperativeHandle, useMemo, useState, type CSSProperties } from 'react';
import type { PriceTable } from '../../conventions/prices.ts';
import { HostLookContext } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { part } from '../parts/part.tsx';
import { LaterView } from '../views/LaterView.tsx';
import { MAIN_VIEWS } from '../views/views.ts';

export interface ContextWindowProps {
  /**
   * What models take at most (`max_input_tokens`) and what a cached token costs, as LiteLLM's table has it. Keep it
   * outside of your component. @default `prices` of the provider
   */
  readonly prices?: PriceTable;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

export interface ContextWindowRef {
  /** Puts the keyboard on the call that it was on, or on the one that is selected. */
  focus(): void;
}

/**
 * Where the context of an agent went, call by call, against what the model takes at most; below it what became of the
 * prompt cache: how much was the same, what was read, where and why it broke, what that cost. A press on a call selects
 * its span. Fills its container, which scrolls it. Its words come when it is shown. Stands inside a provider.
 */
export const ContextWindow = part<ContextWindowRef, ContextWindowProps>(function ContextWindow(
  { prices, className, style },
  ref,
) {
  const { store } = useTraceContext();
  const trace = useTrace();
  const look = useContext(HostLookContext);
  const own = useMemo(() => (prices ? { ...look, prices } : look), [look, prices]);
  useImperativeHandle(ref, () => ({ focus: () => store.actions.focusGrid() }), [store]);
  const [view] = useState(() => MAIN_VIEWS.find(({ id }) => id === 'context')!);
  return (
    <div
      className={className === undefined ? 'tv-view' : `tv-view ${className}`}
      style={style}
      data-trace-part="context"
      data-state={trace ? 'ready' : 'empty'}
    >
      <HostLookContext.Provider value={own}>
        <LaterView view={view} />
      </HostLookContext.Provider>
    </div>
  );
});
