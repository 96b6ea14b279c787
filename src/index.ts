/** `spanwise`: components and hooks, and all of `spanwise/core`. */
export * from './core.ts';

export { ColumnMenu, type ColumnMenuProps } from './components/ColumnMenu/ColumnMenu.tsx';
export { TraceDiff, type TraceDiffProps, type TraceDiffRef } from './components/TraceDiff/TraceDiff.tsx';
export type { DiffInput } from './components/TraceDiff/useSide.ts';
export { TraceDiagnostics, type TraceDiagnosticsProps } from './components/TraceDiagnostics/TraceDiagnostics.tsx';
export { defaultColumns } from './layout/rows/defaultColumns.ts';
export {
  TraceFlameGraph,
  type TraceFlameGraphProps,
  type TraceFlameGraphRef,
} from './components/TraceFlameGraph/TraceFlameGraph.tsx';
export { TraceFindings, type TraceFindingsProps } from './components/TraceFindings/TraceFindings.tsx';
export { TraceSpeedups, type TraceSpeedupsProps } from './components/TraceFindings/TraceSpeedups.tsx';
export { TraceGantt, type TraceGanttProps } from './components/TraceGrid/TraceGantt.tsx';
export type { TraceGridProps, TraceGridRef } from './components/TraceGrid/TraceGrid.tsx';
export { TraceHeader, type TraceHeaderProps } from './components/TraceHeader.tsx';
export { TraceList, type TraceListProps, type TraceListRef } from './components/TraceList/TraceList.tsx';
export type { ListGridRef } from './components/ListGrid/types.ts';
export type { TraceSelectionProps } from './components/TraceList/useSelectedTrace.ts';
export { TraceMinimap, type TraceMinimapProps } from './components/TraceMinimap/TraceMinimap.tsx';
export { TraceProvider, type TraceProviderProps } from './components/TraceProvider.tsx';
export { TraceSearch, type TraceSearchProps, type TraceSearchRef } from './components/TraceSearch/TraceSearch.tsx';
export { TraceSession, type TraceSessionProps } from './components/TraceSession/TraceSession.tsx';
export { TraceStatistics, type TraceStatisticsProps } from './components/TraceStatistics/TraceStatistics.tsx';
export { AgentGraph, type AgentGraphProps, type AgentGraphRef } from './components/AgentGraph/AgentGraph.tsx';
export {
  ContextWindow,
  type ContextWindowProps,
  type ContextWindowRef,
} from './components/ContextWindow/ContextWindow.tsx';
export {
  TraceTranscript,
  type TraceTranscriptProps,
  type TraceTranscriptRef,
} from './components/TraceTranscript/TraceTranscript.tsx';
export { TraceTree, type TraceTreeProps } from './components/TraceGrid/TraceTree.tsx';
export { TraceViewer } from './components/TraceViewer/TraceViewer.tsx';
export { PairDetail, type PairDetailProps } from './components/PairDetail/PairDetail.tsx';
export { SpanDetail, type SpanDetailProps } from './components/SpanDetail/SpanDetail.tsx';
export type {
  Column,
  KindStyle,
  Panel,
  TraceLookProps,
  TraceViewerProps,
  TraceViewerRef,
  TraceViewProps,
  TraceViewStateProps,
  PanelText,
} from './components/types.ts';

export type { RenderedJson, RenderedMedia, RenderedText, Renderers } from './hooks/context/RenderersContext.ts';
export type { RevealMasked, RevealRequest } from './hooks/context/TraceContext.ts';
export { useSelection } from './hooks/useSelection.ts';
export { useSpan } from './hooks/useSpan.ts';
export { useSpanContent, type SpanContentState } from './hooks/useSpanContent.ts';
export { useTimeWindow } from './hooks/useTimeWindow.ts';
export { useTrace } from './hooks/useTrace.ts';
export { useTraceDiff, type TraceDiffState } from './hooks/useTraceDiff.ts';
export { useTraceStream, type TraceSource } from './hooks/live/useTraceStream.ts';
export { useTraces, type TracesState } from './hooks/useTraces.ts';
export { useTraceActions, useTraceStore } from './hooks/useTraceStore.ts';
export { useViewState } from './hooks/useViewState.ts';
export { useVisibleRows } from './hooks/useVisibleRows.ts';

export { createFormat, type Format } from './format.ts';
export { defaultLabels, type Labels } from './labels.ts';
export { laterLabels, type LaterLabels } from './laterLabels.ts';
export type { Expansion } from './layout/rows/expansion.ts';
export type { TimeWindow } from './layout/time/timeScale.ts';
export type { MissingParentRow, Row, RowList, SpanRow } from './layout/rows/visibleRows.ts';
export { createTraceStore, type TraceActions, type TraceStore } from './store/createTraceStore.ts';
export type { Focus, TraceState } from './store/types.ts';
export type { DiffAlignment } from './layout/diff/placedTimes.ts';
export type { DiffFilter } from './layout/diff/mergedTrace.ts';
export type {
  DiffPairs,
  DiffPieces,
  FilterMode,
  FindingsList,
  FlameLook,
  GraphLook,
  HostPieces,
  Sort,
  StatisticsLook,
  ViewPieces,
} from './store/viewPieces.ts';
export { decodeViewState, encodeViewState, viewPiecesOf, viewStateOf, type ViewState } from './store/viewState.ts';
