import { useRef, useState, type ReactElement } from 'react';
import {
  ColumnMenu,
  createTraceStore,
  decodeViewState,
  encodeViewState,
  SpanDetail,
  TraceDiagnostics,
  TraceGantt,
  TraceHeader,
  TraceList,
  TraceMinimap,
  TraceProvider,
  TraceSearch,
  TraceSession,
  TraceTree,
  TraceViewer,
  useSelection,
  useSpan,
  useSpanContent,
  useTimeWindow,
  useTrace,
  useTraceActions,
  useTraces,
  useTraceStore,
  useViewState,
  useVisibleRows,
  viewPiecesOf,
  viewStateOf,
  type Column,
  type Expansion,
  type KindStyle,
  type Labels,
  type Panel,
  type Sort,
  type SpanKey,
  type TimeWindow,
  type TraceGridRef,
  type TraceInput,
  type TraceInputError,
  type TraceListRef,
  type TraceProviderProps,
  type TracesState,
  type TraceStore,
  type TraceViewerRef,
  type ViewState,
} from 'spanwise';
import 'spanwise/styles.css';

const columns: readonly Column[] = [
  { id: 'letters', header: 'Letters', value: (row, trace) => trace.span(row.index).name.length, sortable: true },
];
const panels: readonly Panel[] = [
  {
    id: 'prompt',
    title: 'Prompt lab',
    match: (span) => span.kind === 'llm',
    render: (_, content) => <b>{content.messages?.input.length}</b>,
  },
];
const kinds: Readonly<Record<string, KindStyle>> = { guardrail: { label: 'Guard', color: 'teal' } };
const labels: Partial<Labels> = { find: 'Suchen', matches: (at, count) => `${at}/${count}` };

/** A store that the host keeps outside React, with all that a host may do to it. */
export const address: string = encodeViewState(viewStateOf(createTraceStore(viewPiecesOf(decodeViewState('1'))).getState()));
export const store: TraceStore = createTraceStore({ query: 'is:error', sort: { id: 'cost', descending: true } });
export const unsubscribe: () => void = store.subscribe((state, before) => {
  if (state.selectedSpan !== before.selectedSpan) store.actions.zoomTo(null);
});
// @ts-expect-error What ties views to a store is not for hosts.
export const { link } = store;
// @ts-expect-error Changes go through the actions.
export const { setState } = store;

/** Every part by itself, and everything that a host can hand in. */
export function Page({ input, file }: { readonly input: TraceInput; readonly file: File }): ReactElement {
  const state: TracesState = useTraces(input, { signal: new AbortController().signal });
  const error: TraceInputError | null = state.error;
  const [key, setKey] = useState<SpanKey | null>(null);
  const [window, setWindow] = useState<TimeWindow | null>(null);
  const [expansion, setExpansion] = useState<Expansion>({ base: 2, except: [] });
  const [sort, setSort] = useState<Sort | null>(null);
  const [shown, setShown] = useState<readonly string[] | null>(null);
  const [view, setView] = useState<ViewState | null>(() => decodeViewState('1'));
  const viewer = useRef<TraceViewerRef>(null);
  const grid = useRef<TraceGridRef>(null);
  const list = useRef<TraceListRef>(null);
  const { set } = state;
  const look: Pick<TraceProviderProps, 'theme' | 'density' | 'labels' | 'locale' | 'timeZone'> = {
    theme: 'dark',
    density: 'touch',
    labels,
    locale: 'de',
    timeZone: 'UTC',
  };
  return (
    <>
      {error === null ? null : <p>{error.code === 'not-json' ? 'no JSON' : error.message}</p>}
      <progress value={state.progress ?? undefined} />
      <TraceProvider
        {...look}
        trace={set?.traces[0] ?? null}
        columns={columns}
        panels={panels}
        kinds={kinds}
        className="mine"
        style={{ height: 400 }}
        selectedSpan={key}
        onSelectedSpanChange={setKey}
        timeWindow={window}
        onTimeWindowChange={setWindow}
        expansion={expansion}
        onExpansionChange={setExpansion}
        sort={sort}
        onSortChange={setSort}
        shownColumns={shown}
        onShownColumnsChange={setShown}
        defaultQuery="kind:llm"
        defaultFilterMode="hide"
        defaultPanel="io"
        defaultCriticalPath={false}
        defaultShortenIdle
        defaultRange={[0, 1e9]}
        onQueryChange={(query: string) => query.length}
        onRangeChange={(range: TimeWindow | null) => range?.[0]}
        onReveal={({ id, spanKey }) => (spanKey === null ? null : Promise.resolve(id))}
      >
        <TraceHeader className="a" style={{ order: 1 }}>
          <button type="button">Share</button>
        </TraceHeader>
        <TraceSearch />
        <ColumnMenu />
        <TraceMinimap kinds={kinds} />
        <TraceTree ref={grid} columns={columns} />
        <TraceGantt />
        <SpanDetail panels={panels} />
        <TraceDiagnostics diagnostics={set?.diagnostics ?? []} accounting={set?.accounting} />
        <Own />
      </TraceProvider>
      <TraceProvider store={store} trace={set?.traces[0] ?? null}>
        <TraceTree />
      </TraceProvider>
      <TraceProvider trace={null}>
        {set ? <TraceList ref={list} traces={set} onSelectedTraceChange={(trace) => trace?.length} /> : null}
        {set ? <TraceSession traces={set} session="s" /> : null}
      </TraceProvider>
      <TraceViewer
        {...look}
        ref={viewer}
        input={[file, 'text', new Uint8Array()]}
        options={{ redact: [], onProgress: ({ phase, bytes, spans }) => [phase, bytes, spans] }}
        defaultViewState={view}
        onViewStateChange={(next) => {
          setView(next);
          history.replaceState(null, '', `#${encodeViewState(next)}`);
        }}
        headerEnd={<a href="/">Home</a>}
        captureFind
        onCorrectClocksChange={(on: boolean) => on}
      />
      <TraceViewer store={store} {...(set ? { traces: set } : {})} />
    </>
  );
}

/** A part of the host's own. */
function Own(): ReactElement {
  const trace = useTrace();
  const { selectedSpan, select } = useSelection();
  const span = useSpan(selectedSpan);
  const { content, error } = useSpanContent(span);
  const { timeWindow, zoomTo } = useTimeWindow();
  const rows = useVisibleRows();
  const view: ViewState = useViewState();
  const query = useTraceStore((state) => state.query);
  const { openAll } = useTraceActions();
  return (
    <button
      type="button"
      onClick={() => {
        select(trace?.span(0).key ?? null);
        zoomTo(timeWindow ?? [0, 1]);
        openAll(true);
      }}
    >
      {rows.length} {view.shownColumns.join()} {query} {content?.events.length} {String(error)} {span?.duration}
    </button>
  );
}
