'use client';
import { forwardRef, useEffect, useImperativeHandle, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { errors, failedBeside } from '../analysis/errors.ts';
import { correctableSkews, correctedClocks } from '../analysis/correctedClocks.ts';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { TraceSetContext, type TraceSetValue } from '../hooks/TraceSetContext.ts';
import { isText } from '../hooks/useTreeKeyboard.ts';
import { idleWithin, shortAxis } from '../layout/shortAxis.ts';
import { useTraces } from '../hooks/useTraces.ts';
import { useTraceStore } from '../hooks/useTraceStore.ts';
import type { Nanos, SpanKey, Trace, TraceSet } from '../model/types.ts';
import type { TraceState } from '../store/types.ts';
import type { TraceActions, TraceStore } from '../store/createTraceStore.ts';
import { ClockSwitch } from './ClockSwitch.tsx';
import { EmptyState } from './EmptyState.tsx';
import { Overview } from './Overview.tsx';
import { later, usePreload } from './later.tsx';
import { Slot } from './Slot.tsx';
import { detailKey } from './detailKeys.ts';
import { LaterDetail } from './SpanDetail/LaterDetail.tsx';
import { TraceFooter } from './TraceFooter.tsx';
import { TraceGrid, type TraceGridRef } from './TraceGrid/TraceGrid.tsx';
import { TraceHeader } from './TraceHeader.tsx';
import { TraceChooser } from './TraceChooser.tsx';
import { TraceProvider } from './TraceProvider.tsx';
import { TraceToolbar } from './TraceToolbar.tsx';
import type { TraceViewerProps, TraceViewerRef } from './types.ts';
import { useLowContainer } from './useLowContainer.ts';
import { StatusProvider, useStatus } from './useStatus.tsx';

/**
 * The ready-made arrangement of all parts. Give it an `input` to read, or `traces` or a `trace` that is read already. Fills its
 * container, whose height decides how many rows are seen. Never throws: what cannot be read is said in its place.
 */
export const TraceViewer = forwardRef<TraceViewerRef, TraceViewerProps>(function TraceViewer(props, ref) {
  const { input, traces, trace, options, className, style, theme, density = 'compact' } = props;
  const read = useTraces(trace || traces ? undefined : input, options);
  const set = traces ?? read.set;
  const [chosen, setChosen] = useState<string | null>(null);
  const recorded = trace ?? set?.traces.find(({ key }) => key === chosen) ?? largest(set?.traces ?? []);
  const [clocks, setClocks] = useState(props.defaultCorrectClocks ?? false);
  const corrected = props.correctClocks ?? clocks;
  const shown = recorded && corrected ? correctedClocks(recorded).trace : recorded;
  const [wanted, setWanted] = useState<{ readonly key: SpanKey } | null>(null);
  const around = useMemo(() => aroundOf(set, setChosen, setWanted), [set]);
  const skews = recorded ? correctableSkews(recorded) : [];
  const switchClocks = (): void => {
    setClocks(!corrected);
    props.onCorrectClocksChange?.(!corrected);
  };
  return (
    <div
      className={className === undefined ? 'tv-root' : `tv-root ${className}`} style={style as CSSProperties | undefined}
      data-trace-part="viewer" data-tv-theme={theme} data-tv-density={density} data-state={shown ? 'ready' : read.status}
    >
      <TraceProvider {...props} trace={shown ?? null}>
        <TraceSetContext.Provider value={around}><StatusProvider>{shown ? (
          <Arrangement {...props} ref={ref} set={set ?? null} wanted={wanted} clocks={<ClockSwitch skews={skews} on={corrected} onSwitch={switchClocks} />}>
            {set && set.traces.length > 1 && recorded && !trace ? <TraceChooser traces={set} shown={recorded} onChoose={setChosen} /> : null}
          </Arrangement>
        ) : <EmptyState state={set ? { status: 'ready', set, error: null, progress: 1 } : read} waiting={input === undefined && !traces} />}</StatusProvider></TraceSetContext.Provider>
      </TraceProvider>
    </div>
  );
});

/** The trace with the most spans is the one people mean when a file holds several. */
const largest = (traces: readonly Trace[]): Trace | undefined => traces.reduce<Trace | undefined>((best, trace) => (best && best.spanCount >= trace.spanCount ? best : trace), undefined);

/** Finds spans in all traces of a set; one of another trace brings that trace up. */
function aroundOf(set: TraceSet | null | undefined, choose: (key: string) => void, want: (span: { readonly key: SpanKey }) => void): TraceSetValue | null {
  const traceOf = (traceId: string): Trace | undefined => set?.traces.find((trace) => trace.traceId === traceId);
  return set ? {
    find: (traceId, spanId) => traceOf(traceId)?.find(spanId),
    show(key) {
      const trace = set.traces.find((each) => key.startsWith(`${each.key}/`));
      if (trace) choose(trace.key);
      want({ key });
    },
  } : null;
}

const canShorten = (trace: Trace): boolean => idleWithin(shortAxis(trace), [0, trace.end]).shortens;

/** Whether there is something to show details of: a selected key may be of another trace, or of none. */
const hasDetail = ({ detailOpen, selectedSpan, trace }: TraceState): boolean => detailOpen && selectedSpan !== null && trace?.find(selectedSpan) !== undefined;

interface ArrangementProps extends TraceViewerProps { readonly set: TraceSet | null; readonly wanted: { readonly key: SpanKey } | null; readonly clocks: React.ReactNode; readonly children: React.ReactNode }

const KeyHelp = later('KeyHelp');
const TraceDiagnostics = later('TraceDiagnostics');

const NO_DIAGNOSTICS: TraceSet['diagnostics'] = [];

const Arrangement = forwardRef<TraceViewerRef, ArrangementProps>(function Arrangement({ headerEnd, columns, kinds, panels, captureFind = false, set, wanted, clocks, children }, ref) {
  const { store, labels, format } = useTraceContext();
  const detail = useTraceStore(hasDetail);
  const detailWidth = useTraceStore((state) => state.detailWidth);
  const [, say] = useStatus();
  const viewer = useLowContainer<HTMLDivElement>();
  const diagnostics = set?.diagnostics ?? NO_DIAGNOSTICS;
  const [notesOpen, setNotesOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const grid = useRef<TraceGridRef>(null);
  // Somebody will press a row: the details are there by then.
  usePreload();
  const sayIfNoneFailed = (): void => {
    const { trace } = store.getState();
    if (!trace || errors(trace).length > 0) return;
    const elsewhere = failedBeside(set?.traces ?? [], trace);
    say(elsewhere === 0 ? labels.noErrors : `${labels.noErrors}. ${labels.failedTraces(elsewhere, format.count(elsewhere))}`);
  };
  const sayIdle = (): void => {
    const { trace, shortenIdle } = store.getState();
    if (trace) say(shortenIdle ? labels.idleShown : canShorten(trace) ? labels.idleShortened : labels.noIdle);
  };
  const aside = useRef<HTMLElement>(null);
  const search = useRef<{ focus(): void }>(null);
  // Behind the effect that puts a new trace into the store: the wanted span may be of that one.
  useEffect(() => {
    if (!wanted || !store.getState().trace?.find(wanted.key)) return;
    store.actions.select(wanted.key);
    // What was pressed has gone with the details of the other span.
    store.actions.focusGrid();
  }, [store, wanted]);
  useImperativeHandle(ref, () => ({
    revealSpan: (key) => store.actions.select(key),
    zoomTo: (window) => store.actions.zoomTo(window),
    fit: () => store.actions.zoomTo(null),
    focus: () => grid.current?.focus(),
  }), [store]);
  return (
    // Keys of the whole viewer, wherever in it the focus is: the element itself is no control.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={viewer} className="tv-viewer" style={detailWidth === null ? undefined : { '--tv-detail': `${detailWidth}px` } as CSSProperties}
      onKeyDown={(event) => {
        if (event.key === '/' ? !isText(event.target) : captureFind && event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          search.current?.focus();
        } else if (event.key === '?' && !isText(event.target)) {
          event.preventDefault();
          setKeysOpen(true);
        } else {
          if ((event.key === 'e' || event.key === 'E') && !isText(event.target)) sayIfNoneFailed();
          if ((event.key === 'i' || event.key === 'I') && !isText(event.target)) sayIdle();
          shortcut(event, store, grid.current?.hovered() ?? undefined, () => detailKey(event.key, event.target, aside.current, store, labels, say));
        }
      }}
    >
      <TraceHeader>{children}{headerEnd === undefined ? null : <Slot render={() => headerEnd} />}</TraceHeader>
      <TraceToolbar search={search}>{clocks}</TraceToolbar>
      <div className="tv-main" data-detail={detail || undefined}>
        <div className="tv-left">
          <Overview kinds={kinds} />
          <TraceGrid ref={grid} columns={columns} kinds={kinds} />
        </div>
        {detail ? <LaterDetail detail={aside} panels={panels} kinds={kinds} /> : null}
      </div>
      {keysOpen ? <Slot render={() => <KeyHelp onClose={() => setKeysOpen(false)} />} /> : null}
      <div className="tv-bottom">
        {notesOpen ? <Slot render={() => <TraceDiagnostics diagnostics={diagnostics} accounting={set?.accounting} />} /> : null}
        <TraceFooter diagnostics={diagnostics} open={notesOpen} onToggle={() => setNotesOpen(!notesOpen)} onKeys={() => setKeysOpen(!keysOpen)} />
      </div>
    </div>
  );
});

/** Single keys, while the focus is inside the viewer and not in a text field. `about` is the time under the pointer, if it is there. */
function shortcut(event: KeyboardEvent, { getState, actions }: TraceStore, about: Nanos | undefined, ofDetail: () => (() => void) | undefined): void {
  // Many keyboards write brackets with AltGr, which is Ctrl with Alt on some systems and Alt on others.
  const plain = !event.metaKey && (event.altKey ? event.key === '[' || event.key === ']' : !event.ctrlKey);
  const run = event.key === 'Escape' ? escape(getState(), actions, event.target) : plain && !isText(event.target) ? action(event.key, getState(), actions, about) ?? ofDetail() : undefined;
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

/** Escape takes back one thing at a time: the focus from a text field, the marked time, the search, the details. Where there is nothing, it is the host's. */
function escape({ query, range, trace, detailOpen, selectedSpan }: TraceState, actions: TraceActions, target: EventTarget): (() => void) | undefined {
  if (isText(target)) return actions.focusGrid;
  if (range) return () => actions.setRange(null);
  if (query !== '') {
    return () => {
      actions.setQuery('');
      // The buttons of the search go with it.
      if (target instanceof Element && target.closest('.tv-search')) actions.focusGrid();
    };
  }
  if (!trace || !detailOpen || selectedSpan === null) return undefined;
  return () => {
    actions.closeDetail();
    actions.focusGrid();
  };
}

function action(key: string, { trace, focus, selectedSpan, range, shortenIdle }: TraceState, actions: TraceActions, about: Nanos | undefined): (() => void) | undefined {
  const settled = (move: () => void) => () => {
    move();
    actions.settle();
  };
  const span = trace?.find(focus?.key ?? selectedSpan ?? '');
  const keys: Readonly<Record<string, () => void>> = {
    '+': settled(() => actions.zoom(0.8, about)), '=': settled(() => actions.zoom(0.8, about)), w: settled(() => actions.zoom(0.8, about)),
    '-': settled(() => actions.zoom(1.25, about)), s: settled(() => actions.zoom(1.25, about)), '0': () => actions.zoomTo(null),
    a: settled(() => actions.pan(-0.1)), d: settled(() => actions.pan(0.1)), A: settled(() => actions.pan(-0.5)), D: settled(() => actions.pan(0.5)),
    e: () => actions.stepError(1), E: () => actions.stepError(-1), t: () => actions.stepSlowest(1), T: () => actions.stepSlowest(-1), $: () => actions.stepCostliest(1),
    ']': () => actions.stepCritical(1), '[': () => actions.stepCritical(-1),
    ...(span ? { f: () => actions.fitSpan(span.index), r: () => actions.markSpan(span.index), R: () => actions.markSpan(span.index, true) } : {}),
    ...(trace ? { i: () => actions.shortenIdle(!shortenIdle && canShorten(trace)) } : {}),
    ...(range ? { z: () => actions.zoomToRange() } : {}),
  };
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}
