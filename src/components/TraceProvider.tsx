'use client';
import { useMemo, useState, type ReactNode } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { createFormat } from '../format.ts';
import { TraceContext } from '../hooks/TraceContext.ts';
import { useStable } from '../hooks/useStable.ts';
import { defaultLabels } from '../labels.ts';
import type { Trace } from '../model/types.ts';
import { createTraceStore } from '../store/createTraceStore.ts';
import type { HostLink, ViewPieces } from '../store/types.ts';
import type { TraceViewProps } from './types.ts';

export interface TraceProviderProps extends TraceViewProps { readonly trace: Trace | null; readonly children: ReactNode }

/**
 * Holds the view state of one trace for the parts inside it: the grid, the detail, a host's own. Makes one store, for as long as it
 * stands, and keeps it in step with the props that the host controls.
 */
export function TraceProvider(props: TraceProviderProps) {
  const { trace, labels, locale, timeZone, onReveal, children } = props;
  const [store] = useState(() => createTraceStore(initialPieces(props), trace));
  const words = useStable(labels);
  // Before paint, and after every render: the host's pieces may have changed with any of them.
  useBrowserLayoutEffect(() => store.link(hostLink(props)));
  useBrowserLayoutEffect(() => store.actions.setTrace(trace), [store, trace]);
  const value = useMemo(
    () => ({ store, format: createFormat(locale, timeZone), labels: { ...defaultLabels, ...words }, onReveal }),
    [store, locale, timeZone, words, onReveal],
  );
  return <TraceContext.Provider value={value}>{children}</TraceContext.Provider>;
}

function initialPieces(props: TraceViewProps): Partial<ViewPieces> {
  const pieces = {
    selectedSpan: props.selectedSpan ?? props.defaultSelectedSpan,
    expansion: props.expansion ?? props.defaultExpansion,
    timeWindow: props.timeWindow ?? props.defaultTimeWindow,
    query: props.query ?? props.defaultQuery,
  };
  return Object.fromEntries(Object.entries(pieces).filter(([, value]) => value !== undefined));
}

const hostLink = ({ selectedSpan, expansion, timeWindow, query, ...props }: TraceViewProps): HostLink => ({
  controlled: {
    ...(selectedSpan === undefined ? {} : { selectedSpan }), ...(expansion === undefined ? {} : { expansion }),
    ...(timeWindow === undefined ? {} : { timeWindow }), ...(query === undefined ? {} : { query }),
  },
  onChange: { selectedSpan: props.onSelectedSpanChange, expansion: props.onExpansionChange, timeWindow: props.onTimeWindowChange, query: props.onQueryChange },
});
