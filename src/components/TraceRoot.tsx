'use client';
import { forwardRef, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createFormat } from '../format.ts';
import { HostColumnsContext } from '../hooks/context/HostColumnsContext.ts';
import { HostLookContext } from '../hooks/context/HostLookContext.ts';
import { RenderersContext, type Renderers } from '../hooks/context/RenderersContext.ts';
import { TraceContext } from '../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useInPage } from '../hooks/context/useInPage.ts';
import { useStable } from '../hooks/useStable.ts';
import { useViewState } from '../hooks/useViewState.ts';
import type { Trace } from '../model/types.ts';
import { createTraceStore, viewsOf, type TraceStore } from '../store/createTraceStore.ts';
import type { HostLink, TraceState } from '../store/types.ts';
import { piecesIn, type ViewPieces } from '../store/viewPieces.ts';
import { viewPiecesOf, type ViewState } from '../store/viewState.ts';
import { hostLabels } from './parts/hostLabels.ts';
import { askHost } from './parts/Slot.tsx';
import type { Column, TraceLookProps, TraceViewProps, TraceViewStateProps } from './types.ts';

interface TraceRootProps extends TraceViewProps {
  readonly part: 'provider' | 'viewer' | 'diff';
  /** @default whether there is a trace */
  readonly state?: string;
  /** Undefined = the store's. */
  readonly trace: Trace | null | undefined;
  readonly children?: ReactNode;
}

/**
 * The root element that the stylesheet speaks of, and what all parts in it share: the store, kept in step with what the
 * host controls, and the host's words, formats, columns, kinds and panels.
 */
export const TraceRoot = forwardRef<HTMLDivElement, TraceRootProps>(function TraceRoot(props, ref) {
  const { part, state, trace, labels, locale, timeZone, onReveal, onViewStateChange, children } = props;
  const store = useRootStore(props, trace ?? null);
  const [refused, setRefused] = useState<Trace | null>(null);
  const hasTrace = useStore(store, holdsTrace);
  const words = useStable(labels);
  const columns = useStable(props.columns ?? NO_COLUMNS);
  const kinds = useStable(props.kinds);
  const panels = useStable(props.panels);
  const rules = useStable(props.rules);
  const prices = useStable(props.prices);
  const renderers = useStable(props.renderers ?? NO_RENDERERS);
  const [view] = useState(() => ({}));
  const inPage = useInPage();
  // Before paint, and after every render: the host's pieces may have changed with any of them.
  useBrowserLayoutEffect(() => askHost(() => viewsOf(store).link(hostLink(props), view), undefined));
  const take = useCallback(() => {
    if (trace === undefined) return;
    const taken = askHost(() => {
      store.actions.setTrace(trace);
      return true;
    }, false);
    if (!taken) store.actions.setTrace(null);
    setRefused(taken ? null : trace);
  }, [store, trace]);
  useBrowserLayoutEffect(take, [take]);
  useBrowserLayoutEffect(() => {
    const views = viewsOf(store);
    views.resume();
    return () => {
      views.pause();
      views.unlink(view);
    };
  }, [store, view]);
  // Only where the trace was refused: each state of one that grows would be another context, and all be drawn anew.
  const again = refused !== null && refused === trace ? take : null;
  const value = useMemo(
    () => ({
      store,
      // A server does not know where the reader is; its own zone is nobody's.
      format: createFormat(locale, timeZone ?? (inPage ? undefined : 'UTC')),
      labels: hostLabels(words),
      onReveal,
      refused: again,
    }),
    [store, locale, timeZone, inPage, words, onReveal, again],
  );
  const look = useMemo(() => ({ kinds, panels, rules, words, prices }), [kinds, panels, rules, words, prices]);
  return (
    <div ref={ref} {...rootProps(props)} data-trace-part={part} data-state={state ?? (hasTrace ? 'ready' : 'empty')}>
      <TraceContext.Provider value={value}>
        <HostColumnsContext.Provider value={columns}>
          <HostLookContext.Provider value={look}>
            <RenderersContext.Provider value={renderers}>{children}</RenderersContext.Provider>
          </HostLookContext.Provider>
        </HostColumnsContext.Provider>
        {onViewStateChange ? <ViewReport onChange={onViewStateChange} /> : null}
      </TraceContext.Provider>
    </div>
  );
});

/** The store that the host gave, else one of the component's own, which begins as its props say. */
export function useRootStore(props: TraceViewStateProps, trace: Trace | null): TraceStore {
  const [own] = useState(
    () =>
      (props.store ? null : askHost(() => createResting(initialPieces(props), trace), null)) ?? createResting({}, null),
  );
  return props.store ?? own;
}

/** How the root element looks, also where all inside it broke. */
export const rootProps = ({ className, style, theme, density }: TraceLookProps) => ({
  className: className === undefined ? 'tv-root' : `tv-root ${className}`,
  style,
  'data-tv-theme': theme,
  'data-tv-density': density,
});

const holdsTrace = ({ trace }: TraceState): boolean => trace !== null;

const NO_COLUMNS: readonly Column[] = [];
const NO_RENDERERS: Renderers = {};

/** On a server nobody looks, and nothing is searched beyond what is found at once. */
function createResting(initial: Partial<ViewPieces>, trace: Trace | null): TraceStore {
  const store = createTraceStore(initial, trace);
  viewsOf(store).pause();
  return store;
}

/** Reports each view to the host but the first, which it knows. */
function ViewReport({ onChange }: { readonly onChange: (view: ViewState) => void }) {
  const view = useViewState();
  const reported = useRef(view);
  useEffect(() => {
    if (reported.current === view) return;
    reported.current = view;
    onChange(view);
  });
  return null;
}

const controlled = (props: TraceViewStateProps): HostLink['controlled'] =>
  piecesIn(props, (piece) => piece) as HostLink['controlled'];

const initialPieces = (props: TraceViewStateProps): Partial<ViewPieces> => ({
  ...viewPiecesOf(props.defaultViewState),
  ...(piecesIn(props, (piece) => `default${capital(piece)}`) as Partial<ViewPieces>),
  ...controlled(props),
});

const hostLink = (props: TraceViewStateProps): HostLink => ({
  controlled: controlled(props),
  onChange: piecesIn(props, (piece) => `on${capital(piece)}Change`) as HostLink['onChange'],
});

const capital = (piece: string): string => piece.charAt(0).toUpperCase() + piece.slice(1);
