'use client';
import {
  forwardRef,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import { largestTrace } from '../../analysis/traces/largestTrace.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import { missingParts } from '../../analysis/traces/missingParts.ts';
import type { TraceSide } from '../../analysis/diff/types.ts';
import { CompareContext } from '../../hooks/context/CompareContext.ts';
import { correctableSkews } from '../../analysis/traces/correctableSkews.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { TraceSetContext, useTraceSet, type TraceSetValue } from '../../hooks/context/TraceSetContext.ts';
import { isText } from '../../hooks/useTreeKeyboard.ts';
import { useStable } from '../../hooks/useStable.ts';
import { useTraces } from '../../hooks/useTraces.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { SpanKey, Trace, TraceSet } from '../../model/types.ts';
import type { TraceState } from '../../store/types.ts';
import { EmptyState, namesOf, ViewerFailed, type Unread } from './EmptyState.tsx';
import { hostLabels } from '../parts/hostLabels.ts';
import { HostEnd, type HeldControl } from './HostEnd.tsx';
import { Overview } from './Overview.tsx';
import { later, useParts, usePreload } from '../later/later.tsx';
import { askHost, Slot } from '../parts/Slot.tsx';
import { LaterComparison } from './LaterComparison.tsx';
import { LaterDetail } from '../SpanDetail/LaterDetail.tsx';
import { TraceFooter } from './TraceFooter.tsx';
import { LaterView } from '../views/LaterView.tsx';
import { useMainView } from '../views/useMainView.ts';
import { TIMELINE } from '../views/views.ts';
import { TraceGrid, type TraceGridRef } from '../TraceGrid/TraceGrid.tsx';
import { useAfterRows } from '../TraceGrid/useAfterRows.ts';
import { TraceHeader } from '../TraceHeader.tsx';
import { TraceChooser } from '../TraceChooser/TraceChooser.tsx';
import { rootProps, TraceRoot } from '../TraceRoot.tsx';
import { TraceToolbar } from './TraceToolbar.tsx';
import type { TraceViewerProps, TraceViewerRef } from '../types.ts';
import { useInPlace } from './useInPlace.ts';
import { useLowContainer } from '../parts/useLowContainer.ts';
import { StatusProvider, useStatus } from '../parts/useStatus.tsx';

/**
 * The ready-made arrangement of all parts. Give it an `input` to read, or `traces` or a `trace` that is read already.
 * Fills its container, whose height decides how many rows are seen. Never throws: what cannot be read, or breaks, is
 * said in its place.
 */
export const TraceViewer = forwardRef<TraceViewerRef, TraceViewerProps>(function TraceViewer(props, ref) {
  const input = useStable(props.input);
  return (
    <Slot
      about={props.trace ?? props.traces ?? input}
      render={() => <Viewer {...props} ref={ref} />}
      renderFailed={(again) => (
        <div {...rootProps(props)} data-trace-part="viewer" data-state="failed">
          <ViewerFailed labels={hostLabels(props.labels)} again={again}>
            <HostEnd>{props.headerEnd}</HostEnd>
          </ViewerFailed>
        </div>
      )}
    />
  );
});

const Viewer = forwardRef<TraceViewerRef, TraceViewerProps>(function Viewer(props, ref) {
  const { input, traces, trace, options } = props;
  const read = useTraces(trace || traces ? undefined : input, options);
  const set = traces ?? read.set;
  const [chosen, setChosen] = useState<string | null>(null);
  /** Of traces that arrive, the one that was shown first: others that become larger do not push it away. */
  const [watched, setWatched] = useState<string | null>(null);
  const named = (name: string | null): Trace | undefined => set?.traces.find(({ key }) => key === name);
  const recorded = trace ?? named(chosen) ?? named(watched) ?? largestTrace(set?.traces ?? []) ?? undefined;
  if (recorded?.live && recorded.key !== watched) setWatched(recorded.key);
  const [clocks, setClocks] = useState(props.defaultCorrectClocks ?? false);
  const corrected = props.correctClocks ?? clocks;
  const parts = useParts(corrected);
  const shown = recorded && corrected && parts ? parts.correctedClocks(recorded).trace : recorded;
  const held: HeldControl = useRef<number | null>(null);
  const [wanted, setWanted] = useState<{ readonly key: SpanKey } | null>(null);
  const around = useMemo(() => aroundOf(set, setChosen, setWanted), [set]);
  const [compared, setCompared] = useState<readonly [TraceSide, TraceSide] | null>(null);
  const { onCompare } = props;
  const start = useCallback(
    (a: TraceSide, b: TraceSide) => (onCompare ? askHost(() => onCompare(a, b), undefined) : setCompared([a, b])),
    [onCompare],
  );
  const compare = useMemo(() => {
    const known = set?.traces ?? (trace ? [trace] : null);
    return known && { traces: known, start };
  }, [set, trace, start]);
  const switchClocks = (): void => {
    setClocks(!corrected);
    props.onCorrectClocksChange?.(!corrected);
  };
  const waiting = input === undefined && !traces;
  const unread = useMemo<Unread>(
    () => ({ state: set ? { status: 'ready', set, error: null, progress: 1 } : read, waiting }),
    [set, read, waiting],
  );
  const inPlace = useInPlace(shown, unread);
  const chooser =
    set && set.traces.length > 1 && recorded && !trace ? (
      <TraceChooser traces={set} shown={recorded} onChoose={setChosen} onCompare={start} />
    ) : null;
  return (
    <TraceRoot
      {...props}
      prices={props.prices ?? options?.prices}
      part="viewer"
      state={inPlace ? inPlace.state.status : 'ready'}
      trace={shown ?? null}
    >
      <CompareContext.Provider value={compare}>
        <TraceSetContext.Provider value={around}>
          <StatusProvider>
            {inPlace ? (
              <EmptyState {...inPlace} files={namesOf(input)}>
                <HostEnd heldRef={held}>{props.headerEnd}</HostEnd>
              </EmptyState>
            ) : (
              <Slot
                about={shown}
                renderFailed={(again) => (
                  <ShownFailed again={again}>
                    {chooser}
                    <HostEnd heldRef={held}>{props.headerEnd}</HostEnd>
                  </ShownFailed>
                )}
                render={() => (
                  <Arrangement
                    {...props}
                    ref={ref}
                    set={set ?? null}
                    wanted={wanted}
                    held={held}
                    covered={compared !== null}
                    clocks={recorded ? <Clocks of={recorded} on={corrected} onSwitch={switchClocks} /> : null}
                  >
                    {chooser}
                  </Arrangement>
                )}
              />
            )}
            {compared ? (
              <LaterComparison
                key={compared.map(({ key }) => key).join()}
                a={compared[0]}
                b={compared[1]}
                look={props}
                headerEnd={<HostEnd heldRef={held}>{props.headerEnd}</HostEnd>}
                onBack={() => setCompared(null)}
              />
            ) : null}
          </StatusProvider>
        </TraceSetContext.Provider>
      </CompareContext.Provider>
    </TraceRoot>
  );
});

/** Inside the provider: what else the input holds can still be chosen. */
function ShownFailed({ again, children }: { again(): void; readonly children: ReactNode }) {
  const { labels } = useTraceContext();
  return (
    <ViewerFailed labels={labels} again={again}>
      {children}
    </ViewerFailed>
  );
}

/** Finds spans in all traces of a set; one of another trace brings that trace up. */
function aroundOf(
  set: TraceSet | null | undefined,
  choose: (key: string) => void,
  want: (span: { readonly key: SpanKey }) => void,
): TraceSetValue | null {
  const traceOf = (traceId: string): Trace | undefined => set?.traces.find((trace) => trace.traceId === traceId);
  return set
    ? {
        find: (traceId, spanId) => traceOf(traceId)?.find(spanId),
        missing: (trace) => missingParts(set.diagnostics, trace),
        show(key) {
          const trace = set.traces.find((each) => key.startsWith(`${each.key}/`));
          if (trace) choose(trace.key);
          want({ key });
        },
      }
    : null;
}

/** Whether there is something to show details of: a selected key may be of another trace, or of none. */
const hasDetail = ({ detailOpen, selectedSpan, trace }: TraceState): boolean =>
  detailOpen && selectedSpan !== null && trace !== null && rowTree(trace).find(selectedSpan) !== undefined;

interface MainProps {
  /** The element of the details. */
  readonly aside: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** Rows and details. By itself: when details come, nothing else of the viewer is drawn anew. */
function Main({ aside, children }: MainProps) {
  const detail = useTraceStore(hasDetail);
  const reading = useTraceStore((state) => state.reading);
  return (
    <div className="tv-main" data-detail={detail || undefined} data-reading={(detail && reading) || undefined}>
      {children}
      {detail ? <LaterDetail detail={aside} /> : <DetailRehearsal otherwise={null} />}
    </div>
  );
}

interface ArrangementProps extends TraceViewerProps {
  /** A comparison stands over it. */
  readonly covered: boolean;
  readonly set: TraceSet | null;
  readonly wanted: { readonly key: SpanKey } | null;
  readonly held: HeldControl;
  readonly clocks: ReactNode;
  readonly children: ReactNode;
}

const ClockSwitch = later('ClockSwitch');
const DetailRehearsal = later('DetailRehearsal', true);
const FindingsPanel = later('FindingsPanel');
const KeyHelp = later('KeyHelp');
const ViewTabs = later('ViewTabs', true);
const MissingParts = later('MissingParts');
const TraceDiagnostics = later('TraceDiagnostics');

const NO_DIAGNOSTICS: TraceSet['diagnostics'] = [];

/** Where clocks differ, the switch that corrects them. To know that takes a look at all spans. */
function Clocks({ of, ...props }: { readonly of: Trace; readonly on: boolean; onSwitch(): void }) {
  const afterRows = useAfterRows(useTrace());
  const skews = afterRows ? correctableSkews(of) : [];
  return skews.length > 0 ? <ClockSwitch otherwise={null} skews={skews} {...props} /> : null;
}

const Arrangement = forwardRef<TraceViewerRef, ArrangementProps>(function Arrangement(
  { headerEnd, columns, captureFind = false, set, wanted, covered, held, clocks, children },
  ref,
) {
  const { store, labels } = useTraceContext();
  const around = useTraceSet();
  const listed = useTraceStore((state) => state.findingsList);
  const detailWidth = useTraceStore((state) => state.detailWidth);
  const [, announce] = useStatus();
  const viewer = useLowContainer<HTMLDivElement>();
  const diagnostics = set?.diagnostics ?? NO_DIAGNOSTICS;
  const trace = useTrace();
  const missing = trace && around ? around.missing(trace) : [];
  const [notesOpen, setNotesOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const grid = useRef<TraceGridRef>(null);
  const aside = useRef<HTMLElement>(null);
  const search = useRef<{ focus(): void }>(null);
  const parts = useParts(false);
  usePreload();
  const { views, open } = useMainView();
  const shownView = open?.id ?? TIMELINE;
  // Behind the effect that puts a new trace into the store: the wanted span may be of that one.
  useEffect(() => {
    if (!wanted || !store.getState().trace?.find(wanted.key)) return;
    store.actions.select(wanted.key);
    // What was pressed has gone with the details of the other span.
    store.actions.focusGrid();
  }, [store, wanted]);
  useImperativeHandle(
    ref,
    () => ({
      revealSpan: (key) => store.actions.select(key),
      zoomTo: (window) => store.actions.zoomTo(window),
      fit: () => store.actions.zoomTo(null),
      focus: () => (grid.current ? grid.current.focus() : store.actions.focusGrid()),
    }),
    [store],
  );
  return (
    // Keys of the whole viewer, wherever in it the focus is: the element itself is no control.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={viewer}
      className="tv-viewer"
      data-view={shownView}
      data-covered={covered || undefined}
      style={detailWidth === null ? undefined : ({ '--tv-detail': `${detailWidth}px` } as CSSProperties)}
      onKeyDown={(event) => {
        if (
          event.key === '/'
            ? !isText(event.target)
            : captureFind && event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
        ) {
          event.preventDefault();
          search.current?.focus();
        } else if ((event.key === '?' && !isText(event.target)) || (event.key === 'Escape' && keysOpen)) {
          event.preventDefault();
          event.stopPropagation();
          setKeysOpen(!keysOpen);
        } else {
          parts?.pressKey(event, {
            store,
            labels,
            announce,
            traces: set?.traces ?? [],
            show: around?.show,
            detail: aside.current,
            about: grid.current?.hovered() ?? undefined,
          });
        }
      }}
    >
      <TraceHeader>
        {children}
        <HostEnd heldRef={held}>{headerEnd}</HostEnd>
      </TraceHeader>
      <TraceToolbar search={search}>{clocks}</TraceToolbar>
      <Main aside={aside}>
        <div className="tv-left">
          {views.length > 0 ? (
            <div className="tv-views">
              <ViewTabs otherwise={null} views={views} open={shownView} />
            </div>
          ) : null}
          {listed === null ? null : (
            <FindingsPanel list={listed} otherwise={<div className="tv-findings-panel" data-early />} />
          )}
          {open ? null : <Overview />}
          {missing.length > 0 ? (
            <MissingParts otherwise={null} parts={missing} open={notesOpen} onToggle={() => setNotesOpen(!notesOpen)} />
          ) : null}
          {open ? (
            <div className="tv-view">
              <LaterView view={open} />
            </div>
          ) : (
            <TraceGrid ref={grid} columns={columns} />
          )}
        </div>
      </Main>
      {keysOpen ? <Slot render={() => <KeyHelp onClose={() => setKeysOpen(false)} />} /> : null}
      <div className="tv-bottom">
        {notesOpen ? (
          <Slot render={() => <TraceDiagnostics diagnostics={diagnostics} accounting={set?.accounting} />} />
        ) : null}
        <TraceFooter
          diagnostics={diagnostics}
          open={notesOpen}
          onToggle={() => setNotesOpen(!notesOpen)}
          onKeys={() => setKeysOpen(!keysOpen)}
        />
      </div>
    </div>
  );
});
