'use client';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { createFormat } from '../format.ts';
import { HostColumnsContext, type Column } from '../hooks/context/HostColumnsContext.ts';
import { RenderersContext, type Renderers } from '../hooks/context/RenderersContext.ts';
import { TraceContext } from '../hooks/context/TraceContext.ts';
import { useStable } from '../hooks/useStable.ts';
import type { Trace } from '../model/types.ts';
import { useViewState } from '../hooks/useViewState.ts';
import { createTraceStore, type TraceStore } from '../store/createTraceStore.ts';
import type { HostLink, ViewPieces } from '../store/types.ts';
import type { ViewState } from '../store/viewState.ts';
import { hostLabels } from './hostLabels.ts';
import { askHost } from './parts/Slot.tsx';
import type { TraceViewProps } from './types.ts';

export interface TraceProviderProps extends TraceViewProps {
  readonly trace: Trace | null;
  readonly children: ReactNode;
}

/**
 * Holds the view state of one trace for the parts inside it: the grid, the detail, a host's own. Makes one store, for
 * as long as it stands, and keeps it in step with the props that the host controls.
 */
export function TraceProvider(props: TraceProviderProps) {
  const { trace, labels, locale, timeZone, onReveal, onViewStateChange, children } = props;
  const [store] = useState(
    () => askHost(() => createResting(initialPieces(props), trace), null) ?? createResting({}, null),
  );
  const [refused, setRefused] = useState<Trace | null>(null);
  const words = useStable(labels);
  const columns = useStable(props.columns ?? NO_COLUMNS);
  const renderers = useStable(props.renderers ?? NO_RENDERERS);
  // Before paint, and after every render: the host's pieces may have changed with any of them.
  const take = useCallback(() => {
    const taken = askHost(() => {
      store.actions.setTrace(trace);
      return true;
    }, false);
    if (!taken) store.actions.setTrace(null);
    setRefused(taken ? null : trace);
  }, [store, trace]);
  useBrowserLayoutEffect(() => askHost(() => store.link(hostLink(props)), undefined));
  useBrowserLayoutEffect(take, [take]);
  useBrowserLayoutEffect(() => {
    store.wake();
    return () => store.rest();
  }, [store]);
  const value = useMemo(
    () => ({
      store,
      format: createFormat(locale, timeZone),
      labels: hostLabels(words),
      onReveal,
      refused: refused !== null && refused === trace ? take : null,
    }),
    [store, locale, timeZone, words, onReveal, refused, trace, take],
  );
  return (
    <TraceContext.Provider value={value}>
      <HostColumnsContext.Provider value={columns}>
        <RenderersContext.Provider value={renderers}>{children}</RenderersContext.Provider>
      </HostColumnsContext.Provider>
      {onViewStateChange ? <ViewReport tell={onViewStateChange} /> : null}
    </TraceContext.Provider>
  );
}

const NO_COLUMNS: readonly Column[] = [];
const NO_RENDERERS: Renderers = {};

/** On a server nobody looks, and nothing is searched beyond what is found at once. */
function createResting(initial: Partial<ViewPieces>, trace: Trace | null): TraceStore {
  const store = createTraceStore(initial, trace);
  store.rest();
  return store;
}

/** Tells the host of each view but the first, which it knows. */
function ViewReport({ tell }: { readonly tell: (view: ViewState) => void }) {
  const view = useViewState();
  const told = useRef(view);
  useEffect(() => {
    if (told.current === view) return;
    told.current = view;
    tell(view);
  });
  return null;
}

const PIECES: Readonly<Record<keyof ViewPieces, string>> = {
  selectedSpan: 'SelectedSpan',
  expansion: 'Expansion',
  timeWindow: 'TimeWindow',
  query: 'Query',
  filterMode: 'FilterMode',
  shownColumns: 'ShownColumns',
  sort: 'Sort',
  panel: 'Panel',
  reading: 'Reading',
  criticalPath: 'CriticalPath',
  shortenIdle: 'ShortenIdle',
  argumentsInRows: 'ArgumentsInRows',
  range: 'Range',
};

type AnyProps = Readonly<Record<string, unknown>>;

/**
 * What the props say of each piece of view state, by the name that `nameOf` gives of it; pieces that they do not speak
 * of are left out.
 */
const piecesOf = (props: object, nameOf: (piece: string, capital: string) => string): object =>
  Object.fromEntries(
    Object.entries(PIECES).flatMap(([piece, capital]) => {
      const value = (props as AnyProps)[nameOf(piece, capital)];
      return value === undefined ? [] : [[piece, value]];
    }),
  );
const controlled = (props: TraceViewProps): HostLink['controlled'] => piecesOf(props, (piece) => piece);

const initialPieces = (props: TraceViewProps): Partial<ViewPieces> => ({
  ...viewPieces(props.defaultViewState),
  ...piecesOf(props, (_, capital) => `default${capital}`),
  ...controlled(props),
});

function viewPieces(view: ViewState | null | undefined): Partial<ViewPieces> {
  if (!view) return {};
  const { version: _, folds: __, columns, ...pieces } = view;
  return { ...pieces, shownColumns: columns.length > 0 ? columns : null };
}

const hostLink = (props: TraceViewProps): HostLink => ({
  controlled: controlled(props),
  onChange: piecesOf(props, (_, capital) => `on${capital}Change`),
});
